/**
 * How things stood at the start, as everybody knows them: public fluents only. Filled once, as the
 * story begins, by perceive.ts; fixed from then on, so it needs no cells.
 */
import { type Draw, type ExpressionPool, type Fluent, initialOf, type World } from "@fabula/model";

import type { Atoms } from "./atoms.js";
import type { Population } from "./population.js";

/** How a mind can come to know a fluent. */
export const Way = {
  /** Known to all as it was at the start; changes by perceiving the act that changes it. */
  public: 0,
  /** Nobody knows it unless told, or it is their own: private fluents, and quantities. */
  private: 1,
  /** Known to who perceives it. */
  perceived: 2,
} as const;

interface Usual {
  readonly value: number;
  /** Of a boolean: how likely it is taken to be. */
  readonly prior: number;
}

export class CommonGround {
  /** By fluent: a `Way`. */
  readonly wayOf: readonly number[];
  /** By fluent: whether it is 0 or 1. */
  readonly isBoolean: readonly boolean[];
  /** By fluent: what it is where nothing is known, but for those of some types. */
  readonly #usual: readonly Usual[];
  /** By fluent: what those of some types start with is said of their types. */
  readonly #hasInitials: readonly boolean[];
  readonly #start: number[] = [];

  constructor(
    readonly world: World,
    readonly atoms: Atoms,
    readonly population: Population,
  ) {
    const { expressions, fluents } = world;
    this.wayOf = fluents.map(wayOf);
    this.isBoolean = fluents.map((fluent) => fluent.type.kind === "boolean");
    this.#usual = fluents.map((fluent) => usualWith(expressions, fluent, fluent.initial));
    this.#hasInitials = fluents.map(({ initials }) => initials !== undefined);
  }

  tell(atom: number, value: number): void {
    this.#start[atom] = value;
  }

  /** What it is where nothing is known; numbers without a start value are unknown (NaN). */
  defaultOf(fluent: number, atom: number): number {
    return this.#usualAt(fluent, atom).value;
  }

  /** How likely an unknown boolean is taken to be. */
  priorOf(fluent: number, atom: number): number {
    return this.#usualAt(fluent, atom).prior;
  }

  /** What it is taken to be, or how likely, where nothing is known. */
  usualOf(fluent: number, atom: number): number {
    const usual = this.#usualAt(fluent, atom);
    return this.isBoolean[fluent] === true ? usual.prior : usual.value;
  }

  /** `usualOf` of a fluent of which there may be no atom. */
  usualFor(fluent: number, args: readonly number[]): number {
    const usual = this.#usualWith(fluent, args);
    return this.isBoolean[fluent] === true ? usual.prior : usual.value;
  }

  #usualAt(fluent: number, atom: number): Usual {
    if (this.#hasInitials[fluent] !== true) return this.#usual[fluent] as Usual;
    return this.#usualWith(fluent, this.atoms.argsOf(atom));
  }

  #usualWith(fluent: number, args: readonly number[]): Usual {
    if (this.#hasInitials[fluent] !== true) return this.#usual[fluent] as Usual;
    const { expressions, fluents, types } = this.world;
    const schema = fluents[fluent] as Fluent;
    const owner = this.population.typeOf(args[0] as number);
    const initial = initialOf(types, schema, owner, args.slice(1));
    return usualWith(expressions, schema, initial);
  }

  /** Undefined: as fluents of that kind are by default. */
  valueAtStart(atom: number): number | undefined {
    return this.#start[atom];
  }
}

function wayOf(fluent: Fluent): number {
  if (fluent.perceptions.length > 0) return Way.perceived;
  return fluent.private || fluent.storage === "quantity" ? Way.private : Way.public;
}

/** Where the fluent starts with `initial`. */
function usualWith(pool: ExpressionPool, fluent: Fluent, initial: Draw | undefined): Usual {
  const value = defaultOf(pool, fluent, initial);
  const prior = fluent.prior === undefined ? undefined : literalOf(pool, fluent.prior);
  return { value, prior: prior ?? (value === 1 ? 1 : 0) };
}

function defaultOf(pool: ExpressionPool, fluent: Fluent, initial: Draw | undefined): number {
  const low = initial === undefined ? undefined : literalOf(pool, initial.low);
  if (low !== undefined) {
    const high = initial?.high;
    const top = high === undefined ? undefined : literalOf(pool, high);
    return top === undefined ? low : (low + top) / 2;
  }
  switch (fluent.type.kind) {
    case "boolean":
      return 0;
    case "number":
      return fluent.low !== undefined && fluent.low > 0 ? fluent.low : 0;
    case "entity":
    case "claim":
    case "deed":
      return -1;
    default:
      return Number.NaN;
  }
}

function literalOf(pool: ExpressionPool, expr: number): number | undefined {
  const node = pool.get(expr);
  if (node.op === "constant") return node.value;
  if (node.op === "entity") return node.entity;
  if (node.op === "unknown") return Number.NaN;
  if (node.op === "neg") {
    const inner = literalOf(pool, node.args[0]);
    return inner === undefined ? undefined : -inner;
  }
  if (node.op === "add" || node.op === "sub" || node.op === "mul" || node.op === "div") {
    const left = literalOf(pool, node.args[0]);
    const right = literalOf(pool, node.args[1]);
    if (left === undefined || right === undefined) return undefined;
    if (node.op === "add") return left + right;
    if (node.op === "sub") return left - right;
    return node.op === "mul" ? left * right : left / right;
  }
  return undefined;
}
