import {
  type AnsweredRun,
  compareVariants,
  dealSeeds,
  groupRuns,
  isNarrow,
  meanOf,
  oddsOf,
  pairedDifference,
  seedsToReplay,
} from "@fabula/lab";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

function run(seed: number, ...variants: number[][]): AnsweredRun {
  return { seed, variants };
}

describe("intervals", () => {
  it("Wilson's is the published one, and certain at neither end", () => {
    const { low, high } = oddsOf(8, 10);
    expect([low, high].map((one) => one.toFixed(3))).toEqual(["0.490", "0.943"]);
    expect(oddsOf(0, 10)).toMatchObject({ low: 0, estimate: 0 });
    expect(oddsOf(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(oddsOf(10, 10)).toMatchObject({ high: 1, estimate: 1 });
  });

  it("of a paired difference is that of Agresti and Min", () => {
    const { difference, low, high, saved } = pairedDifference({
      both: 20,
      gained: 10,
      lost: 2,
      neither: 8,
    });
    expect(difference).toBeCloseTo(0.2, 12);
    expect([low, high].map((one) => one.toFixed(3))).toEqual(["0.032", "0.349"]);
    // (0.55 0.45 + 0.75 0.25) / (0.3 - 0.04)
    expect(saved).toBeCloseTo(0.435 / 0.26, 12);
  });

  it("cover the truth about as often as they say", () => {
    // A fixed stream of its own: multiplicative congruential, Park and Miller.
    let state = 20_261_121;
    const next = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    for (const truth of [0.02, 0.3, 0.9]) {
      let covered = 0;
      for (let trial = 0; trial < 1000; trial += 1) {
        let yes = 0;
        for (let index = 0; index < 60; index += 1) if (next() < truth) yes += 1;
        const { low, high } = oddsOf(yes, 60);
        if (low <= truth && truth <= high) covered += 1;
      }
      expect(covered).toBeGreaterThan(920);
    }
  });

  it("of a mean is normal", () => {
    expect(meanOf([1, 2, 3, 4])).toMatchObject({ count: 4, mean: 2.5 });
    expect(meanOf([1, 2, 3, 4]).high).toBeCloseTo(2.5 + (1.96 * 1.29099) / 2, 3);
  });
});

describe("runs that have answered", () => {
  const runs = [run(1, [1, 0]), run(2, [0, 0]), run(3, [1, 0]), run(4, [1, 1])];

  it("are grouped by what they answered, the most frequent first, with seeds to replay", () => {
    expect(groupRuns(runs, [0, 1])).toMatchObject([
      { values: [1, 0], runs: 2, share: 0.5, seeds: [1, 3] },
      { values: [0, 0], runs: 1, seeds: [2] },
      { values: [1, 1], runs: 1, seeds: [4] },
    ]);
    expect(seedsToReplay(runs)).toEqual({ yes: [1, 3, 4], no: [2] });
  });

  it("are compared pair by pair", () => {
    const paired = [run(1, [1], [1]), run(2, [0], [1]), run(3, [1], [0]), run(4, [0], [1])];
    const { base, changed, paired: pairs, gained, lost } = compareVariants(paired);
    expect([base.yes, changed.yes]).toEqual([2, 3]);
    expect(pairs.difference).toBe(0.25);
    expect([gained, lost]).toEqual([[2, 4], [3]]);
  });

  it("are enough once the interval is narrow", () => {
    const many = Array.from({ length: 100 }, (_, index) => run(index, [index % 2]));
    expect(isNarrow(many.slice(0, 25), 0.2)).toBe(false);
    expect(isNarrow(many, 0.2)).toBe(true);
  });
});

describe("seeds dealt out", () => {
  it("come each once, in order, without those that are known", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 400 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 900 })),
        (from, count, known) => {
          const skipped = new Set(known);
          const batches = dealSeeds({ from, to: from + count }, (seed) => skipped.has(seed));
          const dealt = batches.flatMap((one) =>
            Array.from({ length: one.to - one.from }, (_, index) => one.from + index),
          );
          const all = Array.from({ length: count }, (_, index) => from + index);
          expect(dealt).toEqual(all.filter((seed) => !skipped.has(seed)));
        },
      ),
    );
  });
});
