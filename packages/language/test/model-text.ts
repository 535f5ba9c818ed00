/**
 * A lowered world as text, for golden files: every expression in the language's own words. Places
 * in the source are left out.
 */
import type { ExprId, World } from "@fabula/model";
import { describeExpression } from "../src/lower/index.js";

/** Properties that hold an expression, whatever they stand in. */
const expressionKeys = new Set(
  `needs takes takesAtMost until interruptedWhen urge reluctance comesToMind waitsUntil hesitates
  claim times sure asks deed strength where when while about prior condition share score weight
  subject rate goal over chance means seconds withinSeconds bySeconds who because expr to
  able weighs trust care floor spread rebuff curiosity pause react together keeps speechless lull plans
  endsWhen args by what show as`.split(/\s+/),
);

export function modelText(world: World): string {
  const lines: string[] = [];
  const section = (title: string, values: readonly unknown[]): void => {
    if (values.length === 0) return;
    lines.push(`${title}:`);
    for (const value of values) lines.push(...block(world, value, "  "));
  };
  section("units", world.units);
  section("types", world.types);
  section("fluents", world.fluents);
  section("actions", world.actions);
  section("rules", world.rules);
  section("processes", world.processes);
  section("expectations", world.expectations);
  section("inferences", world.inferences);
  section("reflexes", world.reflexes);
  section("minds", world.minds);
  section("wants", world.wants);
  section("entities", world.entities);
  section("facts", world.facts);
  const { entities: _, ...story } = world.story;
  section("story", [story]);
  return `${lines.join("\n")}\n`;
}

function block(world: World, value: unknown, indent: string): string[] {
  const lines = properties(world, value as Record<string, unknown>, `${indent}  `);
  const [first = ""] = lines;
  return [`${indent}- ${first.trimStart()}`, ...lines.slice(1)];
}

function properties(world: World, value: Record<string, unknown>, indent: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "span" || key === "id" || key === "ancestors" || isEmpty(inner)) return [];
    if (inner === -1 && (key === "hearer" || key === "as")) return [];
    return property(world, key, inner, value, indent);
  });
}

function property(
  world: World,
  key: string,
  value: unknown,
  holder: Record<string, unknown>,
  indent: string,
): string[] {
  if (isExpression(key, value, holder)) {
    const ids = Array.isArray(value) ? (value as ExprId[]) : [value as ExprId];
    const texts = ids.map((id) => describeExpression(world, id));
    return [`${indent}${key}: ${texts.join(", ")}`];
  }
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== "object"))
      return [`${indent}${key}: ${value.join(", ")}`];
    return [`${indent}${key}:`, ...value.flatMap((each) => block(world, each, `${indent}  `))];
  }
  if (typeof value === "object" && value !== null) {
    return [
      `${indent}${key}:`,
      ...properties(world, value as Record<string, unknown>, `${indent}  `),
    ];
  }
  return [`${indent}${key}: ${String(value)}`];
}

function isExpression(key: string, value: unknown, holder: Record<string, unknown>): boolean {
  // The ends of a draw; of a fluent they are numbers.
  if (key === "low" || key === "high") return !("storage" in holder);
  if (key === "entity") return holder.kind === "remove" && "slot" in holder;
  if (key === "to" && "from" in holder) return false;
  if (key === "who" && !("claim" in holder)) return false;
  if (key === "share" && "runs" in holder) return false;
  if (key === "seconds" && holder.kind === "periodic") return false;
  if (key === "value" && holder.kind === "value") return true;
  if (key === "what" && typeof value === "string") return false;
  return expressionKeys.has(key) && (typeof value === "number" || isNumbers(value));
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
