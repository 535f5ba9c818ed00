/**
 * How often, from the answers of many runs: shares with intervals, runs grouped by what came out,
 * two variants of the same runs compared.
 */
import { type Odds, oddsOf, type PairedDifference, pairedDifference } from "./interval.js";

/** 1 and 0 for yes and no; any other value as it is. */
export type RunAnswer = number | string;

/** What one run answered: for each variant, for each question. */
export interface AnsweredRun {
  readonly seed: number;
  readonly variants: readonly (readonly RunAnswer[])[];
}

/** Runs that answered the grouping questions alike. */
export interface OddsGroup extends Odds {
  readonly values: readonly RunAnswer[];
  /** The first seeds of the group, at most 5. */
  readonly seeds: readonly number[];
  /** Share of all runs. */
  readonly share: number;
}

export interface VariantComparison {
  readonly base: Odds;
  readonly changed: Odds;
  readonly paired: PairedDifference;
  /** Seeds in which it holds with the change alone, at most 5, and without it alone. */
  readonly gained: readonly number[];
  readonly lost: readonly number[];
}

const seedsMax = 5;

/** Of one question in one variant. */
export function oddsIn(runs: readonly AnsweredRun[], question = 0, variant = 0): Odds {
  return oddsOf(count(runs, question, variant), runs.length);
}

/** The first seeds that answered yes, and those that did not, at most 5 each. */
export function seedsToReplay(runs: readonly AnsweredRun[], question = 0) {
  const seeds = (wanted: boolean) =>
    runs
      .filter((run) => isYes(run, question, 0) === wanted)
      .slice(0, seedsMax)
      .map((run) => run.seed);
  return { yes: seeds(true), no: seeds(false) };
}

/** By the answers to these questions, the largest group first; the odds are those of question 0. */
export function groupRuns(runs: readonly AnsweredRun[], by: readonly number[]): OddsGroup[] {
  const groups = new Map<string, { values: RunAnswer[]; runs: AnsweredRun[] }>();
  for (const run of runs) {
    const values = by.map((question) => run.variants[0]?.[question] ?? 0);
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { values, runs: [run] });
    else group.runs.push(run);
  }
  return [...groups.values()]
    .map((group) => ({
      values: group.values,
      ...oddsIn(group.runs),
      share: group.runs.length / runs.length,
      seeds: group.runs.slice(0, seedsMax).map((run) => run.seed),
    }))
    .sort((a, b) => b.runs - a.runs || (a.seeds[0] ?? 0) - (b.seeds[0] ?? 0));
}

/** Variant 0 against variant 1, run by run. */
export function compareVariants(runs: readonly AnsweredRun[], question = 0): VariantComparison {
  const counts = { both: 0, gained: 0, lost: 0, neither: 0 };
  const seeds = { gained: [] as number[], lost: [] as number[] };
  for (const run of runs) {
    const [before, after] = [isYes(run, question, 0), isYes(run, question, 1)];
    const kind = before ? (after ? "both" : "lost") : after ? "gained" : "neither";
    counts[kind] += 1;
    if (kind === "gained" || kind === "lost") seeds[kind].push(run.seed);
  }
  return {
    base: oddsIn(runs, question, 0),
    changed: oddsIn(runs, question, 1),
    paired: pairedDifference(counts),
    gained: seeds.gained.slice(0, seedsMax),
    lost: seeds.lost.slice(0, seedsMax),
  };
}

/** Runs between two looks at the width: looking is part of the rule, not of the machine. */
export const lookEvery = 25;

/** Whether these runs are enough for an interval no wider than `width`: of the difference of two. */
export function isNarrow(runs: readonly AnsweredRun[], width: number): boolean {
  const isPaired = (runs[0]?.variants.length ?? 1) > 1;
  const { low, high } = isPaired ? compareVariants(runs).paired : oddsIn(runs);
  return high - low <= width;
}

function count(runs: readonly AnsweredRun[], question: number, variant: number): number {
  return runs.reduce((sum, run) => sum + (isYes(run, question, variant) ? 1 : 0), 0);
}

function isYes(run: AnsweredRun, question: number, variant: number): boolean {
  return run.variants[variant]?.[question] === 1;
}
