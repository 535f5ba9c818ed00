/**
 * A stretch of a text that is parsed as a text of its own: an item with what stands behind it, up
 * to the next (cut.ts). It knows no places but its own: where it stands is told to it, so that a
 * passage whose words did not change can be kept while the text round it does.
 */
import type { IRecognitionException, IToken } from "chevrotain";
import type { AstNode, RootCstNode } from "langium";
import type { File, Header, Item } from "../generated/ast.js";
import { readFile } from "../generated/descent.js";
import type { NameReference } from "../names/name-reference.js";
import { fabulaServices } from "../services.js";
import { type Base, setBase } from "../span.js";
import { Descent } from "./descent.js";
import { LayoutPass } from "./layout.js";
import type { LayoutLexer } from "./layout-lexer.js";
import { linkContent, nodesUnder, referencesOf } from "./nodes.js";
import type { ParserMessages } from "./parser-messages.js";
import { decodeProblem, type Problem } from "./problem.js";
import { readTokens } from "./recovery.js";
import { kinds, scan } from "./scanner.js";

/** Something wrong at `start`, an offset in the passage; undefined: where it ends. */
export interface Mistake {
  readonly start: number | undefined;
  readonly length: number;
  readonly problem: Problem;
}

export interface Passage {
  readonly text: string;
  readonly isFirst: boolean;
  readonly header: Header | undefined;
  readonly items: readonly Item[];
  readonly cst: RootCstNode | undefined;
  /** Items and all that is in them, outer ones first. */
  readonly nodes: readonly AstNode[];
  /** In the order of the nodes. */
  readonly references: readonly NameReference[];
  /** Of characters and layout. */
  readonly lexerMistakes: readonly Mistake[];
  readonly parserMistakes: readonly Mistake[];
  /** Words of lines that were left out. */
  readonly leftOut: readonly string[];
  /** Words and signs of the text. */
  readonly tokenCount: number;
  /** Words and signs that were parsed again after mistakes. */
  readonly effort: number;
  /** What `effort` has to be allowed so that a reading says just this. */
  readonly effortNeeded: number;
  /** Where it stands in the text that is read now. */
  readonly base: Base;
}

export interface PassageLimits {
  /** Only there can a header stand. */
  readonly isFirst: boolean;
  /** Words and signs that may still come. */
  readonly room: number;
  /** Words and signs that may be parsed again. */
  readonly effort: number;
}

export function readPassage(text: string, limits: PassageLimits): Passage {
  return readByDescent(text, limits) ?? readByLangium(text, limits);
}

/** Undefined: something may be wrong with it. Else the passage is the one that Langium would read. */
export function readByDescent(text: string, limits: PassageLimits): Passage | undefined {
  const raw = scan(text);
  if (raw === undefined || raw.length > limits.room) return undefined;
  const layout = new LayoutPass(text, kinds, limits.isFirst);
  layout.run(raw);
  layout.finish();
  // Of blank lines nothing is left, and nothing to stand anywhere.
  if (layout.tokens.length === 0 || layout.errors.length > 0) return undefined;
  const descent = new Descent(text, layout.tokens);
  const file = readFile(descent) as unknown as File | undefined;
  if (file === undefined || descent.kind !== 0) return undefined;
  const nodes: AstNode[] = [];
  const references: NameReference[] = [];
  linkContent(file, nodes, references);
  return {
    ...passageOf(text, limits, file),
    nodes: file.header === undefined ? nodes : nodes.filter((node) => node !== file.header),
    references,
    lexerMistakes: [],
    parserMistakes: [],
    leftOut: [],
    tokenCount: raw.length,
    effort: 0,
    effortNeeded: 0,
  };
}

export function readByLangium(text: string, limits: PassageLimits): Passage {
  const { LangiumParser, Lexer, ParserErrorMessageProvider } = fabulaServices().parser;
  const messages = ParserErrorMessageProvider as ParserMessages;
  const lexed = (Lexer as LayoutLexer).tokenizePassage(text, limits);
  const begin = (onFlood: () => void) => messages.begin(onFlood);
  const reading = readTokens(LangiumParser, text, lexed, limits.effort, begin);
  const { file, errors, leftOut, effort, effortNeeded } = reading;
  const nodes = file.items.flatMap((item) => nodesUnder(item));
  return {
    ...passageOf(text, limits, file),
    nodes,
    references: nodes.flatMap(referencesOf),
    lexerMistakes: lexed.errors.map(({ offset, length, message }) => {
      return { start: offset, length, problem: decodeProblem(message) };
    }),
    parserMistakes: errors.map(mistakeOf),
    leftOut: leftOut.map(({ image }) => image),
    tokenCount: lexed.count,
    effort,
    effortNeeded: lexed.count > limits.room ? Number.POSITIVE_INFINITY : effortNeeded,
  };
}

function passageOf(text: string, { isFirst }: PassageLimits, file: File) {
  const base: Base = { offset: 0, line: 0 };
  const cst = file.$cstNode?.root;
  if (cst !== undefined) setBase(cst, base);
  return { text, isFirst, header: file.header, items: file.items, cst, base };
}

/** Where the author should look: where something is missing, behind what stands before it. */
function mistakeOf(error: IRecognitionException): Mistake {
  const length = error.token.image.length;
  return { start: startOf(error), length, problem: decodeProblem(error.message) };
}

function startOf(error: IRecognitionException): number | undefined {
  const { token } = error;
  const { previousToken } = error as { previousToken?: IToken };
  const isBlockMissing = decodeProblem(error.message).code === "FAB1204";
  if (isBlockMissing && previousToken !== undefined) return previousToken.startOffset;
  // At the end the token has no place.
  if (Number.isNaN(token.startOffset)) return undefined;
  if (previousToken === undefined) return token.startOffset;
  if (token.tokenType.name !== "NEWLINE") return token.startOffset;
  return Math.min(previousToken.endOffset! + 1, token.startOffset);
}
