/** Fields as the engine takes them; whether one is fixed is settled when all writers are known. */
import type { Draw, ExprId, Fluent } from "@fabula/model";
import type { Field, Grid } from "../generated/ast.js";
import { checkShare, checkValue } from "./bounds.js";
import { checkedMeasure } from "./collect-types.js";
import { type Context, moduleIfHidden } from "./context.js";
import { definitionOf, scopeOfField } from "./definition.js";
import { isSameDimension } from "./dimension.js";
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
  const step = member.moves ? undefined : stepOf(context, member);
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
    ...(step === undefined ? {} : { step }),
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
  const { low, high } = member;
  if (low === undefined || high === undefined) return undefined;
  if (gridOf(member) === undefined) return defaultQuantum(low, high);
  const step = declaredStep(context, member);
  return step === undefined ? undefined : powerOfTwoBelow(step);
}

/** Of a number that does not move: the step it keeps to, where one is declared. */
function stepOf(context: Context, member: FieldMember): number | undefined {
  const grid = gridOf(member);
  if (grid === undefined || member.declared?.kind === "number")
    return declaredStep(context, member);
  context.reporter.error(
    "FAB3009",
    grid,
    `\`${member.name}\` is ${describeKind(context, member)}: it has no steps.`,
    "Only a number or a quantity is kept in steps; leave the line out.",
  );
  return undefined;
}

function describeKind(context: Context, { declared }: FieldMember): string {
  return declared === undefined ? "computed" : context.types.describe(declared);
}

function gridOf({ node }: FieldMember): Grid | undefined {
  return node.$type === "Field" ? node.lines.find((line) => line.$type === "Grid") : undefined;
}

function declaredStep(context: Context, member: FieldMember): number | undefined {
  const grid = gridOf(member);
  const measure = grid === undefined ? undefined : checkedMeasure(context, grid.step);
  if (grid === undefined || measure === undefined) return undefined;
  const { declared, low, high } = member;
  const range = low === undefined || high === undefined ? Infinity : high - low;
  if (declared?.kind === "number" && !isSameDimension(measure.dimension, declared.dimension)) {
    context.reporter.error(
      "FAB4002",
      grid,
      `The steps are ${context.units.describe(measure.dimension)}, ` +
        `\`${member.name}\` is ${context.units.describe(declared.dimension)}.`,
      "Give the steps in the units of the field.",
    );
    return undefined;
  }
  if (measure.value > 0 && measure.value <= range) return measure.value;
  context.reporter.error(
    "FAB5012",
    grid,
    "The steps must be above 0 and no larger than the range.",
    "Write `in steps of 0.01`, or leave the line out.",
  );
  return undefined;
}
