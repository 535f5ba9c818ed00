/**
 * What can stand at the cursor. A word that nobody writes is put there and the text is read: where
 * that word turns up in the tree tells what is looked for. At the beginning of a line the words
 * that begin one in that block come first.
 */
import type { FindModules, SourceText } from "@fabula/model";
import { AstUtils, type ReferenceInfo } from "langium";
import { tablesFor } from "../names/tables.js";
import { lexFabula } from "../parse.js";
import { type Draft, type LoadedSources, loadSources } from "../sources.js";
import { lineWords } from "../syntax/grammar-words.js";
import { typeWords } from "../syntax/words.js";
import { blockAt } from "./block-at.js";

export interface Completion {
  readonly label: string;
  /** `word` of the language, or the kind of declaration: `Field`, `Action`, `Entity` ... */
  readonly kind: string;
  /** How it is declared, on one line; "" for words. */
  readonly detail: string;
}

const placeholder = "completed_here_";
/** Longer declarations are cut. */
const detailMax = 80;

/**
 * The cursor is at `offset` of `source`. Words first, then names, both in code unit order.
 * `draft`: as for loadSources.
 */
export function completeAt(
  { name, text }: SourceText,
  offset: number,
  find: FindModules,
  draft?: Draft,
): readonly Completion[] {
  if (isInProse(text, offset)) return [];
  const prefix = /[\p{L}\p{N}_]*$/u.exec(text.slice(0, offset))![0];
  const start = offset - prefix.length;
  const rest = text.slice(offset).replace(/^[\p{L}\p{N}_]+/u, "");
  const tried = loadSources(
    { name, text: `${text.slice(0, start)}${placeholder}${rest}` },
    find,
    draft,
  );
  const info = findPlaceholder(tried);
  const words = wordsAt(text, start, info);
  const found = [...words, ...(info === undefined ? [] : namesFor(info))];
  return found.filter(({ label }) => label.toLowerCase().startsWith(prefix.toLowerCase()));
}

/** In a comment, or in a text outside its holes. */
function isInProse(text: string, offset: number): boolean {
  const { tokens, comments } = lexFabula(text, "");
  return [...comments, ...tokens].some(({ tokenType, startOffset, image }) => {
    const isComment = tokenType.name === "COMMENT";
    if (!isComment && !/^(STRING|TITLE|TEXT_)/.test(tokenType.name)) return false;
    const end = startOffset + image.length;
    return startOffset < offset && (offset < end || (isComment && offset === end));
  });
}

function findPlaceholder({ main }: LoadedSources): ReferenceInfo | undefined {
  for (const node of AstUtils.streamAst(main.file)) {
    for (const info of AstUtils.streamReferences(node)) {
      if (info.reference.$refText === placeholder) return info;
    }
  }
  return undefined;
}

function wordsAt(text: string, start: number, info: ReferenceInfo | undefined): Completion[] {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(lineStart, start);
  const words =
    before.trim() === ""
      ? lineWords(blockAt(text, lineStart, before.length))
      : info?.container.$type === "TypeRef"
        ? [...typeWords]
        : [];
  return [...words].sort().map((label) => ({ label, kind: "word", detail: "" }));
}

function namesFor(info: ReferenceInfo): Completion[] {
  const found = new Map<string, Completion>();
  for (const table of tablesFor(info)) {
    for (const [label, named] of table) {
      if (found.has(label) || label === placeholder) continue;
      const firstLine = (named.$cstNode?.text ?? "").split(/\r?\n/, 1)[0]!;
      const declared = firstLine.replace(/\s*\/\/.*/, "").trim();
      const detail = declared.slice(0, detailMax);
      found.set(label, { label, kind: named.$type, detail });
    }
  }
  return [...found.values()].sort((left, right) => (left.label < right.label ? -1 : 1));
}
