/**
 * Values of expressions over a plain source of fluents: slow, small and without a mind. Templates
 * need it; whatever has a mind in it is unknown here.
 */
import type { ExprId, ExprNode, FluentId, World } from "@fabula/model";

export interface FluentSource {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The written value, or undefined where none was ever written. */
  read(fluent: FluentId, args: readonly number[]): number | undefined;
  entitiesOf(type: number): readonly number[];
  typeOf(entity: number): number;
}

const maximumDepth = 200;

/** Booleans are 0 and 1; unknown is NaN; no entity is -1; claims and deeds are expression ids. */
export function evaluate(
  world: World,
  source: FluentSource,
  expr: ExprId,
  locals: readonly number[],
): number {
  return new Evaluation(world, source).value(expr, locals, 0);
}

class Evaluation {
  constructor(
    readonly world: World,
    readonly source: FluentSource,
  ) {}

  value(expr: ExprId, locals: readonly number[], depth: number): number {
    if (depth > maximumDepth) return Number.NaN;
    const node = this.world.expressions.get(expr);
    const of = (id: ExprId) => this.value(id, locals, depth + 1);
    switch (node.op) {
      case "constant":
        return node.value;
      case "entity":
        return node.entity;
      case "local":
        return locals[node.slot] ?? Number.NaN;
      case "fluent":
        return this.fluent(node.fluent, node.args.map(of), depth);
      case "not":
        return of(node.args[0]) === 0 ? 1 : 0;
      case "neg":
        return -of(node.args[0]);
      case "sqrt":
        return Math.sqrt(of(node.args[0]));
      case "if":
        return of(node.args[0]) === 1 ? of(node.args[1]) : of(node.args[2]);
      case "isa":
        return this.isA(of(node.args[0]), node.type) ? 1 : 0;
      case "now":
        return this.source.now;
      case "claim":
        return groundExpression(this.world, node.args[0], locals, of);
      case "deed":
        return groundExpression(this.world, expr, locals, of);
      case "holds":
        return this.value(of(node.args[0]), [], depth + 1);
      case "quantified":
        return this.quantified(node, locals, depth);
      case "add":
      case "sub":
      case "mul":
      case "div":
      case "min":
      case "max":
      case "eq":
      case "ne":
      case "lt":
      case "le":
      case "gt":
      case "ge":
      case "and":
      case "or":
        return operate(node.op, of(node.args[0]), of(node.args[1]));
      default:
        return Number.NaN;
    }
  }

  private fluent(id: FluentId, args: readonly number[], depth: number): number {
    const fluent = this.world.fluents[id];
    if (fluent === undefined) return Number.NaN;
    if (fluent.means !== undefined) return this.value(fluent.means, args, depth + 1);
    const written = this.source.read(id, args);
    if (written !== undefined) return written;
    if (fluent.initial !== undefined && fluent.initial.high === undefined) {
      return this.value(fluent.initial.low, args, depth + 1);
    }
    return fluent.type.kind === "entity" ? -1 : fluent.type.kind === "boolean" ? 0 : Number.NaN;
  }

  private isA(entity: number, type: number): boolean {
    const own = this.source.typeOf(entity);
    return own !== -1 && (this.world.types[own]?.ancestors.includes(type) ?? false);
  }

  private quantified(
    node: Extract<ExprNode, { op: "quantified" }>,
    locals: readonly number[],
    depth: number,
  ): number {
    const values: number[] = [];
    const found: number[] = [];
    for (const entity of this.source.entitiesOf(node.type)) {
      const inner = [...locals];
      inner[node.slot] = entity;
      if (this.value(node.where, inner, depth + 1) !== 1) continue;
      found.push(entity);
      values.push(this.value(node.body, inner, depth + 1));
    }
    switch (node.quantifier) {
      case "some":
        return values.includes(1) ? 1 : 0;
      case "every":
        return values.every((value) => value === 1) ? 1 : 0;
      case "none":
        return values.includes(1) ? 0 : 1;
      case "the":
        return found[values.indexOf(1)] ?? -1;
      case "count":
        return values.filter((value) => value === 1).length;
      case "sum":
        return values.reduce((sum, value) => sum + value, 0);
      case "most":
        return values.length === 0 ? Number.NaN : Math.max(...values);
      case "least":
        return values.length === 0 ? Number.NaN : Math.min(...values);
    }
  }
}

function operate(op: string, a: number, b: number): number {
  switch (op) {
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return b === 0 ? Number.NaN : a / b;
    case "min":
      return Math.min(a, b);
    case "max":
      return Math.max(a, b);
    case "eq":
      return a === b ? 1 : 0;
    case "ne":
      return a === b ? 0 : 1;
    case "lt":
      return a < b ? 1 : 0;
    case "le":
      return a <= b ? 1 : 0;
    case "gt":
      return a > b ? 1 : 0;
    case "ge":
      return a >= b ? 1 : 0;
    case "and":
      return a === 1 && b === 1 ? 1 : 0;
    default:
      return a === 1 || b === 1 ? 1 : 0;
  }
}

/**
 * The expression with its locals filled in, interned in the pool: how a claim or deed of a template
 * gets its id. Inside a claim only locals are filled in; a deed's arguments are evaluated.
 */
function groundExpression(
  world: World,
  expr: ExprId,
  locals: readonly number[],
  of: (id: ExprId) => number,
): ExprId {
  const pool = world.expressions;
  const node = pool.get(expr);
  const type = pool.typeOf(expr);
  if (node.op === "deed") {
    const args = node.args.map((arg) => groundArgument(world, arg, of(arg)));
    return pool.intern({ ...node, args }, type);
  }
  if (node.op === "local") return groundArgument(world, expr, locals[node.slot] ?? Number.NaN);
  if (!("args" in node)) return expr;
  const args = node.args.map((arg) => groundExpression(world, arg, locals, of));
  return pool.intern({ ...node, args } as ExprNode, type);
}

function groundArgument(world: World, expr: ExprId, value: number): ExprId {
  const pool = world.expressions;
  const type = pool.typeOf(expr);
  if (type.kind === "claim" || type.kind === "deed") return value;
  if (type.kind === "entity") return pool.intern({ op: "entity", entity: value }, type);
  return pool.intern({ op: "constant", value }, type);
}
