/**
 * Makes nodes of the pool, folding what is constant. Folding keeps one form for one meaning
 * (`x = false` is `not x`), because a claim is named by the id of its expression.
 * It knows no names and no text: types are checked before.
 */
import type {
  ActionId,
  ArithmeticOp,
  CompareOp,
  EventPattern,
  ExpressionPool,
  ExprId,
  ExprNode,
  FluentId,
  Quantifier,
  TypeId,
  ValueType,
} from "@fabula/model";

export const booleanType: ValueType = { kind: "boolean" };
export const claimType: ValueType = { kind: "claim" };
export const deedType: ValueType = { kind: "deed" };
export const timeType: ValueType = { kind: "time" };
export const textType: ValueType = { kind: "text" };
export const plainType: ValueType = { kind: "number", dimension: {} };
/** The matcher of anything in an event pattern; its type says nothing. */
const anyArgument: ExprNode = { op: "entity", entity: -1 };

export class ExpressionBuilder {
  constructor(readonly pool: ExpressionPool) {}

  constant(value: number, type: ValueType): ExprId {
    // -0 and 0 are one number to an author but two texts to the pool.
    return this.pool.intern({ op: "constant", value: value === 0 ? 0 : value }, type);
  }

  boolean(value: boolean): ExprId {
    return this.constant(value ? 1 : 0, booleanType);
  }

  entity(entity: number, type: TypeId): ExprId {
    return this.pool.intern({ op: "entity", entity }, { kind: "entity", type });
  }

  /** Matches anything, in the arguments of an event pattern. */
  any(): ExprId {
    return this.pool.intern(anyArgument, { kind: "entity", type: 0 });
  }

  local(slot: number, type: ValueType): ExprId {
    return this.pool.intern({ op: "local", slot }, type);
  }

  unknown(type: ValueType): ExprId {
    if (type.kind === "entity") return this.entity(-1, type.type);
    return this.pool.intern({ op: "unknown" }, type);
  }

  fluent(fluent: FluentId, args: readonly ExprId[], type: ValueType): ExprId {
    return this.pool.intern({ op: "fluent", fluent, args }, type);
  }

  constantOf(id: ExprId): number | undefined {
    const node = this.pool.get(id);
    return node.op === "constant" ? node.value : undefined;
  }

  arithmetic(op: ArithmeticOp, left: ExprId, right: ExprId, type: ValueType): ExprId {
    const a = this.constantOf(left);
    const b = this.constantOf(right);
    if (a !== undefined && b !== undefined) return this.constant(compute(op, a, b), type);
    if (b === 0 && (op === "add" || op === "sub")) return left;
    if (a === 0 && op === "add") return right;
    if (b === 1 && (op === "mul" || op === "div")) return left;
    if (a === 1 && op === "mul") return right;
    return this.pool.intern({ op, args: [left, right] }, type);
  }

  negative(value: ExprId, type: ValueType): ExprId {
    const constant = this.constantOf(value);
    if (constant !== undefined) return this.constant(-constant, type);
    return this.pool.intern({ op: "neg", args: [value] }, type);
  }

  squareRoot(value: ExprId, type: ValueType): ExprId {
    const constant = this.constantOf(value);
    if (constant !== undefined && constant >= 0) return this.constant(Math.sqrt(constant), type);
    return this.pool.intern({ op: "sqrt", args: [value] }, type);
  }

  compare(op: CompareOp, left: ExprId, right: ExprId): ExprId {
    const a = this.constantOf(left);
    const b = this.constantOf(right);
    if (a !== undefined && b !== undefined) return this.boolean(decide(op, a, b));
    if (op === "eq" || op === "ne") {
      const truth = this.#asTruth(op, left, b) ?? this.#asTruth(op, right, a);
      if (truth !== undefined) return truth;
    }
    return this.pool.intern({ op, args: [left, right] }, booleanType);
  }

  /** `x = true` is `x`, `x = false` is `not x`. */
  #asTruth(op: "eq" | "ne", value: ExprId, constant: number | undefined): ExprId | undefined {
    if (constant === undefined || this.pool.typeOf(value).kind !== "boolean") return undefined;
    return (op === "eq") === (constant === 1) ? value : this.not(value);
  }

  not(value: ExprId): ExprId {
    const constant = this.constantOf(value);
    if (constant !== undefined) return this.boolean(constant === 0);
    const node = this.pool.get(value);
    if (node.op === "not") return node.args[0];
    return this.pool.intern({ op: "not", args: [value] }, booleanType);
  }

  and(left: ExprId, right: ExprId): ExprId {
    const a = this.constantOf(left);
    const b = this.constantOf(right);
    if (a !== undefined) return a === 0 ? left : right;
    if (b !== undefined) return b === 0 ? right : left;
    if (left === right) return left;
    return this.pool.intern({ op: "and", args: [left, right] }, booleanType);
  }

  or(left: ExprId, right: ExprId): ExprId {
    const a = this.constantOf(left);
    const b = this.constantOf(right);
    if (a !== undefined) return a === 0 ? right : left;
    if (b !== undefined) return b === 0 ? left : right;
    if (left === right) return left;
    return this.pool.intern({ op: "or", args: [left, right] }, booleanType);
  }

  choose(condition: ExprId, then: ExprId, otherwise: ExprId, type: ValueType): ExprId {
    const constant = this.constantOf(condition);
    if (constant !== undefined) return constant === 0 ? otherwise : then;
    if (then === otherwise) return then;
    return this.pool.intern({ op: "if", args: [condition, then, otherwise] }, type);
  }

  quantified(
    quantifier: Quantifier,
    bound: { readonly slot: number; readonly type: TypeId },
    where: ExprId,
    body: ExprId,
    type: ValueType,
  ): ExprId {
    const { slot } = bound;
    const node: ExprNode = { op: "quantified", quantifier, slot, type: bound.type, where, body };
    return this.pool.intern(node, type);
  }

  isA(value: ExprId, type: TypeId): ExprId {
    return this.pool.intern({ op: "isa", args: [value], type }, booleanType);
  }

  /** Quotes a proposition; the quotation of `holds(c)` is `c`. */
  claim(proposition: ExprId): ExprId {
    const node = this.pool.get(proposition);
    if (node.op === "holds") return node.args[0];
    return this.pool.intern({ op: "claim", args: [proposition] }, claimType);
  }

  /** The truth of a claim; that of a quotation is what it quotes. */
  holds(claim: ExprId): ExprId {
    const node = this.pool.get(claim);
    if (node.op === "claim") return node.args[0];
    return this.pool.intern({ op: "holds", args: [claim] }, booleanType);
  }

  deed(action: ActionId, args: readonly ExprId[]): ExprId {
    return this.pool.intern({ op: "deed", action, args }, deedType);
  }

  believes(subject: ExprId, proposition: ExprId): ExprId {
    return this.pool.intern({ op: "believes", args: [subject, proposition] }, booleanType);
  }

  confidence(subject: ExprId, proposition: ExprId): ExprId {
    return this.pool.intern({ op: "confidence", args: [subject, proposition] }, plainType);
  }

  canTell(subject: ExprId, proposition: ExprId): ExprId {
    return this.pool.intern({ op: "can-tell", args: [subject, proposition] }, booleanType);
  }

  according(subject: ExprId, value: ExprId, type: ValueType): ExprId {
    return this.pool.intern({ op: "according", args: [subject, value] }, type);
  }

  wants(subject: ExprId, proposition: ExprId): ExprId {
    return this.pool.intern({ op: "wants", args: [subject, proposition] }, booleanType);
  }

  intends(subject: ExprId, deed: ExprId): ExprId {
    return this.pool.intern({ op: "intends", args: [subject, deed] }, booleanType);
  }

  outlook(subject: ExprId): ExprId {
    return this.pool.intern({ op: "outlook", args: [subject] }, plainType);
  }

  now(): ExprId {
    return this.pool.intern({ op: "now" }, timeType);
  }

  countOf(event: EventPattern): ExprId {
    return this.pool.intern({ op: "count-of", event }, plainType);
  }

  timeSince(event: EventPattern): ExprId {
    const type: ValueType = { kind: "number", dimension: { time: 1 } };
    return this.pool.intern({ op: "time-since", event }, type);
  }
}

function compute(op: ArithmeticOp, a: number, b: number): number {
  switch (op) {
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return a / b;
    case "min":
      return a < b ? a : b;
    case "max":
      return a > b ? a : b;
  }
}

function decide(op: CompareOp, a: number, b: number): boolean {
  switch (op) {
    case "eq":
      return a === b;
    case "ne":
      return a !== b;
    case "lt":
      return a < b;
    case "le":
      return a <= b;
    case "gt":
      return a > b;
    case "ge":
      return a >= b;
  }
}
