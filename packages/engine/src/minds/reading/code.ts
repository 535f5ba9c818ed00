/**
 * Expressions as flat tables, so that reading a belief costs array reads and one dense switch: the
 * nodes of the pool, looked at once each. Grows with the pool; never changes an entry.
 */
import type { EventPattern, ExpressionPool, ExprId, ExprNode } from "@fabula/model";

/** Dense operation numbers, for a jump table. */
export const Op = {
  constant: 0,
  local: 1,
  owned: 2,
  paired: 3,
  fluent: 4,
  add: 5,
  sub: 6,
  mul: 7,
  div: 8,
  min: 9,
  max: 10,
  eq: 11,
  ne: 12,
  lt: 13,
  le: 14,
  gt: 15,
  ge: 16,
  and: 17,
  or: 18,
  not: 19,
  neg: 20,
  sqrt: 21,
  if: 22,
  some: 23,
  every: 24,
  none: 25,
  the: 26,
  sum: 27,
  most: 28,
  least: 29,
  count: 30,
  isa: 31,
  claim: 32,
  deed: 33,
  holds: 34,
  believes: 35,
  confidence: 36,
  according: 37,
  wants: 38,
  intends: 39,
  outlook: 40,
  now: 41,
  countOf: 42,
  timeSince: 43,
  canTell: 44,
} as const;

const RENAMED: Readonly<Record<string, keyof typeof Op>> = {
  "count-of": "countOf",
  "time-since": "timeSince",
  "can-tell": "canTell",
  entity: "constant",
  unknown: "constant",
};

const codes = new WeakMap<ExpressionPool, Code>();

/** The tables of a pool, shared by all runs of its world. */
export function codeOf(pool: ExpressionPool): Code {
  let code = codes.get(pool);
  if (code === undefined) {
    code = new Code(pool);
    codes.set(pool, code);
  }
  return code;
}

export class Code {
  /** By expression: an `Op`. */
  op: number[] = [];
  /** By expression: operands (expressions), or what the operation says (slot, fluent, type). */
  a: number[] = [];
  b: number[] = [];
  c: number[] = [];
  /** By expression: slot of a quantifier. */
  slot: number[] = [];
  value: number[] = [];
  args: (readonly ExprId[])[] = [];
  events: (EventPattern | undefined)[] = [];
  /** By expression: a number for its operation and fluents, whatever its arguments. */
  readonly #shapes: number[] = [];
  readonly #shapeNumbers = new Map<string, number>();

  constructor(readonly pool: ExpressionPool) {
    this.grow();
  }

  /** Takes in what the pool has got since. */
  grow(): void {
    for (let id = this.op.length; id < this.pool.count; id++) this.#take(this.pool.get(id));
  }

  /** Equal for expressions that differ only in their arguments: entities, locals, constants. */
  shapeOf(expr: ExprId): number {
    const known = this.#shapes[expr];
    if (known !== undefined) return known;
    const text = this.#shapeText(expr);
    let number = this.#shapeNumbers.get(text);
    if (number === undefined) {
      number = this.#shapeNumbers.size;
      this.#shapeNumbers.set(text, number);
    }
    this.#shapes[expr] = number;
    return number;
  }

  #shapeText(expr: ExprId): string {
    const node = this.pool.get(expr);
    switch (node.op) {
      case "constant":
      case "entity":
      case "local":
      case "unknown":
        return "_";
      case "fluent":
        return `f${node.fluent}`;
      case "quantified":
        return `${node.quantifier}(${this.#shapeText(node.where)},${this.#shapeText(node.body)})`;
      case "count-of":
      case "time-since":
      case "now":
        return node.op;
      default:
        return `${node.op}(${node.args.map((arg) => this.#shapeText(arg)).join(",")})`;
    }
  }

  #take(node: ExprNode): void {
    let op: number = Op.constant;
    let a = 0;
    let b = 0;
    let c = 0;
    let slot = 0;
    let value = 0;
    let args: readonly ExprId[] = [];
    let event: EventPattern | undefined;
    switch (node.op) {
      case "constant":
        value = node.value;
        break;
      case "entity":
        value = node.entity;
        break;
      case "unknown":
        value = Number.NaN;
        break;
      case "now":
        op = Op.now;
        break;
      case "local":
        op = Op.local;
        a = node.slot;
        break;
      case "fluent":
        op = node.args.length === 1 ? Op.owned : node.args.length === 2 ? Op.paired : Op.fluent;
        a = node.fluent;
        b = node.args[0] as number;
        c = node.args[1] ?? 0;
        args = node.args;
        break;
      case "quantified":
        op = Op[node.quantifier];
        a = node.type;
        b = node.where;
        c = node.body;
        slot = node.slot;
        break;
      case "deed":
        op = Op.deed;
        a = node.action;
        args = node.args;
        break;
      case "isa":
        op = Op.isa;
        a = node.args[0];
        b = node.type;
        break;
      case "count-of":
      case "time-since":
        op = node.op === "count-of" ? Op.countOf : Op.timeSince;
        event = node.event;
        break;
      default:
        op = Op[RENAMED[node.op] ?? (node.op as keyof typeof Op)];
        a = node.args[0];
        b = node.args[1] ?? 0;
        c = node.args[2] ?? 0;
        args = node.args;
    }
    this.op.push(op);
    this.a.push(a);
    this.b.push(b);
    this.c.push(c);
    this.slot.push(slot);
    this.value.push(value);
    this.args.push(args);
    this.events.push(event);
  }
}
