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
