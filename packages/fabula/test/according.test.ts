/** What is so according to somebody who holds it without being certain. */
import { describe, expect, it } from "vitest";
import { askRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

const story = openText(`story fever "Fever"
begins day 1 12:00
ends after 1 min
unit s of time
unit min = 60 s
unit % = 0.01
type world
type person
person has
  heat: number 0 .. 9 = 5
  ill means heat > 3
    seen when observer = self
mind of p: person
  able means true
person anna "Anna"
  believes ben.ill sure 80%
person carl "Carl"
  believes ben.ill sure 20%
person ben "Ben"
`);

function ask(text: string): unknown {
  const plain = { seed: 1, changes: [], jitter: 0, at: Number.POSITIVE_INFINITY, as: -1 };
  return askRun(story, take(story.readQuestion(text)), plain).value;
}

describe("according to", () => {
  it("a yes/no is what they believe, and its denial is not", () => {
    expect(ask("ben.ill according to anna")).toBe(true);
    expect(ask("not (ben.ill according to anna)")).toBe(false);
    expect(ask("ben.ill according to carl")).toBe(false);
    expect(ask("not (ben.ill according to carl)")).toBe(true);
    for (const who of ["anna", "carl"]) {
      expect(ask(`ben.ill according to ${who}`)).toBe(ask(`${who} believes ben.ill`));
    }
  });
});
