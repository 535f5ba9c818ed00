/**
 * What a condition over many can be searched by: of the wounds w `where w.bearer = p and w.depth > 0`
 * only those come into question whose bearer is p, and nobody need look at the others.
 */
import type { ExpressionPool } from "./expression.js";
import { childrenOf } from "./subexpressions.js";
import type { ExprId, FluentId } from "./types.js";

/** The fluent of what is ranged over has the value of `key`, an entity. */
export interface Lookup {
  readonly fluent: FluentId;
  /** Does not depend on what is ranged over. */
  readonly key: ExprId;
}

/** What must be so of whatever is bound to `slot` for `where` to hold, in the order written. */
export function lookupsIn(pool: ExpressionPool, where: ExprId, slot: number): Lookup[] {
  const node = pool.get(where);
  if (node.op === "and") return node.args.flatMap((part) => lookupsIn(pool, part, slot));
  if (node.op !== "eq" || pool.typeOf(node.args[0]).kind !== "entity") return [];
  const [left, right] = node.args;
  for (const [side, key] of [
    [left, right],
    [right, left],
  ] as const) {
    const field = pool.get(side);
    if (field.op !== "fluent" || field.args.length !== 1 || !isPath(pool, key, slot)) continue;
    const owner = pool.get(field.args[0] as ExprId);
    if (owner.op === "local" && owner.slot === slot) return [{ fluent: field.fluent, key }];
  }
  return [];
}

/** Fields of fields of what is bound elsewhere: cheap, and the same for all in the range. */
function isPath(pool: ExpressionPool, expr: ExprId, slot: number): boolean {
  const node = pool.get(expr);
  switch (node.op) {
    case "local":
      return node.slot !== slot;
    case "entity":
      return true;
    case "fluent":
      return childrenOf(node).every((child) => isPath(pool, child, slot));
    default:
      return false;
  }
}
