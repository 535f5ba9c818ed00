/**
 * The words of the language as patterns for an editor that colours line by line: in which words a
 * phrase can go on (`at start`, `comes to mind when`), and what behind a word makes it a name.
 * Says what syntax/keyword-place.ts says, for one that sees no tokens.
 */
import { GrammarAST } from "langium";
import { FabulaGrammar } from "../../generated/grammar.js";
import {
  loneWords,
  operandWords,
  pairFollowers,
  pairs,
  prefixPartners,
} from "../../syntax/words.js";

/** A word that could be a name. */
export const namePattern = terminalPattern("ID");

/** Nothing but a comment may follow in the line. */
export const lineEnd = String.raw`(?=\s*(?://|$))`;
const notLineEnd = String.raw`(?!\s*(?://|$))`;
/** `weight:`, `weight =`, `weight.x`, `weight(`: a name. `1 .. 2` is a range. */
const noName = String.raw`(?!\s*(?:[:=]|\.(?!\.))|\()`;

/** Where a word stands: it begins a line, follows a value, begins one; or it is no name anywhere. */
export type Role = "head" | "infix" | "prefix" | "hard";

/**
 * What matches words and the phrases they begin. `ends`: whether they end a value, as `true` and
 * `at start` do; behind the others a value is looked for.
 */
export interface Phrases {
  readonly ends: boolean;
  readonly pattern: string;
}

/** In the order in which they are to be tried. */
export function phrasesOf(words: Iterable<string>, role: Role): readonly Phrases[] {
  const all = [...words].sort().flatMap((word) => phrasesFrom([word]));
  all.sort((left, right) => right.length - left.length || (left.join() < right.join() ? -1 : 1));
  const endsValue = (phrase: readonly string[]) => operandWords.has(phrase.at(-1)!);
  // `at start` before `at`, `interrupted when` before `interrupted`.
  const kinds = [
    { ends: true, phrases: all.filter((one) => endsValue(one) && one.length > 1) },
    { ends: false, phrases: all.filter((one) => !endsValue(one)) },
    { ends: true, phrases: all.filter((one) => endsValue(one) && one.length === 1) },
  ];
  return kinds
    .filter(({ phrases }) => phrases.length > 0)
    .map(({ ends, phrases }) => ({ ends, pattern: patternOf(phrases, role) }));
}

/** The phrase and all longer ones it begins. No word twice: `start until end until ...`. */
function phrasesFrom(phrase: readonly string[]): (readonly string[])[] {
  const last = phrase.at(-1)!;
  // `is one` is none without `of`.
  const needed = phrase.length < 2 ? undefined : pairFollowers.get(phrase.slice(-2).join(":"));
  const longer = [...pairs]
    .map((pair) => pair.split(":"))
    .filter(([first, second]) => first === last && !phrase.includes(second!))
    .filter(([, second]) => needed === undefined || needed === second)
    .flatMap(([, second]) => phrasesFrom([...phrase, second!]));
  return needed === undefined ? [...longer, phrase] : longer;
}

/** Phrases behind which the same may follow stand together. */
function patternOf(phrases: readonly (readonly string[])[], role: Role): string {
  const together = new Map<string, string[]>();
  for (const phrase of phrases) {
    const behind = behindPhrase(phrase, role);
    const those = together.get(behind) ?? [];
    together.set(behind, those);
    those.push(phrase.join(String.raw`\s+`));
  }
  const groups = [...together].map(([behind, those]) => `\\b(?:${those.join("|")})\\b${behind}`);
  return groups.join("|");
}

function behindPhrase(phrase: readonly string[], role: Role): string {
  const first = phrase[0]!;
  if (role === "hard") return first === "not" ? String.raw`(?!\s*:)` : String.raw`(?!\s*[:=])`;
  if (phrase.length > 1) return noName;
  if (role === "head") {
    return `${noName}(?!\\s+(?:means|has)\\b)${loneWords.has(first) ? "" : notLineEnd}`;
  }
  if (role === "infix") return noName;
  const partner = prefixPartners.get(first);
  if (partner !== undefined) return String.raw`${noName}(?=\s+${partner}\b)`;
  return String.raw`${noName}(?=\s+${namePattern}|\s*[(-])`;
}

/** A terminal of the grammar, in the way of Oniguruma. */
function terminalPattern(name: string): string {
  const rule = FabulaGrammar().rules.find((candidate) => candidate.name === name);
  const token = GrammarAST.isTerminalRule(rule) ? rule.definition : undefined;
  if (!GrammarAST.isRegexToken(token)) throw new RangeError(`the grammar has no terminal ${name}`);
  return token.regex.replace(/^\/|\/$/g, "").replace(/\\u([0-9A-F]{4})/g, "\\x{$1}");
}
