/** Wants: weighted claims of everybody of a type, or of one person. */
import type { ExprId, Want as ModelWant, TypeId } from "@fabula/model";
import type { Want } from "../generated/ast.js";
import { checkNotNegative } from "./bounds.js";
import { parametersOf } from "./collect-members.js";
import type { Context } from "./context.js";
import { lowerCondition, lowerConditionOrTrue, lowerExpression, lowerValue } from "./expression.js";
import { plainType } from "./expression-builder.js";
import { asBoolean } from "./fit.js";
import { Scope } from "./scope.js";

export interface WantHolder {
  readonly holder: ModelWant["holder"];
  /** The holder's type: bare names are its fields. */
  readonly type: TypeId;
  /** Everybody takes it that such a person wants this. */
  readonly common: boolean;
}

/** Local 0 is the holder, then come the binders. */
export function lowerWant(
  context: Context,
  id: number,
  node: Want,
  { holder, type, common }: WantHolder,
): ModelWant | undefined {
  const selfType = { kind: "entity", type } as const;
  const self = context.build.local(0, selfType);
  const binders = parametersOf(context, node.binders?.params ?? []);
  let scope = Scope.empty().bind("self", selfType).withSelf({ expr: self, type });
  for (const [index, binder] of binders.entries()) {
    if (binder.type.kind !== "entity") {
      context.reporter.error(
        "FAB3024",
        node.binders?.params[index] ?? node,
        `\`${binder.name}\` cannot run over ${context.types.describe(binder.type)}.`,
        "Let it run over a type of things.",
      );
    }
    scope = scope.bind(binder.name, binder.type);
  }
  const claim = lowerWanted(context, scope, node);
  const weight =
    node.weight === undefined
      ? context.build.constant(1, plainType)
      : lowerValue(context, scope, node.weight, plainType, "`weight`");
  const until = node.until === undefined ? undefined : lowerCondition(context, scope, node.until);
  const whileHolds = lowerConditionOrTrue(context, scope, node.while);
  const where = lowerConditionOrTrue(context, scope, node.binders?.where);
  if (claim === undefined || weight === undefined) return undefined;
  if (node.weight !== undefined) checkNotNegative(context, node.weight, weight, "A weight");
  return {
    id,
    claim,
    weight,
    binders,
    where,
    while: whileHolds,
    ...(until === undefined ? {} : { until }),
    holder,
    common: common || node.openly,
    span: context.reporter.spanOf(node),
  };
}

/** A condition, or a number 0 .. 1 of which more is better. */
function lowerWanted(context: Context, scope: Scope, node: Want): ExprId | undefined {
  const value = lowerExpression(context, scope, node.claim);
  if (value?.type.kind === "number" && Object.keys(value.type.dimension).length === 0) {
    return value.id;
  }
  return asBoolean(context, value, node.claim);
}
