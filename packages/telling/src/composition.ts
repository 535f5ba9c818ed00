/**
 * Passages into paragraphs: a new one where another person speaks, where eyes change and where time
 * has passed. No sentence stands twice within a few paragraphs; a passage that leaves none is none.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { Passage } from "./passage.js";
import { Recency } from "./recency.js";
import { finishText, spanInWords } from "./sentence.js";

export interface Sentence {
  readonly text: string;
  /** What it tells of; of a sentence on time gone by: what came after. */
  readonly occurrence: OccurrenceId;
  readonly kind: Passage["kind"];
}

export interface Paragraph {
  /** Milliseconds since the epoch, of its first passage. */
  readonly time: number;
  readonly sentences: readonly Sentence[];
}

/** A stretch without a longer break and without going back, through one pair of eyes. */
export interface Section {
  readonly eyes: number;
  /** Milliseconds since the epoch, of its first passage. */
  readonly time: number;
  /** And of its last. */
  readonly until: number;
  readonly paragraphs: readonly Paragraph[];
}

/** Milliseconds without a passage after which a paragraph, a sentence on time, a section begins. */
const paragraphAfter = 30_000;
const sentenceAfter = 5 * 60_000;
const sectionAfter = 6 * 3_600_000;
/** Sentences after which a paragraph of deeds ends at the next chance. */
const paragraphLength = 5;

export function compose(passages: readonly Passage[]): Section[] {
  const sections: MutableSection[] = [];
  let previous: Passage | undefined;
  const recency = new Recency();
  for (const passage of passages) {
    const fresh = recency.tell(passage);
    if (fresh.length === 0) continue;
    const gap = previous === undefined ? 0 : passage.time - previous.time;
    let section = sections.at(-1);
    const goesOn = section?.eyes === passage.eyes && gap >= 0 && gap < sectionAfter;
    if (section === undefined || !goesOn) {
      section = { eyes: passage.eyes, time: passage.time, until: passage.time, paragraphs: [] };
      sections.push(section);
    }
    section.until = passage.time;
    let paragraph = section.paragraphs.at(-1);
    if (paragraph === undefined || beginsParagraph(previous, passage, gap, paragraph)) {
      paragraph = { time: passage.time, sentences: [] };
      section.paragraphs.push(paragraph);
    }
    const { occurrence } = passage;
    if (gap >= sentenceAfter) {
      const text = `${spanInWords(gap)} ${gap < 2 * 3_600_000 ? "goes by" : "passes"}.`;
      paragraph.sentences.push({ text: finishText(plural(text)), occurrence, kind: "change" });
    }
    for (const text of fresh) {
      paragraph.sentences.push({ text, occurrence, kind: passage.kind });
    }
    previous = passage;
  }
  return sections;
}

interface MutableSection {
  readonly eyes: number;
  readonly time: number;
  until: number;
  readonly paragraphs: MutableParagraph[];
}

interface MutableParagraph {
  time: number;
  sentences: Sentence[];
}

function beginsParagraph(
  previous: Passage | undefined,
  passage: Passage,
  gap: number,
  paragraph: Paragraph,
): boolean {
  if (previous === undefined || gap >= paragraphAfter) return true;
  const speech = passage.kind === "speech";
  if (speech && previous.who !== passage.who) return true;
  if (speech && saidTwice(paragraph, passage)) return true;
  if (!speech && previous.kind === "speech" && previous.who !== passage.who) return true;
  return paragraph.sentences.length >= paragraphLength && passage.kind !== "thought";
}

/** Where one saying ends and the next begins, two pairs of quotation marks would stand together. */
function saidTwice(paragraph: Paragraph, passage: Passage): boolean {
  return passage.text.startsWith("“") && paragraph.sentences.at(-1)?.text.endsWith("”") === true;
}

/** `ten minutes goes by` -> `ten minutes go by` */
function plural(text: string): string {
  return /^(a|an) /.test(text) ? text : text.replace("goes by", "go by").replace("passes", "pass");
}
