/**
 * Names from round about: binders and parameters (nearest first), things just created, then the
 * members of the type or entity in whose block the name stands, as far as its own text gives them:
 * those that come from further off stand behind the names of this text (tables.ts).
 */
import type { AstNode, ReferenceInfo } from "langium";
import type {
  Action,
  Create,
  EntityLine,
  Find,
  HasDecl,
  Named,
  Param,
  Pattern,
  WhatIf,
} from "../generated/ast.js";
import { actionNames, observerName, selfName, valueName } from "./built-ins.js";
import type { NameTable } from "./declarations.js";
import { typeOfBlock } from "./type-of.js";
import { viewAt } from "./view.js";

/** Properties in which any node holds its binders. */
interface Binding {
  readonly params?: readonly Param[];
  readonly binders?: { readonly params: readonly Param[] };
  readonly actor?: unknown;
  readonly by?: unknown;
  readonly of?: unknown;
  readonly binder?: unknown;
}

const namesNothing: ReadonlySet<string> = new Set([
  "AndExpr",
  "OrExpr",
  "NotExpr",
  "Arith",
  "MindExpr",
  "MemberCall",
  "NameRef",
]);

const nothing: NameTable = new Map();

/** Of trees, which never change: what a node binds is asked for by every name inside it. */
const boundBy = new WeakMap<AstNode, NameTable>();
const createdAbove = new WeakMap<AstNode, NameTable>();

export function localTables(info: ReferenceInfo): readonly NameTable[] {
  const { container, property } = info;
  if (property === "consent") return [actionParams(container as unknown as Action)];
  if (property === "hearer") return [actionParams(container.$container as unknown as Action)];
  if (property === "from" || property === "to") {
    return [findsOf(container.$container as unknown as Pattern)];
  }
  const tables: NameTable[] = [];
  for (let node: AstNode | undefined = container; node; node = node.$container) {
    // A long condition is a deep tree of these; they name nothing.
    if (!namesNothing.has(node.$type)) tables.push(...tablesOf(node, container));
  }
  return tables.filter((table) => table.size > 0);
}

/** What `node` adds for names inside it; `from`: where the name stands. */
function tablesOf(node: AstNode, from: AstNode): readonly NameTable[] {
  return [bindersOf(node), ...namesOfBlock(node, from), createdBefore(node)];
}

function bindersOf(node: AstNode): NameTable {
  const { params, binders, actor, by, of, binder } = node as unknown as Binding;
  if (!(params ?? binders ?? actor ?? by ?? of ?? binder)) return nothing;
  const known = boundBy.get(node);
  if (known !== undefined) return known;
  const held = [...(params ?? []), ...(binders?.params ?? []), actor, by, of, binder];
  const table = new Map<string, Named>();
  for (const one of held) bind(table, one);
  boundBy.set(node, table);
  return table;
}

function namesOfBlock(node: AstNode, from: AstNode): readonly NameTable[] {
  switch (node.$type) {
    case "TypeDecl":
    case "HasDecl":
    case "Entity":
      return selfAndMembers(node, from);
    case "Create":
      return createdFields(node as unknown as Create, from);
    case "Perceive":
    case "Unnoticed":
      return [observerName];
    case "Action":
      return [actionNames];
    case "Wording":
      return [valueName];
    case "Appraisal":
      return [tableOf([node])];
    case "Pattern":
      return [findsOf(node as unknown as Pattern)];
    case "WhatIf":
      return [tableOf((node as unknown as WhatIf).lines.flatMap(addedBy))];
    default:
      return [];
  }
}

function selfAndMembers(node: AstNode, from: AstNode): readonly NameTable[] {
  const type = typeOfBlock(node as HasDecl);
  if (type === undefined) return [selfName];
  const view = viewAt(node);
  // What is made to hold is a field of whose block it is, wherever that is declared.
  if (isTarget(from)) return [selfName, view.membersOf(type)];
  return [selfName, view.levels[0]!.membersOf(type)];
}

/** The bare name to the left of `=`, or alone, in a block of facts. */
function isTarget(from: AstNode): boolean {
  const line = from.$container as unknown as EntityLine;
  return line.$type === "Fact" && (line.target as unknown) === from;
}

/** In `giver = giver` the left is the new thing's field, the right is a name from outside. */
function createdFields(create: Create, from: AstNode): readonly NameTable[] {
  const type = create.type?.ref;
  const own = tableOf([create]);
  return type === undefined || !isTarget(from) ? [own] : [viewAt(create).membersOf(type), own];
}

/** What the effects above this one, in the same list, created. */
function createdBefore(node: AstNode): NameTable {
  const index = node.$containerIndex;
  const property = node.$containerProperty;
  if (index === undefined || index === 0) return nothing;
  if (!["effects", "then", "else"].includes(property ?? "")) return nothing;
  const known = createdAbove.get(node);
  if (known !== undefined) return known;
  const list = (node.$container as unknown as Record<string, readonly AstNode[]>)[property!]!;
  const table = tableOf(list.slice(0, index).filter((effect) => effect.$type === "Create"));
  createdAbove.set(node, table);
  return table;
}

function addedBy(line: AstNode): readonly AstNode[] {
  const { entity } = line as unknown as { entity?: AstNode };
  return line.$type === "AddChange" && entity !== undefined ? [entity] : [];
}

function actionParams(action: Action): NameTable {
  return tableOf([action.actor, ...action.params]);
}

function findsOf(pattern: Pattern): NameTable {
  return tableOf(pattern.lines.filter((line): line is Find => line.$type === "Find"));
}

/** By their names; the first of a name stays. */
export function tableOf(nodes: readonly (AstNode | undefined)[]): NameTable {
  const table = new Map<string, Named>();
  for (const node of nodes) {
    // A sentence that did not parse leaves holes in the tree.
    const { name } = (node ?? {}) as { name?: string };
    if (name && !table.has(name)) table.set(name, node as unknown as Named);
  }
  return table;
}

function bind(table: Map<string, Named>, held: unknown): void {
  const param = held as Param | undefined;
  if (param?.$type === "Param" && param.name && !table.has(param.name))
    table.set(param.name, param);
}
