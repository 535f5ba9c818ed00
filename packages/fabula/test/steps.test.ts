/** Numbers that are kept in steps: dice, coins, marks. */
import { describe, expect, it } from "vitest";
import { askRun, type OpenedStory } from "../src/index.js";
import { openText, take } from "./small-world.js";

const table = `story table "The table"
begins day 1 08:00
ends after 5 s

unit s of time
unit % = 0.01

type person
  awake: boolean = true
  die: number 1 .. 6 = 1 .. 6
    in steps of 1
  second: number 0 .. 6
    in steps of 1
  coins: number 0 .. 100 = 7
    in steps of 1
  share: number 0% .. 100% = 0% .. 30%
    in steps of 10%
  mark: number 0 .. 9 = 2.6 .. 2.9
    in steps of 1
person ada "Ada"
at 1 s
  ada.second = 2.5 .. 4.5
  ada.coins = ada.coins / 2
at 2 s
  ada.coins rises by 3 .. 4
`;

function numberOf(story: OpenedStory, question: string, seed: number): number {
  const at = Number.POSITIVE_INFINITY;
  const read = take(story.readQuestion(question));
  return Number(askRun(story, read, { seed, changes: [], jitter: 0, at, as: -1 }).value);
}

function countsOf(question: string, runs: number): Map<number, number> {
  const story = openText(table);
  const counts = new Map<number, number>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const value = numberOf(story, question, seed);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
}

describe("numbers in steps", () => {
  it("are drawn as one of those in the range, each as likely", () => {
    const counts = countsOf("ada.die", 1_200);
    expect([...counts.keys()]).toEqual([1, 2, 3, 4, 5, 6]);
    // Of 1,200 throws 200 each; the chance that a fair die goes beyond this is below 1 in 10,000.
    const surprise = [...counts.values()].reduce((sum, one) => sum + (one - 200) ** 2 / 200, 0);
    expect(surprise).toBeLessThan(25.7);
    expect([...countsOf("ada.second", 60).keys()]).toEqual([3, 4]);
    expect([...countsOf("ada.share", 60).keys()]).toEqual([0, 0.1, 0.2, 0.1 * 3]);
  });

  it("are rounded where a value lies between two, halves up", () => {
    expect([...countsOf("ada.coins", 40).keys()]).toEqual([7, 8]);
    expect([...countsOf("ada.mark", 20).keys()]).toEqual([3]);
  });
});
