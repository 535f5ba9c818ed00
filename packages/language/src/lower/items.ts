/**
 * The items of all sources that count for one story: those of modules, and of the story's own
 * file; or, for a row, of its file's modules and of the row itself.
 */
import type { File, Item, Row, RowItem } from "../generated/ast.js";
import type { Context } from "./context.js";

export type AnyItem = Item | RowItem;
type ItemOf<K extends AnyItem["$type"]> = Extract<AnyItem, { readonly $type: K }>;

/** Of a beginning only: another story's people and questions are not this story's. */
const storyItems: ReadonlySet<AnyItem["$type"]> = new Set([
  "Begins",
  "Ends",
  "Outside",
  "Question",
  "Expect",
  "WhatIf",
  "Circumstance",
  "RestsOn",
] as const);

type ItemsByKind = ReadonlyMap<string, readonly AnyItem[]>;

/** Put in order once: every pass asks for its kinds, and some for each type of the world. */
const grouped = new WeakMap<Context, ItemsByKind>();

/** In order: imported sources first, each from top to bottom. */
export function itemsOf<K extends AnyItem["$type"]>(
  context: Context,
  kind: K,
): readonly ItemOf<K>[] {
  let groups = grouped.get(context);
  if (groups === undefined) {
    groups = groupItems(context);
    grouped.set(context, groups);
  }
  return (groups.get(kind) ?? []) as readonly ItemOf<K>[];
}

function groupItems(context: Context): ItemsByKind {
  const groups = new Map<string, AnyItem[]>();
  const add = (item: AnyItem) => {
    const group = groups.get(item.$type);
    if (group === undefined) groups.set(item.$type, [item]);
    else group.push(item);
  };
  for (const file of context.files) {
    if (file === context.beginning) continue;
    for (const item of file.items) if (!storyItems.has(item.$type)) add(item);
  }
  for (const item of context.beginning.items) add(item);
  return groups;
}

export function titleOf(beginning: File | Row): { readonly name: string; readonly title: string } {
  if (beginning.$type === "Row") return { name: beginning.name, title: beginning.title };
  return { name: beginning.header?.name ?? "", title: beginning.header?.title ?? "" };
}
