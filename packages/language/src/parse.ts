/**
 * One text to one tree. Never throws for a text: what is wrong with it is in the diagnostics, and
 * the tree holds all that could be read.
 */
import type { Diagnostic } from "@fabula/model";
import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import type { File } from "./generated/ast.js";
import { fabulaServices } from "./services.js";
import { type Origin, placeIn, setOrigin } from "./span.js";
import { syntaxErrorsMax } from "./syntax/limits.js";
import { LineTable } from "./syntax/line-table.js";
import { blameHead } from "./syntax/misspelt-head.js";
import type { ParserMessages } from "./syntax/parser-messages.js";
import { decodeProblem, type Problem, problem } from "./syntax/problem.js";
import { readTokens } from "./syntax/recovery.js";
import { refuse } from "./syntax/refuse.js";

export interface ParsedFile {
  /** How diagnostics name it. */
  readonly source: string;
  readonly text: string;
  /** The name behind `module`; the story's name; "" where there is none. */
  readonly name: string;
  readonly file: File;
  /** FAB1xxx, unsorted, several a line: see selectDiagnostics. */
  readonly diagnostics: readonly Diagnostic[];
  /** Words of lines that could not be read: something may be declared there. */
  readonly brokenWords: ReadonlySet<string>;
}

/** `source`: how diagnostics name the text. */
export function parseFabula(text: string, source: string): ParsedFile {
  return parseFrom({ source, text }, text);
}

/** Reads `text`, of which `origin` is the part the author wrote. */
export function parseFrom(origin: Origin, text: string): ParsedFile {
  const refused = refuse(text);
  if (refused !== undefined) return emptyFile(origin, refused.problem, refused.offset);
  try {
    return readTree(origin, text);
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
  return {
    tokens,
    comments,
    diagnostics: describeLexerErrors(origin, new LineTable(text), errors),
  };
}

function describeLexerErrors(
  origin: Origin,
  lines: LineTable,
  errors: readonly ILexingError[],
): Diagnostic[] {
  return errors
    .slice(0, syntaxErrorsMax)
    .map(({ offset, length, message }) =>
      diagnosticAt(origin, lines, offset, length, decodeProblem(message)),
    );
}

function readTree(origin: Origin, text: string): ParsedFile {
  const { LangiumParser, Lexer, ParserErrorMessageProvider } = fabulaServices().parser;
  const messages = ParserErrorMessageProvider as ParserMessages;
  const lexed = Lexer.tokenize(text);
  const { file, errors, leftOut } = readTokens(LangiumParser, text, lexed, (onFlood) =>
    messages.begin(onFlood),
  );
  setOrigin(file, origin);
  const lines = new LineTable(text);
  const diagnostics = describeLexerErrors(origin, lines, lexed.errors);
  for (const error of errors) {
    const start = startOf(error, text);
    const what = blameHead(decodeProblem(error.message), lines.lineAt(start));
    diagnostics.push(diagnosticAt(origin, lines, start, error.token.image.length, what));
  }
  const name = file.header?.name ?? "";
  const brokenWords = wordsOfBroken(lines, diagnostics, leftOut);
  return { source: origin.source, text: origin.text, name, file, diagnostics, brokenWords };
}

/** Words of lines that were not read, or not to their end. */
function wordsOfBroken(
  lines: LineTable,
  diagnostics: readonly Diagnostic[],
  leftOut: readonly IToken[],
): ReadonlySet<string> {
  const words = new Set(leftOut.map(({ image }) => image));
  for (const { span } of diagnostics) {
    const line = span === undefined ? "" : lines.lineAt(span.start);
    for (const word of line.match(/[^\s"(){},.:=<>+*/-]+/g) ?? []) words.add(word);
  }
  return words;
}

/** Where the author should look: where something is missing, behind what stands before it. */
function startOf(error: IRecognitionException, text: string): number {
  const { token } = error;
  const { previousToken } = error as { previousToken?: IToken };
  // At the end of the file the token has no place: it is behind the last one.
  if (Number.isNaN(token.startOffset)) return text.trimEnd().length;
  if (previousToken === undefined) return token.startOffset;
  if (decodeProblem(error.message).code === "FAB1204") return previousToken.startOffset;
  if (token.tokenType.name !== "NEWLINE") return token.startOffset;
  return Math.min(previousToken.endOffset! + 1, token.startOffset);
}

function emptyFile(origin: Origin, what: Problem, offset = 0): ParsedFile {
  const file: File = { $type: "File", items: [] };
  setOrigin(file, origin);
  const { source, text } = origin;
  const diagnostics = [diagnosticAt(origin, new LineTable(text.slice(0, offset)), offset, 0, what)];
  return { source, text, name: "", file, diagnostics, brokenWords: new Set() };
}

function diagnosticAt(
  origin: Origin,
  lines: LineTable,
  offset: number,
  length: number,
  what: Problem,
): Diagnostic {
  return { ...what, severity: "error", span: placeIn(origin, lines.placeOf(offset), length) };
}
