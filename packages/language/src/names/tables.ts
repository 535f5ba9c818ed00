/**
 * What a reference can mean where it stands: a list of tables, nearest first, searched and never
 * copied (copying the members of a type for every name took half a minute for 40,000 lines).
 */
import type { AstNode, ReferenceInfo } from "langium";
import type { Expression, Mechanism, MemberCall, TypeDecl } from "../generated/ast.js";
import type { NameTable } from "./declarations.js";
import { expectedSymbols } from "./expected-symbols.js";
import { localTables, tableOf } from "./local-tables.js";
import { resolved, typeOf, typeOfSelf } from "./type-of.js";
import { viewAt } from "./view.js";

/** The tables in which this reference is looked up, nearest first. */
export function tablesFor(info: ReferenceInfo): readonly NameTable[] {
  const node = info.container as unknown as { $type: string };
  const { property } = info;
  if (property === "member") return membersFor(info.container as unknown as MemberCall);
  if (property === "parents" || property === "type" || node.$type === "TypeRef") {
    return [viewAt(info.container).types];
  }
  if (property === "mechanism") return mechanismsFor(info.container as unknown as Mechanism);
  const locals = localTables(info);
  if (property !== "ref") return locals;
  const symbols = expectedSymbols(info.container as unknown as Expression);
  const expected = symbols === undefined ? [] : [optionsOf(symbols)];
  const { container } = info;
  return [...locals, ...expected, ...viewAt(container).globalsFor(typeOfSelf(container))];
}

function membersFor(call: MemberCall): readonly NameTable[] {
  // While completing, the call has no receiver yet and hangs below what will be it.
  const receiver = call.receiver ?? (call.$container as unknown as Expression);
  const found = foundAction(receiver);
  if (found !== undefined) return [found];
  const type = typeOf(receiver);
  return type === undefined ? [] : [viewAt(call).membersOf(type)];
}

/** Members of the type, or, where none is named, of any type. */
function mechanismsFor(node: Mechanism): readonly NameTable[] {
  const view = viewAt(node as unknown as AstNode);
  if (node.type === undefined) return [view.membersOfAnyType];
  const type = node.type.ref;
  return type === undefined ? [] : [view.membersOf(type)];
}

/** Of what a pattern found, the arguments are members: `a.hearer`. */
function foundAction(receiver: Expression): NameTable | undefined {
  const find = receiver.$type === "NameRef" ? resolved(receiver.ref) : undefined;
  if (find?.$type !== "Find") return undefined;
  const event = find.event?.$type === "Phase" ? find.event.event : find.event;
  const action = event?.$type === "MemberCall" ? resolved(event.member) : undefined;
  if (action?.$type !== "Action") return new Map();
  return tableOf([action.actor, ...action.params]);
}

function optionsOf(type: TypeDecl): NameTable {
  return tableOf(type.symbols);
}
