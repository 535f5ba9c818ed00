/**
 * One text to one tree. Never throws for a text: what is wrong with it is in the diagnostics, and
 * the tree holds all that could be read.
 */
import type { Diagnostic } from "@fabula/model";
import type { IToken } from "chevrotain";
import type { File } from "./generated/ast.js";
import { fabulaServices } from "./services.js";
import { type Origin, placeIn, setOrigin } from "./span.js";
import { syntaxErrorsMax } from "./syntax/limits.js";
import { LineTable } from "./syntax/line-table.js";
import { blameHead } from "./syntax/misspelt-head.js";
import type { Passage } from "./syntax/passage.js";
import {
  fileOf,
  type KeptPassages,
  type PlacedMistake,
  placed,
  readPassages,
} from "./syntax/passages.js";
import { decodeProblem, type Problem, problem } from "./syntax/problem.js";
import { refuse } from "./syntax/refuse.js";

export interface ParsedFile {
  /** How diagnostics name it. */
  readonly source: string;
  readonly text: string;
  /** The name behind `module`; the story's name; "" where there is none. */
  readonly name: string;
  readonly file: File;
  /** What the file is put together from, in order. */
  readonly passages: readonly Passage[];
  /** FAB1xxx, unsorted, several a line: see selectDiagnostics. */
  readonly diagnostics: readonly Diagnostic[];
  /** Words of lines that could not be read: something may be declared there. */
  readonly brokenWords: ReadonlySet<string>;
}

/** `source`: how diagnostics name the text. `kept`: see parseFrom. */
export function parseFabula(text: string, source: string, kept?: KeptPassages): ParsedFile {
  return parseFrom({ source, text }, text, kept);
}

/**
 * Reads `text`, of which `origin` is the part the author wrote. `kept`: passages of an earlier
 * reading, whose trees go over into this one; that reading is over then.
 */
export function parseFrom(origin: Origin, text: string, kept?: KeptPassages): ParsedFile {
  const refused = refuse(text);
  if (refused !== undefined) return emptyFile(origin, refused.problem, refused.offset);
  try {
    return readTree(origin, text, kept);
  } catch (error) {
    // Limits keep texts from getting here; if one does, it is still the author's file that is odd.
    const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    return emptyFile(origin, problem("FAB1299", `The reader gave up on this text (${why}).`));
  }
}

export interface LexedText {
  /** With those of the layout pass; empty where the text is refused. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  /** FAB10xx and FAB11xx. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Words and blocks only, for whoever needs no tree. */
export function lexFabula(text: string, source: string): LexedText {
  const origin = { source, text };
  const refused = refuse(text);
  if (refused !== undefined) {
    const { diagnostics } = emptyFile(origin, refused.problem, refused.offset);
    return { tokens: [], comments: [], diagnostics };
  }
  const { tokens, hidden: comments, errors } = fabulaServices().parser.Lexer.tokenize(text);
  const mistakes = errors.map(({ offset: start, length, message }) => {
    return { start, length, problem: decodeProblem(message) };
  });
  const page = { origin, lines: new LineTable(text) };
  return { tokens, comments, diagnostics: describeLexer(page, mistakes) };
}

/** A text and where its lines are. */
interface Page {
  readonly origin: Origin;
  readonly lines: LineTable;
}

function describeLexer(page: Page, mistakes: readonly PlacedMistake[]): Diagnostic[] {
  let tabs = 0;
  return mistakes
    .filter(({ problem: { code } }) => {
      tabs += code === "FAB1101" ? 1 : 0;
      // One tab stands for all of the file.
      return code !== "FAB1101" || tabs === 1;
    })
    .slice(0, syntaxErrorsMax)
    .map(({ start, length, problem: what }) => diagnosticAt(page, start, length, what));
}

function describeParser(page: Page, { start, length, problem: what }: PlacedMistake): Diagnostic {
  return diagnosticAt(page, start, length, blameHead(what, page.lines.lineAt(start)));
}

function readTree(origin: Origin, text: string, kept: KeptPassages | undefined): ParsedFile {
  const passages = readPassages(text, kept);
  const file = fileOf(passages);
  setOrigin(file, origin);
  const page = { origin, lines: new LineTable(text) };
  const ofLexer = passages.flatMap((each) => placed(each, each.lexerMistakes, text));
  const ofParser = passages.flatMap((each) => placed(each, each.parserMistakes, text));
  const diagnostics = [
    ...describeLexer(page, ofLexer),
    ...ofParser.map((mistake) => describeParser(page, mistake)),
  ];
  const name = file.header?.name ?? "";
  const leftOut = passages.flatMap((passage) => passage.leftOut);
  const brokenWords = wordsOfBroken(page.lines, diagnostics, leftOut);
  return {
    source: origin.source,
    text: origin.text,
    name,
    file,
    passages,
    diagnostics,
    brokenWords,
  };
}

/** Words of lines that were not read, or not to their end. */
function wordsOfBroken(
  lines: LineTable,
  diagnostics: readonly Diagnostic[],
  leftOut: readonly string[],
): ReadonlySet<string> {
  const words = new Set(leftOut);
  for (const { span } of diagnostics) {
    const line = span === undefined ? "" : lines.lineAt(span.start);
    for (const word of line.match(/[^\s"(){},.:=<>+*/-]+/g) ?? []) words.add(word);
  }
  return words;
}

function emptyFile(origin: Origin, what: Problem, offset = 0): ParsedFile {
  const file = fileOf([]);
  setOrigin(file, origin);
  const { source, text } = origin;
  const page = { origin, lines: new LineTable(text.slice(0, offset)) };
  const diagnostics = [diagnosticAt(page, offset, 0, what)];
  return { source, text, name: "", file, passages: [], diagnostics, brokenWords: new Set() };
}

function diagnosticAt(page: Page, offset: number, length: number, what: Problem): Diagnostic {
  const span = placeIn(page.origin, page.lines.placeOf(offset), length);
  return { ...what, severity: "error", span };
}
