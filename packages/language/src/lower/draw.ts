/** Values that may be ranges: a value of a range is drawn when the story is played. */
import type { Draw, ExprId, ValueType } from "@fabula/model";
import type { AstNode } from "langium";
import type { Expression } from "../generated/ast.js";
import type { Context, Typed } from "./context.js";
import { lowerValue } from "./expression.js";
import { fit } from "./fit.js";
import { lowerNumber } from "./literal.js";
import type { Scope } from "./scope.js";

/** A value or a range; in `15 .. 40 m` the bare lower end is in the units of the upper. */
export function lowerDraw(
  context: Context,
  scope: Scope,
  node: Expression,
  needed: ValueType,
  what?: string,
): Draw | undefined {
  if (node.$type !== "Between") {
    const low = lowerValue(context, scope, node, needed, what);
    return low === undefined ? undefined : { low };
  }
  const high = lowerValue(context, scope, node.high, needed, what);
  const borrowed = lowerBorrowing(context, node.low, node.high);
  const low =
    borrowed === undefined
      ? lowerValue(context, scope, node.low, needed, what)
      : fit(context, borrowed, needed, node.low, what);
  if (low === undefined || high === undefined) return undefined;
  checkDraw(context, node, needed, low, high);
  return { low, high };
}

function lowerBorrowing(context: Context, low: Expression, high: Expression): Typed | undefined {
  if (low.$type !== "NumberLiteral" || high.$type !== "NumberLiteral") return undefined;
  const bare = low.unit === undefined && low.under.length === 0;
  if (!bare || (high.unit === undefined && high.under.length === 0)) return undefined;
  return lowerNumber(context, low, high);
}

function checkDraw(
  context: Context,
  node: AstNode,
  needed: ValueType,
  low: ExprId,
  high: ExprId,
): void {
  const from = context.build.constantOf(low);
  const to = context.build.constantOf(high);
  if (needed.kind !== "number") {
    context.reporter.error(
      "FAB3012",
      node,
      `Only numbers can be drawn from a range; this is ${context.types.describe(needed)}.`,
      "Write one value.",
    );
  } else if (from !== undefined && to !== undefined && from > to) {
    context.reporter.error(
      "FAB5012",
      node,
      "The range ends before it begins.",
      "Write the smaller number first.",
    );
  }
}
