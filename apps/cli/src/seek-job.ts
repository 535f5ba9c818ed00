/** One search, on whatever thread: text in, answer out. */

import type { Diagnostic } from "fabula";
import {
  type CheckResult,
  checkPlan,
  defaultLimits,
  type Explanation,
  explain,
  readPlan,
  readSabre,
  readSabreCondition,
  type SeekLimits,
  type SeekProgress,
  type SeekResult,
  seek,
  withGoal,
} from "fabula/seek";

export interface SeekJob {
  readonly name: string;
  readonly text: string;
  /** A number, or a condition. */
  readonly goal: string | undefined;
  readonly limits: Partial<SeekLimits>;
  readonly shortest: boolean;
  /** Milliseconds; Infinity for no end. */
  readonly budgetMs: number;
  readonly bytesMax: number;
  /** The text of a plan to check instead of seeking one. */
  readonly plan: string | undefined;
}

export type SeekAnswer =
  | { readonly kind: "wrong"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "checked"; readonly result: CheckResult }
  | {
      readonly kind: "sought";
      readonly result: SeekResult;
      readonly explanation: Explanation | undefined;
    };

/** `mayGoOn` is asked about 4000 times a second at most. */
export function runSeekJob(
  job: SeekJob,
  mayGoOn: (progress: SeekProgress | undefined) => boolean,
): SeekAnswer {
  const reading = readSabre(job.text, job.name);
  if (reading.problem === undefined) return { kind: "wrong", diagnostics: reading.diagnostics };
  let { problem } = reading;
  let goal = job.limits.goal;
  if (job.goal !== undefined) {
    const number = Number(job.goal);
    if (Number.isFinite(number)) goal = number;
    else {
      const { condition, diagnostics } = readSabreCondition(job.goal, "the goal", problem);
      if (condition === undefined) return { kind: "wrong", diagnostics };
      problem = withGoal(problem, condition);
      goal = 1;
    }
  }
  const limits = { ...job.limits, ...(goal === undefined ? {} : { goal }) };
  const end = performance.now() + job.budgetMs;
  const goOn = (progress?: SeekProgress) => mayGoOn(progress) && performance.now() < end;
  if (job.plan !== undefined) {
    const within = { ...defaultLimits, goal: 1, ...limits };
    const { bytesMax } = job;
    const result = checkPlan(problem, readPlan(job.plan), within, { bytesMax, mayGoOn: goOn });
    return { kind: "checked", result };
  }
  const { bytesMax, shortest } = job;
  const result = seek(problem, { limits, shortest, bytesMax, mayGoOn: goOn });
  if (result.diagnostics.length > 0) return { kind: "wrong", diagnostics: result.diagnostics };
  const { found, story } = result;
  const explanation = found && story ? explain(problem, story, result.limits) : undefined;
  return { kind: "sought", result, explanation };
}
