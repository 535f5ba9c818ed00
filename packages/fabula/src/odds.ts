/** How often something holds over many seeds, with the interval a share of so many runs has. */
import type { OpenedStory, RunOptions } from "./opened-story.js";
import type { CompiledQuestion } from "./ports.js";

export interface Odds {
  readonly runs: number;
  readonly yes: number;
  readonly estimate: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Whether it holds with each of the seeds `from` .. `to` - 1, counted. */
export function countYes(
  story: OpenedStory,
  question: CompiledQuestion,
  seeds: { readonly from: number; readonly to: number },
  options: Omit<RunOptions, "seed">,
  onSeed?: (seed: number) => void,
): number {
  let yes = 0;
  for (let seed = seeds.from; seed < seeds.to; seed += 1) {
    const simulation = story.begin({ ...options, seed });
    if (question.kind === "timed") {
      if (story.ports.engine.judge(simulation, [question.timed])[0] === true) yes += 1;
    } else {
      simulation.runUntil(Number.POSITIVE_INFINITY);
      if (simulation.evaluate(question.expr, []) === 1) yes += 1;
    }
    onSeed?.(seed);
  }
  return yes;
}

/** Wilson's score interval (1927), z = 1.96: 8 of 10 gives 0.490 .. 0.943. */
export function oddsOf(yes: number, runs: number): Odds {
  const z = 1.959963984540054;
  const share = yes / runs;
  const scale = 1 + (z * z) / runs;
  const middle = share + (z * z) / (2 * runs);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * runs)) / runs);
  return {
    runs,
    yes,
    estimate: share,
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  };
}
