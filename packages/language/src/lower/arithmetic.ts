/** Sums, products and comparisons: units must agree, and points in time have rules of their own. */
import type { ArithmeticOp, CompareOp, ValueType } from "@fabula/model";
import type { Arith, Expression } from "../generated/ast.js";
import type { Context, Typed } from "./context.js";
import { combineDimensions, isSameDimension } from "./dimension.js";
import { lowerExpression } from "./expression.js";
import { booleanType, plainType, timeType } from "./expression-builder.js";
import { fit } from "./fit.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";
import { numberOf } from "./type-table.js";

const comparisons: Readonly<Record<string, CompareOp>> = {
  "=": "eq",
  "!=": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};
const operations: Readonly<Record<string, ArithmeticOp>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
};
const millisecondsPerSecond = 1000;

export function lowerArithmetic(context: Context, scope: Scope, node: Arith): Typed | undefined {
  const comparison = comparisons[node.operator];
  if (comparison !== undefined) return lowerComparison(context, scope, node, comparison);
  const left = lowerExpression(context, scope, node.left);
  const right = lowerExpression(context, scope, node.right);
  if (left === undefined || right === undefined) return undefined;
  const operation = operations[node.operator] as ArithmeticOp;
  if (left.type.kind === "time" || right.type.kind === "time") {
    return lowerTimes(context, node, operation, left, right);
  }
  if (left.type.kind !== "number") return misfit(context, left, node.left);
  if (right.type.kind !== "number") return misfit(context, right, node.right);
  return operation === "mul" || operation === "div"
    ? lowerProduct(context, node, operation, left, right)
    : lowerTotal(context, node, operation, left, right);
}

function misfit(context: Context, value: Typed, node: Expression): undefined {
  fit(context, value, plainType, node);
  return undefined;
}

function lowerProduct(
  context: Context,
  node: Arith,
  operation: "mul" | "div",
  left: Typed,
  right: Typed,
): Typed | undefined {
  if (left.type.kind !== "number" || right.type.kind !== "number") return undefined;
  if (operation === "div" && context.build.constantOf(right.id) === 0) {
    context.reporter.error(
      "FAB3020",
      node,
      `\`${quote(node)}\` divides by zero.`,
      "Divide by something that is never 0.",
    );
    return undefined;
  }
  const sign = operation === "mul" ? 1 : -1;
  const type = numberOf(combineDimensions(left.type.dimension, right.type.dimension, sign));
  return { id: context.build.arithmetic(operation, left.id, right.id, type), type };
}

/** Of `+`, `-`, `min` and `max`. */
export function lowerTotal(
  context: Context,
  node: Expression,
  operation: ArithmeticOp,
  left: Typed,
  right: Typed,
): Typed | undefined {
  const type = left.anyUnit === true ? right.type : left.type;
  if (!agree(left, right)) {
    reportUnits(context, node, operation === "sub" ? "-" : operation, left.type, right.type);
    return undefined;
  }
  const id = context.build.arithmetic(operation, left.id, right.id, type);
  const anyUnit = left.anyUnit === true && right.anyUnit === true;
  return anyUnit ? { id, type, anyUnit } : { id, type };
}

function agree(left: Typed, right: Typed): boolean {
  if (left.type.kind !== "number" || right.type.kind !== "number") return false;
  if (left.anyUnit === true || right.anyUnit === true) return true;
  return isSameDimension(left.type.dimension, right.type.dimension);
}

function reportUnits(
  context: Context,
  node: Expression,
  operator: string,
  left: ValueType,
  right: ValueType,
): void {
  const { types } = context;
  context.reporter.error(
    "FAB4002",
    node,
    `\`${operator === "add" ? "+" : operator}\` needs the same units on both sides: ` +
      `left is ${types.describe(left)}, right is ${types.describe(right)}.`,
    "Give both in the same units.",
  );
}

/** Time plus or minus a length is a time; a time minus a time is a length. */
function lowerTimes(
  context: Context,
  node: Arith,
  operation: ArithmeticOp,
  left: Typed,
  right: Typed,
): Typed | undefined {
  const { build } = context;
  const thousand = build.constant(millisecondsPerSecond, plainType);
  const length: ValueType = numberOf({ time: 1 });
  if (left.type.kind === "time" && right.type.kind === "time" && operation === "sub") {
    const difference = build.arithmetic("sub", left.id, right.id, plainType);
    return { id: build.arithmetic("div", difference, thousand, length), type: length };
  }
  const isLength = (value: Typed): boolean =>
    value.type.kind === "number" &&
    (value.anyUnit === true || isSameDimension(value.type.dimension, { time: 1 }));
  const milliseconds = (value: Typed): number =>
    build.arithmetic("mul", value.id, thousand, plainType);
  if (
    left.type.kind === "time" &&
    isLength(right) &&
    (operation === "add" || operation === "sub")
  ) {
    return {
      id: build.arithmetic(operation, left.id, milliseconds(right), timeType),
      type: timeType,
    };
  }
  if (right.type.kind === "time" && isLength(left) && operation === "add") {
    return { id: build.arithmetic("add", right.id, milliseconds(left), timeType), type: timeType };
  }
  const { types } = context;
  context.reporter.error(
    "FAB4006",
    node,
    `\`${node.operator}\` does not go with ${types.describe(left.type)} ` +
      `and ${types.describe(right.type)}.`,
    "A point in time goes with a length of time: `now + 5 min`; two points give a length.",
  );
  return undefined;
}

function lowerComparison(
  context: Context,
  scope: Scope,
  node: Arith,
  operation: CompareOp,
): Typed | undefined {
  const pair = lowerPair(context, scope, node);
  if (pair === undefined) return undefined;
  const [left, right] = pair;
  const compared = compare(context, node, operation, left, right);
  return compared === undefined ? undefined : { id: compared, type: booleanType };
}

/** A side that says nothing alone (`unknown`, a symbol) takes its type from the other. */
function lowerPair(context: Context, scope: Scope, node: Arith): [Typed, Typed] | undefined {
  const leans = (side: Expression): boolean =>
    side.$type === "UnknownLiteral" ||
    (side.$type === "NameRef" &&
      scope.find(side.ref.$refText) === undefined &&
      side.ref.ref?.$type === "Option");
  if (leans(node.left) && !leans(node.right)) {
    const right = lowerExpression(context, scope, node.right);
    const left =
      right === undefined ? undefined : lowerExpression(context, scope, node.left, right.type);
    return left === undefined || right === undefined ? undefined : [left, right];
  }
  const left = lowerExpression(context, scope, node.left);
  // A wrong left side is told; the right side may hold a mistake of its own.
  const right = lowerExpression(context, scope, node.right, left?.type);
  return left === undefined || right === undefined ? undefined : [left, right];
}

function compare(
  context: Context,
  node: Arith,
  operation: CompareOp,
  left: Typed,
  right: Typed,
): number | undefined {
  const { build, types } = context;
  const a = left.type;
  const b = right.type;
  if (a.kind === "number" && b.kind === "number") {
    if (agree(left, right)) return build.compare(operation, left.id, right.id);
    reportUnits(context, node, node.operator, a, b);
    return undefined;
  }
  if (operation !== "eq" && operation !== "ne") {
    if (a.kind === "time" && b.kind === "time") return build.compare(operation, left.id, right.id);
    const which = a.kind === "number" || a.kind === "time" ? b : a;
    context.reporter.error(
      "FAB3009",
      node,
      `\`${node.operator}\` compares numbers; ${types.describe(which)} has no more and less.`,
      "Compare with `=` or `!=`, or name one of its numbers.",
    );
    return undefined;
  }
  const quoted = quoteSide(context, operation, left, right);
  if (quoted !== undefined) return quoted;
  const related =
    a.kind === "entity" && b.kind === "entity"
      ? types.areRelated(a.type, b.type)
      : types.isAssignable(a, b);
  if (related) return build.compare(operation, left.id, right.id);
  context.reporter.error(
    "FAB3008",
    node,
    `These are never the same: left is ${types.describe(a)}, right is ${types.describe(b)}.`,
    "Compare things of one kind.",
  );
  return undefined;
}

/** A claim compared with a condition is compared as a claim; with true or false, as its truth. */
function quoteSide(
  context: Context,
  operation: CompareOp,
  left: Typed,
  right: Typed,
): number | undefined {
  const { build } = context;
  const [claim, other] = left.type.kind === "claim" ? [left, right] : [right, left];
  if (claim.type.kind !== "claim" || other.type.kind !== "boolean") return undefined;
  if (build.constantOf(other.id) !== undefined) {
    return build.compare(operation, build.holds(claim.id), other.id);
  }
  return build.compare(operation, claim.id, build.claim(other.id));
}
