/**
 * The tuples of arguments a rule or process is for: every parameter ranges over its type, and the
 * parts of `where` that nothing can ever change are tried as soon as their parameters are bound.
 */
import type { ExprId, Parameter, World } from "@fabula/model";
import { freeLocals } from "./ground.js";
import { RunFault } from "./run-fault.js";
import type { TraitsOf } from "./traits.js";

const TUPLES_MAX = 2_000_000;

export interface TupleSource {
  readonly world: World;
  readonly traits: TraitsOf;
  evaluate(expr: ExprId, locals: readonly number[]): number;
  entitiesOf(type: number): readonly number[];
  isA(entity: number, type: number): boolean;
}

/**
 * Calls `take` with every tuple, in order. `among`: only those with this entity in them.
 * Parameters from `from` on are ranged over; those before are bound in `start`.
 */
export function forEachTuple(
  source: TupleSource,
  parameters: readonly Parameter[],
  where: ExprId,
  among: number | undefined,
  take: (args: readonly number[]) => void,
  start: readonly (number | undefined)[] = [],
): void {
  const filters = fixedConjuncts(source, where);
  const args: number[] = [];
  let tried = 0;
  const bind = (slot: number, has: boolean): void => {
    if (slot === parameters.length) {
      if (has || among === undefined) take(args.slice());
      return;
    }
    const given = start[slot];
    const range = given === undefined ? rangeOf(source, parameters[slot] as Parameter) : [given];
    for (const value of range) {
      if (++tried > TUPLES_MAX) throw tooMany();
      args[slot] = value;
      args.length = slot + 1;
      const passes = filters.every(
        (filter) => filter.last !== slot || source.evaluate(filter.expr, args) > 0,
      );
      if (passes) bind(slot + 1, has || value === among);
    }
    args.length = slot;
  };
  bind(0, false);
}

function tooMany(): RunFault {
  return new RunFault("FAB5107", `more than ${TUPLES_MAX} tuples to watch`, {
    remedy: "say in `where` which of them matter, by fields that never change",
  });
}

function rangeOf(source: TupleSource, parameter: Parameter): readonly number[] {
  const { type } = parameter;
  switch (type.kind) {
    case "entity":
      return source.entitiesOf(type.type);
    case "symbol":
      return (source.world.types[type.type]?.symbols ?? []).map((_, index) => index);
    case "boolean":
      return [0, 1];
    default:
      return [];
  }
}

/** Conjuncts of `where` over fixed fluents alone, with the last slot each needs. */
function fixedConjuncts(source: TupleSource, where: ExprId): { expr: ExprId; last: number }[] {
  return conjuncts(source.world, where)
    .filter((expr) => isFixed(source, expr))
    .map((expr) => ({
      expr,
      last: Math.max(0, ...freeLocals(source.world.expressions, expr)),
    }));
}

function conjuncts(world: World, expr: ExprId): ExprId[] {
  const node = world.expressions.get(expr);
  return node.op === "and" ? node.args.flatMap((part) => conjuncts(world, part)) : [expr];
}

function isFixed(source: TupleSource, expr: ExprId): boolean {
  const traits = source.traits.of(expr);
  if (traits.moves || traits.mindful || traits.events.length > 0 || traits.types.size > 0) {
    return false;
  }
  for (const fluent of traits.fluents) {
    if (source.world.fluents[fluent]?.storage !== "fixed") return false;
  }
  return true;
}
