/** What a change led to, in words: what happened otherwise and because of what, who learned or chose. */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { type Difference, followingFrom } from "@fabula/lab";
import { isAct, type OccurrenceWords } from "@fabula/telling";

/** What happened otherwise: in one run alone, or in both at another time. */
export interface Following {
  /** `kakashi.dies` */
  readonly what: string;
  readonly text: string;
  readonly happens: "now" | "no longer" | "later" | "earlier";
  /** Milliseconds since the epoch: with the change, or without where it no longer happens. */
  readonly time: number;
  readonly clock: string;
  /** Milliseconds by which it is later; negative: earlier. */
  readonly later?: number;
  /** Indexes in the list of what it follows from; empty: from the change itself. */
  readonly from: readonly number[];
  /** The world has no sentence for it: bookkeeping between what is told. Absent: it has one. */
  readonly silent?: true;
}

/** As a reader is shown it. */
export interface ToldFollowing extends Following {
  /** The same, one time after the other and nothing between: how often, and when last. */
  readonly again?: { readonly times: number; readonly lastClock: string };
}

/**
 * What a reader is shown of it: without what the world has no sentence for, unless there is nothing
 * else, and what goes on and on once. What followed from that follows from what it followed from.
 */
export function toldOf(followed: readonly Following[]): ToldFollowing[] {
  if (followed.every((one) => one.silent)) return [...followed];
  const places = new Map<number, number>();
  const behind: number[][] = [];
  const shown: ToldFollowing[] = [];
  followed.forEach((one, index) => {
    // What is later in the list than what it led to was later in the other run: it leads nowhere.
    const from = one.from.flatMap((cause) =>
      places.has(cause) ? [places.get(cause) as number] : (behind[cause] ?? []),
    );
    behind[index] = [...new Set(from)].sort((a, b) => a - b);
    if (one.silent) return;
    const before = shown.at(-1);
    if (before !== undefined && isSame(before, one)) {
      const times = (before.again?.times ?? 1) + 1;
      shown[shown.length - 1] = { ...before, again: { times, lastClock: one.clock } };
      places.set(index, shown.length - 1);
      return;
    }
    places.set(index, shown.length);
    shown.push({ ...one, from: behind[index] });
  });
  return shown;
}

/** In the same words, and not at another time than in the other run. */
function isSame(before: Following, { text, happens, later }: Following): boolean {
  return before.text === text && before.happens === happens && later === undefined;
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
  readonly chose: readonly {
    readonly clock: string;
    readonly base: string | null;
    readonly now: string | null;
  }[];
}

export interface Said {
  readonly clock: string;
  readonly text: string;
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

/** Deeds, rules and what comes from outside that differ, in order of time. */
export function followedBy(difference: Difference, base: Played, changed: Played): Following[] {
  const lost = differing(base, difference.lost).filter(isHappening);
  const gained = differing(changed, difference.gained).filter(isHappening);
  const pairs = pairUp(lost, gained);
  const entries = [
    ...gained.map((now) => ({ before: pairs.get(now), now })),
    ...lost.filter((one) => ![...pairs.values()].includes(one)).map((before) => ({ before })),
  ].map((entry) => ({ ...entry, shown: "now" in entry ? entry.now : entry.before }));
  entries.sort((a, b) => a.shown.occurrence.time - b.shown.occurrence.time);
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

/** Everybody who came to believe something else, or chose something else, by birth number. */
export function otherwise(difference: Difference, base: Played, changed: Played): Otherwise[] {
  const lost = differing(base, difference.lost);
  const gained = differing(changed, difference.gained);
  const { world } = changed.simulation;
  const whose = (one: Differing) => one.occurrence.belief?.holder ?? one.occurrence.decision?.who;
  const persons = [...new Set([...lost, ...gained].map(whose))].filter((who) => who !== undefined);
  return persons
    .sort((a, b) => a - b)
    .map((who) => {
      const before = lost.filter((one) => whose(one) === who);
      const after = gained.filter((one) => whose(one) === who);
      return {
        who: world.entities[who]?.name ?? String(who),
        name: world.entities[who]?.title ?? String(who),
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
    return [{ clock: played.words.clockOf(occurrence), text }];
  });
}

function isChoice({ occurrence }: Differing): boolean {
  return occurrence.kind === "decision" || occurrence.kind === "kept-back";
}

/**
 * Choices that both made, perhaps at another time, are left out; those between two of them stand
 * one against the other, in order.
 */
function choices(before: readonly Differing[], after: readonly Differing[]): Otherwise["chose"] {
  const texts = (all: readonly Differing[]) =>
    all.map((one) => one.played.words.sentence(one.occurrence));
  const [had, have] = [texts(before), texts(after)];
  const rows: Otherwise["chose"][number][] = [];
  let [at, here] = [0, 0];
  for (const [one, other] of [...commonOf(had, have), [had.length, have.length] as const]) {
    for (; at < one || here < other; at += 1, here += 1) {
      const base = at < one ? at : undefined;
      const now = here < other ? here : undefined;
      const shown = now === undefined ? before[base ?? 0] : after[now];
      if (shown === undefined) continue;
      rows.push({
        clock: shown.played.words.clockOf(shown.occurrence),
        base: base === undefined ? null : (had[base] ?? null),
        now: now === undefined ? null : (have[now] ?? null),
      });
      if (base === undefined) at -= 1;
      if (now === undefined) here -= 1;
    }
    [at, here] = [one + 1, other + 1];
  }
  return rows;
}

/** Longest common subsequence: pairs of indexes, ascending. */
function commonOf(these: readonly string[], those: readonly string[]): [number, number][] {
  const width = those.length + 1;
  const lengths = new Uint32Array((these.length + 1) * width);
  const at = (one: number, other: number) => lengths[one * width + other] as number;
  for (let one = these.length - 1; one >= 0; one -= 1) {
    for (let other = those.length - 1; other >= 0; other -= 1) {
      lengths[one * width + other] =
        these[one] === those[other]
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [one, other] = [0, 0]; one < these.length && other < those.length; ) {
    if (these[one] === those[other]) pairs.push([one++, other++]);
    else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return pairs;
}

/** Values that two occurrences alike in words left behind differently: `mara.fear 0.2`. */
export function differingWrites(played: Played, mine: Occurrence, theirs: Occurrence): string {
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
    })
    .join("; ");
}
