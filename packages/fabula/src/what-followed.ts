/** What a change led to, in words: what happened otherwise and because of what, who learned or chose. */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { type Difference, followingFrom } from "@fabula/lab";
import { isAct, type OccurrenceWords } from "@fabula/telling";
import { begunAt, toldTime } from "./begun.js";

/** What happened otherwise: in one run alone, or in both at another time. */
export interface Following {
  /** `kakashi.dies` */
  readonly what: string;
  readonly text: string;
  readonly happens: "now" | "no longer" | "later" | "earlier";
  /** Milliseconds since the epoch: with the change, or without where it no longer happens. */
  readonly time: number;
  readonly clock: string;
  /** Of a deed that took time: when it began, as it is told. */
  readonly begun?: string;
  /** Milliseconds by which it is later; negative: earlier. */
  readonly later?: number;
  /** Indexes in the list of what it follows from; empty: from the change itself. */
  readonly from: readonly number[];
  /** The world has no sentence for it: bookkeeping between what is told. Absent: it has one. */
  readonly silent?: true;
}

/** One person whose mind went another way. */
export interface Otherwise {
  /** By identifier. */
  readonly who: string;
  readonly name: string;
  /** What they come to believe or doubt with the change alone. */
  readonly learned: readonly Said[];
  /** What they came to believe or doubt without the change alone. */
  readonly missed: readonly Said[];
  /** In order of time. */
  readonly chose: readonly Choosing[];
}

/** A choice that one run alone has; both, where in the other something else was chosen then. */
export interface Choosing {
  readonly clock: string;
  readonly base: string | null;
  readonly now: string | null;
}

export interface Said {
  readonly clock: string;
  readonly text: string;
  /** How they came to it: `saw`, `told`, `did`. */
  readonly source: string;
}

/** A run that has ended, and the words for it. */
export interface Played {
  readonly simulation: Simulation;
  readonly words: OccurrenceWords;
}

/** One side of what differs: an occurrence, and where it stands in its run. */
interface Differing {
  readonly occurrence: Occurrence;
  readonly played: Played;
  readonly label: string;
}

/** Deeds, rules and what comes from outside that differ, in the order in which they are told. */
export function followedBy(difference: Difference, base: Played, changed: Played): Following[] {
  const lost = differing(base, difference.lost).filter(isHappening);
  const gained = differing(changed, difference.gained).filter(isHappening);
  const pairs = pairUp(lost, gained);
  const entries = [
    ...gained.map((now) => ({ before: pairs.get(now), now })),
    ...lost.filter((one) => ![...pairs.values()].includes(one)).map((before) => ({ before })),
  ].map((entry) => ({ ...entry, shown: "now" in entry ? entry.now : entry.before }));
  const told = new Map(
    entries.map((one) => [one, toldTime(one.shown.played.simulation, one.shown.occurrence)]),
  );
  entries.sort((a, b) => (told.get(a) ?? 0) - (told.get(b) ?? 0));
  const indexes = new Map<Differing, number>();
  entries.forEach(({ before, shown }, index) => {
    indexes.set(shown, index);
    if (before !== undefined) indexes.set(before, index);
  });
  const sources = new Map([
    ...causesAmong(base, lost, indexes),
    ...causesAmong(changed, gained, indexes),
  ]);
  return entries.map((entry, index) => {
    const { before, shown } = entry;
    const both = [shown, ...(before === undefined ? [] : [before])];
    const from = new Set(both.flatMap((one) => sources.get(one) ?? []));
    from.delete(index);
    const { time } = shown.occurrence;
    const later =
      before === undefined || before === shown ? undefined : time - before.occurrence.time;
    return {
      what: shown.label,
      text: shown.played.words.sentence(shown.occurrence),
      happens: "now" in entry ? shift(later) : "no longer",
      time,
      clock: shown.played.words.clockAt(time),
      ...begunAt(shown.played.words, shown.played.simulation, shown.occurrence),
      ...(later === undefined ? {} : { later }),
      from: [...from].sort((a, b) => a - b),
      ...(shown.played.words.told(shown.occurrence) === undefined ? { silent: true as const } : {}),
    };
  });
}

function shift(later: number | undefined): Following["happens"] {
  if (later === undefined || later === 0) return "now";
  return later > 0 ? "later" : "earlier";
}

/** Everybody who came to believe something else, or chose something else, in order of when. */
export function otherwise(difference: Difference, base: Played, changed: Played): Otherwise[] {
  const lost = differing(base, difference.lost);
  const gained = differing(changed, difference.gained);
  const { world } = changed.simulation;
  const whose = (one: Differing) => one.occurrence.belief?.holder ?? one.occurrence.decision?.who;
  const since = new Map<number, number>();
  for (const one of [...lost, ...gained]) {
    const [who, { time }] = [whose(one), one.occurrence];
    if (who !== undefined) since.set(who, Math.min(time, since.get(who) ?? time));
  }
  return [...since]
    .sort(([one, time], [other, otherTime]) => time - otherTime || one - other)
    .map(([who]) => {
      const before = lost.filter((one) => whose(one) === who);
      const after = gained.filter((one) => whose(one) === who);
      return {
        who: world.entities[who]?.name ?? String(who),
        name: changed.words.nameOf(who),
        learned: newTo(after, before),
        missed: newTo(before, after),
        chose: choices(before.filter(isChoice), after.filter(isChoice)),
      };
    })
    .filter((one) => one.learned.length + one.missed.length + one.chose.length > 0);
}

function differing(played: Played, ids: readonly OccurrenceId[]): Differing[] {
  return ids.map((id) => {
    const occurrence = played.simulation.chronicle.get(id);
    return { occurrence, played, label: played.words.label(occurrence) };
  });
}

/** That an action began is said by how it ended, unless it had no end. */
function isHappening({ occurrence }: Differing, _: number, all: readonly Differing[]): boolean {
  if (occurrence.kind === "rule" || occurrence.kind === "outside") return true;
  if (!isAct(occurrence)) return false;
  if (occurrence.kind !== "started") return true;
  return !all.some(
    (other) =>
      isAct(other.occurrence) &&
      other.occurrence.kind !== "started" &&
      other.occurrence.schema === occurrence.schema &&
      other.occurrence.args.every((arg, index) => arg === occurrence.args[index]),
  );
}

/** Of what is called alike, the first without with the first with the change. */
function pairUp(lost: readonly Differing[], gained: readonly Differing[]) {
  const waiting = new Map<string, Differing[]>();
  for (const one of [...lost].reverse()) {
    const alike = waiting.get(one.label);
    if (alike === undefined) waiting.set(one.label, [one]);
    else alike.push(one);
  }
  const pairs = new Map<Differing, Differing>();
  for (const one of gained) {
    const before = waiting.get(one.label)?.pop();
    if (before !== undefined) pairs.set(one, before);
  }
  return pairs;
}

function causesAmong(
  played: Played,
  all: readonly Differing[],
  indexes: ReadonlyMap<Differing, number>,
): [Differing, number[]][] {
  const byId = new Map(all.map((one) => [one.occurrence.id, one]));
  const nearest = followingFrom(played.simulation.chronicle, [...byId.keys()]);
  return all.map((one) => {
    const from = nearest.get(one.occurrence.id) ?? [];
    return [one, from.map((id) => indexes.get(byId.get(id) as Differing) as number)];
  });
}

/** Beliefs of one side that the other does not come to at any time. */
function newTo(these: readonly Differing[], those: readonly Differing[]): Said[] {
  const known = new Set(those.map((one) => one.label));
  const said = new Set<string>();
  return these.flatMap(({ occurrence, played, label }) => {
    if (occurrence.kind !== "belief" || known.has(label) || said.has(label)) return [];
    said.add(label);
    const text = played.words.sentence(occurrence);
    const source = occurrence.belief?.source ?? "";
    return [{ clock: played.words.clockOf(occurrence), text, source }];
  });
}

function isChoice({ occurrence }: Differing): boolean {
  return occurrence.kind === "decision" || occurrence.kind === "kept-back";
}

/**
 * Choices that both made, perhaps at another time, are left out. One stands against the other where
 * both were made at one moment, or when the same was asked of them.
 */
function choices(before: readonly Differing[], after: readonly Differing[]): Choosing[] {
  const had = alone(before, after);
  const rows: { readonly time: number; readonly row: Choosing }[] = [];
  for (const one of alone(after, before)) {
    const index = had.findIndex((other) => isSameChoice(other.occurrence, one.occurrence));
    const [other] = index === -1 ? [] : had.splice(index, 1);
    rows.push(rowOf(one, sentenceOf(other), sentenceOf(one)));
  }
  for (const one of had) rows.push(rowOf(one, sentenceOf(one), null));
  return rows.sort((a, b) => a.time - b.time).map(({ row }) => row);
}

function rowOf({ occurrence, played }: Differing, base: string | null, now: string | null) {
  return { time: occurrence.time, row: { clock: played.words.clockOf(occurrence), base, now } };
}

function sentenceOf(one: Differing | undefined): string | null {
  return one === undefined ? null : one.played.words.sentence(one.occurrence);
}

/** Of `these` those that `those` lack, each counted as often as it is there. */
function alone(these: readonly Differing[], those: readonly Differing[]): Differing[] {
  const left = new Map<string | null, number>();
  for (const one of those) left.set(sentenceOf(one), (left.get(sentenceOf(one)) ?? 0) + 1);
  return these.filter((one) => {
    const text = sentenceOf(one);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

function isSameChoice(one: Occurrence, other: Occurrence): boolean {
  if (one.time === other.time) return true;
  const request = one.decision?.request ?? -1;
  return (
    request !== -1 &&
    other.decision?.request === request &&
    other.decision.asker === one.decision?.asker
  );
}

/** Values that two occurrences alike in words left behind differently: `fear of mara: 0.2`. */
export function differingWrites(played: Played, mine: Occurrence, theirs: Occurrence): string[] {
  const { world } = played.simulation;
  const nameOf = (args: readonly number[]) =>
    args.map((arg) => world.entities[arg]?.name ?? String(arg)).join(", ");
  const known = new Set(theirs.writes.map((write) => JSON.stringify(write)));
  return mine.writes
    .filter((write) => !known.has(JSON.stringify(write)))
    .filter((write, _, all) => !write.rateOnly || all.every((one) => one.rateOnly))
    .map(({ fluent, args, value }) => {
      const name = (world.fluents[fluent]?.name ?? "?").replaceAll("_", " ");
      return `${name} of ${nameOf(args)}: ${Math.round(value * 1000) / 1000}`;
    });
}
