/**
 * The one typed intermediate form. Nodes are hash-consed: equal expressions have equal ids, so
 * a shared subexpression is shared by identity and a ground claim is named by its id.
 * Locals are slots: the parameters of the declaration an expression stands in, then binders.
 */
import { InvariantError } from "./diagnostic.js";
import type { ActionId, ExprId, FluentId, TypeId, ValueType } from "./types.js";

export type ArithmeticOp = "add" | "sub" | "mul" | "div" | "min" | "max";
export type CompareOp = "eq" | "ne" | "lt" | "le" | "gt" | "ge";
/**
 * `some`, `every`, `none`: boolean. `the`: the first entity in birth order, or none.
 * `sum`, `most`, `least`: number. `count`: how many.
 */
export type Quantifier = "some" | "every" | "none" | "the" | "sum" | "most" | "least" | "count";

export type ExprNode =
  /** Number in base units, boolean 0/1, symbol index, text index, milliseconds. */
  | { readonly op: "constant"; readonly value: number }
  /** An entity by birth number (declared entities: in order of declaration); -1 none. */
  | { readonly op: "entity"; readonly entity: number }
  | { readonly op: "local"; readonly slot: number }
  /** A ground or open fluent; args[0] is the owner. */
  | { readonly op: "fluent"; readonly fluent: FluentId; readonly args: readonly ExprId[] }
  | {
      readonly op: ArithmeticOp | CompareOp | "and" | "or";
      readonly args: readonly [ExprId, ExprId];
    }
  | { readonly op: "not" | "neg"; readonly args: readonly [ExprId] }
  /** Square root: the only function beyond arithmetic that is the same on every machine. */
  | { readonly op: "sqrt"; readonly args: readonly [ExprId] }
  | { readonly op: "if"; readonly args: readonly [ExprId, ExprId, ExprId] }
  /**
   * Binds `slot` over the entities of `type` (or, where `over` is set, the claims or deeds for
   * which that fluent of the owner holds). `where` is boolean; `body` the value (true if absent).
   */
  | {
      readonly op: "quantified";
      readonly quantifier: Quantifier;
      readonly slot: number;
      readonly type: TypeId;
      readonly where: ExprId;
      readonly body: ExprId;
    }
  /** Does the entity come from this type? (for parameters of a wider type) */
  | { readonly op: "isa"; readonly args: readonly [ExprId]; readonly type: TypeId }
  /** Quoted: a proposition over the locals, grounded when evaluated; its value is a claim. */
  | { readonly op: "claim"; readonly args: readonly [ExprId] }
  /** Quoted: a ground action; args[0] is the actor. Its value is a deed. */
  | { readonly op: "deed"; readonly action: ActionId; readonly args: readonly ExprId[] }
  /** The truth of a claim-valued expression. */
  | { readonly op: "holds"; readonly args: readonly [ExprId] }
  /** args: subject, proposition (not quoted). True where the subject's confidence is above 0.5. */
  | { readonly op: "believes"; readonly args: readonly [ExprId, ExprId] }
  /** args: subject, proposition. The subject's confidence in it, 0 .. 1. `likely(p, C)` */
  | { readonly op: "confidence"; readonly args: readonly [ExprId, ExprId] }
  /** args: subject, proposition. Has the subject anything to go by: more than a prior, a default? */
  | { readonly op: "can-tell"; readonly args: readonly [ExprId, ExprId] }
  /** args: subject, value expression. Its value as the subject believes, or unknown (NaN). */
  | { readonly op: "according"; readonly args: readonly [ExprId, ExprId] }
  /** args: subject, proposition: the subject has a want with this claim in force. */
  | { readonly op: "wants"; readonly args: readonly [ExprId, ExprId] }
  /** args: subject, deed-valued expression: the subject is set on doing it. */
  | { readonly op: "intends"; readonly args: readonly [ExprId, ExprId] }
  /** args: subject. Weighted mean, 0 .. 1, of the values of the subject's wants, as foreseen. */
  | { readonly op: "outlook"; readonly args: readonly [ExprId] }
  /** Milliseconds since the epoch. */
  | { readonly op: "now" }
  /**
   * Number of times an occurrence of this kind has ended so far (in truth: happened; in a mind: as
   * far as that mind remembers). args match exactly; a `-1` entity constant matches anything.
   */
  | {
      readonly op: "count-of";
      readonly event: EventPattern;
    }
  /** Seconds since the last such occurrence; unknown (NaN) if there was none. */
  | { readonly op: "time-since"; readonly event: EventPattern }
  /** Not known, or none. NaN for numbers, -1 for entities. */
  | { readonly op: "unknown" };

/** Which occurrences are meant: an action, rule or a condition becoming true. */
export type EventPattern =
  | {
      readonly kind: "action";
      readonly id: ActionId;
      readonly phase: EventPhase;
      readonly args: readonly ExprId[];
    }
  | { readonly kind: "rule"; readonly id: number; readonly args: readonly ExprId[] }
  /** A boolean over the locals, on its rising edge. */
  | { readonly kind: "becomes"; readonly condition: ExprId }
  /** args: subject, proposition: the subject comes to believe it (confidence crosses 0.5). */
  | { readonly kind: "learns"; readonly subject: ExprId; readonly condition: ExprId };

export type EventPhase = "started" | "ended" | "interrupted" | "failed";

/** Nodes by id, each once. Append-only: ground claims made while a story runs are added too. */
export class ExpressionPool {
  #nodes: ExprNode[] = [];
  #types: ValueType[] = [];
  #ids = new Map<string, ExprId>();

  /** The id of the node, made if it is new. `type` is its value's type. */
  intern(node: ExprNode, type: ValueType): ExprId {
    const key = keyOf(node, type);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#nodes.length;
    this.#nodes.push(node);
    this.#types.push(type);
    this.#ids.set(key, id);
    return id;
  }

  get(id: ExprId): ExprNode {
    const node = this.#nodes[id];
    if (node === undefined) throw new InvariantError(`no expression ${id}`);
    return node;
  }

  typeOf(id: ExprId): ValueType {
    const type = this.#types[id];
    if (type === undefined) throw new InvariantError(`no expression ${id}`);
    return type;
  }

  get count(): number {
    return this.#nodes.length;
  }

  /** A pool of the same nodes under the same ids, which goes its own way from here. */
  copy(): ExpressionPool {
    const pool = new ExpressionPool();
    pool.goOnFrom(this);
    return pool;
  }

  /** Takes over all nodes of another pool under their ids. Throws where it has nodes of its own. */
  goOnFrom(other: ExpressionPool): void {
    if (this.#nodes.length > 0) throw new InvariantError("a pool goes on from the beginning only");
    this.#nodes = [...other.#nodes];
    this.#types = [...other.#types];
    this.#ids = new Map(other.#ids);
  }
}

/**
 * A leaf does not tell its own type (1 is a number, `true` and a symbol; slot 0 holds a person here
 * and a wound there), so the type is part of its key; every other node's type follows from it.
 * Written out by hand: claims and deeds are interned while a story runs.
 */
function keyOf(node: ExprNode, type: ValueType): string {
  switch (node.op) {
    case "constant":
      // The third of one list of symbols is not the third of another.
      return `=${node.value + 0}:${type.kind}${type.kind === "symbol" ? type.type : ""}`;
    case "unknown":
      return `?:${type.kind}`;
    case "entity":
      return `@${node.entity}`;
    case "local":
      return `$${node.slot}:${typeKey(type)}`;
    case "now":
      return "now";
    case "fluent":
      return `.${node.fluent}(${node.args.join()})`;
    case "deed":
      return `!${node.action}(${node.args.join()})`;
    case "isa":
      return `isa ${node.type}(${node.args[0]})`;
    case "quantified":
      return `${node.quantifier} ${node.slot} ${node.type}(${node.where},${node.body})`;
    case "count-of":
    case "time-since":
      return `${node.op} ${JSON.stringify(node.event)}`;
    default:
      return `${node.op}(${node.args.join()})`;
  }
}

function typeKey(type: ValueType): string {
  switch (type.kind) {
    case "entity":
    case "symbol":
      return type.kind + type.type;
    case "number":
      return JSON.stringify(type.dimension);
    default:
      return type.kind;
  }
}
