import { describe, expect, it } from "vitest";
import { askRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** A thief, two people with a purse each, and the thief's own loss. */
function story(theft: string, loss: string) {
  return openText(`story purses "Purses"
begins day 1 12:00
ends after 10 min
unit s of time
unit min = 60 s
type world
type person
person has
  purse: number 0 .. 9 = 5
  drunk: boolean
mind of p: person
  able means true
action lift(victim: person) by thief: person with victim
  comes to mind when false
  at end
    victim.purse = 0
  ${theft}
action lose by p: person
  comes to mind when false
  at end
    p.purse = 0
  ${loss}
person nim "Nim"
person anna "Anna"
person ben "Ben"
  drunk
at 1 s
  do nim.lift(anna)
at 2 s
  do nim.lift(ben)
at 3 s
  do nim.lose
`);
}

/** What each takes their own purse to hold at the end, and what Nim takes Ben's to hold. */
function believed(theft: string, loss: string) {
  const opened = story(theft, loss);
  const plain = { seed: 1, changes: [], jitter: 0, at: Number.POSITIVE_INFINITY, as: -1 };
  return [
    "anna.purse according to anna",
    "ben.purse according to ben",
    "nim.purse according to nim",
  ]
    .concat("ben.purse according to nim")
    .map((text) => askRun(opened, take(opened.readQuestion(text)), plain).value);
}

describe("unnoticed", () => {
  it("BELIEF-9 without it, who takes part notices", () => {
    expect(believed("seen", "seen")).toEqual([0, 0, 0, 0]);
    expect(believed("heard when false", "heard when false")).toEqual([0, 0, 0, 0]);
  });

  it("BELIEF-9 by whom and when, read in truth; the others notice", () => {
    expect(believed("unnoticed by victim when observer.drunk", "seen")).toEqual([0, 5, 0, 0]);
    expect(believed("unnoticed by thief", "seen")).toEqual([0, 0, 0, 5]);
  });

  it("BELIEF-9 alone it is for everybody who takes part, the actor too", () => {
    expect(believed("unnoticed", "unnoticed")).toEqual([5, 5, 5, 5]);
  });

  it("BELIEF-9 a clause by which they perceive it comes before", () => {
    const theft = "unnoticed\n  felt by victim when not victim.drunk";
    expect(believed(theft, "seen")).toEqual([0, 5, 0, 5]);
  });
});
