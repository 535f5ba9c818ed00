/** What an editor shows over a name: how it is declared and what the author wrote beside it. */
import type { Span } from "@fabula/model";
import { AstUtils } from "langium";
import type { LoadedSources } from "../sources.js";
import { spanOfCst } from "../span.js";
import { findName } from "./symbol.js";

export interface Hover {
  /** Of the name under the cursor. */
  readonly span: Span;
  /** First line of the declaration, without its comment. */
  readonly declaration: string;
  /** The comment above the declaration, or behind it on its line; "" where there is none. */
  readonly comment: string;
  readonly declaredAt: Span;
}

export function hoverAt(loaded: LoadedSources, source: string, offset: number): Hover | undefined {
  const found = findName(loaded, source, offset);
  if (found === undefined) return undefined;
  const root = AstUtils.findRootNode(found.named);
  const home = loaded.files.find((file) => file.file === root);
  if (home === undefined) return undefined;
  const declaredAt = spanOfCst(found.named.$cstNode, root);
  const lines = home.text.split(/\r?\n/);
  const { code, comment } = splitComment(lines[declaredAt.line - 1] ?? "");
  return {
    span: found.span,
    declaration: code,
    comment: comment === "" ? commentAbove(lines, declaredAt.line - 1) : comment,
    declaredAt,
  };
}

/** `//` inside a text is none: a line has an even number of quotes before its comment. */
function splitComment(line: string): { readonly code: string; readonly comment: string } {
  for (let at = line.indexOf("//"); at !== -1; at = line.indexOf("//", at + 2)) {
    const quotes = line.slice(0, at).split('"').length - 1;
    if (quotes % 2 === 0)
      return { code: line.slice(0, at).trim(), comment: line.slice(at + 2).trim() };
  }
  return { code: line.trim(), comment: "" };
}

/** Lines of comment right above line `index` (from 0). */
function commentAbove(lines: readonly string[], index: number): string {
  const found: string[] = [];
  for (let line = index - 1; line >= 0; line -= 1) {
    const comment = /^\s*\/\/\s?(.*)$/.exec(lines[line]!)?.[1];
    if (comment === undefined) break;
    found.unshift(comment);
  }
  return found.join("\n");
}
