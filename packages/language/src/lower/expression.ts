/**
 * Expressions: from the tree to typed nodes of the pool. A part that was told to be wrong is
 * undefined, and whatever stands on it keeps silent.
 */
import type { Draw, ExprId, ValueType } from "@fabula/model";
import type { AstNode } from "langium";
import type {
  Arith,
  ClockLiteral,
  Expression,
  IfExpr,
  MindExpr,
  NumberLiteral,
  PlainText,
} from "../generated/ast.js";
import { lowerArithmetic } from "./arithmetic.js";
import { timeOfDay } from "./calendar.js";
import { lowerCall } from "./call.js";
import { reportUnknownUnit } from "./collect-types.js";
import { type Context, type Typed, textIndex } from "./context.js";
import { lowerEvent, namesHappening } from "./event.js";
import { booleanType, deedType, plainType, textType, timeType } from "./expression-builder.js";
import { fit } from "./fit.js";
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
    case "Minus": {
      const value = lowerExpression(context, scope, node.expr, hint);
      if (value === undefined) return undefined;
      if (value.type.kind === "number") {
        return { ...value, id: build.negative(value.id, value.type) };
      }
      fit(context, value, plainType, node.expr);
      return undefined;
    }
    case "IfExpr":
      return lowerIf(context, scope, node, hint);
    case "According": {
      const subject = lowerPerson(context, scope, node.person);
      const value = lowerExpression(context, scope, node.expr, hint);
      if (subject === undefined || value === undefined) return undefined;
      return { id: build.according(subject, value.id, value.type), type: value.type };
    }
    case "IsType": {
      const value = lowerExpression(context, scope, node.expr);
      const type = context.types.find(node.type.$refText);
      if (value === undefined || type === undefined) return undefined;
      if (value.type.kind === "entity") {
        return { id: build.isA(value.id, type.id), type: booleanType };
      }
      fit(context, value, { kind: "entity", type: type.id }, node.expr);
      return undefined;
    }
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

function lowerNumber(
  context: Context,
  node: NumberLiteral,
  units: NumberLiteral = node,
): Typed | undefined {
  const measure = context.units.measure(node.value, units.unit, units.under);
  if ("unknownUnit" in measure) {
    reportUnknownUnit(context, node, measure.unknownUnit);
    return undefined;
  }
  const type = numberOf(measure.dimension);
  const id = context.build.constant(measure.value, type);
  const bareZero = node.value === 0 && units.unit === undefined && units.under.length === 0;
  return bareZero ? { id, type, anyUnit: true } : { id, type };
}

function lowerUnknown(
  context: Context,
  node: Expression,
  hint: ValueType | undefined,
): Typed | undefined {
  if (hint !== undefined) return { id: context.build.unknown(hint), type: hint };
  context.reporter.error(
    "FAB3016",
    node,
    "`unknown` of what? It says nothing alone.",
    "Compare a value with it: `x.at = unknown`.",
  );
  return undefined;
}

function lowerClock(context: Context, node: ClockLiteral): Typed | undefined {
  const seconds = timeOfDay(node.value);
  if (seconds === undefined) {
    context.reporter.error(
      "FAB5003",
      node,
      `There is no time of day ${node.value}.`,
      "Hours go from 0 to 23, minutes and seconds from 0 to 59.",
    );
    return undefined;
  }
  const day = Math.floor(context.begins / 86_400_000);
  const moment = day * 86_400_000 + seconds * 1000;
  return { id: context.build.constant(moment, timeType), type: timeType };
}

function lowerText(context: Context, node: PlainText): Typed {
  return { id: context.build.constant(textIndex(context, node.value), textType), type: textType };
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

function lowerMind(context: Context, scope: Scope, node: MindExpr): Typed | undefined {
  const { build } = context;
  const subject = lowerPerson(context, scope, node.subject);
  if (isTooNested(node)) {
    context.reporter.error(
      "FAB3027",
      node,
      `Minds go ${perspectivesMax} deep: nobody keeps track of more.`,
      "Say it with fewer `believes` in each other.",
    );
    return undefined;
  }
  if (node.verb === "learns") {
    context.reporter.error(
      "FAB3014",
      node,
      "To learn is an event: it is true at no moment but one.",
      "Write `believes`, or use it in a `when` of a rule or an `expect`.",
    );
    return undefined;
  }
  if (node.verb === "intends") {
    const deed = lowerValue(context, scope, node.claim, deedType);
    if (subject === undefined || deed === undefined) return undefined;
    return { id: build.intends(subject, deed), type: booleanType };
  }
  const claim =
    node.verb === "wants"
      ? lowerCondition(context, scope, node.claim)
      : lowerBelieved(context, scope, node.claim);
  if (subject === undefined || claim === undefined) return undefined;
  const id = node.verb === "wants" ? build.wants(subject, claim) : build.believes(subject, claim);
  return { id, type: booleanType };
}

/** How many minds a belief can be nested in: a believes b believes c believes d ... */
const perspectivesMax = 4;

function isTooNested(node: MindExpr): boolean {
  let depth = 1;
  let inner: AstNode = node;
  for (let outer = node.$container as AstNode | undefined; outer; outer = outer.$container) {
    if (outer.$type === "MindExpr" && (outer as MindExpr).claim === inner) depth += 1;
    inner = outer;
  }
  return depth > perspectivesMax;
}

/** What somebody believes or learns: a condition, or that something has happened. */
export function lowerBelieved(
  context: Context,
  scope: Scope,
  node: Expression,
): ExprId | undefined {
  const { build } = context;
  if (node.$type === "NotExpr") {
    const inner = lowerBelieved(context, scope, node.expr);
    return inner === undefined ? undefined : build.not(inner);
  }
  if (node.$type !== "Phase" && !namesHappening(context, node)) {
    return lowerCondition(context, scope, node);
  }
  const event = lowerEvent(context, scope, node);
  // A field of one type may be called like an action of another.
  if (event === undefined || event.kind === "becomes") return event?.condition;
  return build.compare("gt", build.countOf(event), build.constant(0, plainType));
}

/** Who believes, wants, learns: something with a mind. */
export function lowerPerson(context: Context, scope: Scope, node: Expression): ExprId | undefined {
  const type: ValueType = { kind: "entity", type: context.observerType };
  const value = lowerExpression(context, scope, node, type);
  if (value?.type.kind === "entity") {
    const { types, observerType } = context;
    if (types.areRelated(value.type.type, observerType)) return value.id;
  }
  return fit(context, value, type, node);
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
