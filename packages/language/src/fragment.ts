/**
 * Single lines that are read in the scope of a story or row: changes and questions from a command
 * line or a form. Each is put into a frame that makes a whole file of it; places are those of the
 * line. Names mean what they mean in the story's own text; those of modules that only its modules
 * use come last.
 */
import type { Diagnostic, SourceText, Span } from "@fabula/model";
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
  if (text.text.trim() === "") return { lines: [], diagnostics: [noChange(text)] };
  const read = (line: SourceText) => readInFrame(line, changeFrame, indent, loaded, beginning);
  const { file, diagnostics } = read(text);
  const whatIf = file.file.items[0] as WhatIf | undefined;
  const lines = whatIf?.lines ?? [];
  const [first] = diagnostics;
  const [word = ""] = /^\s*\S*/.exec(text.text) ?? [];
  const stumbles = first?.code === "FAB1206" || first?.code === "FAB1207";
  if (first === undefined || !stumbles || changeHeads.has(word.trim()))
    return { lines, diagnostics };
  // `anna.awake = false` is a fact: what makes it a change is missing.
  const meant = `set ${text.text.trim()}`;
  const isFact = read({ name: text.name, text: meant }).diagnostics.length === 0;
  const isWantAtTime = /^\s*(not\s+)?\S+\s+wants\b.*\sat\s/u.test(text.text);
  const other = isWantAtTime ? wantForm : changeForms;
  const remedy = isFact ? `Did you mean \`${meant}\`?` : other;
  return { lines, diagnostics: [{ ...first, remedy }, ...diagnostics.slice(1)] };
}

/** The words that a change begins with; beliefs begin with whose they are. */
const changeHeads = new Set(["set", "make", "forbid", "switch", "remove", "add", "may", "expect"]);

const changeForms =
  "A change is `set x.field = value`, `set x.field`, `x believes claim`, `x wants claim`, `make x.act`, " +
  "`forbid x.act`, `switch off rule`, `remove x` or `add person x`.";

const wantForm =
  "What somebody wants they want from the start; `while` says as long as what: " +
  "`x wants claim weight 2 while y.field`.";

function noChange(text: SourceText): Diagnostic {
  return {
    code: "FAB1205",
    severity: "error",
    message: "There is no change here.",
    remedy: changeForms,
    span: wholeOf(text),
  };
}

function noQuestion(text: SourceText): Diagnostic {
  return {
    code: "FAB1205",
    severity: "error",
    message: "There is no question here.",
    remedy: "Ask for a value (`x.field`), a condition (`not x.flag`) or an event (`x.act(y)`).",
    span: wholeOf(text),
  };
}

function wholeOf({ name, text }: SourceText): Span {
  return { source: name, start: 0, end: text.length, line: 1, column: 1 };
}

export function parseQuestion(
  text: SourceText,
  loaded: LoadedSources,
  beginning?: File | Row,
): ParsedQuestion {
  if (text.text.trim() === "") return { diagnostics: [noQuestion(text)] };
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
