/**
 * Who has to be asked whether they perceive an occurrence: where every clause names whom it is
 * plain to, those and who takes part, however many others there are.
 */
import type { ExpressionPool, ExprId, Perception } from "@fabula/model";
import { freeLocals } from "@fabula/model";
import { bySize, sortFew } from "../../kernel/order.js";
import type { Population } from "../beliefs/population.js";

export class Witnesses {
  /** By clauses: the expressions that name them; undefined: everybody has to be asked. */
  readonly #named = new Map<readonly Perception[], readonly ExprId[] | undefined>();

  constructor(
    readonly expressions: ExpressionPool,
    /** Whom an expression of `by` means. */
    readonly means: (expr: ExprId, args: readonly number[]) => number,
    readonly population: Population,
  ) {}

  /** Birth numbers, ascending, of all who may perceive it. `taking`: who takes part. */
  of(
    clauses: readonly Perception[],
    args: readonly number[],
    taking: readonly number[],
  ): readonly number[] {
    if (!this.#named.has(clauses)) this.#named.set(clauses, this.#naming(clauses, args.length));
    const named = this.#named.get(clauses);
    if (named === undefined) return this.population.observers;
    const found: number[] = [];
    const add = (who: number): void => {
      if (this.population.takesIn(who) && !found.includes(who)) found.push(who);
    };
    for (const who of taking) add(who);
    for (const expr of named) add(this.means(expr, args));
    return sortFew(found, bySize);
  }

  /** `observer`: the slot of who looks; a name that hangs on it names nobody by itself. */
  #naming(clauses: readonly Perception[], observer: number): readonly ExprId[] | undefined {
    const named: ExprId[] = [];
    for (const { by } of clauses) {
      if (by?.some((expr) => freeLocals(this.expressions, expr).includes(observer)) ?? true) {
        return undefined;
      }
      named.push(...(by ?? []));
    }
    return named;
  }
}
