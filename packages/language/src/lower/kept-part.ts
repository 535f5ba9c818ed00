/**
 * The part of a world that its modules make, kept for the next story that uses the same: lowering
 * them is most of the work, and a text that is written is lowered at every keystroke.
 *
 * Names in a module never mean anything of the text that uses it. What may differ from one such
 * text to the next are the numbers that the modules' own declarations were given, whether one of
 * them is hidden, and the few things that a context has one of; the part fits where all are the
 * same (`placeOf`). Its expressions are the first of the pool, so that those of any text can follow.
 */
import type { Diagnostic, ExpressionPool } from "@fabula/model";
import type { AstNode } from "langium";
import type { File } from "../generated/ast.js";
import { fileOf } from "../names/level.js";
import { type Context, type Typed, textIndex } from "./context.js";
import { itemsOf } from "./items.js";
import { lowerPart, type Part } from "./part.js";

interface KeptPart {
  /** Of the modules, in the order of the context. */
  readonly files: readonly File[];
  readonly place: readonly (number | string)[];
  readonly part: Part;
  /** Nobody adds to it: who goes on from it takes a copy. */
  readonly pool: ExpressionPool;
  readonly texts: readonly string[];
  readonly definitions: ReadonlyMap<number, Typed | "open" | "failed">;
  readonly diagnostics: readonly Diagnostic[];
}

/** Most parts that are kept: texts of one folder mostly use the same modules. */
const keptMax = 4;

/** The newest first. Only texts go in, so no answer depends on it. */
let keptParts: readonly KeptPart[] = [];

/** What the modules of the story become, then what its own text does. */
export function lowerParts(context: Context, own: File): readonly [Part, Part] {
  const ofModules = modulePart(context, own);
  return [ofModules, lowerPart(context, (node) => fileOf(node) === own)];
}

function modulePart(context: Context, own: File): Part {
  const files = context.files.filter((file) => file !== own);
  if (files.length === 0) return lowerPart(context, () => false);
  const place = placeOf(context, own);
  const known = keptParts.find((kept) => isSame(kept.files, files) && isSame(kept.place, place));
  if (known !== undefined) return goOnFrom(context, known);
  const saidBefore = context.reporter.count;
  const part = lowerPart(context, (node) => fileOf(node) !== own);
  const diagnostics = context.reporter.since(saidBefore);
  if (diagnostics.some(({ severity }) => severity === "error")) return part;
  keep({
    files,
    place,
    part,
    pool: context.pool.copy(),
    texts: [...context.textList],
    definitions: new Map(context.definitions),
    diagnostics,
  });
  return part;
}

function goOnFrom(context: Context, kept: KeptPart): Part {
  keep(kept);
  context.pool.goOnFrom(kept.pool);
  for (const text of kept.texts) textIndex(context, text);
  for (const [field, definition] of kept.definitions) context.definitions.set(field, definition);
  context.reporter.repeat(kept.diagnostics);
  return kept.part;
}

function keep(part: KeptPart): void {
  keptParts = [part, ...keptParts.filter((other) => other !== part)].slice(0, keptMax);
}

function isSame<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** All that lowering a module reads of a context and that the module itself does not fix. */
function placeOf(context: Context, own: File): (number | string)[] {
  const { types, units, calendar, begins, observerType, worldType } = context;
  const isOfModule = (node: AstNode) => fileOf(node) !== own;
  const place: (number | string)[] = [
    JSON.stringify([units.units, [...units.baseUnits], calendar, context.textList]),
    begins,
    observerType,
    worldType,
  ];
  for (const item of itemsOf(context, "TypeDecl")) {
    const entry = types.ofNode(item);
    if (isOfModule(item)) place.push(entry?.id ?? -1);
    // A thing can be of two types of a module because this text says so.
    else if ((entry?.parents.length ?? 0) > 1) place.push(entry!.ancestors.join());
  }
  for (const [node, member] of context.members) {
    if (isOfModule(node)) place.push(member.id, context.hidden.has(member) ? 1 : 0);
  }
  for (const item of itemsOf(context, "Entity")) {
    if (!isOfModule(item)) continue;
    place.push(context.entityIds.get(item) ?? -1, context.groups.get(item)?.first ?? -1);
  }
  return place;
}
