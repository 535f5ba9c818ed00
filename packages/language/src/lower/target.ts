/**
 * What a name or a member stands for. Bare names: parameters and binders, symbols where one is
 * expected, fields of whose block it is, the world's fields, then entities and symbols; last, what
 * the language brings along.
 */
import type { ExprId, ValueType } from "@fabula/model";
import type { Expression, MemberCall, NameRef } from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import type { Context, EntityEntry, Typed } from "./context.js";
import { lowerExpression } from "./expression.js";
import { timeType } from "./expression-builder.js";
import type { ActionMember, FieldMember, Member, SchemaMember } from "./member.js";
import type { Scope } from "./scope.js";
import { capital, withArticle } from "./type-table.js";

export type Target =
  | { readonly kind: "value"; readonly value: Typed }
  | {
      readonly kind: "field";
      readonly member: FieldMember;
      readonly owner: ExprId;
      readonly args: readonly Expression[];
    }
  /** subject undefined: whoever. */
  | {
      readonly kind: "action";
      readonly member: ActionMember;
      readonly subject: ExprId | undefined;
      readonly args: readonly Expression[];
    }
  | {
      readonly kind: "schema";
      readonly member: SchemaMember;
      readonly subject: ExprId | undefined;
      readonly args: readonly Expression[];
    }
  /** `p.sure_of(C)`, `p.outlook`, `min(a, b)`, `said` ... */
  | {
      readonly kind: "builtin";
      readonly name: string;
      readonly subject: ExprId | undefined;
      readonly args: readonly Expression[];
    };

const builtinMembers = ["sure_of", "outlook"];
const builtinFunctions = ["min", "max", "sqrt"];
const builtinCounts = ["said", "cut"];

export function resolve(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  hint?: ValueType,
): Target | undefined {
  return node.$type === "NameRef"
    ? resolveName(context, scope, node, hint)
    : resolveMember(context, scope, node);
}

function resolveName(
  context: Context,
  scope: Scope,
  node: NameRef,
  hint: ValueType | undefined,
): Target | undefined {
  const name = node.ref.$refText;
  const { args } = node;
  const local = scope.find(name);
  if (local !== undefined) {
    return value({ id: context.build.local(local.slot, local.type), type: local.type });
  }
  if (scope.self !== undefined && name === "self") {
    return value({ id: scope.self.expr, type: { kind: "entity", type: scope.self.type } });
  }
  return (
    findSymbol(context, name, hint) ??
    findOwn(context, scope, name, args) ??
    findGlobal(context, scope, node, name) ??
    reportNoName(context, scope, node, name)
  );
}

/** The field of whose block it is that a bare name names, whatever else is called so. */
export function ownField(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
): Target | undefined {
  if (node.$type !== "NameRef" || scope.self === undefined) return undefined;
  const member = context.types.findMember(scope.self.type, node.ref.$refText);
  return member?.kind === "field" ? ofMember(member, scope.self.expr, node.args) : undefined;
}

function value(typed: Typed): Target {
  return { kind: "value", value: typed };
}

function findSymbol(
  context: Context,
  name: string,
  hint: ValueType | undefined,
): Target | undefined {
  if (hint?.kind !== "symbol") return undefined;
  const entry = context.symbols.get(name)?.find((symbol) => symbol.type === hint.type);
  return entry === undefined
    ? undefined
    : value({ id: context.build.constant(entry.index, hint), type: hint });
}

/** A member of whose block it is, or of the world. */
function findOwn(
  context: Context,
  scope: Scope,
  name: string,
  args: readonly Expression[],
): Target | undefined {
  const { self } = scope;
  const own = self === undefined ? undefined : context.types.findMember(self.type, name);
  if (own !== undefined && self !== undefined) return ofMember(own, self.expr, args);
  if (self !== undefined && builtinMembers.includes(name)) {
    return { kind: "builtin", name, subject: self.expr, args };
  }
  const worlds = context.types.findMember(context.worldType, name);
  if (worlds === undefined) return undefined;
  return ofMember(worlds, context.build.entity(0, context.worldType), args);
}

function ofMember(
  member: Member,
  subject: ExprId | undefined,
  args: readonly Expression[],
): Target {
  if (member.kind === "field") {
    // A field always has an owner: only events may leave the subject open.
    return { kind: "field", member, owner: subject as ExprId, args };
  }
  if (member.kind === "action") return { kind: "action", member, subject, args };
  return { kind: "schema", member, subject, args };
}

function findGlobal(
  context: Context,
  scope: Scope,
  node: NameRef,
  name: string,
): Target | undefined {
  const { build } = context;
  // A module does not see the story's names: `cut` may be a wound there and a count here.
  if (node.ref.ref?.$type === "BuiltIn") {
    const builtin = findBuiltin(context, scope, node, name);
    if (builtin !== undefined) return builtin;
  }
  const entity = context.entitiesByName.get(name);
  if (entity !== undefined) return value(entityValue(context, entity));
  const [symbol, ...others] = context.symbols.get(name) ?? [];
  if (symbol !== undefined && others.length === 0) {
    const type: ValueType = { kind: "symbol", type: symbol.type };
    return value({ id: build.constant(symbol.index, type), type });
  }
  if (symbol !== undefined) return undefined;
  return findBuiltin(context, scope, node, name) ?? findAnywhere(context, name, node.args);
}

/** What the language brings along: `now`, `said`, `min(a, b)` ... */
function findBuiltin(
  context: Context,
  scope: Scope,
  node: NameRef,
  name: string,
): Target | undefined {
  if (name === "now") return value({ id: context.build.now(), type: timeType });
  const isCount = builtinCounts.includes(name) && scope.inAction !== undefined;
  const isFunction = node.call && builtinFunctions.includes(name);
  if (!isCount && !isFunction) return undefined;
  return { kind: "builtin", name, subject: undefined, args: node.args };
}

/** A rule or action by its bare name: whoever it happens to. */
function findAnywhere(
  context: Context,
  name: string,
  args: readonly Expression[],
): Target | undefined {
  for (const type of context.types.entries) {
    const member = type.members.get(name);
    if (member !== undefined && member.kind !== "field") return ofMember(member, undefined, args);
  }
  return undefined;
}

export function entityValue(context: Context, entity: EntityEntry): Typed {
  return {
    id: context.build.entity(entity.id, entity.type),
    type: { kind: "entity", type: entity.type },
  };
}

function resolveMember(context: Context, scope: Scope, node: MemberCall): Target | undefined {
  const name = node.member.$refText;
  if (node.receiver.$type === "AnyLiteral") {
    return findAnywhere(context, name, node.args) ?? reportNoMember(context, node, name, undefined);
  }
  const dotted = scope.find(`${node.receiver.$cstNode?.text ?? ""}.${name}`);
  if (dotted !== undefined) {
    return value({ id: context.build.local(dotted.slot, dotted.type), type: dotted.type });
  }
  const receiver = lowerExpression(context, scope, node.receiver);
  if (receiver === undefined) return undefined;
  if (receiver.type.kind !== "entity") return reportNoMember(context, node, name, receiver.type);
  const member = context.types.findMember(receiver.type.type, name);
  if (member !== undefined) return ofMember(member, receiver.id, node.args);
  if (builtinMembers.includes(name)) {
    return { kind: "builtin", name, subject: receiver.id, args: node.args };
  }
  return reportNoMember(context, node, name, receiver.type);
}

function reportNoMember(
  context: Context,
  node: MemberCall,
  name: string,
  type: ValueType | undefined,
): undefined {
  const owner =
    type === undefined
      ? "Nobody"
      : type.kind === "entity"
        ? capital(withArticle(context.types.get(type.type).name))
        : capital(context.types.describe(type));
  const known = type?.kind === "entity" ? context.types.memberNames(type.type) : [];
  const near = findNearest(name, [...known, ...builtinMembers]);
  context.reporter.error(
    "FAB3004",
    node,
    `${owner} has no \`${name}\`.`,
    near === undefined ? wideRemedy(context, name, type) : `Did you mean \`${near}\`?`,
  );
  return undefined;
}

/** A narrower type may have it. */
function wideRemedy(context: Context, name: string, type: ValueType | undefined): string {
  const narrower = context.types.entries.find(
    (entry) =>
      type?.kind === "entity" && entry.ancestors.includes(type.type) && entry.members.has(name),
  );
  return narrower === undefined
    ? "Declare it in a `has` block of its type, or add a `use` for the module that does."
    : `${capital(withArticle(narrower.name))} has one: declare what stands before the dot so.`;
}

function reportNoName(context: Context, scope: Scope, node: NameRef, name: string): undefined {
  const { reporter } = context;
  const count = context.groups.get(name);
  if (count !== undefined) {
    reporter.error(
      "FAB3004",
      node,
      `There are ${count} of \`${name}\`: which one?`,
      `Write \`${name}_1\` to \`${name}_${count}\`, or \`some x: type where ...\`.`,
    );
    return undefined;
  }
  const ambiguous = context.symbols.get(name);
  if (ambiguous !== undefined) {
    const types = ambiguous.map((symbol) => context.types.get(symbol.type).name).join(" and ");
    reporter.error(
      "FAB3016",
      node,
      `\`${name}\` is a symbol of ${types}; nothing here says which is meant.`,
      "Compare it with a field of that type.",
    );
    return undefined;
  }
  const self = scope.self === undefined ? [] : context.types.memberNames(scope.self.type);
  const known = [
    ...scope.names,
    ...self,
    ...context.entitiesByName.keys(),
    ...context.symbols.keys(),
  ];
  const near = findNearest(name, known);
  reporter.error(
    "FAB3004",
    node,
    `Nothing here is called \`${name}\`.`,
    near === undefined
      ? "Declare it, or add a `use` for the module that does."
      : `Did you mean \`${near}\`?`,
  );
  return undefined;
}
