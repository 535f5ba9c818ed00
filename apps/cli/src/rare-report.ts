/** The answer to `odds --level`: a rare outcome by splitting. */
import { meanOf } from "fabula";

export interface RareReport {
  readonly method: "splitting";
  readonly runs: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Ends that were played, of all seeds, and how many came out as asked. */
  readonly ends: number;
  readonly hits: number;
}

/** `answers`: of a survey of kind `rare`; at least one. */
export function rareReport(answers: readonly string[]): RareReport {
  const runs = answers.map((answer) => JSON.parse(answer) as [number, number, number]);
  const { mean, low, high } = meanOf(runs.map(([estimate]) => estimate));
  const hits = runs.reduce((sum, run) => sum + run[2], 0);
  return {
    method: "splitting",
    runs: runs.length,
    estimate: mean,
    low: Math.max(0, low),
    // No run saw it: at 95 % a share of three in so many would have shown itself once.
    high: Math.min(1, hits === 0 ? 3 / runs.length : high),
    ends: runs.reduce((sum, run) => sum + run[1], 0),
    hits,
  };
}

export function describeRare({ runs, estimate, low, high, ends, hits }: RareReport): string[] {
  const range = `${percent(low)} to ${percent(high)} with 95 % confidence`;
  return [
    `${percent(estimate)} (${range})`,
    `by splitting: ${runs} runs, played on to ${ends} ends, ${hits} of them so`,
  ];
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
