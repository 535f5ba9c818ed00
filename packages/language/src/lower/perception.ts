/**
 * Who perceives a field, a thing or an act: `seen as X by P when C`. `observer` is the last local.
 */
import type { ExprId, Perception, Unnoticed } from "@fabula/model";
import type { ActionClause, Perceive } from "../generated/ast.js";
import type { Context } from "./context.js";
import { lowerThing } from "./effect.js";
import { lowerCondition, lowerExpression } from "./expression.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";

/** `scope` holds the locals of the holder and no more. */
export function lowerPerceptions(
  context: Context,
  scope: Scope,
  nodes: readonly Perceive[],
): Perception[] {
  const inner = scope.bind("observer", { kind: "entity", type: context.observerType });
  return nodes.map((node) => lowerPerception(context, inner, node));
}

function lowerPerception(context: Context, scope: Scope, node: Perceive): Perception {
  return {
    sense: node.sense,
    as: node.as === undefined ? -1 : (lowerGuise(context, scope, node) ?? -1),
    ...lowerWho(context, scope, node),
    span: context.reporter.spanOf(node),
  };
}

type UnnoticedClause = Extract<ActionClause, { readonly $type: "Unnoticed" }>;

/** Who takes part in an act and does not notice it. `scope` holds the locals of the action. */
export function lowerUnnoticed(
  context: Context,
  scope: Scope,
  nodes: readonly UnnoticedClause[],
): { readonly unnoticed?: readonly Unnoticed[] } {
  if (nodes.length === 0) return {};
  const inner = scope.bind("observer", { kind: "entity", type: context.observerType });
  return { unnoticed: nodes.map((node) => lowerWho(context, inner, node)) };
}

function lowerWho(context: Context, scope: Scope, node: Perceive | UnnoticedClause): Unnoticed {
  const by = node.by
    .map((person) => lowerThing(context, scope, person))
    .filter((id) => id !== undefined);
  const when = node.when === undefined ? undefined : lowerCondition(context, scope, node.when);
  return {
    ...(node.by.length === 0 ? {} : { by }),
    ...(when === undefined ? {} : { when }),
  };
}

/** What it looks or sounds like instead: a symbol or a thing. */
function lowerGuise(context: Context, scope: Scope, node: Perceive): ExprId | undefined {
  if (node.as === undefined) return undefined;
  const guise = lowerExpression(context, scope, node.as);
  if (guise === undefined) return undefined;
  if (guise.type.kind === "symbol" || guise.type.kind === "entity") return guise.id;
  context.reporter.error(
    "FAB3001",
    node.as,
    `\`${quote(node.as)}\` is ${context.types.describe(guise.type)}; ` +
      "it is to be seen as something.",
    "Name a symbol or a thing: `type light is one of green, red`, `seen as green`.",
  );
  return undefined;
}
