/**
 * Sifting patterns and tellings. In a pattern every parameter that an event leaves open becomes a
 * binder of its own, called `step.parameter`: `where loved believes a.what`.
 */
import type { EventPattern, Pattern as ModelPattern, Telling as ModelTelling } from "@fabula/model";
import type { Expression, Find, Pattern, Telling, Without } from "../generated/ast.js";
import { parametersOf } from "./collect-members.js";
import type { Context } from "./context.js";
import { lowerThing } from "./effect.js";
import { lowerEvent } from "./event.js";
import { lowerConditionOrTrue, lowerExpression, lowerValue } from "./expression.js";
import { quote } from "./reporter.js";
import { Scope } from "./scope.js";
import { lowerTold } from "./text.js";
import { lowerMoment } from "./timed.js";
import { numberOf } from "./type-table.js";

/** In `binders`: what is no entity. */
const noEntityType = -1;

export function lowerPattern(context: Context, node: Pattern): ModelPattern {
  let scope = Scope.empty();
  const binders: { name: string; type: number }[] = [];
  for (const { name, type } of parametersOf(context, node.binders.params)) {
    scope = scope.bind(name, type);
    binders.push({ name, type: type.kind === "entity" ? type.type : noEntityType });
  }
  const always = lowerConditionOrTrue(context, scope, node.binders.where);
  const steps: ModelPattern["steps"][number][] = [];
  const names: string[] = [];
  for (const line of node.lines) {
    if (line.$type !== "Find") continue;
    const found = lowerFind(context, scope, line, binders);
    if (found === undefined) continue;
    scope = found.scope;
    names.push(line.name);
    const where = lowerConditionOrTrue(context, scope, line.where);
    const within =
      line.within === undefined
        ? undefined
        : lowerValue(context, scope, line.within, numberOf({ time: 1 }), "`within`");
    steps.push({
      name: line.name,
      event: found.event,
      where: steps.length === 0 ? context.build.and(always, where) : where,
      ...(within === undefined ? {} : { withinSeconds: within }),
    });
  }
  return {
    id: node.name,
    title: node.title,
    binders,
    steps,
    without: node.lines.flatMap((line) =>
      line.$type === "Without" ? lowerWithout(context, scope, line, names) : [],
    ),
    told: lowerTold(
      context,
      scope,
      node.lines.filter((line) => line.$type === "Told"),
      { once: true },
    ),
    span: context.reporter.spanOf(node),
  };
}

function lowerFind(
  context: Context,
  scope: Scope,
  node: Find,
  binders: { name: string; type: number }[],
): { readonly event: EventPattern; readonly scope: Scope } | undefined {
  const event = lowerEvent(context, scope, node.event);
  if (event === undefined) return undefined;
  if (event.kind !== "action" && event.kind !== "rule") return { event, scope };
  const schema = event.kind === "action" ? context.actions[event.id] : context.rules[event.id];
  let inner = scope;
  const args = event.args.map((arg, index) => {
    const parameter = schema?.parameters[index];
    if (arg !== context.build.any() || parameter === undefined) return arg;
    const { type } = parameter;
    const local = context.build.local(inner.depth, type);
    const name = `${node.name}.${parameter.name}`;
    inner = inner.bind(name, type);
    binders.push({ name, type: type.kind === "entity" ? type.type : noEntityType });
    return local;
  });
  return { event: { ...event, args }, scope: inner };
}

function lowerWithout(
  context: Context,
  scope: Scope,
  node: Without,
  names: readonly string[],
): ModelPattern["without"][number][] {
  const event = lowerEvent(context, scope, node.what);
  if (event === undefined) return [];
  const from = node.from === undefined ? 0 : names.indexOf(node.from.$refText);
  const to = node.to === undefined ? names.length - 1 : names.indexOf(node.to.$refText);
  return [{ event, from, to }];
}

export function lowerTelling(context: Context, node: Telling): ModelTelling {
  const eyes: ModelTelling["eyes"][number][] = [];
  const withhold: ModelTelling["withhold"][number][] = [];
  const show: number[] = [];
  for (const line of node.lines) {
    if (line.$type === "Eyes") {
      const who = entityOf(context, line.eyes);
      const from = line.from === undefined ? undefined : lowerMoment(context, line.from);
      const until = line.until === undefined ? undefined : lowerMoment(context, line.until);
      if (who === undefined) continue;
      eyes.push({
        who,
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      });
    } else if (line.$type === "Withhold") {
      const until = lowerMoment(context, line.until);
      const what = valuesOf(context, line.what);
      if (until !== undefined) withhold.push({ what, until });
    } else show.push(...valuesOf(context, line.what));
  }
  const span = context.reporter.spanOf(node);
  return { id: node.name, title: node.title, eyes, withhold, show, span };
}

function valuesOf(context: Context, nodes: readonly Expression[]): number[] {
  return nodes
    .map((node) => lowerExpression(context, Scope.empty(), node)?.id)
    .filter((id) => id !== undefined);
}

function entityOf(context: Context, node: Expression): number | undefined {
  const id = lowerThing(context, Scope.empty(), node);
  if (id === undefined) return undefined;
  const named = context.pool.get(id);
  if (named.op === "entity") return named.entity;
  context.reporter.error(
    "FAB3013",
    node,
    `\`${quote(node)}\` may be one person now and another later.`,
    "Name the person whose eyes these are.",
  );
  return undefined;
}
