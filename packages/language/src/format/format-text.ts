/**
 * One way to lay a text out: two spaces a step, single blank lines, one space between words.
 *
 * Works on tokens and not on the tree, so it also serves files that do not parse yet; it refuses
 * files whose characters or blocks are wrong, because then nobody knows what belongs to what.
 * Keeps comments and columns: where an author put two spaces or more inside a line, they stay.
 */
import type { Diagnostic, SourceText } from "@fabula/model";
import type { IToken } from "chevrotain";
import { lexFabula } from "../parse.js";
import { selectDiagnostics } from "../select-diagnostics.js";
import { type LaidLine, layLines } from "./lines.js";
import { gapBetween } from "./spacing.js";

export interface FormattedText {
  /** Ends with a line end; undefined where the text cannot be laid out. */
  readonly text?: string;
  /** Why not. */
  readonly diagnostics: readonly Diagnostic[];
}

const step = "  ";

export function formatText(source: SourceText): FormattedText {
  const { tokens, comments, diagnostics } = lexFabula(source.text, source.name);
  if (diagnostics.length > 0) return { diagnostics: selectDiagnostics(diagnostics) };
  const lines = layLines(source.text, tokens, comments);
  return { text: write(source.text, lines), diagnostics: [] };
}

function write(text: string, lines: readonly LaidLine[]): string {
  const written: string[] = [];
  let lastLine = 0;
  for (const line of lines) {
    if (written.length > 0 && line.number > lastLine + 1) written.push("");
    written.push(step.repeat(line.depth) + writeLine(text, line.tokens));
    lastLine = line.number;
  }
  return written.length === 0 ? "" : `${written.join("\n")}\n`;
}

function writeLine(text: string, tokens: readonly IToken[]): string {
  let written = "";
  let before: IToken | undefined;
  for (const [index, token] of tokens.entries()) {
    if (before !== undefined) {
      const gap = text.slice(before.endOffset! + 1, token.startOffset);
      written += gapBetween(before, token, gap.length, tokens[index - 2]);
    }
    written += token.tokenType.name === "COMMENT" ? writeComment(token.image) : token.image;
    before = token;
  }
  return written;
}

/** `//x` is written `// x`; rules of slashes and dashes stay. */
function writeComment(image: string): string {
  return image.trimEnd().replace(/^\/\/(?=[^\s/\-=])/, "// ");
}
