/**
 * Tells a chronicle: through whose eyes, in which order. The facts are the chronicle's alone: every
 * telling of one chronicle is made of passages of the same occurrences.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import type { Apart } from "./alike-names.js";
import { English } from "./english.js";
import { Lexicon } from "./lexicon.js";
import type { Passage } from "./passage.js";
import { nobodySpokenOf, PassageReader, type Voice } from "./passages.js";
import type { Reading } from "./reading.js";
import { Recency } from "./recency.js";

/** Occurrences `from` up to and with `to`, through these eyes. */
export interface Stretch {
  /** Birth number; -1 nobody's. */
  readonly eyes: number;
  readonly from: OccurrenceId;
  readonly to: OccurrenceId;
}

/** What stays untold until something else has happened; then it is told there, as found out. */
export interface Withheld {
  readonly entities: readonly number[];
  readonly fluents: readonly number[];
  /** The occurrence after which it is told; undefined: never. */
  readonly until?: OccurrenceId;
}

export interface TellingPlan {
  readonly stretches: readonly Stretch[];
  readonly withheld: readonly Withheld[];
  /** Ground claims that are told as soon as the eyes come to believe them. */
  readonly shown: readonly ExprId[];
  readonly voice?: Voice;
  /** Absent: none, as in prose. */
  readonly apart?: Apart;
}

export interface ToldStory {
  readonly title: string;
  /** In the order of the telling. */
  readonly passages: readonly Passage[];
}

/** A plan of one pair of eyes from beginning to end. */
export function planThrough(reading: Reading, eyes: number): TellingPlan {
  const to = reading.chronicle.count - 1;
  return { stretches: [{ eyes, from: 0, to }], withheld: [], shown: [] };
}

export function tellStory(reading: Reading, plan: TellingPlan): ToldStory {
  const english = createEnglish(reading, plan.apart ?? "none");
  const passages: Passage[] = [];
  const kept: { passage: Passage; until: OccurrenceId }[] = [];
  const recency = new Recency();
  const add = (passage: Passage): boolean => {
    const isNew = recency.tell(passage).length > 0;
    if (isNew) passages.push(passage);
    return isNew;
  };
  for (const stretch of plan.stretches) {
    const focalization = { focalizer: stretch.eyes };
    const reader = new PassageReader(english, focalization, plan.voice, plan.shown);
    for (let id = stretch.from; id <= stretch.to; id += 1) {
      const occurrence = reading.chronicle.get(id);
      const before = reader.context;
      const passage = reader.read(occurrence);
      const withheld = plan.withheld.find((one) => isWithheld(occurrence, one));
      const isTold = passage !== undefined && withheld === undefined && add(passage);
      // Nobody was spoken of by what is not told.
      if (!isTold) reader.context = before;
      if (passage !== undefined && withheld?.until !== undefined) {
        kept.push({ passage, until: withheld.until });
      }
      for (const one of kept.filter(({ until }) => until === id)) {
        if (add(one.passage)) reader.context = nobodySpokenOf;
      }
    }
  }
  return { title: reading.world.story.title, passages };
}

/** The words for one run: names and pronouns as they stand in the truth. */
/** `apart`: of what shares a name, what is told apart everywhere. */
export function createEnglish(reading: Reading, apart: Apart = "all"): English {
  const { world } = reading;
  const pool = world.expressions;
  const read = (fluent: number, args: readonly number[]) => {
    const declared = world.fluents[fluent];
    if (declared === undefined) return undefined;
    const owner = pool.intern({ op: "local", slot: 0 }, { kind: "entity", type: declared.owner });
    const use = pool.intern({ op: "fluent", fluent, args: [owner] }, declared.type);
    return reading.valueAt(use, args, reading.bornAt(args[0] ?? -1));
  };
  const lexicon = new Lexicon(world, read, reading, apart);
  return new English(reading, lexicon);
}

function isWithheld(occurrence: Occurrence, withheld: Withheld): boolean {
  if (withheld.until !== undefined && occurrence.id >= withheld.until) return false;
  return (
    withheld.entities.some((entity) => occurrence.args.includes(entity)) ||
    occurrence.writes.some(
      (write) =>
        withheld.fluents.includes(write.fluent) || withheld.entities.includes(write.args[0] ?? -1),
    )
  );
}
