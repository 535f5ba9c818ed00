/** A told story as a page: sections, paragraphs, sentences that know what they tell of. */
import type { OccurrenceId } from "@fabula/chronicle";
import type { Telling } from "@fabula/model";
import {
  compose,
  type English,
  type Passage,
  planThrough,
  tellStory,
  type Voice,
} from "@fabula/telling";
import { planOf } from "../tell.js";
import type { RecordedRun } from "./recorded-run.js";

export interface PageSentence {
  readonly text: string;
  readonly occurrence: number;
  readonly kind: Passage["kind"];
  /** A thought that is not so, though whoever thinks it does not know. */
  readonly mistaken: boolean;
}

export interface PageSection {
  /** Birth number of whose eyes; -1 nobody's. */
  readonly eyes: number;
  /** Their name; "" for nobody's. */
  readonly name: string;
  readonly clock: string;
  /** Milliseconds since the beginning, of the first and the last that is told. */
  readonly from: number;
  readonly to: number;
  readonly paragraphs: readonly (readonly PageSentence[])[];
}

export interface Page {
  readonly title: string;
  readonly sections: readonly PageSection[];
}

export interface PageOptions {
  /** -1: nobody's. */
  readonly eyes: number;
  /** The story's own order and eyes; then `eyes` is not read. */
  readonly telling?: Telling;
  readonly voice: Voice;
}

export function pageOf(run: RecordedRun, { eyes, telling, voice }: PageOptions): Page {
  const english = run.createEnglish();
  const { reading, lexicon } = english;
  const plan =
    telling === undefined
      ? planThrough(reading, eyes)
      : planOf(run.story, run.story.begin(run.options), telling);
  const begins = run.chronicle.timeOf(0);
  const told = tellStory(reading, { ...plan, voice });
  const isMistaken = (id: OccurrenceId) => run.isTrue(id) === false;
  return { title: told.title, sections: sectionsOf(told.passages, lexicon, begins, isMistaken) };
}

/** `begins`: milliseconds since the epoch; `isMistaken`: of a thought. */
export function sectionsOf(
  passages: readonly Passage[],
  lexicon: English["lexicon"],
  begins: number,
  isMistaken: (thought: OccurrenceId) => boolean,
): PageSection[] {
  return compose(passages).map((section) => ({
    eyes: section.eyes,
    name: section.eyes === -1 ? "" : lexicon.nameOf(section.eyes),
    clock: lexicon.clockOf(section.time),
    from: section.time - begins,
    to: section.until - begins,
    paragraphs: section.paragraphs.map(({ sentences }) =>
      sentences.map(({ text, occurrence, kind }) => ({
        text,
        occurrence,
        kind,
        mistaken: kind === "thought" && isMistaken(occurrence),
      })),
    ),
  }));
}
