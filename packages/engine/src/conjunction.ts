/** Conditions as one expression: `where` with the condition proper, events as their edges. */
import type { EventPattern, ExpressionPool, ExprId, Trigger, World } from "@fabula/model";

/** More than a pool has expressions. */
const EXPRESSIONS = 67_108_864;
/** By the two, what they are together: rules and processes ask at every look. */
const known = new WeakMap<ExpressionPool, Map<number, ExprId>>();

export function conjunction(world: World, where: ExprId, condition: ExprId): ExprId {
  const pool = world.expressions;
  const first = pool.get(where);
  if (first.op === "constant" && first.value === 1) return condition;
  let ofPool = known.get(pool);
  if (ofPool === undefined) {
    ofPool = new Map();
    known.set(pool, ofPool);
  }
  const name = where * EXPRESSIONS + condition;
  let both = ofPool.get(name);
  if (both === undefined) {
    both = pool.intern({ op: "and", args: [where, condition] }, { kind: "boolean" });
    ofPool.set(name, both);
  }
  return both;
}

/** The condition on whose rising edge such an event happens. */
export function edgeOf(
  world: World,
  event: Extract<EventPattern, { kind: "becomes" | "learns" }>,
): ExprId {
  if (event.kind === "becomes") return event.condition;
  const args = [event.subject, event.condition] as const;
  return world.expressions.intern({ op: "believes", args }, { kind: "boolean" });
}

/** What a rule watches; undefined where it waits for an occurrence instead. */
export function watchedCondition(world: World, trigger: Trigger): ExprId | undefined {
  if (trigger.kind !== "event") return trigger.when;
  const { event } = trigger;
  return event.kind === "becomes" || event.kind === "learns" ? edgeOf(world, event) : undefined;
}
