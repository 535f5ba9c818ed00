/** Where a piece of the tree stands in its source. */
import type { Span } from "@fabula/model";
import { type AstNode, AstUtils, type CstNode, GrammarUtils } from "langium";

/** Whose text a tree was read from. Fragments are read inside a frame; the frame is taken off. */
export interface Origin {
  readonly source: string;
  readonly text: string;
  /** Lines before the text's first, and columns before each line's first. */
  readonly frame?: { readonly lines: number; readonly columns: number };
}

const origins = new WeakMap<AstNode, Origin>();

export function setOrigin(root: AstNode, origin: Origin): void {
  origins.set(root, origin);
}

/** Of a property (the `index`th of several) where one is given, else of the whole node. */
export function spanOf(node: AstNode, property?: string, index?: number): Span {
  const root = AstUtils.findRootNode(node);
  const named = property && GrammarUtils.findNodeForProperty(node.$cstNode, property, index);
  return spanOfCst(named || node.$cstNode, root);
}

/** A block is shown by its first line. */
export function spanOfCst(cst: CstNode | undefined, root: AstNode): Span {
  const origin = origins.get(root);
  const source = origin?.source ?? "";
  if (cst === undefined) return { source, start: 0, end: 0, line: 1, column: 1 };
  const { line, character } = cst.range.start;
  const firstLine = cst.text.split(/\r?\n/, 1)[0]!.trimEnd();
  const start = { line, character, offset: cst.offset };
  return placeIn(origin, start, firstLine.length);
}

/** `line` and `character` count from 0. */
export function placeIn(
  origin: Origin | undefined,
  start: { readonly line: number; readonly character: number; readonly offset: number },
  length: number,
): Span {
  const source = origin?.source ?? "";
  const frame = origin?.frame;
  if (origin === undefined || frame === undefined) {
    const { offset, line, character } = start;
    return { source, start: offset, end: offset + length, line: line + 1, column: character + 1 };
  }
  const line = Math.max(0, start.line - frame.lines);
  const column = start.line < frame.lines ? 0 : Math.max(0, start.character - frame.columns);
  const offset = Math.min(offsetOf(origin.text, line, column), origin.text.length);
  const end = Math.min(offset + length, origin.text.length);
  return { source, start: offset, end, line: line + 1, column: column + 1 };
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return start + column;
}
