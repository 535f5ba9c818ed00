/** Ranging over the known entities that parameters of a schema can stand for. */
import type { ExprId, Parameter } from "@fabula/model";
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
  someTuple(reader, perspective, parameters, first, where, locals, (filled, likely) => {
    visit(filled, likely);
    return false;
  });
}

/** As `eachTuple`, until `fits` is true of one: then true. */
export function someTuple(
  reader: Evaluator,
  perspective: number,
  parameters: readonly Parameter[],
  first: number,
  where: ExprId,
  locals: number[],
  fits: (locals: number[], likely: number) => boolean,
): boolean {
  let left = TUPLES_MAX;
  const fill = (index: number): boolean => {
    const parameter = parameters[index];
    if (parameter === undefined) {
      if (--left < 0) return false;
      const likely = reader.soft(perspective, where, locals);
      return likely > 0.03 && fits(locals, likely);
    }
    if (parameter.type.kind !== "entity") return false;
    for (const entity of entitiesIn(reader, perspective, parameter.type.type)) {
      locals[index] = entity;
      if (fill(index + 1)) return true;
    }
    return false;
  };
  return fill(first);
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
