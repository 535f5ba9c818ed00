/**
 * The search against trying everything, on random tiny problems.
 * FABULA_RANDOM_PROBLEMS=10000 for the long run, FABULA_RANDOM_SEED for another stretch.
 */
import { describe, expect, it } from "vitest";
import { seek } from "../src/index.js";
import { NaiveBudgetError } from "../src/validate/naive-reasons.js";
import { naiveSeek } from "./support/naive-seek.js";
import { randomProblem } from "./support/random-problem.js";

const count = Number(process.env.FABULA_RANDOM_PROBLEMS ?? 300);
const firstSeed = Number(process.env.FABULA_RANDOM_SEED ?? 1);

/** The shortest length by trying everything: -1 for none, or why it cannot be known. */
function naiveLength(seed: number): number | "endless" | "too big" {
  const { limits, problem } = randomProblem(seed);
  try {
    return naiveSeek(problem, limits, 20_000)?.length ?? -1;
  } catch (error) {
    if (error instanceof NaiveBudgetError) return "too big";
    if (error instanceof RangeError && error.message.includes("for ever")) return "endless";
    throw error;
  }
}

describe("random tiny problems", () => {
  it(`agree with the naive validator: ${count} from seed ${firstSeed}`, {
    timeout: 3_600_000,
  }, () => {
    const seen = { stories: 0, none: 0, endless: 0, skipped: 0 };
    const differing: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
      const wanted = naiveLength(seed);
      if (wanted === "too big") {
        seen.skipped += 1;
        continue;
      }
      const { limits, problem } = randomProblem(seed);
      const shortest = seek(problem, { limits, shortest: true });
      const any = seek(problem, { limits });
      if (shortest.outcome === "fault" || wanted === "endless") {
        seen.endless += 1;
        continue;
      }
      if (wanted < 0) seen.none += 1;
      else seen.stories += 1;
      if (any.length >= 0 && !any.valid) differing.push(`seed ${seed}: ${any.reason}`);
      if (shortest.length !== wanted || any.found !== wanted > 0) {
        const plan = shortest.plan.join("; ");
        differing.push(`seed ${seed}: ${shortest.length}/${any.length} (${plan}), naive ${wanted}`);
      }
    }
    expect(differing).toEqual([]);
    expect(seen.stories).toBeGreaterThan(count / 20);
    expect(seen.none).toBeGreaterThan(count / 20);
    expect(seen.skipped).toBeLessThan(count / 10);
  });
});
