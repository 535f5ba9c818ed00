/** No sentence stands twice within a few: what of a passage was not told just now. */
import type { Passage } from "./passage.js";
import { sentencesOf } from "./sentence.js";

/** Sentences before which the same is not told again. */
const sameAfter = 12;
/** Milliseconds of the story after which it is told again all the same: it happens anew. */
const anewAfter = 5 * 60_000;

const pronoun = /^(?:he|she|it|they|his|her|its|their)\b/i;

export class Recency {
  readonly #told: { readonly key: string; readonly time: number }[] = [];

  /** The sentences of the passage that are told now; none: all of it was told just now. */
  tell(passage: Passage): readonly string[] {
    const { time } = passage;
    const fresh = this.#freshOf(passage);
    this.#told.push(...fresh.map((text) => ({ key: keyOf(passage, text), time })));
    this.#told.splice(0, this.#told.length - sameAfter);
    return fresh;
  }

  /**
   * What is said stands or falls as a whole: of words in two parts, `“Why?” she asks. “Why would
   * he go?”`, neither is told without the other. Nor is `He waits` without who does.
   */
  #freshOf(passage: Passage): readonly string[] {
    const sentences = sentencesOf(passage.text);
    const fresh = sentences.filter(
      (text, index) => !this.#isRecent(passage, text) && !sentences.slice(0, index).includes(text),
    );
    const [first] = fresh;
    if (first === undefined) return fresh;
    const isOpen = first !== sentences[0] && pronoun.test(first);
    return passage.kind === "speech" || isOpen ? sentences : fresh;
  }

  #isRecent(passage: Passage, text: string): boolean {
    const key = keyOf(passage, text);
    return this.#told.some(
      (told) => told.key === key && Math.abs(passage.time - told.time) < anewAfter,
    );
  }
}

/** The same question to somebody else is another one: without it, the answer would hang in the air. */
function keyOf({ to }: Passage, text: string): string {
  return to === undefined ? text : `${to}:${text}`;
}
