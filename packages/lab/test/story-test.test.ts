import {
  addTallies,
  type EnginePort,
  isSure,
  type JudgedRun,
  looksOf,
  resultOf,
  type TestCase,
  tallySeeds,
} from "@fabula/lab";
import type { Timed } from "@fabula/model";
import { describe, expect, it } from "vitest";

/** An engine whose answer to every condition is whether the seed divides by 3. */
function engineOfThrees(created: number[]): EnginePort {
  return {
    judge: (_world, { seed }, conditions) => {
      created.push(seed);
      const chronicle = {} as JudgedRun["chronicle"];
      return { chronicle, answers: conditions.map(() => seed % 3 === 0) };
    },
  };
}

const condition = { kind: "or", parts: [] } as const satisfies Timed;

function caseOf(share: number, runs: number): TestCase {
  return { id: "D1", name: "threes", kind: "expect", share, runs, conditions: [condition] };
}

const world = {} as Parameters<typeof tallySeeds>[1];

describe("expectations over seeds", () => {
  it("share one run a seed", () => {
    const created: number[] = [];
    const cases = [caseOf(0.3, 9), caseOf(0.5, 3)];
    const tallies = tallySeeds(engineOfThrees(created), world, cases, { from: 1, to: 10 }, 0);
    expect(created).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(tallies).toEqual([
      { tried: 9, held: 3, failing: [1, 2, 4, 5, 7] },
      { tried: 3, held: 1, failing: [1, 2] },
    ]);
  });

  it("are the same however the seeds are dealt out", () => {
    const engine = engineOfThrees([]);
    const cases = [caseOf(0.3, 20)];
    const one = tallySeeds(engine, world, cases, { from: 1, to: 21 }, 0);
    const parts = [
      [1, 8],
      [8, 9],
      [9, 21],
    ].map(([from = 0, to = 0]) => tallySeeds(engine, world, cases, { from, to }, 0));
    expect(addTallies(parts)).toEqual(one);
  });

  it("pass at the share asked for and not below, and never without a seed", () => {
    const tally = (held: number, tried: number) => ({ held, tried, failing: [] });
    expect(resultOf("s", caseOf(0.9, 10), tally(9, 10)).passed).toBe(true);
    expect(resultOf("s", caseOf(0.9, 10), tally(8, 10)).passed).toBe(false);
    expect(resultOf("s", caseOf(0, 10), tally(0, 0)).passed).toBe(false);
  });
});

describe("what is sure", () => {
  const tally = (held: number, tried: number) => ({ held, tried, failing: [] });

  it("is looked for after 50, 100, 200 ... runs, and at the end", () => {
    expect(looksOf(20)).toEqual([20]);
    expect(looksOf(50)).toEqual([50]);
    expect(looksOf(200)).toEqual([50, 100, 200]);
    expect(looksOf(250)).toEqual([50, 100, 200, 250]);
  });

  it("has an interval on one side of what is asked", () => {
    expect(isSure(tally(50, 50), 0.9)).toBe(true);
    expect(isSure(tally(49, 50), 0.9)).toBe(false);
    expect(isSure(tally(98, 100), 0.9)).toBe(true);
    expect(isSure(tally(40, 50), 0.9)).toBe(true);
    expect(isSure(tally(43, 50), 0.9)).toBe(false);
  });

  it("fails at once where it must hold always, and holds after a hundred", () => {
    expect(isSure(tally(49, 50), 1)).toBe(true);
    expect(isSure(tally(50, 50), 1)).toBe(false);
    expect(isSure(tally(100, 100), 1)).toBe(true);
    expect(isSure(tally(0, 0), 1)).toBe(false);
  });
});
