/** A text as a list of passages, and the tree that they make together. */
import type { File, Item } from "../generated/ast.js";
import { cutText } from "./cut.js";
import { effortMax, syntaxErrorsMax, tokensMax } from "./limits.js";
import { type Mistake, type Passage, type PassageLimits, readPassage } from "./passage.js";

/** Passages of the reading before, to be taken over one by one. A first reading has none. */
export class KeptPassages {
  readonly #byText = new Map<string, Passage[]>();

  constructor(passages: readonly Passage[] = []) {
    for (const passage of passages) {
      const same = this.#byText.get(keyOf(passage.text, passage.isFirst));
      if (same === undefined) this.#byText.set(keyOf(passage.text, passage.isFirst), [passage]);
      else same.push(passage);
    }
  }

  /** Taken once: two passages of the same words are two trees. Its names are to be found anew. */
  take(text: string, limits: PassageLimits): Passage | undefined {
    const passage = this.#byText.get(keyOf(text, limits.isFirst))?.shift();
    if (passage === undefined) return undefined;
    const { room, effort } = limits;
    if (passage.tokenCount > room || passage.effortNeeded > effort) return undefined;
    for (const reference of passage.references) reference.forget();
    return passage;
  }
}

function keyOf(text: string, isFirst: boolean): string {
  return isFirst ? `first ${text}` : text;
}

/** In order. Behind too many mistakes, or too many words, nothing is read any more. */
export function readPassages(text: string, kept = new KeptPassages()): readonly Passage[] {
  const passages: Passage[] = [];
  let [offset, line, mistakes] = [0, 0, 0];
  let [room, effort] = [tokensMax, effortMax];
  for (const part of cutText(text)) {
    if (mistakes >= syntaxErrorsMax || room < 0) break;
    const limits = { isFirst: passages.length === 0, room, effort };
    const passage = kept.take(part, limits) ?? readPassage(part, limits);
    passages.push(passage);
    Object.assign(passage.base, { offset, line });
    offset += part.length;
    line += part.split("\n").length - 1;
    mistakes += passage.parserMistakes.length;
    room -= passage.tokenCount;
    effort -= passage.effort;
  }
  return passages;
}

/** The tree of all of them. */
export function fileOf(passages: readonly Passage[]): File {
  const [first] = passages;
  const items = passages.flatMap((passage): readonly Item[] => passage.items);
  const header = first?.header;
  const file: File = { $type: "File", items: [...items] };
  if (header !== undefined) file.header = header;
  if (first?.cst !== undefined) Object.assign(file, { $cstNode: first.cst });
  const place = (node: object, $containerProperty: string, $containerIndex?: number) =>
    Object.assign(node, { $container: file, $containerProperty, $containerIndex });
  if (header !== undefined) place(header, "header");
  for (const [index, item] of items.entries()) place(item, "items", index);
  return file;
}

export interface PlacedMistake extends Mistake {
  /** In the text. */
  readonly start: number;
}

/** Where mistakes stand in the text; at its end the author should look behind its last word. */
export function placed(
  { base, text: own }: Passage,
  mistakes: readonly Mistake[],
  text: string,
): readonly PlacedMistake[] {
  const end = base.offset + own.length;
  const last = end === text.length ? text.trimEnd().length : end;
  return mistakes.map((mistake) => {
    const { start } = mistake;
    return { ...mistake, start: start === undefined ? last : base.offset + start };
  });
}
