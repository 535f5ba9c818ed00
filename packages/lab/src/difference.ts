/**
 * What a change led to, told by causes and not by comparing two logs: which occurrences only one of
 * two runs of the same chances has, what they hang on, and what is left as it was because nothing
 * that differs is among its causes.
 *
 * Occurrences are matched by what they are (comparison.ts), in order. A change of the start is no
 * occurrence of its own; who read a start value that it changed was reached by it.
 */
import type { Chronicle, Occurrence, OccurrenceId } from "@fabula/chronicle";
import { keyOf, leavingRates } from "./comparison.js";

export interface Difference {
  /** Occurrences of the base run that the changed run lacks, ascending. */
  readonly lost: readonly OccurrenceId[];
  /** Occurrences of the changed run that the base run lacks, ascending; changes not among them. */
  readonly gained: readonly OccurrenceId[];
  /** For each occurrence of the base run that the changed run has too: which it is there. */
  readonly matched: ReadonlyMap<OccurrenceId, OccurrenceId>;
  /**
   * Occurrences of the base run that both have, and that have something among their causes, however
   * far back and in either run, that differs: they came about in spite of it.
   */
  readonly reached: ReadonlySet<OccurrenceId>;
  /** How many occurrences both runs begin with: the changed run forks there. */
  readonly shared: number;
  /** Start values that differ: `[fluent, arguments]` as JSON. */
  readonly startValues: ReadonlySet<string>;
}

export function findDifference(base: Chronicle, changed: Chronicle): Difference {
  const [before, after] = [occurrencesOf(base), occurrencesOf(changed)];
  const matched = matchUp(before, after);
  const there = new Set(matched.values());
  const lost = before.filter((one) => isNews(one) && !matched.has(one.id)).map((one) => one.id);
  const gained = after.filter((one) => isNews(one) && !there.has(one.id)).map((one) => one.id);
  const startValues = differingValues(before[0], after[0]);
  const reachedBefore = spread(base, before, new Set(lost), startValues);
  const changes = after.filter((one) => one.kind === "intervention").map((one) => one.id);
  const reachedAfter = spread(changed, after, new Set([...gained, ...changes]), startValues);
  const reached = new Set<OccurrenceId>();
  for (const [one, other] of matched) {
    if (reachedBefore.has(one) || reachedAfter.has(other)) reached.add(one);
  }
  return { lost, gained, matched, reached, shared: sharedBy(before, after, matched), startValues };
}

/**
 * For each of these occurrences those among them that it follows from: its nearest causes that
 * differ too, with what lies between left out. Empty: it follows from the change itself.
 */
export function followingFrom(
  chronicle: Chronicle,
  ids: readonly OccurrenceId[],
): Map<OccurrenceId, readonly OccurrenceId[]> {
  const among = new Set(ids);
  const nearest = new Map<OccurrenceId, readonly OccurrenceId[]>();
  for (const id of ids) {
    const found = new Set<OccurrenceId>();
    const seen = new Set<OccurrenceId>([id]);
    const open = [id];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { from } of chronicle.causesOf(at)) {
        if (seen.has(from)) continue;
        seen.add(from);
        if (among.has(from)) found.add(from);
        else open.push(from);
      }
    }
    nearest.set(
      id,
      [...found].sort((a, b) => a - b),
    );
  }
  return nearest;
}

function occurrencesOf(chronicle: Chronicle): Occurrence[] {
  return Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
}

function isNews(occurrence: Occurrence): boolean {
  return occurrence.kind !== "beginning" && occurrence.kind !== "intervention";
}

/** Those that are alike, the first with the first, the second with the second. */
function matchUp(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
): Map<OccurrenceId, OccurrenceId> {
  const waiting = new Map<string, OccurrenceId[]>();
  for (const one of after) {
    if (!isNews(one)) continue;
    const key = keyOf(one, leavingRates);
    const alike = waiting.get(key);
    if (alike === undefined) waiting.set(key, [one.id]);
    else alike.push(one.id);
  }
  for (const alike of waiting.values()) alike.reverse();
  const matched = new Map<OccurrenceId, OccurrenceId>();
  for (const one of before) {
    if (!isNews(one)) continue;
    const other = waiting.get(keyOf(one, leavingRates))?.pop();
    if (other !== undefined) matched.set(one.id, other);
  }
  return matched;
}

function differingValues(before: Occurrence | undefined, after: Occurrence | undefined) {
  const [had, has] = [valuesOf(before), valuesOf(after)];
  const names = [...had.keys(), ...has.keys()];
  return new Set(names.filter((name) => !Object.is(had.get(name), has.get(name))));
}

function valuesOf(beginning: Occurrence | undefined): Map<string, number> {
  const writes = beginning?.writes ?? [];
  return new Map(writes.map(({ fluent, args, value }) => [placeName(fluent, args), value]));
}

function placeName(fluent: number, args: readonly number[]): string {
  return JSON.stringify([fluent, ...args]);
}

/** Everything that something of `sources`, or a start value that differs, is a cause of. */
function spread(
  chronicle: Chronicle,
  occurrences: readonly Occurrence[],
  sources: ReadonlySet<OccurrenceId>,
  startValues: ReadonlySet<string>,
): Set<OccurrenceId> {
  const reached = new Set(sources);
  for (const { id, causes } of occurrences) {
    if (id === 0 || reached.has(id)) continue;
    const isReached =
      causes.some((cause) => reached.has(cause.from)) ||
      (startValues.size > 0 &&
        chronicle
          .readingsOf(id)
          .some(({ fluent, args, by }) => by === 0 && startValues.has(placeName(fluent, args))));
    if (isReached) reached.add(id);
  }
  return reached;
}

function sharedBy(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
  matched: ReadonlyMap<OccurrenceId, OccurrenceId>,
): number {
  let shared = 0;
  while (shared < before.length && shared < after.length) {
    const isSame = shared === 0 || matched.get(shared) === shared;
    if (!isSame) break;
    shared += 1;
  }
  return shared;
}
