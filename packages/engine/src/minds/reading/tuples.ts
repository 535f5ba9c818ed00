/** Ranging over the entities that parameters can stand for: those known, or those there are. */
import type { ExprId, Fluent, Parameter, TypeId, ValueType, World } from "@fabula/model";
import type { Evaluator } from "./evaluator.js";

/** Most tuples of one schema in one mind: a world that needs more has to say `where`. */
export const TUPLES_MAX = 20_000;

/**
 * Calls `visit` for each way to fill `locals` from slot `first` on with entities known in the
 * perspective, in birth order, for which `where` holds softly. `locals` is used again each time.
 * Parameters that are no entities cannot be ranged over: then nothing is visited.
 */
export function eachTuple(
  reader: Evaluator,
  perspective: number,
  parameters: readonly Parameter[],
  first: number,
  where: ExprId,
  locals: number[],
  visit: (locals: number[], likely: number) => void,
): void {
  let left = TUPLES_MAX;
  const fill = (index: number): void => {
    const parameter = parameters[index];
    if (parameter === undefined) {
      if (--left < 0) return;
      const likely = reader.soft(perspective, where, locals);
      if (likely > 0.03) visit(locals, likely);
      return;
    }
    if (parameter.type.kind !== "entity") return;
    for (const entity of entitiesIn(reader, perspective, parameter.type.type)) {
      locals[index] = entity;
      fill(index + 1);
    }
  };
  fill(first);
}

export function entitiesIn(
  reader: Evaluator,
  perspective: number,
  type: number,
): readonly number[] {
  const from = reader.perspective;
  reader.perspective = perspective;
  const entities = reader.entitiesOf(type);
  reader.perspective = from;
  return entities;
}

/** What a parameter of the type can stand for in the perspective; of numbers, claims and deeds none. */
export function valuesIn(
  reader: Evaluator,
  perspective: number,
  type: ValueType | undefined,
): readonly number[] {
  switch (type?.kind) {
    case "entity":
      return entitiesIn(reader, perspective, type.type);
    case "symbol":
      return reader.world.types[type.type]?.symbols?.map((_, index) => index) ?? [];
    case "boolean":
      return [0, 1];
    default:
      return [];
  }
}

/** Most tuples of one fluent that are looked at; among many entities, so many of each. */
const GROUND_MAX = 50_000;
const GROUND_OF_EACH = 16;

/**
 * All tuples of entities and symbols that a fluent stands over, of one owner or of all there are.
 * None where it has other parameters, or where there would be too many.
 */
export function eachGround(
  world: World,
  entitiesOf: (type: TypeId) => readonly number[],
  fluent: Fluent,
  visit: (args: readonly number[]) => void,
  owner?: number,
): void {
  const lists = [owner === undefined ? entitiesOf(fluent.owner).slice() : [owner]];
  for (const { type } of fluent.parameters) {
    if (type.kind === "symbol") lists.push([...(world.types[type.type]?.symbols ?? []).keys()]);
    else if (type.kind === "entity") lists.push(entitiesOf(type.type).slice());
    else return;
  }
  const count = lists.reduce((product, list) => product * list.length, 1);
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
  if (count > Math.max(GROUND_MAX, longest * GROUND_OF_EACH)) return;
  const args: number[] = [];
  const fill = (place: number): void => {
    const list = lists[place];
    if (list === undefined) {
      visit(args.slice());
      return;
    }
    for (const value of list) {
      args[place] = value;
      fill(place + 1);
    }
  };
  fill(0);
}

/** Whether each of them is somebody or something. */
export function allThere(args: readonly number[]): boolean {
  for (let at = 0; at < args.length; at++) if (!((args[at] as number) >= 0)) return false;
  return true;
}
