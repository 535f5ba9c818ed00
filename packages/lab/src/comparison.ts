/**
 * Two runs of one seed side by side: where they part, what happened in both and what in one alone.
 *
 * Occurrences are compared by what they are, not by their ids: an occurrence more in one run moves
 * all later ids. Gains that were weighed are left out; what was chosen is compared.
 */
import type { ChronicleReader, Occurrence } from "@fabula/chronicle";

/** What to leave out of a comparison: what a control may change. */
export interface Leaving {
  /** Whether the whole occurrence is left out. */
  occurrence(occurrence: Occurrence): boolean;
  /** Fluent ids whose writes do not count. */
  readonly fluents: ReadonlySet<number>;
  /**
   * Leaves out how fast a quantity moves: that is on record with the occurrence that once set it
   * going, however much later another change in it comes. Absent: it counts.
   */
  readonly rates?: true;
}

/** What happened and what was set; how fast something moves shows in what comes of it. */
export const leavingRates: Leaving = { occurrence: () => false, fluents: new Set(), rates: true };

export interface Divergence {
  /** Milliseconds since the epoch of the earlier of the two; undefined: no difference. */
  readonly time: number;
  /** The first occurrence that the other run lacks, in each run; absent where it has ended. */
  readonly base?: Occurrence;
  readonly changed?: Occurrence;
}

/** The first place where the two differ, changes from outside not counted. */
export function findDivergence(
  base: ChronicleReader,
  changed: ChronicleReader,
  leaving: Leaving,
): Divergence | undefined {
  const left = compared(base, leaving);
  const right = compared(changed, leaving);
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [left[index], right[index]];
    if (a !== undefined && b !== undefined && keyOf(a, leaving) === keyOf(b, leaving)) continue;
    const times = [a, b].flatMap((one) => (one === undefined ? [] : [one.time]));
    return {
      time: Math.min(...times),
      ...(a === undefined ? {} : { base: a }),
      ...(b === undefined ? {} : { changed: b }),
    };
  }
  return undefined;
}

/** What happened, by a name for it, with the times it happened at in each run. */
export interface Comparison {
  readonly name: string;
  /** Milliseconds since the epoch, ascending. */
  readonly base: readonly number[];
  readonly changed: readonly number[];
}

/** In the order in which each name first happened in either run, base first. */
export function compareHappenings(
  base: ChronicleReader,
  changed: ChronicleReader,
  nameOf: (occurrence: Occurrence, chronicle: ChronicleReader) => string | undefined,
): Comparison[] {
  const found = new Map<string, { base: number[]; changed: number[] }>();
  for (const [chronicle, side] of [
    [base, "base"],
    [changed, "changed"],
  ] as const) {
    for (let id = 0; id < chronicle.count; id += 1) {
      const occurrence = chronicle.get(id);
      const name = nameOf(occurrence, chronicle);
      if (name === undefined) continue;
      const times = found.get(name) ?? { base: [], changed: [] };
      times[side].push(occurrence.time);
      found.set(name, times);
    }
  }
  return [...found].map(([name, times]) => ({ name, ...times }));
}

/** Whether it happened as often and at the same times. */
export function isSame(comparison: Comparison): boolean {
  const { base, changed } = comparison;
  return base.length === changed.length && base.every((time, index) => time === changed[index]);
}

function compared(chronicle: ChronicleReader, leaving: Leaving): Occurrence[] {
  const kept: Occurrence[] = [];
  for (let id = 0; id < chronicle.count; id += 1) {
    const occurrence = chronicle.get(id);
    if (occurrence.kind === "intervention" || leaving.occurrence(occurrence)) continue;
    kept.push(occurrence);
  }
  return kept;
}

/** Alike where, and only where, two occurrences of two runs are the same in all that counts. */
export function keyOf(occurrence: Occurrence, leaving: Leaving): string {
  const { time, kind, schema, args, perceived, belief, decision } = occurrence;
  const writes = occurrence.writes
    .filter((write) => !leaving.fluents.has(write.fluent))
    .filter((write) => !(leaving.rates && write.rateOnly))
    .map((write) => [write.fluent, write.args, write.value]);
  const seen = perceived.map((one) => [one.who, one.sense, one.whole]);
  const chosen = decision && [decision.who, decision.outcome, decision.request, decision.chosen];
  const believed = belief && [belief.holder, belief.claim, belief.after, belief.source, belief.by];
  return JSON.stringify([time, kind, schema, args, writes, seen, chosen, believed]);
}
