/**
 * What quoted expressions are with these locals, each worked out once: what `do`, `believes` and
 * claims ask for again and again. Shared by all runs of a world, as the pool is that it names.
 */
import { type ExpressionPool, type ExprId, ground, TupleTable } from "@fabula/model";

interface Known {
  /** Free slots, ascending. */
  readonly free: readonly number[];
  /** Of the values in them. */
  readonly tuples: TupleTable;
  /** By number of the tuple. */
  readonly ids: ExprId[];
}

export class Grounded {
  readonly #known = new Map<ExprId, Known>();

  /** `freeOf`: the free slots of an expression, ascending. */
  constructor(
    readonly pool: ExpressionPool,
    readonly freeOf: (expr: ExprId) => readonly number[],
  ) {}

  /** The expression over the values that stand from `frame` on, by slot. */
  of(expr: ExprId, frames: Float64Array, frame: number): ExprId {
    const { free, tuples, ids } = this.#of(expr);
    const values: number[] = [];
    for (let at = 0; at < free.length; at++) {
      values.push(frames[frame + (free[at] as number)] as number);
    }
    const known = tuples.find(values);
    if (known >= 0) return ids[known] as ExprId;
    const locals: number[] = [];
    for (let at = 0; at < free.length; at++) locals[free[at] as number] = values[at] as number;
    const id = ground(this.pool, expr, locals);
    ids[tuples.add(values)] = id;
    return id;
  }

  #of(expr: ExprId): Known {
    let known = this.#known.get(expr);
    if (known === undefined) {
      known = { free: this.freeOf(expr), tuples: new TupleTable(), ids: [] };
      this.#known.set(expr, known);
    }
    return known;
  }
}
