/**
 * What the declarations of some texts were lowered to. A world is lowered in two parts, that of
 * the modules first: nothing in it depends on the text that uses them but for the numbers that
 * things were given (kept-part.ts), so that it can be had again.
 */
import type {
  ActionSchema,
  Effect,
  Expectation,
  Fluent,
  Inference,
  MindSchema,
  Perception,
  Process,
  Reflex,
  Rule,
  TypeId,
  Want,
} from "@fabula/model";
import type { AstNode } from "langium";
import { lowerAction } from "./action.js";
import { typeBlocks } from "./collect-members.js";
import type { Context } from "./context.js";
import { lowerFact } from "./fact.js";
import { type Felt, lowerFeeling } from "./feeling.js";
import { lowerField } from "./field.js";
import {
  lowerExpectation,
  lowerInference,
  lowerProcess,
  lowerReflex,
  lowerRule,
} from "./happening.js";
import { type InitialOfFluent, lowerInitials } from "./initials.js";
import { itemsOf } from "./items.js";
import { lowerMind } from "./mind.js";
import { lowerPerceptions } from "./perception.js";
import { Scope } from "./scope.js";
import { lowerWant } from "./want.js";

/** Each list in the order of the texts. */
export interface Part {
  readonly fluents: readonly Fluent[];
  /** Of the blocks of a type, in the order of typeBlocks. */
  readonly perceptions: ReadonlyMap<TypeId, readonly Perception[]>;
  readonly actions: readonly ActionSchema[];
  readonly rules: readonly Rule[];
  readonly processes: readonly Process[];
  /** Rules and processes of feelings, which are numbered behind all others. */
  readonly felt: readonly Felt[];
  readonly minds: readonly MindSchema[];
  /** Of the blocks of types, by the block; not yet numbered. */
  readonly wants: ReadonlyMap<AstNode, readonly Want[]>;
  readonly expectations: readonly Expectation[];
  readonly inferences: readonly Inference[];
  readonly reflexes: readonly Reflex[];
  readonly facts: readonly Effect[];
  readonly initials: readonly InitialOfFluent[];
}

/** `isIn`: whether a declaration is one of this part. */
export function lowerPart(context: Context, isIn: (node: AstNode) => boolean): Part {
  const own = <M extends { readonly node: AstNode }>(members: readonly M[]) =>
    members.filter(({ node }) => isIn(node));
  const fluents = own(context.fields).map((field) => lowerField(context, field));
  const perceptions = lowerTypePerceptions(context, isIn);
  const actions = own(context.actions).map((action) => lowerAction(context, action));
  const rules = lowered(own(context.rules), (rule) => lowerRule(context, rule));
  const processes = lowered(own(context.processes), (each) => lowerProcess(context, each));
  const felt = itemsOf(context, "Feeling")
    .filter(isIn)
    .map((feeling) => lowerFeeling(context, feeling));
  const minds = lowered(itemsOf(context, "Mind").filter(isIn), (mind) => lowerMind(context, mind));
  return {
    fluents,
    perceptions,
    actions,
    rules,
    processes,
    felt,
    minds,
    wants: lowerTypeWants(context, isIn),
    expectations: lowered(own(context.expectations), (each) => lowerExpectation(context, each)),
    inferences: lowered(own(context.inferences), (each) => lowerInference(context, each)),
    reflexes: lowered(own(context.reflexes), (each) => lowerReflex(context, each)),
    facts: itemsOf(context, "FactsDecl")
      .filter(isIn)
      .flatMap(({ facts }) => lowered(facts, (fact) => lowerFact(context, Scope.empty(), fact))),
    initials: lowerInitials(context, isIn),
  };
}

function lowered<A, B>(items: readonly A[], lower: (item: A) => B | undefined): B[] {
  return items.map(lower).filter((item): item is B & {} => item !== undefined);
}

function lowerTypePerceptions(
  context: Context,
  isIn: (node: AstNode) => boolean,
): ReadonlyMap<TypeId, readonly Perception[]> {
  const perceptions = new Map<TypeId, Perception[]>();
  for (const { item, owner } of typeBlocks(context)) {
    if (!isIn(item)) continue;
    const type = { kind: "entity", type: owner.id } as const;
    const self = { expr: context.build.local(0, type), type: owner.id };
    const scope = Scope.empty().bind("self", type).withSelf(self);
    const nodes = item.members.filter((member) => member.$type === "Perceive");
    const known = perceptions.get(owner.id) ?? [];
    perceptions.set(owner.id, [...known, ...lowerPerceptions(context, scope, nodes)]);
  }
  return perceptions;
}

function lowerTypeWants(
  context: Context,
  isIn: (node: AstNode) => boolean,
): ReadonlyMap<AstNode, readonly Want[]> {
  const wants = new Map<AstNode, readonly Want[]>();
  for (const { item, owner } of typeBlocks(context)) {
    const nodes = isIn(item) ? item.members.filter((member) => member.$type === "Want") : [];
    if (nodes.length === 0) continue;
    const holder = { holder: { type: owner.id }, type: owner.id, common: true };
    wants.set(
      item,
      lowered(nodes, (node) => lowerWant(context, 0, node, holder)),
    );
  }
  return wants;
}
