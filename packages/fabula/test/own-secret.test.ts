/** docs/language.md, Traps: what is `private` nobody knows; a secret of one's own is felt as well. */
import { expect, it } from "vitest";
import { askRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

const story = openText(`story letter "A letter"
begins day 1 08:00
ends after 1 min
unit s of time
unit min = 60 s
type person
  ill: boolean
    private
  has_read: boolean
    private
    felt by self
mind of p: person
  able means not p.has_read
action read by p: person
  takes 2 s
  at end
    p.has_read
    p.ill
person ada "Ada"
  wants has_read
person ben "Ben"
`);

it("is known to whose it is, where it is felt, and to nobody else", () => {
  const asked = (text: string, who: string) => {
    const as = story.world.entities.find(({ name }) => name === who)?.id ?? -1;
    const plain = { seed: 1, changes: [], jitter: 0, at: take(story.readMoment("end", "--at")) };
    return askRun(story, take(story.readQuestion(text)), { ...plain, as }).value;
  };
  expect(asked("ada.has_read", "ada")).toBe(true);
  expect(asked("ada.has_read", "ben")).toBe("unknown");
  expect(asked("ada.ill", "ada")).toBe("unknown");
  expect(asked("count of read", "ada")).toBe(1);
});
