/**
 * The same bytecode over values that move: beside every number goes its slope per millisecond, and
 * every comparison says when it would turn (forward-mode differentiation). What comes out is the
 * first millisecond at which the answer may be another one, if nothing is written until then.
 *
 * Straight lines are exact on the grid (grid.ts). Where two moving values multiply, divide or
 * stand under a root the line is a tangent (`curved`); then it is looked at again half the way, or
 * each quantum.
 */
import type { ExprId, FluentId } from "@fabula/model";
import type { Locals } from "../kernel/effects.js";
import { binary } from "./arithmetic.js";
import { Op } from "./bytecode.js";
import { Machine } from "./machine.js";

const SLOTS_MAX = 1 << 14;
/** One pair for all machines of a thread: see machine.ts. */
const SLOPES = new Float64Array(SLOTS_MAX);
const FRAME_SLOPES = new Float64Array(SLOTS_MAX);
/** Milliseconds at which a tangent is as good as the curve. */
const CLOSE = 4;

/** What was measured; overwritten by the next measuring. */
export interface Reading {
  readonly value: number;
  /** Per millisecond. */
  readonly slope: number;
  /** Whole milliseconds, at least 1, until it may turn or bend; Infinity: never by itself. */
  readonly turnsIn: number;
  /** Milliseconds until something it read has moved by its quantum; Infinity: nothing moves. */
  readonly driftsIn: number;
  /** The slope is that of a tangent: `turnsIn` is when to look again, not when it turns. */
  readonly curved: boolean;
}

type MutableReading = { -readonly [Key in keyof Reading]: Reading[Key] };

export class SlopeMachine extends Machine {
  readonly #slopes = SLOPES;
  readonly #frameSlopes = FRAME_SLOPES;
  // No 0 to begin with: V8 would take it for a small integer, and compile everything twice.
  #slope = -0;
  #turns = Number.POSITIVE_INFINITY;
  #drifts = Number.POSITIVE_INFINITY;
  #curved = false;
  readonly #reading: MutableReading = {
    value: Number.NaN,
    slope: Number.NaN,
    turnsIn: Number.NaN,
    driftsIn: Number.NaN,
    curved: false,
  };
  /** Slopes are asked for; else only values are worked out. */
  #measuring = false;

  /** Value, slope and next turn of an expression with these locals, which stand still. */
  measure(expr: ExprId, locals: Locals): Reading {
    const outer = this.#measuring;
    this.#measuring = true;
    this.#turns = Number.POSITIVE_INFINITY;
    this.#drifts = Number.POSITIVE_INFINITY;
    this.#curved = false;
    this.#slope = 0;
    const value = this.evaluate(expr, locals);
    this.#measuring = outer;
    const driftsIn = Math.max(1, this.#drifts);
    const reading = this.#reading;
    reading.value = value;
    reading.slope = this.#slope;
    reading.turnsIn = this.#turns;
    reading.driftsIn = driftsIn;
    reading.curved = this.#curved;
    if (this.#curved) {
      // A tangent points beyond a curve that bends away from it: go half the way and look again.
      const half = this.#turns > CLOSE ? Math.ceil(this.#turns / 2) : this.#turns;
      reading.turnsIn = Math.min(half, driftsIn);
    }
    return reading;
  }

  override evaluate(expr: ExprId, locals: Locals): number {
    if (this.#measuring) {
      this.#still(this.bytecode.slotsOf(expr) + locals.length);
      this.#slope = 0;
    }
    return super.evaluate(expr, locals);
  }

  override reset(): void {
    this.#measuring = false;
    super.reset();
  }

  protected override loop(start: number, frame: number, base: number): number {
    return this.#measuring ? this.#loop(start, frame, base) : super.loop(start, frame, base);
  }

  #loop(start: number, frame: number, base: number): number {
    const code = this.bytecode.code;
    const stack = this.stack;
    const slopes = this.#slopes;
    let at = start;
    let top = base - 1;
    for (;;) {
      const op = code[at++] as number;
      switch (op) {
        case Op.constant:
          stack[++top] = this.bytecode.constants[code[at++] as number] as number;
          slopes[top] = 0;
          break;
        case Op.local:
          stack[++top] = this.frames[frame + (code[at] as number)] as number;
          slopes[top] = this.#frameSlopes[frame + (code[at++] as number)] as number;
          break;
        case Op.fluent:
          stack[top] = this.readFluent(code[at++] as number, stack[top] as number);
          slopes[top] = this.#slope;
          break;
        case Op.relation: {
          const count = code[at + 1] as number;
          top -= count - 1;
          stack[top] = this.readRelation(code[at] as number, this.args(top, count));
          slopes[top] = this.#slope;
          at += 2;
          break;
        }
        case Op.derived: {
          const count = code[at + 1] as number;
          top -= count - 1;
          this.stackTop = top + count;
          this.#slope = 0;
          stack[top] = this.callDerived(code[at] as number, top, count);
          slopes[top] = this.#slope;
          at += 2;
          break;
        }
        case Op.andJump:
          if ((stack[top] as number) > 0) {
            top--;
            at++;
          } else {
            stack[top] = 0;
            slopes[top] = 0;
            at = code[at] as number;
          }
          break;
        case Op.orJump:
          if ((stack[top] as number) > 0) {
            stack[top] = 1;
            slopes[top] = 0;
            at = code[at] as number;
          } else {
            top--;
            at++;
          }
          break;
        case Op.boolean:
          stack[top] = (stack[top] as number) > 0 ? 1 : 0;
          slopes[top] = 0;
          break;
        case Op.not:
          stack[top] = (stack[top] as number) > 0 ? 0 : 1;
          slopes[top] = 0;
          break;
        case Op.neg:
          stack[top] = -(stack[top] as number);
          slopes[top] = -(slopes[top] as number);
          break;
        case Op.sqrt:
          stack[top] = Math.sqrt(stack[top] as number);
          if (slopes[top] !== 0) {
            this.#curved = true;
            slopes[top] = (slopes[top] as number) / (2 * (stack[top] as number));
          }
          break;
        case Op.jumpUnless:
          at = (stack[top--] as number) > 0 ? at + 1 : (code[at] as number);
          break;
        case Op.jump:
          at = code[at] as number;
          break;
        case Op.quantified: {
          // One inside another's condition must not touch what the outer has summed up.
          const outer = this.#sum;
          this.stackTop = ++top;
          this.#slope = 0;
          this.#sum = 0;
          stack[top] = this.quantify(code, at, frame);
          slopes[top] = this.#slopeOfAll(code[at] as number);
          this.#sum = outer;
          at += 7;
          break;
        }
        case Op.end:
          this.#slope = slopes[top] as number;
          return stack[top] as number;
        default:
          if (op >= Op.add && op <= Op.ge) {
            top--;
            this.#moving(op, top);
          } else {
            at = this.#other(op, at, top, frame);
            top = this.#otherTop;
          }
      }
    }
  }

  /** Nothing moves in the next `slots` of the frames. A loop: `fill` of so few is a dear call. */
  #still(slots: number): void {
    const from = this.frameTop;
    for (let slot = from; slot < from + slots; slot++) this.#frameSlopes[slot] = 0;
  }

  #sum = -0;
  #otherTop = 0;

  /** Of a quantifier, by its number: sums add slopes, the largest and the least have their own. */
  #slopeOfAll(kind: number): number {
    if (kind === 4) return this.#sum;
    return kind === 5 || kind === 6 ? this.#slope : 0;
  }

  /** The operations on entities, claims and minds: nothing there moves but the clock. */
  #other(op: number, at: number, top: number, frame: number): number {
    this.stackTop = top + 1;
    if (op === Op.intends) {
      const deed = this.stack[top] as number;
      this.stack[top - 1] = this.intendsOf(this.stack[top - 1] as number, deed);
      this.#slopes[top - 1] = 0;
      this.#otherTop = top - 1;
      return at;
    }
    if (op === Op.now || op === Op.countOf || op === Op.timeSince || op === Op.ground) {
      this.stack[top + 1] = this.nullary(op, this.bytecode.code[at] as number, frame);
      this.#slopes[top + 1] = op === Op.now ? 1 : op === Op.timeSince ? 0.001 : 0;
      this.#otherTop = top + 1;
      return op === Op.now ? at : at + 1;
    }
    const operand = this.bytecode.code[at] as number;
    this.stack[top] = this.unary(op, this.stack[top] as number, operand, frame);
    this.#slopes[top] = 0;
    this.#otherTop = top;
    return op === Op.outlook || op === Op.holds ? at : at + 1;
  }

  protected override callDerived(fluent: FluentId, argsAt: number, count: number): number {
    if (!this.#measuring) return super.callDerived(fluent, argsAt, count);
    const frame = this.frameTop;
    const means = this.world.fluents[fluent]?.means ?? -1;
    this.#still(Math.max(this.bytecode.slotsOf(means), count));
    for (let index = 0; index < count; index++) {
      this.#frameSlopes[frame + index] = this.#slopes[argsAt + index] as number;
    }
    return super.callDerived(fluent, argsAt, count);
  }

  protected override readFluent(fluent: FluentId, owner: number): number {
    if (!this.#measuring) return super.readFluent(fluent, owner);
    const address = this.store.addressOf(fluent, owner);
    this.#slope = 0;
    if (address === 0) return this.store.missing(fluent);
    this.note(address);
    return this.#readAt(address, fluent);
  }

  protected override readRelation(fluent: FluentId, args: readonly number[]): number {
    if (!this.#measuring) return super.readRelation(fluent, args);
    const address = this.relationAddress(fluent, args);
    this.#slope = 0;
    return address === 0 ? this.store.missing(fluent) : this.#readAt(address, fluent);
  }

  #readAt(address: number, fluent: FluentId): number {
    const grid = this.store.gridOf(fluent);
    if (grid === undefined) return this.store.arena.read(address);
    const value = this.store.valueAt(address, fluent);
    const slope = this.store.rateAt(address, fluent);
    this.#slope = slope;
    if (slope === 0) return value;
    // At its bound it stops: a bend for whatever reads it.
    this.#turnAt(((slope > 0 ? grid.high : grid.low) - value) / slope);
    this.#drifts = Math.min(this.#drifts, Math.ceil(grid.quantum / Math.abs(slope)));
    return value;
  }

  protected override take(
    kind: number,
    state: { value: number; count: number },
    one: number,
    body: number,
    frame: number,
  ): boolean {
    if (!this.#measuring || body < 0 || kind < 4 || kind > 6)
      return super.take(kind, state, one, body, frame);
    const sum = this.#sum;
    const before = state.value;
    const done = super.take(kind, state, one, body, frame);
    this.#sum = sum + this.#slope;
    // The larger of moving values bends where they cross.
    if (kind !== 4 && this.#slope !== 0) this.#curved = true;
    if (kind !== 4 && Object.is(before, state.value)) this.#slope = 0;
    return done;
  }

  /** stack[top] op stack[top + 1] with their slopes. */
  #moving(op: number, top: number): void {
    const a = this.stack[top] as number;
    const b = this.stack[top + 1] as number;
    const da = this.#slopes[top] as number;
    const db = this.#slopes[top + 1] as number;
    this.stack[top] = binary(op, a, b);
    this.#slopes[top] = da === 0 && db === 0 ? 0 : this.#slopeOf(op, a, b, da, db);
  }

  #slopeOf(op: number, a: number, b: number, da: number, db: number): number {
    switch (op) {
      case Op.add:
        return da + db;
      case Op.sub:
        return da - db;
      case Op.mul:
        if (da !== 0 && db !== 0) this.#curved = true;
        return a * db + b * da;
      case Op.div:
        if (db !== 0) this.#curved = true;
        return (da * b - a * db) / (b * b);
      case Op.min:
      case Op.max:
        this.#turnAt((b - a) / (da - db));
        return (op === Op.min ? a < b : a > b) ? da : db;
      default:
        this.#turnAt((b - a) / (da - db));
        return 0;
    }
  }

  /** A comparison of `a` and `b` turns where they meet: `at` milliseconds from now, or never. */
  #turnAt(at: number): void {
    if (at >= 0 && at < Number.POSITIVE_INFINITY) {
      // Met this very instant: whatever turned, turned; a strict one turns with the next step.
      this.#turns = Math.min(this.#turns, Math.max(1, Math.ceil(at)));
    }
  }
}
