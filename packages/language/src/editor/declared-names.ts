/** What a text declares, as an editor's outline shows it: whole blocks, with what they hold. */
import type { Span } from "@fabula/model";
import type { AstNode } from "langium";
import type { LoadedSources } from "../sources.js";
import { cstOfName, placeOf, spanOfCst } from "../span.js";

export interface DeclaredName {
  readonly name: string;
  /** The kind of declaration: `Action`, `Rule`, `TypeDecl`, `Entity`, `Field` ... */
  readonly kind: string;
  /** Offsets of the whole block: `start` inclusive, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Of the name. */
  readonly span: Span;
  readonly inner: readonly DeclaredName[];
}

/** Of the main file, in the order of the text. */
export function declaredNames({ main }: LoadedSources): readonly DeclaredName[] {
  return main.file.items.flatMap((item) => entriesOf(item, main.file));
}

function entriesOf(node: AstNode, root: AstNode): DeclaredName[] {
  const members = (node as { readonly members?: unknown }).members;
  const inner = Array.isArray(members)
    ? (members as AstNode[]).flatMap((member) => entriesOf(member, root))
    : [];
  const named = cstOfName(node);
  const cst = node.$cstNode;
  if (named === undefined || cst === undefined) return inner;
  const span = spanOfCst(named, root);
  const start = placeOf(cst).offset;
  const block = { start, end: start + cst.text.trimEnd().length };
  return [{ name: named.text, kind: node.$type, ...block, span, inner }];
}
