/**
 * A TextMate grammar (macromates.com/manual/en/language_grammars) made from the words of the
 * language: what an editor colours without reading the whole text. It knows a line at a time, so of
 * a sentence over several lines it may take the first word of a later one for what it would be in a
 * line of its own.
 *
 * Whether a word is a keyword hangs on what stands before it. A keyword behind which a value is
 * expected takes the blanks behind it along; a word that may only follow a value (`at`, `weight`)
 * is one where blanks are left before it.
 */
import {
  hardWords,
  headWords,
  infixWords,
  operandWords,
  prefixWords,
  typeWords,
} from "../../syntax/words.js";
import { declaringWords } from "./declaring.js";
import { lineEnd, namePattern as name, type Phrases, phrasesOf } from "./phrases.js";

export interface TextMatePattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly endCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly TextMatePattern[];
}

export interface TextMateGrammar {
  readonly name: string;
  readonly scopeName: string;
  readonly patterns: readonly TextMatePattern[];
  readonly repository: Readonly<Record<string, TextMatePattern>>;
}

const scope = {
  declares: "storage.type.fabula",
  clause: "keyword.control.fabula",
  word: "keyword.other.fabula",
  constant: "constant.language.fabula",
  primitive: "support.type.primitive.fabula",
  type: "entity.name.type.fabula",
  module: "entity.name.namespace.fabula",
  declared: "entity.name.function.fabula",
  called: "support.function.fabula",
  entity: "variable.other.constant.fabula",
  field: "variable.other.property.fabula",
  parameter: "variable.parameter.fabula",
  variable: "variable.other.fabula",
  number: "constant.numeric.fabula",
  unit: "keyword.other.unit.fabula",
} as const;

/** Behind a value. */
const behindValue = String.raw`(?<=[\p{L}\p{N}_)"%])\s+`;

export function createTextMateGrammar(): TextMateGrammar {
  return {
    name: "Fabula",
    scopeName: "source.fabula",
    patterns: includes("comment", "declaration", "head", "entity", "value"),
    repository: {
      comment: { name: "comment.line.double-slash.fabula", match: "//.*$" },
      declaration: { patterns: declarations() },
      head: { patterns: heads() },
      entity: entityLine(),
      value: {
        patterns: includes("comment", "text", "number", "any", "typed", "member", "word", "name"),
      },
      text: text(),
      number: { patterns: numbers() },
      any: {
        match: String.raw`([(,])\s*(any)(?=\s*[),])`,
        captures: captures("punctuation.separator.fabula", scope.constant),
      },
      typed: { patterns: typed() },
      member: {
        match: String.raw`(?<!\.)(\.)\s*(?:(${name})(?=\()|(${name}))`,
        captures: captures("punctuation.accessor.fabula", scope.called, scope.field),
      },
      word: { patterns: words() },
      name: { patterns: names() },
    },
  };
}

/** `rule NAME`: the word and what it names. */
function declarations(): TextMatePattern[] {
  const { always, maybe } = declaringWords();
  const line = (words: string, what: string, end: string): TextMatePattern => ({
    match: String.raw`^\s*(${words})\s+(${what})${end}`,
    captures: captures(scope.declares, scope.declared),
  });
  const qualified = String.raw`${name}(?:\s*\.\s*${name})*`;
  const isOf = (...those: string[]) => {
    const found = always.filter((word) => those.includes(word));
    if (found.length !== those.length) throw new RangeError(`${those} declare nothing any more`);
    return alternatives(found);
  };
  const others = always.filter((word) => !["type", "unit", "module", "story"].includes(word));
  const noName = String.raw`(?!\s*[=:.])`;
  return [
    {
      ...line(isOf("module", "story"), qualified, ""),
      captures: captures(scope.declares, scope.module),
    },
    { ...line(isOf("type"), name, noName), captures: captures(scope.declares, scope.type) },
    { ...line(isOf("unit"), `${name}|%`, ""), captures: captures(scope.declares, scope.unit) },
    line(alternatives(others), name, noName),
    line(alternatives(maybe), name, String.raw`(?=\s*")`),
    {
      begin: String.raw`^\s*(use)\s+(?=${name})`,
      end: "(?=//|$)",
      beginCaptures: captures(scope.declares),
      patterns: [
        { name: scope.module, match: qualified },
        { name: "punctuation.separator.fabula", match: "," },
      ],
    },
    {
      match: String.raw`^\s*(${name})\s+(has)${lineEnd}`,
      captures: captures(scope.type, scope.declares),
    },
  ];
}

/** The word a line begins with; behind `then` and `else` one more. */
function heads(): TextMatePattern[] {
  const { always, maybe } = declaringWords();
  const declaring = [...always, ...maybe];
  const clauses = [...headWords].filter((word) => !declaring.includes(word));
  const values = [...prefixWords].filter((word) => !headWords.has(word));
  const start = String.raw`^\s*(?:(then|else)\s+)?`;
  return [
    ...phrasePatterns(start, phrasesOf(declaring, "head"), scope.clause, scope.declares),
    ...phrasePatterns(start, phrasesOf(clauses, "head"), scope.clause, scope.clause),
    ...phrasePatterns(start, phrasesOf(values, "prefix"), scope.clause, scope.word),
    // A sentence goes on in a deeper line.
    ...phrasePatterns(String.raw`^\s+`, phrasesOf(["where"], "infix"), scope.word),
    ...secondWords(),
  ];
}

/** `anna believes ...`: a name, and what is said of it. `person weight "W"` declares a name. */
function secondWords(): TextMatePattern[] {
  const lone = ["later", "earlier", "interrupted", "starts", "fails", "has", "means"];
  const begin = String.raw`^\s*((?!(?:${alternatives(hardWords)})\b)${name})\s+`;
  return [
    {
      match: `${begin}(${lone.join("|")})${lineEnd}`,
      captures: captures(scope.variable, scope.word),
    },
    ...phrasesOf(infixWords, "infix").map(({ ends, pattern }) => ({
      match: String.raw`${begin}((?:${pattern})(?!\s*(?:"|//|$)))${ends ? "" : String.raw`\s*`}`,
      captures: captures(scope.variable, scope.word),
    })),
  ];
}

/** `person anna "Anna"`. */
function entityLine(): TextMatePattern {
  return {
    match: String.raw`^\s*(?:(add|create)\s+)?(${name})\s+(${name})(?=\s*(?:"|times\s+\d|//|$))`,
    captures: captures(scope.clause, scope.type, scope.entity),
  };
}

/** A text with holes in it; it ends with its line. */
function text(): TextMatePattern {
  return {
    name: "string.quoted.double.fabula",
    begin: '"',
    end: '"|$',
    patterns: [
      {
        name: "meta.embedded.expression.fabula",
        begin: String.raw`\{`,
        end: String.raw`\}|$`,
        beginCaptures: { 0: { name: "punctuation.section.embedded.begin.fabula" } },
        endCaptures: { 0: { name: "punctuation.section.embedded.end.fabula" } },
        patterns: includes("value"),
      },
    ],
  };
}

function numbers(): TextMatePattern[] {
  const noUnit = alternatives([...infixWords, "openly"]);
  return [
    { name: "constant.numeric.time.fabula", match: String.raw`\d{1,2}:\d\d(?::\d\d)?` },
    {
      match: String.raw`(\d+(?:\.\d+)?)(?:\s*(%|(?!(?:${noUnit})(?![\p{L}\p{N}_]))${name}))?`,
      captures: captures(scope.number, scope.unit),
    },
    {
      match: String.raw`\s*(?<![\p{L}\p{N}_.])(per)\s+(%|${name})`,
      captures: captures(scope.word, scope.unit),
    },
  ];
}

/** `x: quantity`, `p: person`; behind `find x:` there stands an event. */
function typed(): TextMatePattern[] {
  const primitive = String.raw`(?:${alternatives(typeWords)})\b(?!\s*:|\s+since\b)`;
  return [
    {
      match: String.raw`(:)\s*(?:(${primitive})|(${name})(?!\s*\.(?!\.)|\())`,
      captures: captures("punctuation.separator.fabula", scope.primitive, scope.type),
    },
  ];
}

function words(): TextMatePattern[] {
  const notBehindDot = String.raw`(?<![\p{L}\p{N}_]|(?<!\.)\.)`;
  const constants = [...hardWords].filter((word) => operandWords.has(word));
  const operators = [...hardWords].filter((word) => !operandWords.has(word));
  return [
    ...phrasePatterns(notBehindDot, phrasesOf(constants, "hard"), scope.constant),
    ...phrasePatterns(notBehindDot, phrasesOf(operators, "hard"), scope.word),
    ...phrasePatterns(behindValue, phrasesOf(infixWords, "infix"), scope.word),
    {
      match: `${behindValue}(openly)${lineEnd}`,
      captures: captures(scope.word),
    },
    {
      match: String.raw`${behindValue}((?!(?:${alternatives(hardWords)})\b)${name})`,
      captures: captures(scope.variable),
    },
    ...phrasePatterns(notBehindDot, phrasesOf(prefixWords, "prefix"), scope.word),
  ];
}

function names(): TextMatePattern[] {
  return [
    {
      match: String.raw`(${name})(?=\s*:)`,
      captures: captures(scope.parameter),
    },
    { match: String.raw`(${name})(?=\()`, captures: captures(scope.called) },
    { name: scope.variable, match: name },
    { name: scope.unit, match: "%" },
    { name: "keyword.operator.fabula", match: String.raw`\.\.|!=|<=|>=|[=<>+*/-]` },
    { name: "punctuation.separator.fabula", match: "[(),:]" },
    { name: "invalid.illegal.fabula", match: String.raw`[!#$&';?@\[\]\\^${"`"}|~{}]` },
  ];
}

/** `scopes`: of the groups in `before`, then of the phrase. */
function phrasePatterns(
  before: string,
  phrases: readonly Phrases[],
  ...scopes: readonly string[]
): TextMatePattern[] {
  return phrases.map(({ ends, pattern }) => ({
    match: `${before}(${pattern})${ends ? "" : String.raw`\s*`}`,
    captures: captures(...scopes),
  }));
}

function includes(...those: string[]): TextMatePattern[] {
  return those.map((one) => ({ include: `#${one}` }));
}

/** Names of the groups of a match, from 1. */
function captures(...scopes: readonly string[]): Record<string, { readonly name: string }> {
  return Object.fromEntries(scopes.map((one, index) => [String(index + 1), { name: one }]));
}

/** Longest first: `in` stands behind `interrupted`. */
function alternatives(words: Iterable<string>): string {
  const all = [...words].sort();
  return all.sort((left, right) => right.length - left.length).join("|");
}
