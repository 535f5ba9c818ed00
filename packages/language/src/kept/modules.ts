/**
 * Modules as they were read, linked and lowered, as plain data: to read those that come along is
 * most of what a command does before it begins. A host that made the data with this very build (and
 * only then) offers it to later processes.
 *
 * It can not go stale: of a module all is taken over or nothing, by its text and the texts of all it
 * uses (sources.ts), and a lowered part by its modules and whatever its lowering asked of a story
 * (lower/kept-part.ts). What does not fit is read as if nothing were kept.
 */
import { ExpressionPool, type ExprNode, InvariantError, type ValueType } from "@fabula/model";
import type { IToken } from "chevrotain";
import type { CstNode } from "langium";
import type { File } from "../generated/ast.js";
import {
  type Asked,
  goOnFromParts,
  type KeptPart,
  type PartContent,
  partsKept,
} from "../lower/kept-part.js";
import { builtIns } from "../names/built-ins.js";
import { NameReference } from "../names/name-reference.js";
import { goOnFromModules, modulesRead, type ReadModule } from "../sources.js";
import { setBase, setOrigin } from "../span.js";
import { PassageRoot, Piece } from "../syntax/piece.js";
import { type GraphClass, type PackedGraph, packGraph, unpackGraph } from "./graph.js";
import { offerRecall } from "./offer.js";

export interface PackedModules {
  readonly modules: PackedGraph;
  readonly parts: readonly PackedPart[];
}

export interface PackedPart {
  /** Of its files: their places among the modules. */
  readonly files: readonly number[];
  readonly place: readonly (number | string)[];
  readonly asked: Asked;
  /** Names objects of the modules. */
  readonly content: PackedGraph;
}

/** The pool as a list: its nodes are met in the order of their numbers. */
type ContentData = Omit<PartContent, "pool"> & {
  readonly pool: readonly (readonly [ExprNode, ValueType])[];
};

/** All that this process keeps of the modules it read, for `offerModules`. */
export function packModules(): PackedModules {
  const read = modulesRead();
  const files = read.map(({ parsed }) => parsed.file);
  const { graph, objects } = packGraph(read, builtIns, classes);
  const known = [...builtIns, ...objects];
  const parts = partsKept().flatMap((part) => {
    const places = part.files.map((file) => files.indexOf(file));
    // A part of modules that were read anew since.
    if (places.includes(-1)) return [];
    const data = contentData(part.content());
    const content = packGraph(data, known, classes).graph;
    return [{ files: places, place: part.place, asked: part.asked, content }];
  });
  return { modules: graph, parts };
}

/** `give` is called once, when the first story that uses modules is read; undefined: nothing is kept. */
export function offerModules(give: () => PackedModules | undefined): void {
  offerRecall(() => {
    const packed = give();
    if (packed !== undefined) recall(packed);
  });
}

function recall({ modules, parts }: PackedModules): void {
  const objects = unpackGraph(modules, builtIns, classes);
  const read = objects[0] as readonly ReadModule[];
  for (const { parsed } of read) settle(parsed);
  goOnFromModules(read);
  goOnFromParts(parts.map((part) => partFrom(part, read, objects)));
}

/** What is known of trees by the side of them. */
function settle({ file, source, text, passages }: ReadModule["parsed"]): void {
  setOrigin(file, { source, text });
  for (const { cst, base } of passages) if (cst !== undefined) setBase(cst, base);
}

function partFrom(
  { files, place, asked, content }: PackedPart,
  read: readonly ReadModule[],
  objects: readonly object[],
): KeptPart {
  let made: PartContent | undefined;
  return {
    files: files.map((index): File => read[index]!.parsed.file),
    place,
    asked,
    content: () => {
      made ??= contentFrom(unpackGraph(content, [...builtIns, ...objects], classes)[0]!);
      return made;
    },
  };
}

function contentData({ pool, ...content }: PartContent): ContentData {
  const pairs = Array.from({ length: pool.count }, (_, id) => {
    return [pool.get(id), pool.typeOf(id)] as const;
  });
  return { ...content, pool: pairs };
}

function contentFrom(data: object): PartContent {
  const { pool: pairs, ...content } = data as ContentData;
  const pool = new ExpressionPool();
  for (const [node, type] of pairs) pool.intern(node, type);
  if (pool.count !== pairs.length) throw new InvariantError("a kept pool holds a node twice");
  return { ...content, pool };
}

const classes: readonly GraphClass[] = [
  {
    name: "Piece",
    prototype: Piece.prototype,
    make: () => new Piece(undefined, 0, 0, 0, 0),
  },
  {
    name: "PassageRoot",
    prototype: PassageRoot.prototype,
    make: () => new PassageRoot("", [noToken]),
  },
  {
    name: "NameReference",
    prototype: NameReference.prototype,
    make: () => new NameReference({ $type: "" }, "", noPiece, ""),
  },
];

const noToken = { startOffset: 0, startLine: 1, startColumn: 1, image: "" } as IToken;
const noPiece = new Piece(undefined, 0, 0, 0, 0) as object as CstNode;
