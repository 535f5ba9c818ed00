/**
 * What a reader is shown of what followed from a change: what one run alone has stands out, and
 * what both have at another time is told once for all of it.
 */
import type { Following } from "./what-followed.js";

/** As a reader is shown it. */
export interface ToldFollowing extends Following {
  /** The same, one time after the other and nothing between: how often, and when last. */
  readonly again?: { readonly times: number; readonly lastClock: string };
}

/** What both runs have, shifted by about as much. */
export interface Shifted {
  /** Milliseconds by which it is later, as little and as much as any; not 0. */
  readonly least: number;
  readonly most: number;
  /** In order of time; of the causes none. */
  readonly all: readonly Following[];
}

export interface ToldDifference {
  /** What one run alone has; `from` goes by the indexes of this list. */
  readonly other: readonly ToldFollowing[];
  /** Those that come first, first. */
  readonly shifted: readonly Shifted[];
  /** In both at the same time, and not quite alike: something else was set, or others perceived it. */
  readonly unlike: readonly Following[];
  /** How many there are of which no sentence tells. */
  readonly untold: number;
}

/** Without what the world has no sentence for, unless there is nothing else. */
export function toldDifference(followed: readonly Following[]): ToldDifference {
  const isAllSilent = followed.every((one) => one.silent);
  const isTold = (one: Following) => isAllSilent || one.silent === undefined;
  const isShifted = (one: Following) => one.later !== undefined;
  return {
    other: keeping(followed, (one) => isTold(one) && !isShifted(one)),
    shifted: groupsOf(followed.filter((one) => isTold(one) && isShifted(one) && one.later !== 0)),
    unlike: followed.filter((one) => isTold(one) && one.later === 0).map(withoutCauses),
    untold: followed.filter((one) => !isTold(one)).length,
  };
}

/**
 * Those that are to be kept, and what goes on and on once. What followed from what is left out
 * follows from what that followed from.
 */
export function keeping<T extends ToldFollowing>(
  followed: readonly T[],
  isKept: (one: T, index: number) => boolean,
): ToldFollowing[] {
  const places = new Map<number, number>();
  const behind: number[][] = [];
  const kept: ToldFollowing[] = [];
  followed.forEach((one, index) => {
    // What is later in the list than what it led to was later in the other run: it leads nowhere.
    const from = one.from.flatMap((cause) =>
      places.has(cause) ? [places.get(cause) as number] : (behind[cause] ?? []),
    );
    behind[index] = [...new Set(from)].sort((a, b) => a - b);
    if (!isKept(one, index)) return;
    const before = kept.at(-1);
    if (before !== undefined && isSame(before, one)) {
      const times = (before.again?.times ?? 1) + (one.again?.times ?? 1);
      const lastClock = one.again?.lastClock ?? one.begun ?? one.clock;
      kept[kept.length - 1] = { ...before, again: { times, lastClock } };
      places.set(index, kept.length - 1);
      return;
    }
    places.set(index, kept.length);
    kept.push({ ...one, from: behind[index] });
  });
  return kept;
}

/** In the same words, and not at another time than in the other run. */
function isSame(before: Following, { text, happens, later }: Following): boolean {
  return before.text === text && before.happens === happens && later === undefined;
}

/** Milliseconds: what differs by no more is shifted by about as much. */
const near = 5000;

/** Neither is what differs by no more than this factor. */
const alike = 1.5;

function groupsOf(shifted: readonly Following[]): Shifted[] {
  const groups: { least: number; most: number; all: Following[] }[] = [];
  for (const one of shifted) {
    const later = one.later ?? 0;
    const group = groups.find(({ least, most }) =>
      isAbout(Math.min(least, later), Math.max(most, later)),
    );
    if (group === undefined) groups.push({ least: later, most: later, all: [withoutCauses(one)] });
    else {
      group.least = Math.min(group.least, later);
      group.most = Math.max(group.most, later);
      group.all.push(withoutCauses(one));
    }
  }
  return groups;
}

function withoutCauses(one: Following): Following {
  return { ...one, from: [] };
}

function isAbout(least: number, most: number): boolean {
  if (Math.sign(least) !== Math.sign(most)) return false;
  const [less, more] = least < 0 ? [-most, -least] : [least, most];
  return more - less <= near || more <= alike * less;
}
