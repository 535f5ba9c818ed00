/** What is in somebody's mind: `P believes C`, `P wants C`, `P intends DEED`. */
import type { ExprId, ValueType } from "@fabula/model";
import type { AstNode } from "langium";
import type { Expression, MindExpr } from "../generated/ast.js";
import type { Context, Typed } from "./context.js";
import { lowerEvent, namesHappening } from "./event.js";
import { lowerCondition, lowerExpression, lowerValue } from "./expression.js";
import { booleanType, deedType, plainType } from "./expression-builder.js";
import { fit } from "./fit.js";
import type { Scope } from "./scope.js";

export function lowerMind(context: Context, scope: Scope, node: MindExpr): Typed | undefined {
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
