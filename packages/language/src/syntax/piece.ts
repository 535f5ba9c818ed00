/**
 * Where a node stands in its passage, for trees that were read by descent. As much of Langium's
 * concrete syntax as is asked for: a piece holds no other pieces.
 */
import type { IToken } from "chevrotain";
import type { AstNode, CstNode, RootCstNode } from "langium";

/** Numbers only: the tokens of a passage are forgotten as soon as it is read. */
export class Piece {
  readonly hidden = false;

  readonly root: RootCstNode;

  /** Without a root it is one. */
  constructor(
    root: RootCstNode | undefined,
    readonly offset: number,
    readonly end: number,
    private readonly line: number,
    private readonly column: number,
  ) {
    this.root = root ?? (this as unknown as RootCstNode);
  }

  get length(): number {
    return this.end - this.offset;
  }

  get text(): string {
    return this.root.fullText.slice(this.offset, this.end);
  }

  /** Of its beginning: nobody asks for the line of its end. */
  get range(): CstNode["range"] {
    const start = { line: this.line - 1, character: this.column - 1 };
    return { start, end: start };
  }
}

/** Where the name of a node stands. */
interface Note {
  readonly node: AstNode;
  readonly property: string;
  readonly piece: Piece;
}

/** The passage as a whole. */
export class PassageRoot extends Piece {
  readonly notes: Note[] = [];

  constructor(
    readonly fullText: string,
    tokens: readonly IToken[],
  ) {
    const { startOffset, startLine, startColumn } = tokens[0]!;
    super(undefined, startOffset, endOf(tokens.at(-1)!), startLine!, startColumn!);
  }
}

/** From the first of these tokens to the last. */
export function pieceOf(root: PassageRoot, first: IToken, last: IToken): Piece {
  const { startOffset, startLine, startColumn } = first;
  return new Piece(root.root, startOffset, endOf(last), startLine!, startColumn!);
}

/** Where the `index`th value of a property stands: names, and what is named. */
export function noteOf(node: AstNode, property: string, index = 0): CstNode | undefined {
  const root = node.$cstNode?.root as unknown;
  if (!(root instanceof PassageRoot)) return undefined;
  const notes = root.notes.filter((note) => note.node === node && note.property === property);
  return notes[index]?.piece as CstNode | undefined;
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
