/**
 * Tells a chronicle: through whose eyes, in which order. The facts are the chronicle's alone: every
 * telling of one chronicle is made of passages of the same occurrences.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import { English } from "./english.js";
import { Lexicon } from "./lexicon.js";
import type { Passage } from "./passage.js";
import { PassageReader, type Voice } from "./passages.js";
import type { Reading } from "./reading.js";

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
  /** The first occurrence that may speak of it; undefined: never. */
  readonly until?: OccurrenceId;
}

export interface TellingPlan {
  readonly stretches: readonly Stretch[];
  readonly withheld: readonly Withheld[];
  readonly voice?: Voice;
}

export interface ToldStory {
  readonly title: string;
  readonly passages: readonly Passage[];
}

/** A plan of one pair of eyes from beginning to end. */
export function planThrough(reading: Reading, eyes: number): TellingPlan {
  const to = reading.chronicle.count - 1;
  return { stretches: [{ eyes, from: 0, to }], withheld: [] };
}

export function tellStory(reading: Reading, plan: TellingPlan): ToldStory {
  const english = createEnglish(reading);
  const passages: Passage[] = [];
  for (const stretch of plan.stretches) {
    const reader = new PassageReader(english, { focalizer: stretch.eyes }, plan.voice);
    for (let id = stretch.from; id <= stretch.to; id += 1) {
      const occurrence = reading.chronicle.get(id);
      const passage = reader.read(occurrence);
      if (passage === undefined || isWithheld(occurrence.args, id, plan.withheld)) continue;
      if (passages.at(-1)?.text !== passage.text) passages.push(passage);
    }
  }
  return { title: reading.world.story.title, passages };
}

/** The words for one run: names and pronouns as they stand in the truth. */
export function createEnglish(reading: Reading): English {
  const { world } = reading;
  const pool = world.expressions;
  const lexicon = new Lexicon(world, (fluent, args) => {
    const declared = world.fluents[fluent];
    if (declared === undefined) return undefined;
    const owner = pool.intern({ op: "local", slot: 0 }, { kind: "entity", type: declared.owner });
    const use = pool.intern({ op: "fluent", fluent, args: [owner] }, declared.type);
    return reading.valueAt(use, args, 0);
  });
  return new English(reading, lexicon);
}

function isWithheld(
  args: readonly number[],
  id: OccurrenceId,
  withheld: readonly Withheld[],
): boolean {
  return withheld.some(
    (one) =>
      (one.until === undefined || id < one.until) &&
      one.entities.some((entity) => args.includes(entity)),
  );
}
