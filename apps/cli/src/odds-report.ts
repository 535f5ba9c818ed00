/** The answer to `odds`: what scripts get, and what people read. */
import {
  type AnsweredRun,
  compareVariants,
  groupRuns,
  type Mean,
  meanOf,
  type Odds,
  type OddsGroup,
  oddsIn,
  type RunAnswer,
  seedsToReplay,
  type VariantComparison,
} from "fabula";

export interface OddsPlan {
  readonly questions: readonly string[];
  /** Whether each is answered by yes and no. */
  readonly isCondition: readonly boolean[];
  /** Lines of the second variant; []: there is none. */
  readonly compare: readonly string[];
  /** Of the interval that was wanted. */
  readonly width?: number;
}

export interface OddsReport extends Partial<Odds> {
  readonly runs: number;
  /** Whether the interval is as narrow as was wanted; absent: nothing was. */
  readonly narrow?: boolean;
  /** Of a number instead of a condition. */
  readonly mean?: Mean;
  readonly seeds?: { readonly yes: readonly number[]; readonly no: readonly number[] };
  readonly groups?: readonly OddsGroup[];
  readonly compare?: VariantComparison;
}

/** `runs`: at least one. */
export function oddsReport(runs: readonly AnsweredRun[], plan: OddsPlan): OddsReport {
  const { questions, isCondition, compare, width } = plan;
  const isYesNo = isCondition[0] === true;
  const odds = isYesNo ? oddsIn(runs) : { runs: runs.length };
  const values = runs.map((run) => run.variants[0]?.[0] ?? 0);
  const numbers = values.filter((value) => typeof value === "number");
  const isNumber = !isYesNo && numbers.length === values.length;
  const compared = compare.length > 0 && isYesNo ? compareVariants(runs) : undefined;
  const { low, high } = compared?.paired ?? (isYesNo ? oddsIn(runs) : { low: 0, high: 1 });
  return {
    ...odds,
    ...(width === undefined || !isYesNo ? {} : { narrow: high - low <= width }),
    ...(isNumber ? { mean: meanOf(numbers) } : {}),
    ...(isYesNo ? { seeds: seedsToReplay(runs) } : {}),
    ...(questions.length > 1 || !isYesNo
      ? {
          groups: groupRuns(
            runs,
            questions.map((_, index) => index),
          ),
        }
      : {}),
    ...(compared === undefined ? {} : { compare: compared }),
  };
}

const groupsShown = 12;

export function describeOdds(report: OddsReport, plan: OddsPlan): string[] {
  const lines: string[] = [];
  const { yes, estimate, mean, seeds, groups, compare } = report;
  if (compare !== undefined) {
    lines.push(...describeComparison(compare, plan.compare));
  } else if (estimate !== undefined) {
    lines.push(
      `${percent(estimate)} (${yes} of ${report.runs}; ${rangeOf(report)} with 95 % confidence)`,
      ...seedLine("it holds with seed", seeds?.yes),
      ...seedLine("it does not with seed", seeds?.no),
    );
  }
  if (mean !== undefined) {
    const range = `${rounded(mean.low)} to ${rounded(mean.high)} with 95 % confidence`;
    lines.push(`${rounded(mean.mean)} on average of ${mean.count} runs (${range})`);
  }
  if (report.narrow === false) lines.push("wider than was wanted: more --runs would narrow it");
  if (groups !== undefined && mean !== undefined && groups.length > groupsShown) {
    lines.push(...spreadLines(groups));
  } else if (groups !== undefined) {
    lines.push("", `${plan.questions.join("  |  ")}:`);
    for (const { share, runs, values, seeds: some } of groups.slice(0, groupsShown)) {
      const said = values.map((value, index) => shown(value, plan.isCondition[index] === true));
      lines.push(`  ${percent(share)} (${runs})  ${said.join("  |  ")}  seed ${some.join(", ")}`);
    }
    if (groups.length > groupsShown) lines.push(`  and ${groups.length - groupsShown} more kinds`);
  }
  return lines;
}

/** Of a number that is another one in nearly every run: where its values lie. */
function spreadLines(groups: readonly OddsGroup[]): string[] {
  const values = groups
    .flatMap(({ values: [value], runs, seeds }) =>
      typeof value === "number" ? [{ value, runs, seed: seeds[0] ?? 0 }] : [],
    )
    .sort((a, b) => a.value - b.value);
  const all = values.reduce((sum, { runs }) => sum + runs, 0);
  const below = (share: number): number => {
    let count = 0;
    const at = values.find(({ runs }) => {
      count += runs;
      return count >= share * all;
    });
    return at?.value ?? Number.NaN;
  };
  const [least, most] = [values[0], values.at(-1)];
  if (least === undefined || most === undefined) return [];
  const ends = `${rounded(least.value)} (seed ${least.seed}) to ${rounded(most.value)} (seed ${most.seed})`;
  const half = `half of them from ${rounded(below(0.25))} to ${rounded(below(0.75))}`;
  return [`from ${ends}; ${half}, the middle one ${rounded(below(0.5))}`];
}

function describeComparison(compare: VariantComparison, lines: readonly string[]): string[] {
  const { base, changed, paired, gained, lost } = compare;
  const { difference, low, high, saved } = paired;
  const pairs = `${base.runs} pairs of runs with the same chances`;
  const range = `${points(low)} to ${points(high)} with 95 % confidence`;
  const worth = Number.isFinite(saved)
    ? `as narrow as ${saved.toPrecision(2)} times as many runs with chances of their own`
    : "all pairs say the same";
  return [
    `without: ${percent(base.estimate)} (${base.yes} of ${base.runs}; ${rangeOf(base)})`,
    `with ${lines.join("; ")}: ${percent(changed.estimate)} (${changed.yes}; ${rangeOf(changed)})`,
    `difference: ${points(difference)} points (${range}; ${pairs}, ${worth})`,
    ...seedLine("with the change alone: seed", gained),
    ...seedLine("without it alone: seed", lost),
  ];
}

function seedLine(title: string, seeds: readonly number[] = []): string[] {
  return seeds.length === 0 ? [] : [`${title} ${seeds.join(", ")}`];
}

function shown(value: RunAnswer, isCondition: boolean): string {
  if (isCondition) return value === 1 ? "yes" : "no";
  return typeof value === "number" ? rounded(value) : value;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function points(difference: number): string {
  return `${difference > 0 ? "+" : ""}${(difference * 100).toFixed(1)}`;
}

function rangeOf({ low = 0, high = 1 }: Partial<Odds>): string {
  return `${percent(low)} to ${percent(high)}`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
