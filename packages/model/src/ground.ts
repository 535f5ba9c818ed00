/**
 * Grounding: an expression over locals becomes one without, named by its id in the pool. Claims and
 * deeds are such ids, so a claim costs a number wherever it is believed, told or promised.
 *
 * A claim-typed local holds the id of a proposition P; written into an expression it becomes the
 * literal `claim(P)`, and `holds(claim(P))` is P itself. A deed-typed local holds the id of its
 * `deed` node, which is its own literal. Fluents that nothing ever writes may be folded.
 */
import { InvariantError } from "./diagnostic.js";
import type { EventPattern, ExpressionPool, ExprNode } from "./expression.js";
import { childrenOf } from "./subexpressions.js";
import type { ExprId, ValueType } from "./types.js";

/** Values by slot. */
type Locals = readonly number[];

/** Replaces a ground fluent nothing writes by its value; undefined leaves it. */
export type Fold = (fluent: number, args: readonly number[]) => number | undefined;

const NESTING_MAX = 2_000;

/** The id of `expr` with its free locals replaced by their values. */
export function ground(pool: ExpressionPool, expr: ExprId, locals: Locals, fold?: Fold): ExprId {
  return new Grounding(pool, locals, fold).of(expr, 0);
}

/**
 * The claim that an expression is with these locals: of a claim-valued expression its value, of
 * a proposition its grounding. `evaluate` is asked for claim values that are no literal.
 */
export function groundClaim(
  pool: ExpressionPool,
  expr: ExprId,
  locals: Locals,
  evaluate: (expr: ExprId, locals: Locals) => number,
  fold?: Fold,
): ExprId {
  if (pool.typeOf(expr).kind !== "claim") return ground(pool, expr, locals, fold);
  const node = pool.get(expr);
  if (node.op === "claim") return ground(pool, node.args[0], locals, fold);
  return evaluate(expr, locals);
}

/** The literal expression of a value of this type. */
export function literal(pool: ExpressionPool, value: number, type: ValueType): ExprId {
  switch (type.kind) {
    case "entity":
      return value < 0
        ? pool.intern({ op: "entity", entity: -1 }, type)
        : pool.intern({ op: "entity", entity: value }, type);
    case "claim":
      return value < 0
        ? pool.intern({ op: "unknown" }, type)
        : pool.intern({ op: "claim", args: [value] }, type);
    case "deed":
      return value < 0 ? pool.intern({ op: "unknown" }, type) : value;
    default:
      return Number.isNaN(value)
        ? pool.intern({ op: "unknown" }, type)
        : pool.intern({ op: "constant", value }, type);
  }
}

/** Value of a literal, or undefined where the node is none. */
export function literalValue(pool: ExpressionPool, expr: ExprId): number | undefined {
  const node = pool.get(expr);
  if (node.op === "constant") return node.value;
  if (node.op === "entity") return node.entity;
  if (node.op === "claim") return isClosed(pool, node.args[0]) ? node.args[0] : undefined;
  if (node.op === "deed") return isClosed(pool, expr) ? expr : undefined;
  return undefined;
}

const closed = new WeakMap<ExpressionPool, Map<ExprId, boolean>>();

/** Whether an expression has no free locals. */
export function isClosed(pool: ExpressionPool, expr: ExprId): boolean {
  let known = closed.get(pool);
  if (known === undefined) {
    known = new Map();
    closed.set(pool, known);
  }
  let answer = known.get(expr);
  if (answer === undefined) {
    answer = freeLocals(pool, expr).length === 0;
    known.set(expr, answer);
  }
  return answer;
}

/** Slots an expression reads and does not bind itself, ascending. */
export function freeLocals(pool: ExpressionPool, expr: ExprId): number[] {
  const found = new Set<number>();
  collectFree(pool, expr, new Set(), found, 0);
  return [...found].sort((a, b) => a - b);
}

function collectFree(
  pool: ExpressionPool,
  expr: ExprId,
  bound: ReadonlySet<number>,
  found: Set<number>,
  depth: number,
): void {
  if (depth > NESTING_MAX) throw new InvariantError("expression nested too deep");
  const node = pool.get(expr);
  if (node.op === "local") {
    if (!bound.has(node.slot)) found.add(node.slot);
    return;
  }
  const inner = node.op === "quantified" ? new Set([...bound, node.slot]) : bound;
  for (const child of childrenOf(node)) collectFree(pool, child, inner, found, depth + 1);
}

class Grounding {
  readonly #done = new Map<ExprId, ExprId>();
  readonly #bound: number[] = [];

  constructor(
    readonly pool: ExpressionPool,
    readonly locals: Locals,
    readonly fold: Fold | undefined,
  ) {}

  of(expr: ExprId, depth: number): ExprId {
    if (depth > NESTING_MAX) throw new InvariantError("expression nested too deep");
    if (isClosed(this.pool, expr) && this.fold === undefined) return expr;
    // What a binder hides differs from place to place: only remember outside binders.
    const known = this.#bound.length === 0 ? this.#done.get(expr) : undefined;
    if (known !== undefined) return known;
    const made = this.#make(expr, this.pool.get(expr), depth);
    if (this.#bound.length === 0) this.#done.set(expr, made);
    return made;
  }

  #make(expr: ExprId, node: ExprNode, depth: number): ExprId {
    const type = this.pool.typeOf(expr);
    switch (node.op) {
      case "constant":
      case "entity":
      case "now":
      case "unknown":
        return expr;
      case "local": {
        const value = this.#bound.includes(node.slot) ? undefined : this.locals[node.slot];
        return value === undefined ? expr : literal(this.pool, value, type);
      }
      case "fluent":
        return this.#fluent(node, type, depth);
      case "quantified": {
        this.#bound.push(node.slot);
        const where = this.of(node.where, depth + 1);
        const body = this.of(node.body, depth + 1);
        this.#bound.pop();
        return this.pool.intern({ ...node, where, body }, type);
      }
      case "holds": {
        const claim = this.of(node.args[0], depth + 1);
        const inner = this.pool.get(claim);
        if (inner.op === "claim") return inner.args[0];
        return this.pool.intern({ op: "holds", args: [claim] }, type);
      }
      case "not": {
        // A denial of what is a denial itself, once a claim stands there, is what is denied.
        const claim = this.of(node.args[0], depth + 1);
        const inner = this.pool.get(claim);
        if (inner.op === "not") return inner.args[0];
        return this.pool.intern({ op: "not", args: [claim] }, type);
      }
      case "count-of":
      case "time-since":
        return this.pool.intern({ ...node, event: this.#pattern(node.event, depth) }, type);
      default: {
        const args = node.args.map((arg) => this.of(arg, depth + 1));
        return this.pool.intern({ ...node, args } as unknown as ExprNode, type);
      }
    }
  }

  #fluent(node: Extract<ExprNode, { op: "fluent" }>, type: ValueType, depth: number): ExprId {
    const args = node.args.map((arg) => this.of(arg, depth + 1));
    if (this.fold !== undefined) {
      const values = args.map((arg) => literalValue(this.pool, arg));
      if (values.every((value): value is number => value !== undefined)) {
        const value = this.fold(node.fluent, values);
        if (value !== undefined) return literal(this.pool, value, type);
      }
    }
    return this.pool.intern({ op: "fluent", fluent: node.fluent, args }, type);
  }

  #pattern(event: EventPattern, depth: number): EventPattern {
    const of = (expr: ExprId): ExprId => this.of(expr, depth + 1);
    switch (event.kind) {
      case "action":
      case "rule":
        return { ...event, args: event.args.map(of) };
      case "becomes":
        return { ...event, condition: of(event.condition) };
      case "learns":
        return { ...event, subject: of(event.subject), condition: of(event.condition) };
    }
  }
}
