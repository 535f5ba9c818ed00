/** Where a piece of the tree stands in its source. */
import type { Span } from "@fabula/model";
import {
  type AstNode,
  AstUtils,
  type CstNode,
  GrammarUtils,
  type LeafCstNode,
  type RootCstNode,
} from "langium";
import { noteOf } from "./syntax/piece.js";

/** Whose text a tree was read from. Fragments are read inside a frame; the frame is taken off. */
export interface Origin {
  readonly source: string;
  readonly text: string;
  /** Lines before the text's first, and columns before each line's first. */
  readonly frame?: { readonly lines: number; readonly columns: number };
}

/** Where a passage stands in its text now. */
export interface Base {
  offset: number;
  line: number;
}

/** `line` and `character` count from 0. */
export interface TextPlace {
  readonly line: number;
  readonly character: number;
  readonly offset: number;
}

const origins = new WeakMap<AstNode, Origin>();
const bases = new WeakMap<RootCstNode, Base>();

export function setOrigin(root: AstNode, origin: Origin): void {
  origins.set(root, origin);
}

/** A passage begins at the left margin; `base` may change as lines before it come and go. */
export function setBase(root: RootCstNode, base: Base): void {
  bases.set(root, base);
}

/** In the text, not in the passage. */
export function placeOf(cst: CstNode, first = firstLeafOf(cst)): TextPlace {
  const { offset, line } = bases.get(cst.root) ?? { offset: 0, line: 0 };
  const { start } = first.range;
  return { offset: offset + first.offset, line: line + start.line, character: start.character };
}

/** The range of a whole node is made of both its ends; its beginning is wanted far more often. */
function firstLeafOf(cst: CstNode): CstNode {
  let first = cst;
  while ("content" in first) {
    const content = first.content as readonly CstNode[];
    let next = content[0];
    if ((next as LeafCstNode | undefined)?.hidden)
      next = content.find((child) => !(child as LeafCstNode).hidden) ?? next;
    if (next === undefined) break;
    first = next;
  }
  return first;
}

/** Of a property (the `index`th of several) where one is given, else of the whole node. */
export function spanOf(node: AstNode, property?: string, index?: number): Span {
  const named = property === undefined ? undefined : cstOfName(node, property, index);
  return spanOfCst(named ?? node.$cstNode, AstUtils.findRootNode(node));
}

/** Where the (`index`th) name in the property stands. */
export function cstOfName(node: AstNode, property = "name", index = 0): CstNode | undefined {
  return (
    noteOf(node, property, index) ??
    GrammarUtils.findNodeForProperty(node.$cstNode, property, index)
  );
}

/** A block is shown by its first line. */
export function spanOfCst(cst: CstNode | undefined, root: AstNode): Span {
  const origin = origins.get(root);
  const source = origin?.source ?? "";
  if (cst === undefined) return { source, start: 0, end: 0, line: 1, column: 1 };
  const first = firstLeafOf(cst);
  return placeIn(origin, placeOf(cst, first), firstLineOf(cst, first.offset).length);
}

function firstLineOf({ root, end }: CstNode, offset: number): string {
  const { fullText } = root;
  const lineEnd = fullText.indexOf("\n", offset);
  return fullText.slice(offset, lineEnd === -1 ? end : Math.min(lineEnd, end)).trimEnd();
}

export function placeIn(origin: Origin | undefined, start: TextPlace, length: number): Span {
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
