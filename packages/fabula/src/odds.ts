/** How often something holds over many seeds, with the interval a share of so many runs has. */
import { engine, type RunOptions } from "@fabula/lab";
import type { Timed } from "@fabula/model";
import type { OpenedStory, ReadQuestion } from "./opened-story.js";

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
  { question }: ReadQuestion,
  seeds: { readonly from: number; readonly to: number },
  options: Omit<RunOptions, "seed">,
  onSeed?: (seed: number) => void,
): number {
  const timed: Timed =
    question.kind === "timed"
      ? question.timed
      : { kind: "at", condition: question.expr, moment: { kind: "end" } };
  let yes = 0;
  for (let seed = seeds.from; seed < seeds.to; seed += 1) {
    if (engine.judge(story.world, { ...options, seed }, [timed]).answers[0] === true) yes += 1;
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
