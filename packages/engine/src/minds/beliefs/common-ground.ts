/**
 * How things stood at the start, as everybody knows them: public fluents only. Filled once, as the
 * story begins, by perceive.ts; fixed from then on, so it needs no cells.
 */
import type { ExpressionPool, Fluent, World } from "@fabula/model";

/** How a mind can come to know a fluent. */
export const Way = {
  /** Known to all as it was at the start; changes by perceiving the act that changes it. */
  public: 0,
  /** Nobody knows it unless told, or it is their own: private fluents, and quantities. */
  private: 1,
  /** Known to who perceives it. */
  perceived: 2,
} as const;

export class CommonGround {
  /** By fluent: a `Way`. */
  readonly wayOf: readonly number[];
  /** By fluent: whether it is 0 or 1. */
  readonly isBoolean: readonly boolean[];
  /** By fluent: its value where nothing is known; numbers without one are unknown (NaN). */
  readonly defaultOf: readonly number[];
  /** By fluent: how likely an unknown boolean is taken to be. */
  readonly priorOf: readonly number[];
  readonly #start: number[] = [];

  constructor(world: World) {
    this.wayOf = world.fluents.map(wayOf);
    this.isBoolean = world.fluents.map((fluent) => fluent.type.kind === "boolean");
    this.defaultOf = world.fluents.map((fluent) => defaultOf(world.expressions, fluent));
    this.priorOf = world.fluents.map((fluent, id) => {
      const prior =
        fluent.prior === undefined ? undefined : literalOf(world.expressions, fluent.prior);
      return prior ?? (this.defaultOf[id] === 1 ? 1 : 0);
    });
  }

  tell(atom: number, value: number): void {
    this.#start[atom] = value;
  }

  /** What it is taken to be, or how likely, where nothing is known. */
  usualOf(fluent: number): number {
    const usual = this.isBoolean[fluent] === true ? this.priorOf[fluent] : this.defaultOf[fluent];
    return usual as number;
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

function defaultOf(pool: ExpressionPool, fluent: Fluent): number {
  const low = fluent.initial === undefined ? undefined : literalOf(pool, fluent.initial.low);
  if (low !== undefined) {
    const high = fluent.initial?.high;
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
