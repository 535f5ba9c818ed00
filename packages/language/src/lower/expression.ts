/**
 * Expressions: from the tree to typed nodes of the pool. A part that was told to be wrong is
 * undefined, and whatever stands on it keeps silent.
 */
import type { ExprId, ValueType } from "@fabula/model";
import type { Arith, Expression, IfExpr, IsType, Minus } from "../generated/ast.js";
import { lowerArithmetic } from "./arithmetic.js";
import { lowerCall } from "./call.js";
import type { Context, Typed } from "./context.js";
import { lowerEvent } from "./event.js";
import { booleanType, plainType } from "./expression-builder.js";
import { fit } from "./fit.js";
import { lowerClock, lowerNumber, lowerText, lowerUnknown } from "./literal.js";
import { lowerMind, lowerPerson } from "./mind-expression.js";
import { lowerQuantified, lowerSum } from "./quantified.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";
import { numberOf } from "./type-table.js";

/** `hint`: the type it is to have, where that helps to tell which symbol or unknown is meant. */
export function lowerExpression(
  context: Context,
  scope: Scope,
  node: Expression,
  hint?: ValueType,
): Typed | undefined {
  const { build } = context;
  switch (node.$type) {
    case "NumberLiteral":
      return lowerNumber(context, node);
    case "BooleanLiteral":
      return { id: build.boolean(node.value === "true"), type: booleanType };
    case "UnknownLiteral":
      return lowerUnknown(context, node, hint);
    case "ClockLiteral":
      return lowerClock(context, node);
    case "PlainText":
      return lowerText(context, node);
    case "NameRef":
    case "MemberCall":
      return lowerCall(context, scope, node, hint);
    case "NotExpr": {
      const value = lowerCondition(context, scope, node.expr);
      return value === undefined ? undefined : { id: build.not(value), type: booleanType };
    }
    case "AndExpr":
    case "OrExpr":
      return lowerJunction(context, scope, node.$type, node.left, node.right);
    case "MindExpr":
      return lowerMind(context, scope, node);
    case "Arith":
      return lowerArithmetic(context, scope, node as Arith);
    case "Minus":
      return lowerMinus(context, scope, node, hint);
    case "IfExpr":
      return lowerIf(context, scope, node, hint);
    case "According": {
      const subject = lowerPerson(context, scope, node.person);
      const value = lowerExpression(context, scope, node.expr, hint);
      if (subject === undefined || value === undefined) return undefined;
      return { id: build.according(subject, value.id, value.type), type: value.type };
    }
    case "IsType":
      return lowerIsType(context, scope, node);
    case "Quantified":
      return lowerQuantified(context, scope, node);
    case "SumOf":
      return lowerSum(context, scope, node);
    case "CountOf": {
      const event = lowerEvent(context, scope, node.what);
      return event === undefined ? undefined : { id: build.countOf(event), type: plainType };
    }
    case "TimeSince": {
      const event = lowerEvent(context, scope, node.event);
      if (event === undefined) return undefined;
      return { id: build.timeSince(event), type: numberOf({ time: 1 }) };
    }
    default:
      return reportMisplaced(context, node);
  }
}

function lowerMinus(
  context: Context,
  scope: Scope,
  node: Minus,
  hint: ValueType | undefined,
): Typed | undefined {
  const value = lowerExpression(context, scope, node.expr, hint);
  if (value === undefined) return undefined;
  if (value.type.kind === "number") {
    return { ...value, id: context.build.negative(value.id, value.type) };
  }
  fit(context, value, plainType, node.expr);
  return undefined;
}

function lowerIsType(context: Context, scope: Scope, node: IsType): Typed | undefined {
  const value = lowerExpression(context, scope, node.expr);
  const type = context.types.of(node.type);
  if (value === undefined || type === undefined) return undefined;
  if (value.type.kind === "entity") {
    return { id: context.build.isA(value.id, type.id), type: booleanType };
  }
  fit(context, value, { kind: "entity", type: type.id }, node.expr);
  return undefined;
}

/** Words that mean something elsewhere: a range, `any`, `starts`, `later`, `at M` ... */
function reportMisplaced(context: Context, node: Expression): undefined {
  const { reporter } = context;
  const text = quote(node);
  switch (node.$type) {
    case "Between":
      reporter.error(
        "FAB3012",
        node,
        `\`${text}\` is a range; one value is needed here.`,
        "Give a field the range as its start value, and name the field here.",
      );
      return undefined;
    case "AnyLiteral":
      reporter.error(
        "FAB3015",
        node,
        "`any` stands for whoever or whatever an event is about; this is no event.",
        "Write `some x: type where ...`.",
      );
      return undefined;
    case "Phase":
      reporter.error(
        "FAB3014",
        node,
        `\`${text}\` is an event; a value is needed here.`,
        "Ask how often it happened (`count of ...`) or when (`time since ...`).",
      );
      return undefined;
    case "Template":
      reporter.error(
        "FAB3014",
        node,
        "A text with `{...}` can only be told.",
        "Leave the braces out, or put the text in a `told` line.",
      );
      return undefined;
    default:
      reporter.error(
        "FAB3014",
        node,
        `\`${text}\` speaks about a whole story; here only one moment counts.`,
        "Such words belong in the lines of `expect`, `question` and `whatif`.",
      );
      return undefined;
  }
}

/** Fits `needed`, or told why not. */
export function lowerValue(
  context: Context,
  scope: Scope,
  node: Expression,
  needed: ValueType,
  what?: string,
): ExprId | undefined {
  return fit(context, lowerExpression(context, scope, node, needed), needed, node, what);
}

export function lowerCondition(
  context: Context,
  scope: Scope,
  node: Expression,
): ExprId | undefined {
  return lowerValue(context, scope, node, booleanType);
}

/** True where there is none. */
export function lowerConditionOrTrue(
  context: Context,
  scope: Scope,
  node: Expression | undefined,
): ExprId {
  const yes = context.build.boolean(true);
  return node === undefined ? yes : (lowerCondition(context, scope, node) ?? yes);
}

function lowerJunction(
  context: Context,
  scope: Scope,
  kind: "AndExpr" | "OrExpr",
  leftNode: Expression,
  rightNode: Expression,
): Typed | undefined {
  const left = lowerCondition(context, scope, leftNode);
  const right = lowerCondition(context, scope, rightNode);
  if (left === undefined || right === undefined) return undefined;
  const { build } = context;
  const id = kind === "AndExpr" ? build.and(left, right) : build.or(left, right);
  return { id, type: booleanType };
}

function lowerIf(
  context: Context,
  scope: Scope,
  node: IfExpr,
  hint: ValueType | undefined,
): Typed | undefined {
  const condition = lowerCondition(context, scope, node.cond);
  const then = lowerExpression(context, scope, node.then, hint);
  const type = then?.anyUnit === true ? hint : (then?.type ?? hint);
  const otherwise = lowerExpression(context, scope, node.else, type);
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  const result = then.anyUnit === true ? otherwise : then;
  const other = then.anyUnit === true ? then : otherwise;
  const otherNode = then.anyUnit === true ? node.then : node.else;
  const fitted = fitBranch(context, other, result.type, otherNode);
  if (fitted === undefined) return undefined;
  const [left, right] = then.anyUnit === true ? [fitted, result.id] : [result.id, fitted];
  const id = context.build.choose(condition, left, right, result.type);
  return { id, type: result.type, ...(result.anyUnit === true ? { anyUnit: true } : {}) };
}

/** The branches may be of different kinds of one wider type. */
function fitBranch(
  context: Context,
  value: Typed,
  type: ValueType,
  node: Expression,
): ExprId | undefined {
  const related =
    value.type.kind === "entity" &&
    type.kind === "entity" &&
    context.types.areRelated(value.type.type, type.type);
  return related ? value.id : fit(context, value, type, node);
}
