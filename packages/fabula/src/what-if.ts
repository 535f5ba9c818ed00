/** One change, the same seed: where the two runs part, what changed and what stayed. */
import type { Occurrence } from "@fabula/chronicle";
import {
  assertSound,
  compareHappenings,
  findDifference,
  findDivergence,
  isSame,
  type Leaving,
  type RunOptions,
} from "@fabula/lab";
import type { Intervention } from "@fabula/model";
import { isAct } from "@fabula/telling";
import type { OpenedStory } from "./opened-story.js";
import {
  differingWrites,
  type Following,
  followedBy,
  type Otherwise,
  otherwise,
  type Played,
} from "./what-followed.js";
import { createWords } from "./words.js";

export interface ChangedHappening {
  /** `kakashi.dies` */
  readonly what: string;
  /** Clock times in the run without and with the change; empty: it did not happen. */
  readonly base: readonly string[];
  readonly now: readonly string[];
  /** Milliseconds by which its first time is later; absent where it happened in one run alone. */
  readonly later?: number;
}

export interface WhatIfAnswer {
  /** null: the two runs are the same. */
  readonly firstDivergence: {
    readonly time: number;
    readonly clock: string;
    /** What happened next in either run; null: nothing more. */
    readonly base: string | null;
    readonly now: string | null;
    /** Where the same happened next: what each run's alone has set, `fear of mara: 0.2`. */
    readonly baseValues: readonly string[];
    readonly nowValues: readonly string[];
  } | null;
  readonly changed: readonly ChangedHappening[];
  /** Happened as often and at the same times. */
  readonly same: readonly string[];
  /** How many occurrences both runs begin with, one by one the same. */
  readonly shared: number;
  /** In the order in which it is told. */
  readonly followed: readonly Following[];
  readonly persons: readonly Otherwise[];
  /** Of `same`: nothing that differs is among their causes, however far back. */
  readonly untouched: readonly string[];
  /** Of `untouched`: all of it came about before the two runs part. */
  readonly before: readonly string[];
  /** Of `same`: came about in spite of what differs among their causes. */
  readonly anyway: readonly string[];
  readonly hash: string;
  readonly baseHash: string;
}

export function whatIf(
  story: OpenedStory,
  changes: readonly Intervention[],
  options: RunOptions,
): WhatIfAnswer {
  return compareRuns(...playBoth(story, changes, options));
}

/** The run as it is, and the one with the changes besides. */
export function playBoth(
  story: OpenedStory,
  changes: readonly Intervention[],
  options: RunOptions,
): [base: Played, changed: Played] {
  return [
    run(story, options),
    run(story, { ...options, changes: [...options.changes, ...changes] }),
  ];
}

/** Two ended runs of one seed. */
export function compareRuns(base: Played, changed: Played): WhatIfAnswer {
  const part = (leaving: Leaving) =>
    findDivergence(base.simulation.chronicle, changed.simulation.chronicle, leaving);
  const divergence = part({ ...leavingBeginning, rates: true }) ?? part(leavingBeginning);
  const nameOf = (occurrence: Occurrence, chronicle: unknown): string | undefined => {
    if (!isAct(occurrence) && occurrence.kind !== "rule") return undefined;
    return (chronicle === base.simulation.chronicle ? base : changed).words.label(occurrence);
  };
  const compared = compareHappenings(
    base.simulation.chronicle,
    changed.simulation.chronicle,
    nameOf,
  );
  const same = compared.filter(isSame).map((one) => one.name);
  const difference = findDifference(base.simulation.chronicle, changed.simulation.chronicle);
  const touched = new Set(
    [...difference.reached, ...difference.lost].map((id) =>
      base.words.label(base.simulation.chronicle.get(id)),
    ),
  );
  const since = new Set<string>();
  for (let id = difference.shared; id < base.simulation.chronicle.count; id += 1) {
    since.add(base.words.label(base.simulation.chronicle.get(id)));
  }
  const untouched = same.filter((name) => !touched.has(name));
  const clock = (time: number) => base.words.clockAt(time);
  const sentence = (played: Played, mine: Occurrence | undefined) =>
    mine === undefined ? null : played.words.sentence(mine);
  const values = (played: Played, mine?: Occurrence, theirs?: Occurrence) =>
    mine === undefined || mine.kind !== theirs?.kind ? [] : differingWrites(played, mine, theirs);
  return {
    firstDivergence:
      divergence === undefined
        ? null
        : {
            time: divergence.time,
            clock: clock(divergence.time),
            base: sentence(base, divergence.base),
            now: sentence(changed, divergence.changed),
            baseValues: values(base, divergence.base, divergence.changed),
            nowValues: values(changed, divergence.changed, divergence.base),
          },
    changed: compared
      .filter((one) => !isSame(one))
      .map((one) => {
        const [before, after] = [one.base[0], one.changed[0]];
        const later = before === undefined || after === undefined ? {} : { later: after - before };
        return { what: one.name, base: one.base.map(clock), now: one.changed.map(clock), ...later };
      }),
    same,
    shared: difference.shared,
    followed: followedBy(difference, base, changed),
    persons: otherwise(difference, base, changed),
    untouched,
    before: untouched.filter((name) => !since.has(name)),
    anyway: same.filter((name) => touched.has(name)),
    hash: changed.simulation.chronicle.hash(),
    baseHash: base.simulation.chronicle.hash(),
  };
}

/** A change at the start is itself no news. */
const leavingBeginning: Leaving = {
  occurrence: (occurrence) => occurrence.kind === "beginning",
  fluents: new Set(),
};

function run(story: OpenedStory, options: RunOptions): Played {
  const simulation = story.begin(options);
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
  // What comes to be in a run may be the second of its kind in the one and the third in the other.
  return { simulation, words: createWords(simulation, "declared") };
}
