/**
 * Facts that all know and nobody ever believed otherwise: fields that nothing declared writes, of
 * things that are there for everybody. They are read as they are; nothing has to be looked up in
 * the mind, nor noted. The first belief about any of them, held or foreseen, ends that for its
 * field, and what was worked out so far holds no more.
 */
import { childrenOf, type ExpressionPool, type ExprId, type World } from "@fabula/model";
import { type CommonGround, Way } from "../beliefs/common-ground.js";
import { degree } from "../beliefs/odds.js";
import type { Population } from "../beliefs/population.js";

interface Reading {
  /** Told of what an answer hangs on; undefined: only the answer is wanted. */
  readonly tracer: unknown;
  evaluate(expr: ExprId, locals: number[]): number;
}

export class Undisputed {
  /** By fluent (a pseudo-fluent has no entry): whether it is. */
  readonly #is: boolean[];
  /** By expression: the fields it is made of, where it is made of nothing else but comparisons. */
  readonly #facts: (readonly number[] | null)[] = [];

  constructor(
    readonly world: World,
    population: Population,
    readonly common: CommonGround,
  ) {
    const veiled = world.types.filter((type) => population.isVeiled(type.id));
    this.#is = world.fluents.map(
      ({ id, owner, storage }) =>
        storage === "fixed" &&
        common.wayOf[id] === Way.public &&
        !veiled.some((type) => population.isA(type.id, owner)),
    );
  }

  is(fluent: number): boolean {
    return this.#is[fluent] === true;
  }

  /** The value, or how likely it is, in every mind. */
  valueOf(fluent: number, atom: number): number {
    return this.common.valueAtStart(atom) ?? this.common.usualOf(fluent, atom);
  }

  /** Whether what stands beside a condition that is false could be of any matter to the reader. */
  leavesOpen(reader: Reading, condition: ExprId, locals: number[]): boolean {
    return reader.tracer !== undefined && !this.#excludes(reader, condition, locals);
  }

  /** Whether a part of it is false, and made of such facts alone: it will not hold. */
  #excludes(reader: Reading, condition: ExprId, locals: number[]): boolean {
    const node = this.world.expressions.get(condition);
    if (node.op === "and") {
      const [left, right] = node.args;
      return this.#excludes(reader, left, locals) || this.#excludes(reader, right, locals);
    }
    const facts = this.#factsIn(condition);
    if (facts === null || !facts.every((fluent) => this.is(fluent))) return false;
    return degree(reader.evaluate(condition, locals)) === 0;
  }

  #factsIn(expr: ExprId): readonly number[] | null {
    let facts = this.#facts[expr];
    if (facts === undefined) {
      facts = factsOf(this.world.expressions, expr);
      this.#facts[expr] = facts;
    }
    return facts;
  }

  /** Somebody believes something about it. True where that was never so. */
  dispute(fluent: number): boolean {
    if (this.#is[fluent] !== true) return false;
    this.#is[fluent] = false;
    return true;
  }
}

const PLAIN = new Set([
  "constant",
  "entity",
  "unknown",
  "local",
  "fluent",
  "isa",
  "not",
  "and",
  "or",
]);
const COMPARING = new Set(["eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "div", "neg"]);

function factsOf(pool: ExpressionPool, expr: ExprId): readonly number[] | null {
  const node = pool.get(expr);
  if (!PLAIN.has(node.op) && !COMPARING.has(node.op)) return null;
  const own = node.op === "fluent" ? [node.fluent] : [];
  const parts = childrenOf(node).map((child) => factsOf(pool, child));
  return parts.every((part) => part !== null) ? [...own, ...parts.flat()] : null;
}
