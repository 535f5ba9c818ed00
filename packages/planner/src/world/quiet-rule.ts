/**
 * A rule fires in a run when its condition becomes true, in a discrete world as long as it is true
 * and something changes. Both are the same where what the rule does makes its condition false.
 */
import type { Effect, ExprId, Rule, World } from "@fabula/model";

/** Whether the rule may fire again where in a run it would not. */
export function mayFireAgain(world: World, rule: Rule): boolean {
  if (rule.trigger.kind !== "condition") return false;
  const conditions = [...conjunctsOf(world, rule.where), ...conjunctsOf(world, rule.trigger.when)];
  const writesOwn = writtenBy(rule.then);
  const undone = rule.then.some((effect) => conditions.some((one) => denies(world, effect, one)));
  if (undone) return false;
  // Firing again changes nothing as long as nobody else touches what it set.
  const others = [
    ...world.actions.flatMap(({ atEnd, atStart }) => [...atStart, ...atEnd]),
    ...world.rules.filter(({ id }) => id !== rule.id).flatMap(({ then }) => then),
  ];
  const shared = writtenBy(others);
  const repeats = rule.then.some((effect) => effect.kind === "shift");
  return repeats || [...writesOwn].some((fluent) => shared.has(fluent));
}

function conjunctsOf(world: World, id: ExprId): ExprId[] {
  const node = world.expressions.get(id);
  return node.op === "and" ? node.args.flatMap((arg) => conjunctsOf(world, arg)) : [id];
}

/** Whether the condition is false once the effect is done. */
function denies(world: World, effect: Effect, condition: ExprId): boolean {
  const { expressions } = world;
  const node = expressions.get(condition);
  if (effect.kind === "believe") {
    const negated = node.op === "not";
    const belief = negated ? expressions.get(node.args[0]) : node;
    if (belief.op !== "believes" || belief.args[0] !== effect.subject) return false;
    const claim = expressions.get(effect.claim);
    const inner = claim.op === "claim" ? claim.args[0] : effect.claim;
    return belief.args[1] === inner && effect.negated !== negated;
  }
  if (effect.kind !== "set" || effect.value.high !== undefined) return false;
  const isPlace = (id: ExprId) => {
    const place = expressions.get(id);
    return (
      place.op === "fluent" &&
      place.fluent === effect.place.fluent &&
      place.args.length === effect.place.args.length &&
      place.args.every((arg, index) => arg === effect.place.args[index])
    );
  };
  const value = expressions.get(effect.value.low);
  const isTrue = value.op === "constant" && value.value !== 0;
  if (isPlace(condition)) return value.op === "constant" && !isTrue;
  if (node.op === "not") {
    const inner = expressions.get(node.args[0]);
    if (isPlace(node.args[0])) return isTrue;
    return inner.op === "eq" && isPlace(inner.args[0]) && inner.args[1] === effect.value.low;
  }
  if (node.op === "ne") return isPlace(node.args[0]) && node.args[1] === effect.value.low;
  if (node.op !== "eq" || !isPlace(node.args[0])) return false;
  const wanted = expressions.get(node.args[1]);
  const isName = (op: string) => op === "unknown" || op === "entity" || op === "constant";
  return node.args[1] !== effect.value.low && isName(wanted.op) && isName(value.op);
}

/** Fluents set, in truth or in a mind. */
function writtenBy(effects: readonly Effect[]): Set<string> {
  const written = new Set<string>();
  const visit = (effect: Effect): void => {
    if (effect.kind === "set" || effect.kind === "shift") written.add(`${effect.place.fluent}`);
    if (effect.kind === "believe") written.add(`mind ${effect.claim}`);
    if (effect.kind === "if") for (const one of [...effect.then, ...effect.else]) visit(one);
    if (effect.kind === "every") for (const one of effect.body) visit(one);
  };
  for (const effect of effects) visit(effect);
  return written;
}
