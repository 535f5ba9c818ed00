/**
 * Makes a value fit where it is to stand, or says why it does not. Claims are quoted by type: where
 * a claim is needed a yes/no is kept as it is written, where a yes/no is needed a claim is its
 * truth. A bare 0 fits every unit.
 */
import type { ExprId, ValueType } from "@fabula/model";
import type { AstNode } from "langium";
import type { Context, Typed } from "./context.js";
import { booleanType, claimType } from "./expression-builder.js";
import { quote } from "./reporter.js";

export function fit(
  context: Context,
  value: Typed | undefined,
  needed: ValueType,
  node: AstNode,
  what?: string,
): ExprId | undefined {
  if (value === undefined) return undefined;
  const quoted = quoteByType(context, value, needed);
  if (quoted !== undefined) return quoted;
  if (value.anyUnit === true && needed.kind === "number") return value.id;
  if (context.types.isAssignable(value.type, needed)) return value.id;
  reportMisfit(context, value.type, needed, node, what);
  return undefined;
}

function quoteByType(context: Context, value: Typed, needed: ValueType): ExprId | undefined {
  if (needed.kind === "claim" && value.type.kind === "boolean")
    return context.build.claim(value.id);
  if (needed.kind === "boolean" && value.type.kind === "claim")
    return context.build.holds(value.id);
  return undefined;
}

export function asBoolean(
  context: Context,
  value: Typed | undefined,
  node: AstNode,
): ExprId | undefined {
  return fit(context, value, booleanType, node);
}

export function asClaim(
  context: Context,
  value: Typed | undefined,
  node: AstNode,
): ExprId | undefined {
  return fit(context, value, claimType, node);
}

function reportMisfit(
  context: Context,
  actual: ValueType,
  needed: ValueType,
  node: AstNode,
  what: string | undefined,
): void {
  const { types, reporter } = context;
  const subject = what === undefined ? "" : `${what}: `;
  const needs = types.describe(needed);
  const is = types.describe(actual);
  if (actual.kind === "number" && needed.kind === "number") {
    reporter.error(
      "FAB4002",
      node,
      `${subject}\`${quote(node)}\` is ${is}; ${needs} is needed here.`,
      needs === "a plain number"
        ? "Leave the unit out, or divide by it."
        : `Write it with its units: ${needs}.`,
    );
    return;
  }
  if (actual.kind === "deed" && needed.kind !== "deed") {
    reporter.error(
      "FAB3006",
      node,
      `\`${quote(node)}\` is something done; ${needs} is needed here.`,
      "Ask how often it was done (`count of ...`), when (`time since ...`), " +
        "or whether somebody `intends` it.",
    );
    return;
  }
  reporter.error(
    "FAB3001",
    node,
    `${subject}\`${quote(node)}\` is ${is}; ${needs} is needed here.`,
    remedyFor(context, actual, needed),
  );
}

function remedyFor(context: Context, actual: ValueType, needed: ValueType): string {
  const { types } = context;
  switch (needed.kind) {
    case "boolean":
      return actual.kind === "number"
        ? "Compare it (`... > 0`), or write `true` or `false`."
        : "Compare it with something: `... = ...`.";
    case "number":
      return actual.kind === "boolean"
        ? "Say what it counts for: `if ... then 1 else 0`."
        : "Name one of its number fields.";
    case "symbol":
      return `Write one of ${(types.get(needed.type).symbols ?? []).join(", ")}.`;
    case "entity":
      return actual.kind === "entity" && types.areRelated(actual.type, needed.type)
        ? `Not every ${types.get(actual.type).name} is one: ` +
            "give the narrower type where it is declared."
        : `Name ${types.describe(needed)}.`;
    case "text":
      return 'Write a text: `"..."`.';
    case "deed":
      return "Write who does what: `somebody.verb(...)`.";
    case "claim":
      return "Write a condition: what is said to be so.";
    case "time":
      return "Write a time of day (`12:30`), or `now`, plus or minus a length of time.";
  }
}
