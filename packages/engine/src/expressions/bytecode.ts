/**
 * From the typed expressions to code for a stack machine. One routine an expression, made when it
 * is first asked for; hash-consing shares routines of equal expressions. Two machines run the same
 * code: machine.ts for values, slope.ts for values with their slopes and next crossings.
 */
import type { ExprId, ExprNode, Lookup, Quantifier, World } from "@fabula/model";
import { assert, childrenOf, freeLocals, isClosed, lookupsIn } from "@fabula/model";
import { Grounded } from "./grounded.js";

/** Operations. Operands follow in the code; `->` is what is left on the stack. */
export const Op = {
  /** constant index -> value */
  constant: 0,
  /** slot -> value */
  local: 1,
  /** fluent; owner -> value. Stored, no arguments. */
  fluent: 2,
  /** fluent, count; args -> value */
  relation: 3,
  /** fluent, count; args -> value */
  derived: 4,
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
  not: 17,
  neg: 18,
  sqrt: 19,
  /** target: where the top is not true, 0 stays and it jumps; else it is dropped */
  andJump: 20,
  orJump: 21,
  boolean: 22,
  jumpUnless: 23,
  jump: 24,
  /**
   * quantifier, slot, type, where routine (-1: true), body routine (-1: true), fluent by which it is
   * searched (-1: all are looked at), routine of the value searched for (-1) -> value
   */
  quantified: 25,
  isa: 26,
  /** expression id: grounded with the locals -> claim or deed */
  ground: 27,
  holds: 28,
  /** proposition; subject -> value */
  believes: 29,
  confidence: 30,
  according: 31,
  wants: 32,
  /** subject, deed -> value */
  intends: 33,
  outlook: 34,
  now: 35,
  /** expression id of the count-of or time-since */
  countOf: 36,
  timeSince: 37,
  end: 38,
  /** proposition; subject -> yes or no */
  canTell: 39,
} as const;

export const quantifiers: readonly Quantifier[] = [
  "some",
  "every",
  "none",
  "the",
  "sum",
  "most",
  "least",
  "count",
];

const NESTING_MAX = 2_000;

/** By fluents of a world: nothing else of it, but the pool that they go with, makes the code. */
const codeOfWorlds = new WeakMap<World["fluents"], Bytecode>();

/** The code of a world's expressions, shared by all its runs. */
export function bytecodeOf(world: World): Bytecode {
  const known = codeOfWorlds.get(world.fluents);
  if (known?.world.expressions === world.expressions) return known;
  const bytecode = new Bytecode(world);
  codeOfWorlds.set(world.fluents, bytecode);
  return bytecode;
}

export class Bytecode {
  code = new Int32Array(1024);
  readonly constants: number[] = [];
  readonly #constantIds = new Map<number, number>();
  #length = 0;
  /** By expression; -1 where it has not been asked for. */
  #routines = new Int32Array(0);
  #slots = new Int32Array(0);
  readonly #free = new Map<ExprId, readonly number[]>();
  readonly #lookups = new Map<ExprId, { slot: number; lookup: Lookup | undefined }>();

  readonly grounded: Grounded;

  constructor(readonly world: World) {
    this.grounded = new Grounded(world.expressions, (expr) => this.freeOf(expr));
  }

  /** Where the routine of an expression begins. */
  routine(expr: ExprId): number {
    const known = this.#routines[expr] ?? -1;
    if (known >= 0) return known;
    this.#compileParts(expr, 0);
    const start = this.#length;
    this.#emitExpression(expr, 0);
    this.#emit(Op.end);
    if (expr >= this.#routines.length) this.#routines = this.#widened(this.#routines);
    this.#routines[expr] = start;
    return start;
  }

  /** How many slots of locals the expression can touch. */
  slotsOf(expr: ExprId): number {
    let slots = this.#slots[expr] ?? -1;
    if (slots < 0) {
      const node = this.world.expressions.get(expr);
      slots = node.op === "local" || node.op === "quantified" ? node.slot + 1 : 0;
      for (const child of childrenOf(node)) slots = Math.max(slots, this.slotsOf(child));
      if (expr >= this.#slots.length) this.#slots = this.#widened(this.#slots);
      this.#slots[expr] = slots;
    }
    return slots;
  }

  /** Free slots of a quoted expression, ascending. */
  freeOf(expr: ExprId): readonly number[] {
    let free = this.#free.get(expr);
    if (free === undefined) {
      free = freeLocals(this.world.expressions, expr);
      this.#free.set(expr, free);
    }
    return free;
  }

  /** By what those for whom `where` can hold are found; undefined: all must be looked at. */
  lookupOf(where: ExprId, slot: number): Lookup | undefined {
    const known = this.#lookups.get(where);
    if (known !== undefined && known.slot === slot) return known.lookup;
    const { expressions, fluents } = this.world;
    const lookup = lookupsIn(expressions, where, slot).find(
      ({ fluent }) => fluents[fluent]?.indexed === true,
    );
    this.#lookups.set(where, { slot, lookup });
    return lookup;
  }

  /** With room for every expression of the pool, and for as many to come. */
  #widened(table: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    const wider = new Int32Array(this.world.expressions.count * 2).fill(-1);
    wider.set(table);
    return wider;
  }

  /** Routines that the code of `expr` calls stand before it. */
  #compileParts(expr: ExprId, depth: number): void {
    assert(depth < NESTING_MAX, "expression nested too deep");
    const node = this.world.expressions.get(expr);
    if (node.op === "quantified") {
      this.#routineUnlessTrue(node.where);
      this.#routineUnlessTrue(node.body);
      const lookup = this.lookupOf(node.where, node.slot);
      if (lookup !== undefined) this.routine(lookup.key);
      return;
    }
    if (isQuoting(node)) return;
    for (const child of childrenOf(node)) this.#compileParts(child, depth + 1);
  }

  #routineUnlessTrue(expr: ExprId): number {
    const node = this.world.expressions.get(expr);
    return node.op === "constant" && node.value === 1 ? -1 : this.routine(expr);
  }

  #emitExpression(expr: ExprId, depth: number): void {
    assert(depth < NESTING_MAX, "expression nested too deep");
    const node = this.world.expressions.get(expr);
    const inner = (child: ExprId): void => this.#emitExpression(child, depth + 1);
    switch (node.op) {
      case "constant":
        this.#emitConstant(node.value);
        break;
      case "entity":
        this.#emitConstant(node.entity);
        break;
      case "unknown":
        this.#emitConstant(this.#unknown(expr));
        break;
      case "local":
        this.#emit(Op.local, node.slot);
        break;
      case "fluent":
        node.args.forEach(inner);
        this.#emitFluent(node.fluent, node.args.length);
        break;
      case "and":
      case "or": {
        inner(node.args[0]);
        const jump = this.#emitJump(node.op === "and" ? Op.andJump : Op.orJump);
        inner(node.args[1]);
        this.#emit(Op.boolean);
        this.#land(jump);
        break;
      }
      case "if":
        this.#emitIf(node.args, inner);
        break;
      case "quantified": {
        const lookup = this.lookupOf(node.where, node.slot);
        this.#emit(
          Op.quantified,
          quantifiers.indexOf(node.quantifier),
          node.slot,
          node.type,
          this.#routineUnlessTrue(node.where),
          this.#routineUnlessTrue(node.body),
          lookup?.fluent ?? -1,
          lookup === undefined ? -1 : this.routine(lookup.key),
        );
        break;
      }
      case "isa":
        inner(node.args[0]);
        this.#emit(Op.isa, node.type);
        break;
      case "claim":
      case "deed":
        this.#emitQuoted(expr, node);
        break;
      case "believes":
      case "confidence":
      case "can-tell":
      case "according":
      case "wants":
        inner(node.args[0]);
        this.#emit(node.op === "can-tell" ? Op.canTell : Op[node.op], node.args[1]);
        break;
      case "now":
        this.#emit(Op.now);
        break;
      case "count-of":
        this.#emit(Op.countOf, expr);
        break;
      case "time-since":
        this.#emit(Op.timeSince, expr);
        break;
      default:
        node.args.forEach(inner);
        this.#emit(Op[node.op]);
        break;
    }
  }

  #emitFluent(fluent: number, count: number): void {
    const storage = this.world.fluents[fluent]?.storage;
    if (storage === "derived") this.#emit(Op.derived, fluent, count);
    else if (count === 1) this.#emit(Op.fluent, fluent);
    else this.#emit(Op.relation, fluent, count);
  }

  #emitIf(args: readonly [ExprId, ExprId, ExprId], inner: (child: ExprId) => void): void {
    inner(args[0]);
    const otherwise = this.#emitJump(Op.jumpUnless);
    inner(args[1]);
    const end = this.#emitJump(Op.jump);
    this.#land(otherwise);
    inner(args[2]);
    this.#land(end);
  }

  #emitQuoted(expr: ExprId, node: Extract<ExprNode, { op: "claim" | "deed" }>): void {
    const pool = this.world.expressions;
    if (node.op === "deed") {
      if (isClosed(pool, expr)) this.#emitConstant(expr);
      else this.#emit(Op.ground, expr);
      return;
    }
    if (isClosed(pool, node.args[0])) this.#emitConstant(node.args[0]);
    else this.#emit(Op.ground, node.args[0]);
  }

  #unknown(expr: ExprId): number {
    const kind = this.world.expressions.typeOf(expr).kind;
    return kind === "entity" || kind === "claim" || kind === "deed" ? -1 : Number.NaN;
  }

  #emitConstant(value: number): void {
    let index = this.#constantIds.get(value);
    if (index === undefined) {
      index = this.constants.push(value) - 1;
      this.#constantIds.set(value, index);
    }
    this.#emit(Op.constant, index);
  }

  #emitJump(op: number): number {
    this.#emit(op, 0);
    return this.#length - 1;
  }

  #land(jump: number): void {
    this.code[jump] = this.#length;
  }

  #emit(...words: number[]): void {
    if (this.#length + words.length > this.code.length) {
      const larger = new Int32Array(this.code.length * 2);
      larger.set(this.code);
      this.code = larger;
    }
    this.code.set(words, this.#length);
    this.#length += words.length;
  }
}

/** Quoted parts are data: they are grounded, not run. */
function isQuoting(node: ExprNode): boolean {
  return (
    node.op === "claim" || node.op === "deed" || node.op === "count-of" || node.op === "time-since"
  );
}
