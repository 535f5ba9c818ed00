/** `some`, `every`, `no`, `the`, and sums: a name bound over all things of a type. */
import type { ExprId, Quantifier, ValueType } from "@fabula/model";
import type { Param, Quantified, SumOf } from "../generated/ast.js";
import { typeOf } from "./collect-members.js";
import type { Context, Typed } from "./context.js";
import { lowerConditionOrTrue, lowerExpression } from "./expression.js";
import { booleanType, plainType } from "./expression-builder.js";
import { fit } from "./fit.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";

const quantifiers = { some: "some", every: "every", no: "none", the: "the" } as const;

export interface Bound {
  readonly scope: Scope;
  readonly slot: number;
  readonly type: number;
}

/** Binds a name over the things of a type; anything else cannot be run over. */
export function bindThings(context: Context, scope: Scope, param: Param): Bound | undefined {
  const type = typeOf(context, param.type);
  if (type === undefined) return undefined;
  if (type.kind !== "entity") {
    context.reporter.error(
      "FAB3024",
      param,
      `\`${param.name}\` cannot run over ${context.types.describe(type)}: ` +
        "there is no list of them.",
      "Let it run over a type of things.",
    );
    return undefined;
  }
  return { scope: scope.bind(param.name, type), slot: scope.depth, type: type.type };
}

export function lowerQuantified(
  context: Context,
  scope: Scope,
  node: Quantified,
): Typed | undefined {
  const bound = bindThings(context, scope, node.binder);
  if (bound === undefined) return undefined;
  const where = lowerConditionOrTrue(context, bound.scope, node.where);
  const body = lowerConditionOrTrue(context, bound.scope, node.has);
  const quantifier: Quantifier = quantifiers[node.quantifier];
  if (quantifier === "every" && node.has === undefined) {
    context.reporter.error(
      "FAB3029",
      node,
      "`every` says of whom, but not what: it would always hold.",
      `Say what each of them has: \`${quote(node)} has ...\`.`,
    );
    return undefined;
  }
  if (quantifier === "the") {
    const type: ValueType = { kind: "entity", type: bound.type };
    const both = context.build.and(where, body);
    const yes = context.build.boolean(true);
    return { id: context.build.quantified(quantifier, bound, both, yes, type), type };
  }
  const id = context.build.quantified(quantifier, bound, where, body, booleanType);
  return { id, type: booleanType };
}

/** Several binders nest: the inner ones are summed first. */
export function lowerSum(context: Context, scope: Scope, node: SumOf): Typed | undefined {
  const bounds: Bound[] = [];
  let inner = scope;
  for (const param of node.binders.params) {
    const bound = bindThings(context, inner, param);
    if (bound === undefined) return undefined;
    bounds.push(bound);
    inner = bound.scope;
  }
  const where = lowerConditionOrTrue(context, inner, node.binders.where);
  const value = lowerExpression(context, inner, node.expr);
  if (value === undefined) return undefined;
  if (value.type.kind !== "number") {
    fit(context, value, plainType, node.expr);
    return undefined;
  }
  let body: ExprId = value.id;
  let condition = where;
  for (const bound of bounds.reverse()) {
    body = context.build.quantified(node.op, bound, condition, body, value.type);
    condition = context.build.boolean(true);
  }
  return { id: body, type: value.type };
}
