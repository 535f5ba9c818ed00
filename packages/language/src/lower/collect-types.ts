/**
 * First pass: units, types and symbols. Parents come before children; a type among its own
 * parents, a unit that hangs in the air and a name declared twice are told here.
 */
import type { AstNode } from "langium";
import type { NumberLit, TypeDecl, UnitDecl } from "../generated/ast.js";
import { isMind } from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import type { Context } from "./context.js";
import { itemsOf } from "./items.js";
import type { Measure } from "./unit-table.js";

/** Most passes over the units: each pass knows those that stand on known ones. */
const unitPassLimit = 50;

export function collectUnits(context: Context): void {
  const { units, reporter } = context;
  const declared = new Map<string, UnitDecl>();
  const waiting: UnitDecl[] = [];
  for (const item of itemsOf(context, "UnitDecl")) {
    if (reportTwice(context, declared, item, item.name, "unit")) continue;
    if (item.value === undefined) units.declareBase(item.name, item.dimension ?? item.name);
    else waiting.push(item);
  }
  for (let pass = 0; pass < unitPassLimit && waiting.length > 0; pass += 1) {
    for (const item of waiting.splice(0)) {
      const measure = measureOf(context, item.value as NumberLit);
      if ("unknownUnit" in measure) waiting.push(item);
      else units.declareDerived(item.name, measure);
    }
  }
  for (const item of waiting) {
    reporter.error(
      "FAB4005",
      item,
      `The unit \`${item.name}\` stands on a unit that is not known.`,
      "Give it in units that are declared, such as `unit min = 60 s`.",
    );
  }
}

/** A literal in base units, or the name in it that is no unit. */
export function measureOf(
  context: Context,
  literal: NumberLit,
  borrowed?: NumberLit,
): Measure | { readonly unknownUnit: string } {
  // `15 .. 40 m`: a bare lower end is in the units of the upper one.
  const bare = literal.unit === undefined && literal.under.length === 0;
  const { unit, under } = bare && borrowed !== undefined ? borrowed : literal;
  const value = literal.minus ? -literal.value : literal.value;
  return context.units.measure(value, unit, under);
}

/** As `measureOf`, an unknown unit told at the node. */
export function checkedMeasure(
  context: Context,
  literal: NumberLit,
  borrowed?: NumberLit,
): Measure | undefined {
  const measure = measureOf(context, literal, borrowed);
  if (!("unknownUnit" in measure)) return measure;
  reportUnknownUnit(context, literal, measure.unknownUnit);
  return undefined;
}

export function reportUnknownUnit(context: Context, node: AstNode, name: string): void {
  const { names } = context.units;
  const near = name.length < 2 ? undefined : findNearest(name, names);
  const known = `Known here: ${names.length === 0 ? "none; `use std` brings some" : names.join(", ")}.`;
  // `seconds`, `hours`: most units are the beginning of what they are called in full.
  const short = [...names]
    .filter((unit) => name.startsWith(unit))
    .sort((a, b) => b.length - a.length)[0];
  const meant = near ?? short;
  context.reporter.error(
    "FAB4001",
    node,
    `There is no unit \`${name}\`.`,
    meant === undefined
      ? known
      : `Did you mean \`${meant}\`?${near === undefined ? ` ${known}` : ""}`,
  );
}

export function collectTypes(context: Context): void {
  const worlds = new Map<string, TypeDecl>();
  const state = new Map<TypeDecl, "open" | "done">();
  for (const item of itemsOf(context, "TypeDecl")) {
    // There is one world, even of modules that know nothing of each other.
    if (item.name === "world") reportTwice(context, worlds, item, item.name, "type");
    declareType(context, state, item);
  }
  if (context.types.find("world") === undefined) {
    context.types.declare(undefined, "world", [], undefined);
  }
  context.worldType = context.types.find("world")?.id ?? 0;
  context.observerType = findObserverType(context);
}

function declareType(
  context: Context,
  state: Map<TypeDecl, "open" | "done">,
  item: TypeDecl,
): void {
  if (state.has(item)) return;
  state.set(item, "open");
  const parents: number[] = [];
  for (const reference of item.parents) {
    const parent = reference.ref;
    if (parent === undefined) reportNoType(context, item, reference.$refText);
    else if (state.get(parent) === "open") reportTypeCycle(context, item, parent);
    else {
      declareType(context, state, parent);
      const entry = context.types.of(reference);
      if (entry !== undefined && !parents.includes(entry.id)) parents.push(entry.id);
    }
  }
  const symbols = item.symbolic ? item.symbols.map((symbol) => symbol.name) : undefined;
  context.types.declare(item, item.name, parents, symbols);
  state.set(item, "done");
}

function reportTypeCycle(context: Context, item: TypeDecl, parent: TypeDecl): void {
  context.reporter.error(
    "FAB3023",
    item,
    `\`${item.name}\` would be a kind of itself, by way of \`${parent.name}\`.`,
    "Take one of the parents away.",
  );
}

export function reportNoType(context: Context, node: AstNode, name: string): void {
  const near = findNearest(name, context.types.names);
  context.reporter.error(
    "FAB3004",
    node,
    `There is no type \`${name}\` here.`,
    near === undefined
      ? "Declare it with `type`, or add a `use` for the module that does."
      : `Did you mean \`${near}\`?`,
  );
}

/** Tells a second declaration of the name and says whether it was one. */
export function reportTwice<T extends AstNode>(
  context: Context,
  declared: Map<string, T>,
  item: T,
  name: string,
  what: string,
): boolean {
  const first = declared.get(name);
  if (first === undefined) {
    declared.set(name, item);
    return false;
  }
  context.reporter.error(
    "FAB3010",
    item,
    `There is a ${what} \`${name}\` already.`,
    "Give one of the two another name.",
    [{ message: "the first stands here", span: context.reporter.spanOf(first) }],
  );
  return true;
}

/** Who observes has a mind: the widest type with a `mind of` block, or what is called person. */
function findObserverType(context: Context): number {
  const minded = itemsOf(context, "Mind")
    .map((mind) => context.types.of(mind.of.type?.ref))
    .filter((entry) => entry !== undefined);
  const widest = minded.find((entry) =>
    minded.every((other) => context.types.isSubtype(other.id, entry.id)),
  );
  const entry = widest ?? minded[0] ?? context.types.find("person") ?? context.types.find("thing");
  return entry?.id ?? context.worldType;
}

export function hasMind(context: Context, type: number): boolean {
  const mindless = new Set<number>();
  for (const item of itemsOf(context, "TypeDecl")) {
    if (item.members.some((member) => member.$type === "Mindless")) {
      mindless.add(context.types.ofNode(item)?.id ?? -1);
    }
  }
  const minded = new Set(
    itemsOf(context, "Mind")
      .filter(isMind)
      .map((mind) => context.types.of(mind.of.type?.ref)?.id ?? -1),
  );
  for (const ancestor of context.types.get(type).ancestors) {
    if (mindless.has(ancestor)) return false;
    if (minded.has(ancestor)) return true;
  }
  return false;
}
