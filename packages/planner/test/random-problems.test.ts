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
function naiveLength(seed: number, more = 0): number | "endless" | "too big" {
  const { limits, problem } = randomProblem(seed);
  try {
    return naiveSeek(problem, limits, 20_000, more)?.length ?? -1;
  } catch (error) {
    if (error instanceof NaiveBudgetError) return "too big";
    if (error instanceof RangeError && error.message.includes("for ever")) return "endless";
    throw error;
  }
}

/**
 * Whether the problem has no answer at all: a trigger that makes something true because somebody
 * believes it false, in every mind inside every mind, has no first mind to start from. The answer
 * then depends on how many levels are looked at, whoever looks.
 */
function isParadox(seed: number): boolean {
  return new Set([0, 1, 2].map((more) => naiveLength(seed, more))).size > 1;
}

describe("random tiny problems", () => {
  it(`agree with the naive validator: ${count} from seed ${firstSeed}`, {
    timeout: 3_600_000,
  }, () => {
    const seen = { stories: 0, none: 0, endless: 0, skipped: 0, paradoxes: 0 };
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
      const agreed = shortest.length === wanted && any.found === wanted > 0;
      if (!agreed && isParadox(seed)) {
        seen.paradoxes += 1;
        continue;
      }
      if (wanted < 0) seen.none += 1;
      else seen.stories += 1;
      if (any.length >= 0 && !any.valid) differing.push(`seed ${seed}: ${any.reason}`);
      if (!agreed) {
        const plan = shortest.plan.join("; ");
        differing.push(`seed ${seed}: ${shortest.length}/${any.length} (${plan}), naive ${wanted}`);
      }
    }
    expect(differing).toEqual([]);
    expect(seen.stories).toBeGreaterThan(count / 20);
    expect(seen.none).toBeGreaterThan(count / 20);
    expect(seen.paradoxes).toBeLessThanOrEqual(count / 200);
    expect(seen.skipped).toBeLessThan(count / 10);
  });
});
