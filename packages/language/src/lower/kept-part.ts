/**
 * The part of a world that its modules make, kept for the next story that uses the same: lowering
 * them is most of the work, and a text that is written is lowered at every keystroke.
 *
 * Names in a module never mean anything of the text that uses it. What may differ from one such
 * text to the next are the numbers that the modules' own declarations were given, whether one of
 * them is hidden, and the few things that a context has one of; the part fits where all are the
 * same (`placeOf`), and so is what lowering it asked of the text's own (`Asked`). Its expressions
 * are the first of the pool, so that those of any text can follow.
 */
import type { Diagnostic, ExpressionPool } from "@fabula/model";
import type { AstNode } from "langium";
import type { File } from "../generated/ast.js";
import { fileOf } from "../names/level.js";
import { type Context, type Typed, textIndex } from "./context.js";
import { itemsOf } from "./items.js";
import { lowerPart, type Part } from "./part.js";

export interface KeptPart {
  /** Of the modules, in the order of the context. */
  readonly files: readonly File[];
  readonly place: readonly (number | string)[];
  readonly asked: Asked;
  readonly content: () => PartContent;
}

export interface PartContent {
  readonly part: Part;
  /** Nobody adds to it: who goes on from it takes a copy. */
  readonly pool: ExpressionPool;
  readonly definitions: ReadonlyMap<number, Typed | "open" | "failed">;
  readonly diagnostics: readonly Diagnostic[];
}

/** What most stories have each for themselves, as far as lowering the modules asked for it. */
export interface Asked {
  /** Undefined: nobody asked. */
  readonly begins?: number;
  /** In the order they were asked for first, with their numbers then. */
  readonly texts: readonly (readonly [text: string, number: number])[];
  /** Whether a number of a text stands anywhere but in the pool, which can be told of others. */
  readonly titles: boolean;
}

/** Most parts that are kept: texts of one folder mostly use the same modules. */
const keptMax = 4;

/** The newest first. Only texts go in, so no answer depends on it. */
let keptParts: readonly KeptPart[] = [];

export function partsKept(): readonly KeptPart[] {
  return keptParts;
}

/** Parts that were made elsewhere, of modules that are read. */
export function goOnFromParts(parts: readonly KeptPart[]): void {
  keptParts = parts.slice(0, keptMax);
}

/** What the modules of the story become, then what its own text does. */
export function lowerParts(context: Context, own: File): readonly [Part, Part] {
  const ofModules = modulePart(context, own);
  return [ofModules, lowerPart(context, (node) => fileOf(node) === own)];
}

function modulePart(context: Context, own: File): Part {
  const files = context.files.filter((file) => file !== own);
  if (files.length === 0) return lowerPart(context, () => false);
  const place = placeOf(context, own);
  const isKnown = (kept: KeptPart) =>
    isSame(kept.files, files) && isSame(kept.place, place) && answersAlike(context, kept.asked);
  const known = keptParts.find(isKnown);
  if (known !== undefined) return goOnFrom(context, known);
  const saidBefore = context.reporter.count;
  context.asked = { begins: false, texts: new Set(), titles: false };
  const part = lowerPart(context, (node) => fileOf(node) !== own);
  const diagnostics = context.reporter.since(saidBefore);
  if (diagnostics.some(({ severity }) => severity === "error")) return part;
  const { begins, texts, titles } = context.asked;
  const asked = {
    ...(begins ? { begins: context.begins } : {}),
    texts: [...texts].map((text) => [text, textIndex(context, text)] as const),
    titles,
  };
  const pool = context.pool.copy();
  const definitions = new Map(context.definitions);
  const content = { part, pool, definitions, diagnostics };
  keep({ files, place, asked, content: () => content });
  return part;
}

function answersAlike(context: Context, { begins, texts, titles }: Asked): boolean {
  if (begins !== undefined && begins !== context.begins) return false;
  const moved = movedTexts(context, texts);
  // 0 is also what a field holds of which no text was said.
  return !moved.has(0) && !(titles && moved.size > 0);
}

/** Texts that have another number here than they had: that one to this one. */
function movedTexts(context: Context, texts: Asked["texts"]): ReadonlyMap<number, number> {
  const moved = new Map<number, number>();
  let next = context.textList.length;
  for (const [text, before] of texts) {
    let now = context.texts.get(text);
    if (now === undefined) {
      now = next;
      next += 1;
    }
    if (now !== before) moved.set(before, now);
  }
  return moved;
}

function goOnFrom(context: Context, kept: KeptPart): Part {
  keep(kept);
  const { texts } = kept.asked;
  const { part, pool, definitions, diagnostics } = kept.content();
  const moved = movedTexts(context, texts);
  for (const [text] of texts) textIndex(context, text);
  if (moved.size === 0) context.pool.goOnFrom(pool);
  else takeOver(context.pool, pool, moved);
  for (const [field, definition] of definitions) context.definitions.set(field, definition);
  context.reporter.repeat(diagnostics);
  return part;
}

/** Every node under its id, those of texts that moved with their new numbers. */
function takeOver(into: ExpressionPool, from: ExpressionPool, moved: ReadonlyMap<number, number>) {
  for (let id = 0; id < from.count; id += 1) {
    const node = from.get(id);
    const type = from.typeOf(id);
    const isText = node.op === "constant" && type.kind === "text";
    into.intern(isText ? { ...node, value: moved.get(node.value) ?? node.value } : node, type);
  }
}

function keep(part: KeptPart): void {
  keptParts = [part, ...keptParts.filter((other) => other !== part)].slice(0, keptMax);
}

function isSame<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** All that lowering a module reads of a context and that the module itself does not fix. */
function placeOf(context: Context, own: File): (number | string)[] {
  const { types, units, calendar, observerType, worldType } = context;
  const isOfModule = (node: AstNode) => fileOf(node) !== own;
  const place: (number | string)[] = [
    JSON.stringify([units.units, [...units.baseUnits], calendar]),
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
