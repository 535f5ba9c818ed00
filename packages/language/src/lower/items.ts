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
  "RestsOn",
] as const);

/** In order: imported sources first, each from top to bottom. */
export function itemsOf<K extends AnyItem["$type"]>(context: Context, kind: K): ItemOf<K>[] {
  const own: readonly AnyItem[] = context.beginning.items;
  const found: AnyItem[] = [];
  if (!storyItems.has(kind)) {
    for (const file of context.files) {
      if (file !== context.beginning)
        found.push(...file.items.filter((item) => item.$type === kind));
    }
  }
  found.push(...own.filter((item) => item.$type === kind));
  return found as ItemOf<K>[];
}

export function titleOf(beginning: File | Row): { readonly name: string; readonly title: string } {
  if (beginning.$type === "Row") return { name: beginning.name, title: beginning.title };
  return { name: beginning.header?.name ?? "", title: beginning.header?.title ?? "" };
}
