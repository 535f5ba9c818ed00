/**
 * The tuples of arguments a rule or process is for: every parameter ranges over its type, and the
 * parts of its condition that nothing can ever change are tried as soon as their parameters are
 * bound.
 */
import type { ExprId, FluentId, Parameter, World } from "@fabula/model";
import { freeLocals } from "@fabula/model";
import type { TraitsOf } from "../expressions/traits.js";
import { RunFault } from "../run/run-fault.js";

const TUPLES_MAX = 2_000_000;

export interface TupleSource {
  readonly world: World;
  readonly traits: TraitsOf;
  evaluate(expr: ExprId, locals: readonly number[]): number;
  entitiesOf(type: number): readonly number[];
  isA(entity: number, type: number): boolean;
  /** Whether the boolean fluent is so of anything. */
  holdsSomewhere(fluent: FluentId): boolean;
}

/**
 * Calls `take` with every tuple, in order; where `start` has a value the parameter is bound to it.
 * `among`: only those with this entity in them, position by position.
 */
export function forEachTuple(
  source: TupleSource,
  parameters: readonly Parameter[],
  condition: ExprId,
  among: number | undefined,
  take: (args: readonly number[]) => void,
  start: readonly (number | undefined)[] = [],
): void {
  const filters = fixedConjuncts(source, condition);
  if (among === undefined) {
    // Of many tuples none need be tried where nothing is so of anybody.
    const isMoot = ({ fluent }: Filter) => fluent >= 0 && !source.holdsSomewhere(fluent);
    if (filters.some(isMoot)) return;
    new Tuples(source, parameters, filters, start, take).run();
    return;
  }
  if (parameters.length === 1) {
    const type = parameters[0]?.type;
    if (type?.kind !== "entity" || !source.isA(among, type.type)) return;
    const args = [among];
    if (filters.every(({ expr }) => source.evaluate(expr, args) > 0)) take(args);
    return;
  }
  for (const [position, { type }] of parameters.entries()) {
    if (type.kind !== "entity" || !source.isA(among, type.type)) continue;
    const bound = parameters.map((_, index) => (index === position ? among : undefined));
    const first = (args: readonly number[]): void => {
      if (args.indexOf(among) === position) take(args);
    };
    new Tuples(source, parameters, filters, bound, first).run();
  }
}

interface Filter {
  readonly expr: ExprId;
  /** The last slot it reads. */
  readonly last: number;
  /** Where it is a boolean field that is false unless something says otherwise: that; else -1. */
  readonly fluent: FluentId;
}

class Tuples {
  readonly #args: number[] = [];
  #tried = 0;

  constructor(
    readonly source: TupleSource,
    readonly parameters: readonly Parameter[],
    readonly filters: readonly Filter[],
    readonly start: readonly (number | undefined)[],
    readonly take: (args: readonly number[]) => void,
  ) {}

  run(slot = 0): void {
    const parameter = this.parameters[slot];
    if (parameter === undefined) {
      this.take(this.#args.slice());
      return;
    }
    const given = this.start[slot];
    // A copy: what is made for a tuple may bring others about.
    const range = given === undefined ? rangeOf(this.source, parameter).slice() : [given];
    for (const value of range) {
      if (++this.#tried > TUPLES_MAX) throw tooMany();
      this.#args[slot] = value;
      this.#args.length = slot + 1;
      if (this.#passes(slot)) this.run(slot + 1);
    }
    this.#args.length = slot;
  }

  #passes(slot: number): boolean {
    return this.filters.every(
      (filter) => filter.last !== slot || this.source.evaluate(filter.expr, this.#args) > 0,
    );
  }
}

function tooMany(): RunFault {
  return new RunFault("FAB5107", `more than ${TUPLES_MAX} tuples to watch`, {
    remedy:
      "say in `where` which of them matter, by fields that never change, or make a crowd of a type that this is not for",
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

/** Conjuncts of the condition over fixed fluents alone, with the last slot each needs. */
function fixedConjuncts(source: TupleSource, condition: ExprId): readonly Filter[] {
  let known = filters.get(source.traits);
  if (known === undefined) {
    known = new Map();
    filters.set(source.traits, known);
  }
  let found = known.get(condition);
  if (found === undefined) {
    found = findFixedConjuncts(source, condition);
    known.set(condition, found);
  }
  return found;
}

/** By whose traits, and condition: asked anew for each entity that comes to be. */
const filters = new WeakMap<TraitsOf, Map<ExprId, readonly Filter[]>>();

function findFixedConjuncts(source: TupleSource, condition: ExprId): Filter[] {
  return conjuncts(source.world, condition)
    .filter((expr) => isFixed(source, expr))
    .map((expr) => ({
      expr,
      last: Math.max(0, ...freeLocals(source.world.expressions, expr)),
      fluent: falseByItself(source.world, expr),
    }));
}

function falseByItself({ expressions, fluents }: World, expr: ExprId): FluentId {
  const node = expressions.get(expr);
  if (node.op !== "fluent") return -1;
  const fluent = fluents[node.fluent];
  const isIt =
    fluent?.type.kind === "boolean" &&
    fluent.means === undefined &&
    fluent.initial === undefined &&
    fluent.initials === undefined;
  return isIt ? node.fluent : -1;
}

export function conjuncts(world: World, expr: ExprId): ExprId[] {
  const node = world.expressions.get(expr);
  return node.op === "and" ? node.args.flatMap((part) => conjuncts(world, part)) : [expr];
}

/** Whether nothing that happens can change what the expression comes to. */
export function isFixed(source: Pick<TupleSource, "traits" | "world">, expr: ExprId): boolean {
  const traits = source.traits.of(expr);
  if (traits.moves || traits.mindful || traits.events.length > 0 || traits.types.size > 0) {
    return false;
  }
  for (const fluent of traits.fluents) {
    if (source.world.fluents[fluent]?.storage !== "fixed") return false;
  }
  return true;
}
