/**
 * What the written parser (generated/descent.ts, scripts/descent) stands on: the words ahead, and
 * nodes as Langium's parser makes them, property by property in the same order. It reads texts in
 * which nothing is wrong and gives up on any other: what is said of those is Langium's to find.
 * Ten times as fast, and there is nothing to build before the first word is read.
 */
import type { IToken } from "chevrotain";
import type { AstNode, CstNode } from "langium";
import { reflection } from "../generated/ast.js";
import { NameReference } from "../names/name-reference.js";
import { PassageRoot, type Piece, pieceOf } from "./piece.js";

/** A node in the making. */
export interface Made {
  $type: string;
  $cstNode?: Piece;
  [property: string]: unknown;
}

export class Descent {
  /** Index of the word ahead. */
  at = 0;
  /** Its kind; 0 at the end. */
  kind: number;
  readonly root: PassageRoot;

  constructor(
    text: string,
    readonly tokens: readonly IToken[],
  ) {
    this.root = new PassageRoot(text, tokens);
    this.kind = this.#kindAt(0);
  }

  /** The kind of the word behind the one ahead. */
  get second(): number {
    return this.#kindAt(this.at + 1);
  }

  is(kind: number): boolean {
    return this.kind === kind;
  }

  isSecond(kind: number): boolean {
    return this.second === kind;
  }

  next(): void {
    this.at += 1;
    this.kind = this.#kindAt(this.at);
  }

  /** The word ahead, which is then behind. */
  take(): string {
    const { image } = this.tokens[this.at]!;
    this.next();
    return image;
  }

  #kindAt(index: number): number {
    return index < this.tokens.length ? this.tokens[index]!.tokenTypeIdx : 0;
  }

  /** What the first of these ways makes that can be gone to its end. */
  firstOf(ways: readonly ((p: Descent) => Made | undefined)[]): Made | undefined {
    const { at, kind } = this;
    const { notes } = this.root;
    const noted = notes.length;
    for (const way of ways) {
      const made = way(this);
      if (made !== undefined) return made;
      this.at = at;
      this.kind = kind;
      notes.length = noted;
    }
    return undefined;
  }

  /** The node is read up to here. */
  finish(node: Made, start: number): Made {
    this.#place(node, start);
    const defaults = defaultsOf(node.$type);
    for (let index = 0; index < defaults.length; index += 1) {
      const { name, isList } = defaults[index]!;
      if (node[name] === undefined) node[name] = isList ? [] : false;
    }
    return node;
  }

  /** What was read so far becomes a part of another node. */
  wrap(node: Made, start: number, type: string, feature: string): Made {
    return { $type: type, [feature]: this.finish(node, start) };
  }

  /** As Langium's: the loosest operator first, of equal ones the last. All stand where the row does. */
  infix(
    type: string,
    parts: readonly Made[],
    operators: readonly string[],
    ranks: ReadonlyMap<string, number>,
    start: number,
  ): Made {
    if (parts.length === 1) return parts[0]!;
    let [loosest, rank] = [0, -1];
    for (const [index, operator] of operators.entries()) {
      if (ranks.get(operator)! < rank) continue;
      rank = ranks.get(operator)!;
      loosest = index;
    }
    const side = (from: number, to: number) =>
      this.infix(type, parts.slice(from, to + 1), operators.slice(from, to), ranks, start);
    const node: Made = { $type: type };
    this.#place(node, start);
    node.left = side(0, loosest);
    node.operator = operators[loosest];
    node.right = side(loosest + 1, parts.length - 1);
    return node;
  }

  /** The word ahead is the name of something. */
  reference(node: Made, property: string): NameReference {
    const token = this.tokens[this.at]!;
    const piece = pieceOf(this.root, token, token) as unknown as CstNode;
    return new NameReference(node as unknown as AstNode, property, piece, this.take());
  }

  /** A name of the node's own was read from `start` on, or is read now. */
  note(node: Made, property: string, start: number): void {
    const last = Math.max(start, this.at - 1);
    const piece = pieceOf(this.root, this.tokens[start]!, this.tokens[last]!);
    this.root.notes.push({ node: node as unknown as AstNode, property, piece });
  }

  /** A node that is all of another rule as well stands where that does. */
  #place(node: Made, start: number): void {
    if (start >= this.at) return;
    const first = this.tokens[start]!;
    const last = this.tokens[this.at - 1]!;
    const before = node.$cstNode;
    const end = last.startOffset + last.image.length;
    if (before !== undefined && before.offset === first.startOffset && before.end === end) return;
    node.$cstNode = pieceOf(this.root, first, last);
  }
}

export function add(node: Made, property: string, value: unknown): void {
  const list = node[property];
  if (Array.isArray(list)) list.push(value);
  else node[property] = [value];
}

/** 1 at the kinds given, of `count`. */
export function setOf(count: number, kinds: readonly number[]): Uint8Array {
  const set = new Uint8Array(count);
  for (const kind of kinds) set[kind] = 1;
  return set;
}

interface Default {
  readonly name: string;
  readonly isList: boolean;
}

const known = new Map<string, readonly Default[]>();

/** Properties that a node has even where the text says nothing of them. */
function defaultsOf(type: string): readonly Default[] {
  let defaults = known.get(type);
  if (defaults === undefined) {
    defaults = Object.values(reflection.getTypeMetaData(type).properties)
      .filter(({ defaultValue }) => defaultValue !== undefined)
      .map(({ name, defaultValue }) => ({ name, isList: Array.isArray(defaultValue) }));
    known.set(type, defaults);
  }
  return defaults;
}
