/**
 * The words and signs of a passage, as Langium's lexer finds them where nothing is wrong; a
 * character that begins nothing is for that one to tell of.
 */
import type { IToken, TokenType, TokenTypeDictionary } from "chevrotain";
import { kindNames } from "../generated/descent.js";

const types: readonly TokenType[] = kindNames.map((name, index) => {
  return { name, tokenTypeIdx: index + 1 };
});

/** By name. Their indices are the kinds of the written parser. */
export const kinds: TokenTypeDictionary = Object.fromEntries(
  types.map((type) => [type.name, type]),
);

/** Words and signs that stand for themselves. */
const fixed = new Map(
  types.filter(({ name }) => !/^[A-Z]/.test(name)).map((type) => [type.name, type]),
);

const letters = "A-Za-z_\\u00C0-\\u1FFF\\u2C00-\\u2DFF\\u3040-\\uD7FF\\uF900-\\uFFDC";
const blank = /(?:[ \t\u00A0\uFEFF]+|\/\/[^\n\r]*)*/y;
const word = new RegExp(`[${letters}][0-9${letters}]*`, "y");
const number = /(\d{1,2}:\d\d(?::\d\d)?)|\d+(?:\.\d+)?/y;
const quoted = /["}][^"{}\n\r]*["{]/y;
const newline = /\r?\n/y;
const sign = /\.\.|!=|<=|>=|[(),.:=<>+\-*/%]/y;

/** Undefined: something in it is no word and no sign. */
export function scan(text: string): IToken[] | undefined {
  const tokens: IToken[] = [];
  let [at, line, lineStart] = [0, 1, 0];
  /** `known`: the word or sign itself, which is then the same string wherever it stands. */
  const put = (type: TokenType | undefined, end: number, known?: string): boolean => {
    if (type === undefined || end === at) return false;
    tokens.push({
      image: known ?? text.slice(at, end),
      startOffset: at,
      endOffset: end - 1,
      startLine: line,
      startColumn: at - lineStart + 1,
      tokenTypeIdx: type.tokenTypeIdx!,
      tokenType: type,
    });
    at = end;
    return true;
  };
  const endOf = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  for (;;) {
    at = endOf(blank);
    if (at === text.length) return tokens;
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) {
      if (!put(kinds.NEWLINE, endOf(newline))) return undefined;
      line += 1;
      lineStart = at;
    } else if (code === 34 || code === 125) {
      const end = endOf(quoted);
      if (!put(quotedType(code === 34, text.charCodeAt(end - 1) === 34), end)) return undefined;
    } else if (code >= 48 && code <= 57) {
      number.lastIndex = at;
      const [image, time] = number.exec(text)!;
      put(time === undefined ? kinds.NUMBER : kinds.TIME, at + image.length);
    } else {
      const end = endOf(word);
      const stop = end > at ? end : endOf(sign);
      const known = fixed.get(text.slice(at, stop));
      const type = known ?? (end > at ? kinds.ID : undefined);
      if (!put(type, stop, known?.name)) return undefined;
    }
  }
}

function quotedType(begins: boolean, ends: boolean): TokenType | undefined {
  if (begins) return ends ? kinds.STRING : kinds.TEXT_START;
  return ends ? kinds.TEXT_END : kinds.TEXT_MID;
}
