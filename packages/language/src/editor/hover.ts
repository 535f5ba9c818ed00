/** What an editor shows over a name: how it is declared and what the author wrote beside it. */
import type { Span } from "@fabula/model";
import { AstUtils } from "langium";
import type { LoadedSources } from "../sources.js";
import { spanOfCst } from "../span.js";
import { declarationAt } from "./comments.js";
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
  return { span: found.span, ...declarationAt(lines, declaredAt.line - 1), declaredAt };
}
