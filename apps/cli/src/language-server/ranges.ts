/** Places in texts, in the way of the protocol: lines and UTF-16 code units, both from 0. */
import type { Span } from "fabula";
import type { Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

export const firstLine: Range = {
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

export function rangeIn(document: TextDocument, span: Pick<Span, "start" | "end">): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** Of a span within one line, without its text. */
export function rangeOf({ line, column, start, end }: Span): Range {
  const character = column - 1;
  return {
    start: { line: line - 1, character },
    end: { line: line - 1, character: character + end - start },
  };
}
