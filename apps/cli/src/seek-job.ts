/** One search, on whatever thread: text in, answer out. */

import type { Diagnostic, DiscreteExpression, DiscreteProblem, Read } from "fabula";
import {
  type CheckResult,
  checkPlan,
  defaultLimits,
  type Explanation,
  explain,
  type Notation,
  plainNotation,
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
  /** Whose language the text is in. */
  readonly language: "sabre" | "fabula";
  /** Absolute, for the modules that a story uses. */
  readonly file: string;
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
  | {
      readonly kind: "checked";
      readonly result: CheckResult;
      readonly warnings: readonly Diagnostic[];
    }
  | {
      readonly kind: "sought";
      readonly result: SeekResult;
      readonly explanation: Explanation | undefined;
      /** Where there is none: a limit that was in the way. */
      readonly wider: WiderLimit | undefined;
      readonly warnings: readonly Diagnostic[];
    };

/** Raised so far, alone, one limit lets a story of this many actions be found. */
export interface WiderLimit {
  readonly limit: "authorTemporalLimit" | "characterTemporalLimit" | "epistemicLimit";
  readonly value: number;
  readonly length: number;
}

/** A problem of either language, and how to read a goal for it. */
interface Question {
  readonly problem: DiscreteProblem;
  readonly notation: Notation;
  readonly warnings: readonly Diagnostic[];
  readonly readGoal: (text: string) => Read<DiscreteExpression>;
  /** Whether it says by itself what is sought. */
  readonly hasGoal: boolean;
}

/** `mayGoOn` is asked about 4000 times a second at most. */
export async function runSeekJob(
  job: SeekJob,
  mayGoOn: (progress: SeekProgress | undefined) => boolean,
): Promise<SeekAnswer> {
  const read = job.language === "sabre" ? readProblem(job) : await readStoryOf(job);
  if (!read.ok) return { kind: "wrong", diagnostics: read.diagnostics };
  const { notation, warnings } = read.value;
  let { problem } = read.value;
  let { goal } = job.limits;
  const number = Number(job.goal);
  const isNumber = job.goal?.trim() !== "" && Number.isFinite(number);
  if (job.goal === undefined || isNumber) {
    if (!read.value.hasGoal && job.plan === undefined) return nothingAsked();
    if (isNumber) goal = number;
  } else {
    const condition = read.value.readGoal(job.goal);
    if (!condition.ok) return { kind: "wrong", diagnostics: condition.diagnostics };
    problem = withGoal(problem, condition.value);
    goal ??= 1;
  }
  const limits = { ...job.limits, ...(goal === undefined ? {} : { goal }) };
  const end = performance.now() + job.budgetMs;
  const goOn = (progress?: SeekProgress) => mayGoOn(progress) && performance.now() < end;
  if (job.plan !== undefined) {
    const within = { ...defaultLimits, goal: 1, ...limits };
    const { bytesMax } = job;
    const plan = readPlan(job.plan, notation);
    const result = checkPlan(problem, plan, within, { bytesMax, mayGoOn: goOn });
    return { kind: "checked", result: written(result, notation), warnings };
  }
  const { bytesMax, shortest } = job;
  const begun = performance.now();
  const result = seek(problem, { limits, shortest, bytesMax, mayGoOn: goOn });
  const tookMs = performance.now() - begun;
  if (result.diagnostics.length > 0) {
    return { kind: "wrong", diagnostics: written(result.diagnostics, notation) };
  }
  const { found, story } = result;
  const explanation = found && story ? explain(problem, story, result.limits) : undefined;
  const within = (ms: number) => ({ bytesMax, mayGoOn: goOnFor(ms, goOn) });
  const isSought = result.outcome === "none" && result.nearest !== undefined;
  const wider = isSought ? seekWider(problem, result.limits, tookMs, within) : undefined;
  return {
    kind: "sought",
    result: written(result, notation),
    explanation: written(explanation, notation),
    wider,
    warnings,
  };
}

type MayGoOn = (progress?: SeekProgress) => boolean;

function goOnFor(ms: number, goOn: MayGoOn): MayGoOn {
  const end = performance.now() + ms;
  return (progress) => goOn(progress) && performance.now() < end;
}

/** Least time for one limit, and how many times as long as the search that found nothing. */
const widerMs = 1000;
const widerTimes = 3;

/** Which limit was in the way: each is raised alone, for a while. */
function seekWider(
  problem: DiscreteProblem,
  limits: SeekLimits,
  tookMs: number,
  within: (ms: number) => { readonly bytesMax: number; readonly mayGoOn: MayGoOn },
): WiderLimit | undefined {
  const { authorTemporalLimit, characterTemporalLimit, epistemicLimit } = limits;
  const usual = defaultLimits;
  const raised: readonly (readonly [WiderLimit["limit"], number])[] = [
    ["authorTemporalLimit", Math.max(authorTemporalLimit * 2, usual.authorTemporalLimit)],
    ["characterTemporalLimit", Math.max(characterTemporalLimit * 2, usual.characterTemporalLimit)],
    ["epistemicLimit", Math.max(epistemicLimit + 1, usual.epistemicLimit)],
  ];
  for (const [limit, value] of raised) {
    if (value === limits[limit]) continue;
    const options = within(Math.max(widerMs, widerTimes * tookMs));
    const { found, length } = seek(problem, { limits: { ...limits, [limit]: value }, ...options });
    if (found) return { limit, value, length };
  }
  return undefined;
}

function readProblem({ name, text }: SeekJob): Read<Question> {
  const { diagnostics, problem } = readSabre(text, name);
  if (problem === undefined) return { ok: false, diagnostics };
  const value = {
    problem,
    notation: plainNotation,
    warnings: diagnostics,
    hasGoal: true,
    readGoal: (goal: string): Read<DiscreteExpression> => {
      const { condition, diagnostics: said } = readSabreCondition(goal, "the goal", problem);
      if (condition === undefined) return { ok: false, diagnostics: said };
      return { ok: true, value: condition, diagnostics: said };
    },
  };
  return { ok: true, value, diagnostics };
}

/** The whole language is loaded only for who needs it. */
async function readStoryOf({ file, name, text }: SeekJob): Promise<Read<Question>> {
  const { readDiscreteStory } = await import("fabula/discrete");
  const { findModulesFor } = await import("./story-input.js");
  const read = readDiscreteStory({ name, text }, findModulesFor(file));
  if (!read.ok) return read;
  const { diagnostics } = read;
  return { ok: true, value: { ...read.value, warnings: diagnostics }, diagnostics };
}

function nothingAsked(): SeekAnswer {
  const message = "the story does not say what it is to come to";
  const remedy = 'ask for an end: fabula seek STORY "ring.holder = anna"; or let `world` want one';
  return { kind: "wrong", diagnostics: [{ code: "FAB7007", severity: "error", message, remedy }] };
}

/** Every text in it as the problem's own language writes it. */
function written<T>(value: T, notation: Notation): T {
  if (notation === plainNotation) return value;
  if (typeof value === "string") return notation.write(value) as T;
  if (Array.isArray(value)) return value.map((item) => written(item, notation)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, written(item, notation)]);
  return Object.fromEntries(entries) as T;
}
