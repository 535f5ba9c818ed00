/** What a word is worth by who says it, and by whom it suits: `trust(other, what)`. */
import { expect, it } from "vitest";
import { askRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

const story = (trust: string, want: string) => `story spy "The spy"
begins day 1 08:00
ends after 2 min
unit s of time
unit min = 60 s
unit % = 0.01
type person
  spy: boolean
    private
    felt by self
    prior 50%
  ${want} weight 3 for q: person where q != self
mind of p: person
  ${trust}
  together(other: person) means true
action deny(hearer: person) by p: person
  needs hearer != p and count of p.deny(hearer) = 0
  speech to hearer
  takes 2 s
  urge 2
  says not p.spy
  heard
person tama "Tama"
  spy
person genno "Genno"
`;

const hidden = "wants not (q believes self.spy)";
const blunt = "trust(other: person) means 30";
const wary =
  "trust(other: person, what: claim) means if other wants (p believes what) or other wants not (p believes not what) then 2 else 30";

function suspicion(text: string): number {
  const opened = openText(text);
  const read = take(opened.readQuestion("genno.sure_of(tama.spy)"));
  const at = Number.POSITIVE_INFINITY;
  return Number(askRun(opened, read, { seed: 1, changes: [], jitter: 0, at, as: -1 }).value);
}

it("counts as any word of theirs where only the speaker is asked about", () => {
  expect(suspicion(story(blunt, hidden))).toBeCloseTo(1 / 31);
});

it("counts for less where it is what the speaker wants to be believed, said either way", () => {
  expect(suspicion(story(wary, hidden))).toBeCloseTo(1 / 3);
  expect(suspicion(story(wary, "wants (q believes not self.spy)"))).toBeCloseTo(1 / 3);
});

it("counts in full where they want nothing of it", () => {
  expect(suspicion(story(wary, "wants (q believes self.spy)"))).toBeCloseTo(1 / 31);
});

it("refuses what is no claim in its place", () => {
  const wrong = "trust(other: person, what: number) means 30";
  expect(() => openText(story(wrong, hidden))).toThrow(/trust.*takes.*what: claim/);
});
