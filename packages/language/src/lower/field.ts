/** Fields as the engine takes them; whether one is fixed is settled when all writers are known. */
import type { Draw, ExprId, Fluent } from "@fabula/model";
import type { Field } from "../generated/ast.js";
import { checkShare, checkValue } from "./bounds.js";
import { checkedMeasure } from "./collect-types.js";
import { type Context, moduleIfHidden } from "./context.js";
import { definitionOf, scopeOfField } from "./definition.js";
import { lowerDraw } from "./draw.js";
import { lowerValue } from "./expression.js";
import { booleanType, plainType } from "./expression-builder.js";
import { defaultQuantum, powerOfTwoBelow } from "./grid.js";
import type { FieldMember } from "./member.js";
import { lowerPerceptions } from "./perception.js";
import type { Scope } from "./scope.js";
import { lowerWording } from "./text.js";

export function lowerField(context: Context, member: FieldMember): Fluent {
  const { node, low, high, owner, id, name, parameters } = member;
  const scope = scopeOfField(context, member);
  const definition = member.declared === undefined ? definitionOf(context, member) : undefined;
  const type = member.declared ?? definition?.type ?? booleanType;
  const lines = node.$type === "Field" ? node.lines : [];
  const wording = lowerWording(
    context,
    scope.bind("value", type),
    lines.filter((line) => line.$type === "Wording"),
  );
  const initial = node.$type === "Field" ? lowerInitial(context, scope, member, node) : undefined;
  const prior = node.$type === "Field" ? lowerPrior(context, scope, node) : undefined;
  const quantum = member.moves ? quantumOf(context, member) : undefined;
  return {
    id,
    name,
    ...moduleIfHidden(context, member),
    owner,
    parameters,
    type,
    storage: member.declared === undefined ? "derived" : member.moves ? "quantity" : "fixed",
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(quantum === undefined ? {} : { quantum }),
    ...(initial === undefined ? {} : { initial }),
    ...(definition === undefined ? {} : { means: definition.id }),
    symmetric: node.$type === "Field" && node.both,
    private: member.moves || lines.some((line) => line.$type === "Private"),
    ...(prior === undefined ? {} : { prior }),
    perceptions: lowerPerceptions(
      context,
      scope,
      lines.filter((line) => line.$type === "Perceive"),
    ),
    ...(wording === undefined ? {} : { wording }),
    span: context.reporter.spanOf(node),
  };
}

function lowerInitial(
  context: Context,
  scope: Scope,
  member: FieldMember,
  node: Field,
): Draw | undefined {
  const { declared } = member;
  if (node.means || declared === undefined || node.value === undefined) return undefined;
  const initial = lowerDraw(context, scope, node.value, declared, `\`${member.name}\``);
  if (initial !== undefined) checkValue(context, node, member, initial);
  return initial;
}

function lowerPrior(context: Context, scope: Scope, node: Field): ExprId | undefined {
  const line = node.lines.find((each) => each.$type === "FieldPrior");
  if (line === undefined) return undefined;
  const prior = lowerValue(context, scope, line.value, plainType, "`prior`");
  if (prior !== undefined) checkShare(context, line.value, prior, "A prior");
  return prior;
}

/** The declared step, rounded down to a power of two, or one that follows from the range. */
export function quantumOf(context: Context, member: FieldMember): number | undefined {
  const { low, high, node } = member;
  if (low === undefined || high === undefined) return undefined;
  const grid =
    node.$type === "Field" ? node.lines.find((line) => line.$type === "Grid") : undefined;
  if (grid === undefined) return defaultQuantum(low, high);
  const measure = checkedMeasure(context, grid.step);
  if (measure === undefined) return undefined;
  if (measure.value > 0 && measure.value <= high - low) return powerOfTwoBelow(measure.value);
  context.reporter.error(
    "FAB5012",
    grid,
    "The steps must be above 0 and no larger than the range.",
    "Write `in steps of 0.01`, or leave the line out.",
  );
  return undefined;
}
