/**
 * Conditions on a whole run: what an `expect`, a `question` or somebody asking may say. Plain
 * conditions hold at the end. Timed conditions may be joined by `and`, `or`, `not` in brackets.
 */
import type { ExprId, Moment as ModelMoment, Timed, ValueType } from "@fabula/model";
import type { Before, Expression, Moment, Shifted } from "../generated/ast.js";
import { beginsOf, type Context } from "./context.js";
import { isSameDimension, timeDimension } from "./dimension.js";
import { lowerEvent, namesHappening } from "./event.js";
import { lowerCondition, lowerExpression, lowerValue } from "./expression.js";
import { plainType } from "./expression-builder.js";
import { lowerPerson } from "./mind-expression.js";
import { Scope } from "./scope.js";
import { numberOf } from "./type-table.js";

const nowhere = Scope.empty();
const lengthType: ValueType = numberOf({ time: 1 });

/** `inWhatIf`: whether there is a run without the change to compare with. */
export interface TimedPlace {
  readonly inWhatIf: boolean;
}

export function lowerTimed(
  context: Context,
  node: Expression,
  place: TimedPlace,
): Timed | undefined {
  switch (node.$type) {
    case "Always": {
      const event = lowerEvent(context, nowhere, node.expr);
      const until = node.until === undefined ? undefined : lowerMoment(context, node.until);
      if (event === undefined) return undefined;
      return { kind: node.op, event, ...(until === undefined ? {} : { until }) };
    }
    case "At":
      return lowerAt(context, node.expr, node.moment);
    case "Before":
      return lowerBefore(context, node);
    case "Shifted":
      return lowerShifted(context, node, place);
    case "WasInterrupted": {
      const event = lowerEvent(context, nowhere, node.expr);
      const by = node.by === undefined ? undefined : lowerEvent(context, nowhere, node.by);
      if (event === undefined) return undefined;
      return { kind: "interrupted", event, ...(by === undefined ? {} : { by }) };
    }
    case "Because": {
      const event = lowerEvent(context, nowhere, node.of);
      const cause = lowerEvent(context, nowhere, node.cause);
      return event === undefined || cause === undefined ? undefined : { kind: "why", event, cause };
    }
    case "KeepsBack": {
      const who = lowerPerson(context, nowhere, node.who);
      const claim = lowerCondition(context, nowhere, node.claim);
      const because = node.because === undefined ? undefined : lowerWanted(context, node.because);
      if (who === undefined || claim === undefined) return undefined;
      return { kind: "kept-back", who, claim, ...(because === undefined ? {} : { because }) };
    }
    default:
      return lowerPlain(context, node, place);
  }
}

/** The want is named by what is wanted. */
function lowerWanted(context: Context, node: Expression): ExprId | undefined {
  const value = lowerExpression(context, nowhere, node);
  if (value === undefined || value.type.kind === "number") return value?.id;
  return lowerCondition(context, nowhere, node);
}

/** Junctions of timed parts, events, and plain conditions, which hold at the end. */
function lowerPlain(context: Context, node: Expression, place: TimedPlace): Timed | undefined {
  if (speaksOfRun(context, node)) {
    if (node.$type === "AndExpr" || node.$type === "OrExpr") {
      const left = lowerTimed(context, node.left, place);
      const right = lowerTimed(context, node.right, place);
      if (left === undefined || right === undefined) return undefined;
      return { kind: node.$type === "AndExpr" ? "and" : "or", parts: [left, right] };
    }
    if (node.$type === "NotExpr") {
      const part = lowerTimed(context, node.expr, place);
      return part === undefined ? undefined : { kind: "not", part };
    }
  }
  const event = lowerEvent(context, nowhere, node);
  if (event === undefined) return undefined;
  if (event.kind !== "becomes") return { kind: "happens", event };
  return { kind: "at", condition: event.condition, moment: { kind: "end" } };
}

/** Does a part speak about the whole run (time words, or something that happens)? */
export function speaksOfRun(context: Context, node: Expression): boolean {
  switch (node.$type) {
    case "AndExpr":
    case "OrExpr":
      return speaksOfRun(context, node.left) || speaksOfRun(context, node.right);
    case "NotExpr":
      return speaksOfRun(context, node.expr);
    case "Always":
    case "At":
    case "Before":
    case "Shifted":
    case "WasInterrupted":
    case "Because":
    case "KeepsBack":
    case "Phase":
      return true;
    case "MindExpr":
      return node.verb === "learns";
    case "NameRef":
    case "MemberCall":
      return namesHappening(context, node);
    default:
      return false;
  }
}

/** `C at M`; of something that happens: it happens at that very moment. */
function lowerAt(context: Context, expr: Expression, momentNode: Moment): Timed | undefined {
  const moment = lowerMoment(context, momentNode);
  if (isJoined(context, expr, "at")) return undefined;
  const condition = lowerCondition(context, nowhere, expr);
  return condition === undefined || moment === undefined
    ? undefined
    : { kind: "at", condition, moment };
}

/** `a.dies before b.dies or c`: the time word takes the whole line, which is not what is meant. */
function isJoined(context: Context, node: Expression, word: string): boolean {
  if (node.$type !== "AndExpr" && node.$type !== "OrExpr") return false;
  if (!speaksOfRun(context, node)) return false;
  const joint = node.$type === "AndExpr" ? "and" : "or";
  context.reporter.error(
    "FAB3014",
    node,
    `\`${word}\` governs the whole line, and not all of it is a condition of one moment.`,
    `Put the timed parts in brackets: \`(... ${word} ...) ${joint} (...)\`.`,
  );
  return true;
}

function lowerBefore(context: Context, node: Before): Timed | undefined {
  if (isJoined(context, node.expr, node.op) || isJoined(context, node.other, node.op)) {
    return undefined;
  }
  const event = lowerEvent(context, nowhere, node.expr);
  const other = lowerEvent(context, nowhere, node.other);
  const within = node.within as Expression | undefined;
  const withinSeconds =
    within === undefined ? undefined : lowerValue(context, nowhere, within, lengthType, "`within`");
  if (event === undefined || other === undefined) return undefined;
  return {
    kind: node.op,
    event,
    other,
    ...(withinSeconds === undefined ? {} : { withinSeconds }),
  };
}

function lowerShifted(context: Context, node: Shifted, place: TimedPlace): Timed | undefined {
  const event = lowerEvent(context, nowhere, node.expr);
  const bySeconds =
    node.by === undefined ? undefined : lowerValue(context, nowhere, node.by, lengthType, "`by`");
  if (!place.inWhatIf) {
    context.reporter.error(
      "FAB3014",
      node,
      `\`${node.op}\` than what? Only a what-if has a run to compare with.`,
      "Put the line in a `whatif`, or write `before` or `after` something.",
    );
    return undefined;
  }
  if (event === undefined) return undefined;
  return { kind: node.op, event, ...(bySeconds === undefined ? {} : { bySeconds }) };
}

/** A length of time counts from the beginning; a time of day is its next coming. */
export function lowerMoment(context: Context, node: Moment): ModelMoment | undefined {
  if (node.$type === "Start") return { kind: "start" };
  if (node.$type === "End") return { kind: "end" };
  const seconds = secondsOf(context, node.expr);
  if (seconds === "none") {
    const event = lowerEvent(context, nowhere, node.expr);
    return event === undefined ? undefined : { kind: "when", event };
  }
  return seconds === undefined ? undefined : { kind: "after", seconds };
}

const dayMilliseconds = 86_400_000;

/** "none": it is no point in time but something that happens. */
function secondsOf(context: Context, node: Expression): ExprId | undefined | "none" {
  if (isEventLike(context, node)) return "none";
  const value = lowerExpression(context, nowhere, node);
  if (value === undefined) return undefined;
  const { build } = context;
  if (value.type.kind === "time") {
    const time = build.constantOf(value.id);
    if (time !== undefined) {
      const late = time < beginsOf(context) ? dayMilliseconds : 0;
      return build.constant((time + late - beginsOf(context)) / 1000, lengthType);
    }
    const begins = build.constant(beginsOf(context), value.type);
    const past = build.arithmetic("sub", value.id, begins, plainType);
    const thousand = build.constant(1000, plainType);
    return build.arithmetic("div", past, thousand, lengthType);
  }
  if (value.type.kind !== "number") return "none";
  if (value.anyUnit === true || isSameDimension(value.type.dimension, timeDimension)) {
    return value.id;
  }
  context.reporter.error(
    "FAB4002",
    node,
    `A moment is a time after the beginning; this is ${context.types.describe(value.type)}.`,
    "Write `20 s`, `12:30`, `start`, `end`, or something that happens.",
  );
  return undefined;
}

function isEventLike(context: Context, node: Expression): boolean {
  return speaksOfRun(context, node) || (node.$type === "Arith" && comparing.has(node.operator));
}

const comparing: ReadonlySet<string> = new Set(["=", "!=", "<", "<=", ">", ">="]);
