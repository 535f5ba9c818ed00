/**
 * What a name or a member stands for. Which declaration a name means is settled (names/); only the
 * symbols of an expected type, and locals that lowering itself makes, come before that here.
 */
import type { ExprId, TypeId, ValueType } from "@fabula/model";
import type { Entity, Expression, MemberCall, NameRef, Option } from "../generated/ast.js";
import { placeInGroup } from "../names/declarations.js";
import { viewAt } from "../names/view.js";
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
  /** `p.sure_of(C)`, `p.can_tell(C)`, `p.outlook`, `min(a, b)`, `said` ... */
  | {
      readonly kind: "builtin";
      readonly name: string;
      readonly subject: ExprId | undefined;
      readonly args: readonly Expression[];
    };

const builtinMembers = ["sure_of", "can_tell", "outlook"];
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
  const local = scope.find(name);
  if (local !== undefined) {
    return value({ id: context.build.local(local.slot, local.type), type: local.type });
  }
  if (scope.self !== undefined && name === "self") {
    return value({ id: scope.self.expr, type: { kind: "entity", type: scope.self.type } });
  }
  return (
    findSymbol(context, name, hint) ??
    findNamed(context, scope, node) ??
    reportNoName(context, scope, node, name)
  );
}

/** The field of whose block it is that a bare name names, whatever local is called so. */
export function ownField(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
): Target | undefined {
  if (node.$type !== "NameRef" || scope.self === undefined) return undefined;
  const member = memberNamed(context, node);
  if (member?.kind !== "field" || !isOf(context, member, scope.self.type)) return undefined;
  return ofMember(member, scope.self.expr, node.args);
}

/** The field, action, rule ... that a name was linked to. */
export function memberNamed(context: Context, node: NameRef | MemberCall): Member | undefined {
  const named = node.$type === "NameRef" ? node.ref.ref : node.member.ref;
  return named === undefined ? undefined : context.members.get(named);
}

/** Is it a member of the type or of one of its parents? */
function isOf(context: Context, member: Member, type: TypeId): boolean {
  const owner = ownerOf(member);
  return owner !== undefined && context.types.isSubtype(type, owner);
}

function ownerOf(member: Member): TypeId | undefined {
  if (member.kind === "field") return member.owner;
  const subject = member.parameters[0]?.type;
  return subject?.kind === "entity" ? subject.type : undefined;
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
  const index = context.types.get(hint.type).symbols?.indexOf(name) ?? -1;
  return index < 0 ? undefined : value({ id: context.build.constant(index, hint), type: hint });
}

function findNamed(context: Context, scope: Scope, node: NameRef): Target | undefined {
  const named = node.ref.ref;
  if (named === undefined) return undefined;
  switch (named.$type) {
    case "Entity": {
      const entity = context.entities[idOf(context, named, node.ref.$refText)];
      return entity === undefined ? undefined : value(entityValue(context, entity));
    }
    case "Option":
      return findOption(context, node, named);
    case "BuiltIn":
      return findBuiltin(context, scope, node, named.name);
    default: {
      const member = context.members.get(named);
      return member && ofMember(member, ownerFor(context, scope, member), node.args);
    }
  }
}

/** Of `guest_3`, where there are twelve of `guest`, the third; -1: nobody alone. */
function idOf(context: Context, entity: Entity, name: string): number {
  const group = context.groups.get(entity);
  const place = placeInGroup(entity, name);
  if (group !== undefined && place !== undefined) return group.first + place - 1;
  return context.entityIds.get(entity) ?? -1;
}

/** A symbol that stands alone says which only where no other type has one of that name. */
function findOption(context: Context, node: NameRef, option: Option): Target | undefined {
  const type = context.types.ofNode(option.$container);
  if (type === undefined || viewAt(node).optionsNamed(option.name).length > 1) return undefined;
  const symbol: ValueType = { kind: "symbol", type: type.id };
  const index = type.symbols?.indexOf(option.name) ?? -1;
  return value({ id: context.build.constant(index, symbol), type: symbol });
}

/** Whose a member is that stands alone: of whose block it is, the world's, or whoever's. */
function ownerFor(context: Context, scope: Scope, member: Member): ExprId | undefined {
  const { self } = scope;
  if (self !== undefined && isOf(context, member, self.type)) return self.expr;
  const { worldType } = context;
  return isOf(context, member, worldType) ? context.build.entity(0, worldType) : undefined;
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

/** What the language brings along: `now`, `said`, `min(a, b)` ... */
function findBuiltin(
  context: Context,
  scope: Scope,
  node: NameRef,
  name: string,
): Target | undefined {
  const { self } = scope;
  if (name === "now") return value({ id: context.build.now(), type: timeType });
  if (self !== undefined && builtinMembers.includes(name)) {
    return { kind: "builtin", name, subject: self.expr, args: node.args };
  }
  const isCount = builtinCounts.includes(name) && scope.inAction !== undefined;
  const isFunction = node.call && builtinFunctions.includes(name);
  if (!isCount && !isFunction) return undefined;
  return { kind: "builtin", name, subject: undefined, args: node.args };
}

export function entityValue(context: Context, entity: EntityEntry): Typed {
  return {
    id: context.build.entity(entity.id, entity.type),
    type: { kind: "entity", type: entity.type },
  };
}

function resolveMember(context: Context, scope: Scope, node: MemberCall): Target | undefined {
  const name = node.member.$refText;
  const receiverText = scope.hasDotted ? node.receiver.$cstNode?.text : undefined;
  const dotted = scope.find(`${receiverText ?? ""}.${name}`);
  if (dotted !== undefined) {
    return value({ id: context.build.local(dotted.slot, dotted.type), type: dotted.type });
  }
  const receiver = lowerExpression(context, scope, node.receiver);
  if (receiver === undefined) return undefined;
  if (receiver.type.kind !== "entity") return reportNoMember(context, node, name, receiver.type);
  const member = memberNamed(context, node);
  if (member !== undefined && isOf(context, member, receiver.type.type)) {
    return ofMember(member, receiver.id, node.args);
  }
  if (node.member.ref?.$type === "BuiltIn") {
    return { kind: "builtin", name, subject: receiver.id, args: node.args };
  }
  return reportNoMember(context, node, name, receiver.type);
}

function reportNoMember(
  context: Context,
  node: MemberCall,
  name: string,
  type: ValueType,
): undefined {
  const owner =
    type.kind === "entity"
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
  const named = node.ref.ref;
  const count = named?.$type === "Entity" ? context.groups.get(named)?.count : undefined;
  if (count !== undefined) {
    reporter.error(
      "FAB3004",
      node,
      `There are ${count} of \`${name}\`: which one?`,
      `Write \`${name}_1\` to \`${name}_${count}\`, or \`some x: type where ...\`.`,
    );
    return undefined;
  }
  if (named?.$type === "Option") {
    const options = viewAt(node).optionsNamed(name);
    const types = options.map((option) => option.$container.name).join(" and ");
    reporter.error(
      "FAB3016",
      node,
      `\`${name}\` is a symbol of ${types}; nothing here says which is meant.`,
      "Compare it with a field of that type.",
    );
    return undefined;
  }
  const self = scope.self === undefined ? [] : context.types.memberNames(scope.self.type);
  const entities = context.entities.map((entity) => entity.name);
  const near = findNearest(name, [...scope.names, ...self, ...entities]);
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
