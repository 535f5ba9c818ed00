/**
 * Single lines that are read in the scope of a story or row: changes and questions from a command
 * line or a form. Each is put into a frame that makes a whole file of it; places are those of the
 * line. Names mean what they mean in the story's own text; those of modules that only its modules
 * use come last.
 */
import type { Diagnostic, SourceText } from "@fabula/model";
import type { Expression, File, Question, Row, WhatIf, WhatIfLine } from "./generated/ast.js";
import { setView, viewOf } from "./names/view.js";
import { type ParsedFile, parseFrom } from "./parse.js";
import { selectDiagnostics } from "./select-diagnostics.js";
import { checkFile, type LoadedSources } from "./sources.js";

export interface ParsedChanges {
  /** Lines of a what-if, linked. */
  readonly lines: readonly WhatIfLine[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ParsedQuestion {
  /** A value, a condition or a timed condition, linked; undefined where it does not parse. */
  readonly expression?: Expression;
  readonly diagnostics: readonly Diagnostic[];
}

const changeFrame = 'whatif change "change"';
const questionFrame = 'question asked_now "asked"';

/** `beginning`: the row whose names count, where it is not the whole story. */
export function parseChanges(
  text: SourceText,
  loaded: LoadedSources,
  beginning?: File | Row,
): ParsedChanges {
  const indent = "  ";
  const { file, diagnostics } = readInFrame(text, changeFrame, indent, loaded, beginning);
  const whatIf = file.file.items[0] as WhatIf | undefined;
  return { lines: whatIf?.lines ?? [], diagnostics };
}

export function parseQuestion(
  text: SourceText,
  loaded: LoadedSources,
  beginning?: File | Row,
): ParsedQuestion {
  const indent = "  means ";
  const oneLine = { name: text.name, text: text.text.trim().replace(/\s*\n\s*/g, " ") };
  const { file, diagnostics } = readInFrame(oneLine, questionFrame, indent, loaded, beginning);
  const asks = (file.file.items[0] as Question | undefined)?.asks;
  return asks === undefined ? { diagnostics } : { expression: asks, diagnostics };
}

function readInFrame(
  text: SourceText,
  frame: string,
  indent: string,
  loaded: LoadedSources,
  beginning: File | Row | undefined,
): { file: ParsedFile; diagnostics: readonly Diagnostic[] } {
  const body = text.text.trimEnd().replaceAll("\n", `\n${" ".repeat(indent.length)}`);
  const origin = {
    source: text.name,
    text: text.text,
    frame: { lines: 1, columns: indent.length },
  };
  const file = parseFrom(origin, `${frame}\n${indent}${body}\n`);
  const story = viewOf(loaded.main.file);
  const own = beginning?.$type === "Row" ? story.within(beginning) : story;
  setView(file.file, own.widened(loaded.files.map((known) => known.file)));
  // The frame itself expects nothing and declares nothing: a change alone is not warned of.
  const said = checkFile(file).filter(({ code }) => code !== "FAB1210" && code !== "FAB2010");
  return { file, diagnostics: selectDiagnostics(said) };
}
