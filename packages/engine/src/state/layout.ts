/**
 * Where a fluent of an entity stands: hot ones (written while the story runs) in the entity's row,
 * the rest, and everything with arguments, in cells of their own. A row is 16, 32, 64 or 128 words
 * of its page; what does not fit becomes a cell.
 *
 *   row   | 0 type + 1 | 1 birth | 2 previous | 3 next of the type | fluents ...
 *   state fluent: value            quantity: value, rate per ms, time of both
 */
import type { Fluent, FluentId, TypeId, World } from "@fabula/model";

export const ROW_HEADER = 4;
const ROW_SIZES = [16, 32, 64, 128] as const;

export interface TypeLayout {
  /** Words of a row. */
  readonly words: number;
  /** Int32Array[fluents]: word of the fluent in the row, 0 where it is not there. */
  readonly offsets: Int32Array;
  /** Uint8Array[fluents]: 1 where entities of this type have the fluent. */
  readonly has: Uint8Array;
  /** The stored fluents without arguments, in order of id. */
  readonly unary: readonly Fluent[];
  /** Of those the ones by which somebody is searched for. */
  readonly indexed: readonly FluentId[];
}

export function wordsOf(fluent: Fluent): number {
  return fluent.storage === "quantity" ? 3 : 1;
}

interface Layouts {
  readonly types: World["types"];
  readonly all: readonly TypeLayout[];
}

const ofFluents = new WeakMap<World["fluents"], Layouts>();

/** One layout a type, by type id; the same for all runs of a world. */
export function layoutsOf(world: World): readonly TypeLayout[] {
  const { types } = world;
  const known = ofFluents.get(world.fluents);
  if (known?.types === types) return known.all;
  const all = types.map((type) => createLayout(world, type.id));
  ofFluents.set(world.fluents, { types, all });
  return all;
}

function createLayout(world: World, type: TypeId): TypeLayout {
  const offsets = new Int32Array(world.fluents.length);
  const has = new Uint8Array(world.fluents.length);
  const ancestors = new Set(world.types[type]?.ancestors ?? []);
  ancestors.add(type);
  const unary: Fluent[] = [];
  let next = ROW_HEADER;
  for (const fluent of world.fluents) {
    if (!ancestors.has(fluent.owner)) continue;
    has[fluent.id] = 1;
    if (fluent.storage === "derived" || fluent.parameters.length > 0) continue;
    unary.push(fluent);
    if (fluent.storage === "fixed" || next + wordsOf(fluent) > 128) continue;
    offsets[fluent.id] = next;
    next += wordsOf(fluent);
  }
  const words = ROW_SIZES.find((size) => size >= next) ?? 128;
  const indexed = unary.filter((fluent) => fluent.indexed === true).map(({ id }) => id);
  return { words, offsets, has, unary, indexed };
}

/** For every type the types that are it or below it and can have entities, ascending. */
export function subtypesOf(world: World): TypeId[][] {
  const below: TypeId[][] = world.types.map(() => []);
  for (const type of world.types) {
    for (const ancestor of new Set([type.id, ...type.ancestors])) below[ancestor]?.push(type.id);
  }
  return below;
}
