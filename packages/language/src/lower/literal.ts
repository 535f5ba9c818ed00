/** What is written out: numbers with units, `unknown`, times of day, texts. */
import type { ValueType } from "@fabula/model";
import type { ClockLiteral, Expression, NumberLiteral, PlainText } from "../generated/ast.js";
import { timeOfDay } from "./calendar.js";
import { reportUnknownUnit } from "./collect-types.js";
import { beginsOf, type Context, type Typed, textIndex } from "./context.js";
import { textType, timeType } from "./expression-builder.js";
import { numberOf } from "./type-table.js";

/** `units`: the literal whose units count; in a range, those of the upper end. */
export function lowerNumber(
  context: Context,
  node: NumberLiteral,
  units: NumberLiteral = node,
): Typed | undefined {
  const measure = context.units.measure(node.value, units.unit, units.under);
  if ("unknownUnit" in measure) {
    reportUnknownUnit(context, node, measure.unknownUnit);
    return undefined;
  }
  const type = numberOf(measure.dimension);
  const id = context.build.constant(measure.value, type);
  const bareZero = node.value === 0 && units.unit === undefined && units.under.length === 0;
  return bareZero ? { id, type, anyUnit: true } : { id, type };
}

export function lowerUnknown(
  context: Context,
  node: Expression,
  hint: ValueType | undefined,
): Typed | undefined {
  if (hint !== undefined) return { id: context.build.unknown(hint), type: hint };
  context.reporter.error(
    "FAB3016",
    node,
    "`unknown` of what? It says nothing alone.",
    "Compare a value with it: `x.at = unknown`.",
  );
  return undefined;
}

export function lowerClock(context: Context, node: ClockLiteral): Typed | undefined {
  const seconds = timeOfDay(node.value);
  if (seconds === undefined) {
    context.reporter.error(
      "FAB5003",
      node,
      `There is no time of day ${node.value}.`,
      "Hours go from 0 to 23, minutes and seconds from 0 to 59.",
    );
    return undefined;
  }
  const day = Math.floor(beginsOf(context) / 86_400_000);
  const moment = day * 86_400_000 + seconds * 1000;
  return { id: context.build.constant(moment, timeType), type: timeType };
}

export function lowerText(context: Context, node: PlainText): Typed {
  return { id: context.build.constant(textIndex(context, node.value), textType), type: textType };
}
