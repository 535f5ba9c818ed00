/**
 * What is fixed, what is state, what moves: settled when every writer is known. A field that
 * nothing writes after the beginning is `fixed`; one that a flow moves is a quantity. And by which
 * fields somebody is searched for: settled when every reader is.
 */
import { type Effect, type Fluent, lookupsIn, type Story, type World } from "@fabula/model";
import { AstUtils } from "langium";
import type { Context } from "./context.js";
import { quantumOf } from "./field.js";
import { allEffects, movedBy, writtenBy } from "./walk.js";

type Schemas = Pick<World, "actions" | "rules" | "processes" | "expectations" | "minds"> & {
  readonly story: Story;
};

export function settleStorage(
  context: Context,
  fluents: readonly Fluent[],
  schemas: Schemas,
): Fluent[] {
  const moved = new Set<number>();
  for (const process of schemas.processes) addAll(moved, movedBy(process.flows));
  for (const action of schemas.actions) addAll(moved, movedBy(action.whileLasting));
  const written = new Set<number>();
  for (const effects of allEffectLists(schemas)) addAll(written, writtenBy(effects));
  const searched = searchedFluents(context, schemas);
  return fluents.map((one) => {
    const fluent = searched.has(one.id) ? indexed(one) : one;
    if (fluent.storage === "derived") return fluent;
    if (moved.has(fluent.id)) return asQuantity(context, fluent);
    if (fluent.storage === "quantity") {
      hintUnmoved(context, fluent, written.has(fluent.id));
      return fluent;
    }
    return written.has(fluent.id) ? { ...fluent, storage: "state" } : fluent;
  });
}

function addAll(into: Set<number>, from: Iterable<number>): void {
  for (const each of from) into.add(each);
}

function* allEffectLists(schemas: Schemas): Generator<readonly Effect[]> {
  for (const action of schemas.actions) {
    yield action.atStart;
    yield action.atEnd;
  }
  for (const rule of schemas.rules) yield rule.then;
  for (const expectation of schemas.expectations) yield expectation.then;
  for (const mind of schemas.minds) yield mind.appraisal;
  for (const outside of schemas.story.outside) yield outside.effects;
  for (const whatif of schemas.story.whatifs) {
    for (const change of whatif.changes) {
      if (change.kind === "effects") yield change.effects;
    }
  }
}

/** Fluents by whose value an expression or an effect of this world searches. */
function searchedFluents({ pool }: Context, schemas: Schemas): Set<number> {
  const searched = new Set<number>();
  const search = (where: number, slot: number): void => {
    for (const { fluent } of lookupsIn(pool, where, slot)) searched.add(fluent);
  };
  for (let expr = 0; expr < pool.count; expr++) {
    const node = pool.get(expr);
    if (node.op === "quantified") search(node.where, node.slot);
  }
  for (const effects of allEffectLists(schemas)) {
    for (const effect of allEffects(effects)) {
      if (effect.kind === "every") search(effect.where, effect.slot);
    }
  }
  return searched;
}

function indexed(fluent: Fluent): Fluent {
  const can = fluent.storage !== "derived" && fluent.type.kind === "entity";
  return can ? { ...fluent, indexed: true } : fluent;
}

/** A `number` that moves is taken as a quantity, and the author is told. */
function asQuantity(context: Context, fluent: Fluent): Fluent {
  if (fluent.storage === "quantity") return fluent;
  const member = context.fields[fluent.id];
  const quantum = member === undefined ? undefined : quantumOf(context, member);
  if (member === undefined || quantum === undefined) return fluent;
  context.reporter.hint(
    "FAB5016",
    member.node,
    `\`${fluent.name}\` moves with time: it is a quantity.`,
    `Declare it so: \`${fluent.name}: quantity ...\`.`,
  );
  const { step: _, ...rest } = fluent;
  return { ...rest, storage: "quantity", private: true, quantum };
}

function hintUnmoved(context: Context, fluent: Fluent, written: boolean): void {
  const member = context.fields[fluent.id];
  if (member === undefined || written || member.node.$type !== "Field") return;
  // Another file may move what a module declares: only a story's own field is idle for sure.
  if (AstUtils.findRootNode(member.node) !== context.beginning) return;
  if (context.beginning.$type === "Row" || context.beginning.header?.kind !== "story") return;
  context.reporter.hint(
    "FAB5016",
    member.node,
    `Nothing moves the quantity \`${fluent.name}\` here.`,
    `If nothing ever does, declare it as a number: \`${fluent.name}: number ...\`.`,
  );
}
