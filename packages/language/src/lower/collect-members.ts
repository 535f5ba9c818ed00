/**
 * Second pass: fields, actions, rules and the rest, each a member of the type of its subject, with
 * the types of their parameters. Nothing is lowered yet: everything may name everything.
 */
import type { Parameter, ValueType } from "@fabula/model";
import type { AstNode } from "langium";
import type { Feeling, Field, HasDecl, Param, TypeDecl, TypeRef } from "../generated/ast.js";
import { fileOf } from "../names/level.js";
import { checkedMeasure, reportNoType, reportUnknownUnit } from "./collect-types.js";
import type { Context } from "./context.js";
import { isSameDimension } from "./dimension.js";
import { itemsOf } from "./items.js";
import type { ActionMember, FieldMember, Member, SchemaMember, SchemaNode } from "./member.js";
import { numberOf, type TypeEntry } from "./type-table.js";

export function collectMembers(context: Context): void {
  for (const { item, owner } of typeBlocks(context)) collectFields(context, item, owner);
  for (const item of itemsOf(context, "Feeling")) collectFeeling(context, item);
  for (const item of itemsOf(context, "Action")) {
    const parameters = parametersOf(context, [item.actor, ...item.params]);
    const id = context.actions.length;
    const member: ActionMember = { kind: "action", id, name: item.name, parameters, node: item };
    context.actions.push(member);
    addMember(context, item, parameters[0], member);
  }
  for (const item of itemsOf(context, "Rule")) collectBound(context, "rule", item);
  for (const item of itemsOf(context, "Process")) collectBound(context, "process", item);
  for (const item of itemsOf(context, "Inference")) {
    addSchema(context, "inference", item, [item.by, ...item.params], 1 + item.params.length);
  }
  for (const item of itemsOf(context, "Expectation")) {
    addSchema(context, "expectation", item, [item.by, ...item.params], 1 + item.params.length);
  }
  for (const item of itemsOf(context, "Reflex")) {
    addSchema(context, "reflex", item, [item.by, ...item.params], 1 + item.params.length);
  }
}

/** All blocks that say what things of a type have; of types that are not there it is told. */
export function typeBlocks(
  context: Context,
): { readonly item: TypeDecl | HasDecl; readonly owner: TypeEntry }[] {
  const blocks = [...itemsOf(context, "TypeDecl"), ...itemsOf(context, "HasDecl")];
  return blocks.flatMap((item) => {
    const isType = item.$type === "TypeDecl";
    const owner = isType ? context.types.ofNode(item) : context.types.of(item.type);
    if (owner !== undefined) return [{ item, owner }];
    reportNoType(context, item, isType ? item.name : item.type.$refText);
    return [];
  });
}

function collectFields(context: Context, item: TypeDecl | HasDecl, owner: TypeEntry): void {
  for (const node of item.members) {
    if (node.$type !== "Field") continue;
    const parameters = parametersOf(context, node.params);
    const declared = node.type === undefined ? undefined : typeOf(context, node.type);
    const bounds = node.type === undefined ? undefined : boundsOf(context, node.type);
    const member: FieldMember = {
      kind: "field",
      id: context.fields.length,
      name: node.name,
      owner: owner.id,
      parameters,
      declared: node.type === undefined ? undefined : (declared ?? numberOf({})),
      low: bounds?.low,
      high: bounds?.high,
      moves: node.type?.kind === "quantity",
      node,
    };
    checkField(context, node, member);
    context.fields.push(member);
    addMember(context, node, { name: "self", type: { kind: "entity", type: owner.id } }, member);
  }
}

function checkField(context: Context, node: Field, member: FieldMember): void {
  const { reporter } = context;
  if (member.moves && member.low === undefined && node.type?.range === undefined) {
    reporter.error(
      "FAB5006",
      node,
      `The quantity \`${node.name}\` has no bounds: it could run away.`,
      `Give its range: \`${node.name}: quantity 0 .. 100\`.`,
    );
  }
  if (node.both) {
    const [first, second] = member.parameters;
    const paired =
      second === undefined && first?.type.kind === "entity" && first.type.type === member.owner;
    if (!paired) {
      const owner = context.types.get(member.owner).name;
      reporter.error(
        "FAB3011",
        node,
        "`both ways` is for one field between two of a kind.",
        `Give \`${node.name}\` one parameter of the type \`${owner}\`, or leave \`both ways\` out.`,
      );
    }
  }
}

/** A feeling is a quantity 0 .. 1 of who feels it, moved by the rules that feeling.ts makes. */
function collectFeeling(context: Context, node: Feeling): void {
  const [subject, ...parameters] = parametersOf(context, [node.of, ...node.params]);
  if (subject?.type.kind !== "entity") return;
  const member: FieldMember = {
    kind: "field",
    id: context.fields.length,
    name: node.name,
    owner: subject.type.type,
    parameters,
    declared: numberOf({}),
    low: 0,
    high: 1,
    moves: true,
    node,
  };
  context.fields.push(member);
  addMember(context, node, subject, member);
}

function collectBound(
  context: Context,
  kind: "rule" | "process",
  item: Extract<SchemaNode, { $type: "Rule" | "Process" }>,
): void {
  const [subject, ...others] = item.binders.params;
  if (subject === undefined) return;
  const params = [subject, ...item.params, ...others];
  addSchema(context, kind, item, params, 1 + item.params.length);
}

function addSchema(
  context: Context,
  kind: SchemaMember["kind"],
  node: Exclude<SchemaNode, Feeling>,
  params: readonly Param[],
  callable: number,
): void {
  const list = schemasOf(context, kind);
  const parameters = parametersOf(context, params);
  for (const [index, { type }] of parameters.entries()) {
    if (type.kind === "entity") continue;
    context.reporter.error(
      "FAB3024",
      params[index] ?? node,
      `\`${node.name}\` runs over ${context.types.describe(type)}, of which there is no list.`,
      "Let it run over things: give the parameter a type of things.",
    );
  }
  const member: SchemaMember = {
    kind,
    id: list.length,
    name: node.name,
    parameters,
    callable,
    node,
  };
  list.push(member);
  addMember(context, node, parameters[0], member);
}

export function schemasOf(context: Context, kind: SchemaMember["kind"]): SchemaMember[] {
  switch (kind) {
    case "rule":
      return context.rules;
    case "process":
      return context.processes;
    case "inference":
      return context.inferences;
    case "expectation":
      return context.expectations;
    case "reflex":
      return context.reflexes;
  }
}

function addMember(
  context: Context,
  node: AstNode,
  subject: Parameter | undefined,
  member: Member,
): void {
  if (subject?.type.kind !== "entity") {
    context.reporter.error(
      "FAB3024",
      node,
      `\`${member.name}\` needs somebody or something that it belongs to.`,
      "Give its subject a type of things, such as `person`.",
    );
    return;
  }
  context.members.set(node, member);
  const { members } = context.types.get(subject.type.type);
  const before = members.get(member.name);
  const isNearer = before === undefined || rankOf(context, before.node) <= rankOf(context, node);
  const hidden = isNearer ? before : member;
  if (hidden !== undefined) context.hidden.add(hidden);
  if (isNearer) members.set(member.name, member);
}

/** Higher: nearer to the story. */
function rankOf(context: Context, node: AstNode): number {
  const isOfRow = node.$container?.$container?.$type === "Row";
  return isOfRow ? context.files.length : context.files.indexOf(fileOf(node));
}

export function parametersOf(context: Context, params: readonly Param[]): Parameter[] {
  return params.map((param) => ({
    name: param.name,
    type: typeOf(context, param.type) ?? numberOf({}),
  }));
}

/** Undefined where the type was told to be wrong. */
export function typeOf(context: Context, node: TypeRef): ValueType | undefined {
  if (node.ref !== undefined) {
    const entry = context.types.of(node.ref);
    if (entry === undefined) {
      reportNoType(context, node, node.ref.$refText);
      return undefined;
    }
    return entry.symbols === undefined
      ? { kind: "entity", type: entry.id }
      : { kind: "symbol", type: entry.id };
  }
  switch (node.kind) {
    case "boolean":
    case "text":
    case "claim":
    case "deed":
    case "time":
      return { kind: node.kind };
    default:
      return numberType(context, node);
  }
}

function numberType(context: Context, node: TypeRef): ValueType | undefined {
  if (node.range !== undefined) {
    const measure = checkedMeasure(context, node.range.high);
    return measure === undefined ? undefined : numberOf(measure.dimension);
  }
  if (node.in === undefined) return numberOf({});
  const measure = context.units.measure(1, node.in.over, node.in.under);
  if (!("unknownUnit" in measure)) return numberOf(measure.dimension);
  reportUnknownUnit(context, node, measure.unknownUnit);
  return undefined;
}

/** The bounds as declared; undefined where there are none or they were told to be wrong. */
function boundsOf(context: Context, node: TypeRef): { low: number; high: number } | undefined {
  if (node.range === undefined) return undefined;
  const low = checkedMeasure(context, node.range.low, node.range.high);
  const high = checkedMeasure(context, node.range.high);
  if (low === undefined || high === undefined) return undefined;
  if (low.value !== 0 && !isSameDimension(low.dimension, high.dimension)) {
    context.reporter.error(
      "FAB4002",
      node,
      `The range begins in ${context.units.describe(low.dimension)} ` +
        `and ends in ${context.units.describe(high.dimension)}.`,
      "Give both ends in the same units.",
    );
    return undefined;
  }
  if (low.value >= high.value) {
    context.reporter.error(
      "FAB5012",
      node,
      "The range ends before it begins.",
      "Write the smaller number first: `0 .. 10`.",
    );
    return undefined;
  }
  return { low: low.value, high: high.value };
}
