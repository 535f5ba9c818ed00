/**
 * One text to one tree. Never throws for a text: what is wrong with it is in the diagnostics, and
 * the tree holds all that could be read.
 */
import type { Diagnostic } from "@fabula/model";
import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import type { File } from "./generated/ast.js";
import { fabulaServices } from "./services.js";
import { type Origin, placeIn, setOrigin } from "./span.js";
import { endInput } from "./syntax/fabula-parser.js";
import { lineLengthMax, sourceLengthMax, syntaxErrorsMax } from "./syntax/limits.js";
import { blameHead } from "./syntax/misspelt-head.js";
import type { ParserMessages } from "./syntax/parser-messages.js";
import { decodeProblem, type Problem, problem } from "./syntax/problem.js";

export interface ParsedFile {
  /** How diagnostics name it. */
  readonly source: string;
  readonly text: string;
  /** The name behind `module`; the story's name; "" where there is none. */
  readonly name: string;
  readonly file: File;
  /** FAB1xxx, unsorted, several a line: see selectDiagnostics. */
  readonly diagnostics: readonly Diagnostic[];
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
  const { LangiumParser: parser, ParserErrorMessageProvider: messages } = fabulaServices().parser;
  (messages as ParserMessages).begin(() => endInput(parser));
  const result = parser.parse<File>(text);
  const file = result.value;
  setOrigin(file, origin);
  const lines = new LineTable(text);
  const diagnostics = describeLexerErrors(origin, lines, result.lexerErrors);
  for (const [index, error] of result.parserErrors.entries()) {
    // The end of a block that was told to be too deep.
    if (index > 0 && error.token.tokenType.name === "DEDENT" && isAtMargin(error)) continue;
    const start = startOf(error, text);
    const what = blameHead(decodeProblem(error.message), lines.lineAt(start));
    diagnostics.push(diagnosticAt(origin, lines, start, error.token.image.length, what));
  }
  const name = file.header?.name ?? "";
  return { source: origin.source, text: origin.text, name, file, diagnostics };
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

function isAtMargin(error: IRecognitionException): boolean {
  return error.context.ruleStack.length === 1;
}

/** What no editor writes into a text: control characters, or what is left of broken UTF-8. */
const noText = /(?![\t\n\v\f\r])[\p{Cc}\uFFFD]/u;

/** Text that is none, or too much of it. */
function refuse(text: string): { problem: Problem; offset: number } | undefined {
  if (text.length > sourceLengthMax) {
    const size = `${Math.floor(text.length / 1_000_000)} million characters`;
    const message = `This file is too large (${size}; at most ${sourceLengthMax / 1_000_000}).`;
    return { problem: problem("FAB1006", message, "Divide it into modules."), offset: 0 };
  }
  const longLine = findLongLine(text);
  if (longLine !== undefined) {
    const message = `This line is too long (more than ${lineLengthMax} characters).`;
    const remedy = "Give parts of it names of their own with `means`.";
    return { problem: problem("FAB1106", message, remedy), offset: longLine };
  }
  const offset = text.search(noText);
  if (offset === -1) return undefined;
  const what = text[offset] === "\uFFFD" ? "bytes that are no UTF-8" : "control characters";
  const message = `This is not a text: it holds ${what}.`;
  return { problem: problem("FAB1005", message, "Save it as plain text in UTF-8."), offset };
}

/** Where the first line begins that is longer than allowed. */
function findLongLine(text: string): number | undefined {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const length = (end === -1 ? text.length : end) - start;
    if (length > lineLengthMax) return start;
    start += length + 1;
  }
  return undefined;
}

function emptyFile(origin: Origin, what: Problem, offset = 0): ParsedFile {
  const file: File = { $type: "File", items: [] };
  setOrigin(file, origin);
  const { source, text } = origin;
  const diagnostics = [diagnosticAt(origin, new LineTable(text.slice(0, offset)), offset, 0, what)];
  return { source, text, name: "", file, diagnostics };
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

/** Lines by offset, for errors that know only an offset. */
class LineTable {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1))
      starts.push(at + 1);
    this.starts = starts;
  }

  /** The text of the line in which `offset` is. */
  lineAt(offset: number): string {
    const { line } = this.placeOf(offset);
    return this.text.slice(this.starts[line]!, this.starts[line + 1] ?? this.text.length);
  }

  /** Line and character from 0. */
  placeOf(offset: number): { line: number; character: number; offset: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.starts[low]!, offset };
  }
}
