/** What an author lets be otherwise where the least change is sought. */
import type { Circumstance as ModelCircumstance, ValueType } from "@fabula/model";
import type { Circumstance, OtherValue, WhatIfLine } from "../generated/ast.js";
import { checkValue } from "./bounds.js";
import type { Context } from "./context.js";
import { lowerDraw } from "./draw.js";
import { itemsOf } from "./items.js";
import { type LoweredPlace, lowerPlace } from "./place.js";
import { quote } from "./reporter.js";
import { Scope } from "./scope.js";
import { lowerIntervention, withAdded } from "./what-if.js";

const nowhere = Scope.empty();

export function lowerCircumstances(context: Context): ModelCircumstance[] {
  return itemsOf(context, "Circumstance").flatMap((node) =>
    node.title === undefined
      ? node.values.flatMap((other) => lowerOtherValue(context, other))
      : [lowerLines(context, node, node.title)],
  );
}

/** The lines stay text: they are read where they are tried, for what they add is new each time. */
function lowerLines(context: Context, node: Circumstance, title: string): ModelCircumstance {
  withAdded(context, () => {
    for (const line of node.lines) lowerIntervention(context, line);
  });
  const span = context.reporter.spanOf(node);
  return { kind: "lines", title, lines: node.lines.map(textOf), span };
}

/** As it would stand at the margin. */
function textOf(line: WhatIfLine): string {
  return (line.$cstNode?.text ?? "").trimEnd().replaceAll("\n  ", "\n");
}

function lowerOtherValue(context: Context, node: OtherValue): ModelCircumstance[] {
  const lowered = lowerPlace(context, nowhere, node.target);
  if (lowered === undefined) return [];
  const { place, member, type } = lowered;
  const value = context.build.fluent(place.fluent, place.args, type);
  const span = context.reporter.spanOf(node);
  if (node.to === undefined) {
    if (!hasOthers(type, lowered)) reportNoOthers(context, node, lowered);
    return [{ kind: "value", value, span }];
  }
  const to = lowerDraw(context, nowhere, node.to, type, `\`${member.name}\``);
  if (to === undefined) return [];
  checkValue(context, node, member, to);
  const ends = to.high === undefined ? [] : [to.low, to.high];
  if (ends.some((end) => context.build.constantOf(end) === undefined)) {
    context.reporter.error(
      "FAB5010",
      node,
      `The ends of \`${quote(node.to)}\` are not known before the story is played.`,
      "Write two numbers: `may change x.field to 1 .. 5`.",
    );
  }
  return [{ kind: "value", value, to, span }];
}

/** Whether what else it could be is known without being said. */
function hasOthers(type: ValueType, { member }: LoweredPlace): boolean {
  if (type.kind === "number") return member.low !== undefined && member.high !== undefined;
  return type.kind === "boolean" || type.kind === "symbol" || type.kind === "entity";
}

function reportNoOthers(context: Context, node: OtherValue, { member }: LoweredPlace): void {
  context.reporter.error(
    "FAB5010",
    node,
    `Nothing says what else \`${quote(node.target)}\` could be.`,
    `Say it: \`may change ${quote(node.target)} to ...\`, or give \`${member.name}\` a range.`,
  );
}
