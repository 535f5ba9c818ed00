/** A told story as a page: sections, paragraphs, sentences that know what they tell of. */
import type { Telling } from "@fabula/model";
import { compose, type Passage, planThrough, tellStory, type Voice } from "@fabula/telling";
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
  const told = tellStory(reading, { ...plan, voice });
  const sections = compose(told.passages).map((section) => ({
    eyes: section.eyes,
    name: section.eyes === -1 ? "" : lexicon.nameOf(section.eyes),
    clock: lexicon.clockOf(section.time),
    paragraphs: section.paragraphs.map(({ sentences }) =>
      sentences.map(({ text, occurrence, kind }) => ({
        text,
        occurrence,
        kind,
        mistaken: kind === "thought" && run.isTrue(occurrence) === false,
      })),
    ),
  }));
  return { title: told.title, sections };
}
