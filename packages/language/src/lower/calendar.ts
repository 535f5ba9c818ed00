/**
 * When a story begins: `day 40 15:00` in milliseconds since the epoch of its calendar. Days, years
 * and the like count from 1: day 1 is the first day.
 */
import type { Calendar } from "@fabula/model";
import type { Begins } from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import { checkedMeasure } from "./collect-types.js";
import type { Context } from "./context.js";
import { isSameDimension, timeDimension } from "./dimension.js";
import { itemsOf } from "./items.js";

const commonCalendar: Calendar = {
  name: "common",
  parts: [
    { name: "year", seconds: 365 * 86_400 },
    { name: "day", seconds: 86_400 },
  ],
};

/** Seconds since midnight; undefined where there is no such time. */
export function timeOfDay(text: string): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return hours * 3600 + minutes * 60 + seconds;
}

/** The last calendar declared counts: a story's own before that of its modules. */
export function collectCalendar(context: Context): Calendar {
  const declared = itemsOf(context, "CalendarDecl").at(-1);
  if (declared === undefined) return commonCalendar;
  const parts: { name: string; seconds: number }[] = [];
  for (const part of declared.parts) {
    const measure = checkedMeasure(context, part.length);
    if (measure === undefined) continue;
    if (isSameDimension(measure.dimension, timeDimension) && measure.value > 0) {
      parts.push({ name: part.name, seconds: measure.value });
      continue;
    }
    context.reporter.error(
      "FAB4002",
      part,
      `\`${part.name}\` is to be a length of time.`,
      "Write `day = 24 h`.",
    );
  }
  parts.sort((left, right) => right.seconds - left.seconds);
  return { name: declared.name, parts };
}

export function collectBegins(context: Context): number {
  const [first, second] = itemsOf(context, "Begins");
  if (second !== undefined) {
    context.reporter.error(
      "FAB5003",
      second,
      "A story begins once.",
      "Take one of the two `begins` lines away.",
    );
  }
  return first === undefined ? 0 : momentOf(context, first);
}

function momentOf(context: Context, node: Begins): number {
  let seconds = 0;
  for (const [index, name] of node.units.entries()) {
    const part = context.calendar.parts.find((each) => each.name === name);
    const value = node.values[index] ?? 1;
    if (part === undefined) reportNoPart(context, node, name);
    else if (value < 1 || !Number.isInteger(value)) {
      context.reporter.error(
        "FAB5003",
        node,
        `There is no ${name} ${value}.`,
        `The first ${name} is ${name} 1; write a whole number.`,
      );
    } else seconds += (value - 1) * part.seconds;
  }
  const clock = timeOfDay(node.time);
  if (clock === undefined) {
    context.reporter.error(
      "FAB5003",
      node,
      `There is no time of day ${node.time}.`,
      "Hours go from 0 to 23, minutes and seconds from 0 to 59.",
    );
  }
  return Math.round((seconds + (clock ?? 0)) * 1000);
}

function reportNoPart(context: Context, node: Begins, name: string): void {
  const names = context.calendar.parts.map((part) => part.name);
  const near = findNearest(name, names);
  context.reporter.error(
    "FAB5003",
    node,
    `The calendar has no \`${name}\`.`,
    near === undefined ? `It has ${names.join(", ")}.` : `Did you mean \`${near}\`?`,
  );
}
