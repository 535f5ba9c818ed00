/**
 * Colours of the language in the editor, line by line. A word is a keyword only where one can
 * stand: whatever else is called like one is a name.
 */
import { StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import {
  hardWords,
  headWords,
  infixWords,
  loneWords,
  operandWords,
  prefixWords,
  typeWords,
} from "fabula/keywords";
import { colours } from "./colours";

const name = /^[\p{L}_][\p{L}\p{N}_]*/u;
/** `weight:`, `weight = 3`, `weight.x`, `weight(`. */
const nameFollows = /^\s*(?::|=|\.(?!\.)|\()/;
/** `person anna "Anna"`: what a declaration of things begins with. */
const thingFollows = /^\s+[\p{L}_][\p{L}\p{N}_]*\s*(?:$|"|\/\/|times\b)/u;
const endOfLine = /^\s*(?:$|\/\/)/;

/** The colour of what stands next, which is read; null where it has none. */
export function readToken(stream: StringStream): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match("//")) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.match(/^"([^"\\]|\\.)*"?/)) return "string";
  if (stream.match(/^\d+(\.\d+)?(\s?%)?/)) return "number";
  const isFirst = stream.indentation() === stream.column();
  const before = stream.string.slice(0, stream.pos).trimEnd().at(-1);
  if (!stream.match(name)) {
    stream.next();
    return null;
  }
  return colourOf(stream.current(), { isFirst, before, behind: stream.string.slice(stream.pos) });
}

interface Place {
  readonly isFirst: boolean;
  /** The last sign before the word. */
  readonly before: string | undefined;
  /** The rest of the line. */
  readonly behind: string;
}

function colourOf(word: string, { isFirst, before, behind }: Place): string {
  const isMember = before === "." && !isFirst;
  if (isMember) return "variableName";
  if (hardWords.has(word)) return "modifier";
  if (before === ":") return typeWords.has(word) ? "modifier" : "variableName";
  if (nameFollows.test(behind)) return "variableName";
  if (isFirst) {
    if (headWords.has(word) && (loneWords.has(word) || !endOfLine.test(behind))) return "keyword";
    return thingFollows.test(behind) ? "keyword" : "variableName";
  }
  const isWord = infixWords.has(word) || prefixWords.has(word) || operandWords.has(word);
  return isWord ? "modifier" : "variableName";
}

const language = StreamLanguage.define<{ readonly unused?: never }>({
  name: "fabula",
  startState: () => ({}),
  token: readToken,
  languageData: { commentTokens: { line: "//" } },
});

export const fabulaMode = [language, syntaxHighlighting(colours)];
