/**
 * Ground claims and deeds, remembered by what they were made of: the pool's own interning writes
 * out each node as text, which is too slow to do for every option of every choice.
 */
import {
  childrenOf,
  type ExpressionPool,
  type ExprId,
  type ExprNode,
  freeLocals,
  ground,
  literal,
  TupleTable,
} from "@fabula/model";

/** What was made of one proposition or action: the values that went in, and what came of them. */
interface Made {
  /** Slots whose values go in, ascending. */
  readonly slots: readonly number[];
  readonly tuples: TupleTable;
  /** By number of the tuple. */
  readonly ids: ExprId[];
}

/** More than a pool has expressions. */
const EXPRESSIONS = 67_108_864;
/** In a tuple: a local without a value, which stays as it is. No value is this. */
const LEFT_OPEN = Number.NEGATIVE_INFINITY;

const grounders = new WeakMap<ExpressionPool, Grounder>();

/** The grounder of a pool, shared by all runs of its world. */
export function grounderOf(pool: ExpressionPool): Grounder {
  let grounder = grounders.get(pool);
  if (grounder === undefined) {
    grounder = new Grounder(pool);
    grounders.set(pool, grounder);
  }
  return grounder;
}

export class Grounder {
  readonly #claims = new Map<ExprId, Made>();
  /** By action. */
  readonly #deeds: (Made | undefined)[] = [];
  readonly #order = new Map<number, number>();

  constructor(readonly pool: ExpressionPool) {}

  /** The proposition with the locals written in. */
  claim(expr: ExprId, locals: readonly number[]): ExprId {
    let made = this.#claims.get(expr);
    if (made === undefined) {
      made = { slots: freeLocals(this.pool, expr), tuples: new TupleTable(), ids: [] };
      this.#claims.set(expr, made);
    }
    const { slots, tuples, ids } = made;
    if (slots.length === 0) return expr;
    const values: number[] = [];
    for (let index = 0; index < slots.length; index++) {
      values.push(locals[slots[index] as number] ?? LEFT_OPEN);
    }
    const known = tuples.find(values);
    if (known >= 0) return ids[known] as ExprId;
    const claim = ground(this.pool, expr, locals);
    ids[tuples.add(values)] = claim;
    return claim;
  }

  /** The deed of these values; the types are those of the action's parameters. */
  deed(action: number, values: readonly number[], types: readonly { type: ValueTypeOf }[]): ExprId {
    let ofAction = this.#deeds[action];
    if (ofAction === undefined) {
      ofAction = { slots: [], tuples: new TupleTable(), ids: [] };
      this.#deeds[action] = ofAction;
    }
    const { tuples, ids } = ofAction;
    const known = tuples.find(values);
    if (known >= 0) return ids[known] as ExprId;
    const args = values.map((value, index) =>
      literal(this.pool, value, (types[index] as { type: ValueTypeOf }).type),
    );
    const made = this.pool.intern({ op: "deed", action, args }, { kind: "deed" });
    ids[tuples.add(values)] = made;
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
    const key = left * EXPRESSIONS + right;
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
