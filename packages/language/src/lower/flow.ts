/** Flows: what moves all the time while a process or a lasting action holds. */
import type { Flow } from "@fabula/model";
import type { ChangeEffect, Effect } from "../generated/ast.js";
import type { Context } from "./context.js";
import { combineDimensions, isSameDimension } from "./dimension.js";
import { checkMoves } from "./effect.js";
import { lowerExpression, lowerValue } from "./expression.js";
import { fit } from "./fit.js";
import { type LoweredPlace, lowerPlace } from "./place.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";
import { numberOf } from "./type-table.js";

export function lowerFlows(context: Context, scope: Scope, nodes: readonly Effect[]): Flow[] {
  return nodes.flatMap((node) => {
    const flow = lowerFlow(context, scope, node);
    return flow === undefined ? [] : [flow];
  });
}

function lowerFlow(context: Context, scope: Scope, node: Effect): Flow | undefined {
  const moves =
    node.$type === "ChangeEffect" && ["rises", "falls", "nears"].includes(node.op ?? "");
  if (node.$type !== "ChangeEffect" || !moves || node.value === undefined) {
    context.reporter.error(
      "FAB3017",
      node,
      `\`${quote(node)}\` happens once; here things move all the time.`,
      "Write `x rises by ... per min`, or put it in a `rule` or in `at end`.",
    );
    return undefined;
  }
  const target = lowerPlace(context, scope, node.target);
  if (target === undefined || !checkMoves(context, node, target)) return undefined;
  checkBounded(context, node, target);
  return node.op === "nears"
    ? lowerNear(context, scope, node, target)
    : lowerRate(context, scope, node, target);
}

/** What flows must have somewhere to stop. */
function checkBounded(context: Context, node: ChangeEffect, target: LoweredPlace): void {
  const { member } = target;
  if (member.low !== undefined || member.moves) return;
  context.reporter.error(
    "FAB5006",
    node,
    `\`${member.name}\` moves here all the time but has no bounds: it would run away.`,
    `Declare it with a range: \`${member.name}: quantity 0 .. 100\`.`,
    [{ message: "declared here", span: context.reporter.spanOf(member.node) }],
  );
}

function lowerRate(
  context: Context,
  scope: Scope,
  node: ChangeEffect,
  target: LoweredPlace,
): Flow | undefined {
  const { type, place } = target;
  const value = node.value;
  if (type.kind !== "number" || value === undefined) return undefined;
  const rateType = numberOf(combineDimensions(type.dimension, { time: 1 }, -1));
  const lowered = lowerExpression(context, scope, value, rateType);
  if (lowered === undefined) return undefined;
  const bare = lowered.anyUnit !== true && lowered.type.kind === "number";
  if (
    bare &&
    lowered.type.kind === "number" &&
    isSameDimension(lowered.type.dimension, type.dimension)
  ) {
    const name = quote(node.target);
    context.reporter.error(
      "FAB4003",
      value,
      `\`${name}\` moves here all the time, so it needs ${context.types.describe(rateType)}; ` +
        `this is ${context.types.describe(lowered.type)}.`,
      `Say how fast: \`${quote(value)} per min\`.`,
    );
    return undefined;
  }
  const rate = fit(context, lowered, rateType, value, `\`${target.member.name}\``);
  if (rate === undefined) return undefined;
  const sign = node.op === "rises" ? 1 : -1;
  return { kind: "rate", place, sign, rate, span: context.reporter.spanOf(node) };
}

function lowerNear(
  context: Context,
  scope: Scope,
  node: ChangeEffect,
  target: LoweredPlace,
): Flow | undefined {
  if (node.value === undefined || node.over === undefined) return undefined;
  const goal = lowerValue(context, scope, node.value, target.type, `\`${target.member.name}\``);
  const over = lowerValue(context, scope, node.over, numberOf({ time: 1 }), "`over`");
  if (goal === undefined || over === undefined) return undefined;
  const seconds = context.build.constantOf(over);
  if (seconds !== undefined && seconds <= 0) {
    context.reporter.error(
      "FAB3020",
      node.over,
      "Nothing nears anything in no time.",
      "Give a length of time above 0, or set the value: `x = v`.",
    );
    return undefined;
  }
  return { kind: "near", place: target.place, goal, over, span: context.reporter.spanOf(node) };
}
