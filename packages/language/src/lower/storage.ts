/**
 * What is fixed, what is state, what moves: settled when every writer is known. A field that
 * nothing writes after the beginning is `fixed`; one that a flow moves is a quantity.
 */
import type { Fluent, Story, World } from "@fabula/model";
import { AstUtils } from "langium";
import type { Context } from "./context.js";
import { quantumOf } from "./field.js";
import { movedBy, writtenBy } from "./walk.js";

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
  const written = new Set(writtenFluents(schemas));
  return fluents.map((fluent) => {
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

function* writtenFluents(schemas: Schemas): Generator<number> {
  for (const action of schemas.actions) {
    yield* writtenBy(action.atStart);
    yield* writtenBy(action.atEnd);
  }
  for (const rule of schemas.rules) yield* writtenBy(rule.then);
  for (const expectation of schemas.expectations) yield* writtenBy(expectation.then);
  for (const mind of schemas.minds) yield* writtenBy(mind.appraisal);
  for (const outside of schemas.story.outside) yield* writtenBy(outside.effects);
  for (const whatif of schemas.story.whatifs) {
    for (const change of whatif.changes) {
      if (change.kind === "effects") yield* writtenBy(change.effects);
    }
  }
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
  return { ...fluent, storage: "quantity", private: true, quantum };
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
