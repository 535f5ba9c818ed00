/**
 * Ground claims and deeds, remembered by what they were made of: the pool's own interning writes
 * out each node as text, which is too slow to do for every option of every choice.
 */
import { childrenOf, type ExpressionPool, type ExprId, type ExprNode } from "@fabula/model";
import { freeLocals, ground, isClosed, literal } from "../ground.js";

export class Grounder {
  readonly #free = new Map<ExprId, readonly number[]>();
  readonly #known = new Map<string, ExprId>();
  readonly #deeds = new Map<string, ExprId>();
  readonly #order = new Map<string, number>();

  constructor(readonly pool: ExpressionPool) {}

  /** The proposition with the locals written in. */
  claim(expr: ExprId, locals: readonly number[]): ExprId {
    if (isClosed(this.pool, expr)) return expr;
    let free = this.#free.get(expr);
    if (free === undefined) {
      free = freeLocals(this.pool, expr);
      this.#free.set(expr, free);
    }
    let key = `${expr}`;
    for (const slot of free) key += `,${locals[slot]}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = ground(this.pool, expr, locals);
    this.#known.set(key, made);
    return made;
  }

  /** The deed of these values; the types are those of the action's parameters. */
  deed(action: number, values: readonly number[], types: readonly { type: ValueTypeOf }[]): ExprId {
    const key = `${action}(${values.join(",")})`;
    const known = this.#deeds.get(key);
    if (known !== undefined) return known;
    const args = values.map((value, index) =>
      literal(this.pool, value, (types[index] as { type: ValueTypeOf }).type),
    );
    const made = this.pool.intern({ op: "deed", action, args }, { kind: "deed" });
    this.#deeds.set(key, made);
    return made;
  }

  /** The denial of a claim; the denial of a denial is the claim. */
  not(claim: ExprId): ExprId {
    const node = this.pool.get(claim);
    if (node.op === "not") return node.args[0];
    return this.pool.intern({ op: "not", args: [claim] }, { kind: "boolean" });
  }

  /**
   * A total order of expressions by what they say, the same in every branch and run, whatever
   * ids they have got.
   */
  compare(left: ExprId, right: ExprId): number {
    if (left === right) return 0;
    const key = `${left},${right}`;
    let order = this.#order.get(key);
    if (order === undefined) {
      order = this.#compare(left, right);
      this.#order.set(key, order);
    }
    return order;
  }

  #compare(left: ExprId, right: ExprId): number {
    const a = this.pool.get(left);
    const b = this.pool.get(right);
    if (a.op !== b.op) return a.op < b.op ? -1 : 1;
    const headA = headOf(a);
    const headB = headOf(b);
    if (headA !== headB) return headA < headB ? -1 : 1;
    const argsA = childrenOf(a);
    const argsB = childrenOf(b);
    for (let index = 0; index < Math.min(argsA.length, argsB.length); index++) {
      const order = this.compare(argsA[index] as number, argsB[index] as number);
      if (order !== 0) return order;
    }
    return argsA.length - argsB.length;
  }
}

type ValueTypeOf = Parameters<typeof literal>[2];

function headOf(node: ExprNode): number {
  switch (node.op) {
    case "constant":
      return node.value;
    case "entity":
      return node.entity;
    case "local":
      return node.slot;
    case "fluent":
      return node.fluent;
    case "deed":
      return node.action;
    case "isa":
      return node.type;
    case "quantified":
      return node.type;
    case "count-of":
    case "time-since":
      return node.event.kind === "action" || node.event.kind === "rule" ? node.event.id : 0;
    default:
      return 0;
  }
}
