/**
 * Runs bytecode on the truth. Every ground fluent, population and counter it reads is put in
 * `reads` by address: that is what dependencies and causes are made of, so a branch not taken is
 * not read.
 *
 * Booleans are 0 and 1; unknown numbers NaN; no entity -1. A comparison with an unknown is false,
 * but for `=` of two unknowns.
 */
import type { ExprId, FluentId, World } from "@fabula/model";
import type { Locals } from "../kernel/effects.js";
import { RunFault } from "../run/run-fault.js";
import type { Store } from "../state/store.js";
import { binary, quantified } from "./arithmetic.js";
import { type Bytecode, Op } from "./bytecode.js";

const DEPTH_MAX = 200;
const FRAMES_MAX = 1 << 14;
/**
 * One pair for all machines of a thread: an evaluation never leaves anything there, and never waits
 * for that of another run. A run of its own pair would cost a duel more than all its state.
 */
const FRAMES = new Float64Array(FRAMES_MAX);
const STACK = new Float64Array(FRAMES_MAX);

/** What expressions ask of others: minds and what has happened so far. */
export interface ExpressionHost {
  confidence(subject: number, claim: ExprId): number;
  canTell(subject: number, claim: ExprId): boolean;
  according(subject: number, expr: ExprId): number;
  wants(subject: number, claim: ExprId): boolean;
  intends(subject: number, deed: ExprId): boolean;
  outlook(subject: number): number;
  /** Occurrences of the pattern so far. The machine is given the addresses it read. */
  countOf(expr: ExprId, locals: Locals, reads: (address: number) => void): number;
  /** Seconds since the last one; NaN none. */
  timeSince(expr: ExprId, locals: Locals, reads: (address: number) => void): number;
}

export class Machine {
  /**
   * Int32Array[readCount]: what was read since somebody last set `readCount` back, to be named as
   * a cause and hung on: addresses, and below 0 -1 less the key of something a mind holds.
   */
  reads = new Int32Array(1024);
  readCount = 0;

  protected readonly frames = FRAMES;
  protected readonly stack = STACK;
  protected frameTop = 0;
  protected stackTop = 0;
  protected depth = 0;
  protected readonly noteRead = (address: number): void => this.note(address);

  constructor(
    readonly world: World,
    readonly store: Store,
    readonly bytecode: Bytecode,
    readonly host: ExpressionHost,
  ) {}

  /** Value of an expression with these locals by slot. */
  evaluate(expr: ExprId, locals: Locals): number {
    const start = this.bytecode.routine(expr);
    const { code } = this.bytecode;
    if (code[start + 2] === Op.end) {
      if (code[start] === Op.local) return locals[code[start + 1] as number] ?? Number.NaN;
      if (code[start] === Op.constant) {
        return this.bytecode.constants[code[start + 1] as number] as number;
      }
    }
    const frame = this.frameTop;
    const slots = Math.max(this.bytecode.slotsOf(expr), locals.length);
    this.openFrame(slots);
    for (let slot = 0; slot < locals.length; slot++) {
      this.frames[frame + slot] = locals[slot] as number;
    }
    for (let slot = locals.length; slot < slots; slot++) this.frames[frame + slot] = Number.NaN;
    const value = this.run(start, frame);
    this.frameTop = frame;
    return value;
  }

  /** After a fault: nothing under way. */
  reset(): void {
    this.frameTop = 0;
    this.stackTop = 0;
    this.depth = 0;
    this.readCount = 0;
  }

  note(address: number): void {
    if (this.readCount === this.reads.length) {
      const larger = new Int32Array(this.reads.length * 2);
      larger.set(this.reads);
      this.reads = larger;
    }
    this.reads[this.readCount++] = address;
  }

  protected openFrame(slots: number): void {
    this.frameTop += slots;
    if (this.frameTop > FRAMES_MAX - 256) throw this.tooDeep();
  }

  protected tooDeep(): RunFault {
    return new RunFault("FAB5102", "a computed value leads back to itself without end", {
      remedy: "let one of the computed fields on the way be a plain one",
    });
  }

  protected run(start: number, frame: number): number {
    const base = this.stackTop;
    if (++this.depth > DEPTH_MAX || base > FRAMES_MAX - 512) throw this.tooDeep();
    const value = this.loop(start, frame, base);
    this.stackTop = base;
    this.depth--;
    return value;
  }

  protected loop(start: number, frame: number, base: number): number {
    const code = this.bytecode.code;
    const stack = this.stack;
    let at = start;
    let top = base - 1;
    for (;;) {
      switch (code[at++] as number) {
        case Op.constant:
          stack[++top] = this.bytecode.constants[code[at++] as number] as number;
          break;
        case Op.local:
          stack[++top] = this.frames[frame + (code[at++] as number)] as number;
          break;
        case Op.fluent:
          stack[top] = this.readFluent(code[at++] as number, stack[top] as number);
          break;
        case Op.relation: {
          const count = code[at + 1] as number;
          top -= count - 1;
          stack[top] = this.readRelation(code[at] as number, this.args(top, count));
          at += 2;
          break;
        }
        case Op.derived: {
          const count = code[at + 1] as number;
          top -= count - 1;
          this.stackTop = top + count;
          stack[top] = this.callDerived(code[at] as number, top, count);
          at += 2;
          break;
        }
        case Op.andJump:
          if ((stack[top] as number) > 0) {
            top--;
            at++;
          } else {
            stack[top] = 0;
            at = code[at] as number;
          }
          break;
        case Op.orJump:
          if ((stack[top] as number) > 0) {
            stack[top] = 1;
            at = code[at] as number;
          } else {
            top--;
            at++;
          }
          break;
        case Op.boolean:
          stack[top] = (stack[top] as number) > 0 ? 1 : 0;
          break;
        case Op.not:
          stack[top] = (stack[top] as number) > 0 ? 0 : 1;
          break;
        case Op.neg:
          stack[top] = -(stack[top] as number);
          break;
        case Op.sqrt:
          stack[top] = Math.sqrt(stack[top] as number);
          break;
        case Op.jumpUnless:
          at = (stack[top--] as number) > 0 ? at + 1 : (code[at] as number);
          break;
        case Op.jump:
          at = code[at] as number;
          break;
        case Op.quantified:
          this.stackTop = ++top;
          stack[top] = this.quantify(code, at, frame);
          at += 7;
          break;
        case Op.end:
          return stack[top] as number;
        default: {
          const op = code[at - 1] as number;
          if (op >= Op.add && op <= Op.ge) {
            top--;
            stack[top] = binary(op, stack[top] as number, stack[top + 1] as number);
            break;
          }
          this.stackTop = top + 1;
          if (op === Op.intends) {
            top--;
            stack[top] = this.intendsOf(stack[top] as number, stack[top + 1] as number);
          } else if (
            op === Op.now ||
            op === Op.countOf ||
            op === Op.timeSince ||
            op === Op.ground
          ) {
            stack[++top] = this.nullary(op, code[at] as number, frame);
            if (op !== Op.now) at++;
          } else {
            stack[top] = this.unary(op, stack[top] as number, code[at] as number, frame);
            if (op !== Op.outlook && op !== Op.holds) at++;
          }
        }
      }
    }
  }

  protected unary(op: number, value: number, operand: number, frame: number): number {
    switch (op) {
      case Op.isa:
        return this.store.isA(value, operand) ? 1 : 0;
      case Op.holds:
        return value < 0 ? 0 : this.holds(value);
      case Op.outlook:
        return value < 0 ? Number.NaN : this.host.outlook(value);
      case Op.according:
        return value < 0 ? Number.NaN : this.host.according(value, this.ground(operand, frame));
      case Op.wants:
        return value >= 0 && this.host.wants(value, this.ground(operand, frame)) ? 1 : 0;
      case Op.canTell:
        return value >= 0 && this.host.canTell(value, this.ground(operand, frame)) ? 1 : 0;
      case Op.confidence:
        return value < 0 ? Number.NaN : this.host.confidence(value, this.ground(operand, frame));
      default:
        return value >= 0 && this.host.confidence(value, this.ground(operand, frame)) > 0.5 ? 1 : 0;
    }
  }

  protected holds(claim: ExprId): number {
    return this.evaluate(claim, []) > 0 ? 1 : 0;
  }

  protected intendsOf(subject: number, deed: number): number {
    return subject >= 0 && deed >= 0 && this.host.intends(subject, deed) ? 1 : 0;
  }

  protected nullary(op: number, operand: number, frame: number): number {
    switch (op) {
      case Op.now:
        return this.store.now;
      case Op.countOf:
        return this.host.countOf(operand, this.localsOf(operand, frame), this.noteRead);
      case Op.timeSince:
        return this.host.timeSince(operand, this.localsOf(operand, frame), this.noteRead);
      default:
        return this.ground(operand, frame);
    }
  }

  protected readFluent(fluent: FluentId, owner: number): number {
    const address = this.store.addressOf(fluent, owner);
    if (address === 0) return this.store.missing(fluent);
    this.note(address);
    return this.store.valueAt(address, fluent);
  }

  protected readRelation(fluent: FluentId, args: readonly number[]): number {
    const address = this.relationAddress(fluent, args);
    return address === 0 ? this.store.missing(fluent) : this.store.valueAt(address, fluent);
  }

  protected relationAddress(fluent: FluentId, args: readonly number[]): number {
    for (let at = 0; at < args.length; at++) if (!((args[at] as number) >= 0)) return 0;
    const address = this.store.address(fluent, args);
    if (address !== 0) this.note(address);
    return address;
  }

  protected args(from: number, count: number): number[] {
    const args: number[] = [];
    for (let index = 0; index < count; index++) args.push(this.stack[from + index] as number);
    return args;
  }

  protected callDerived(fluent: FluentId, argsAt: number, count: number): number {
    const declaration = this.world.fluents[fluent];
    const means = declaration?.means ?? -1;
    const owner = this.stack[argsAt] as number;
    const own = this.store.typeOf(owner);
    if (own < 0 || this.store.layouts[own]?.has[fluent] !== 1) return this.store.missing(fluent);
    const routine = this.bytecode.routine(means);
    const frame = this.frameTop;
    const slots = Math.max(this.bytecode.slotsOf(means), count);
    this.openFrame(slots);
    for (let index = 0; index < count; index++) {
      this.frames[frame + index] = this.stack[argsAt + index] as number;
    }
    const value = this.run(routine, frame);
    this.frameTop = frame;
    return value;
  }

  /** `at`: the operands in the code. Binds its slot over what is ranged over, ascending. */
  protected quantify(code: Int32Array, at: number, frame: number): number {
    const kind = code[at] as number;
    const slot = frame + (code[at + 1] as number);
    const where = code[at + 3] as number;
    const body = code[at + 4] as number;
    const state = { value: Number.NaN, count: 0 };
    const saved = this.frames[slot] as number;
    this.stackTop++;
    for (const one of this.candidates(code, at, frame)) {
      this.frames[slot] = one;
      if (where >= 0 && !(this.run(where, frame) > 0)) continue;
      if (this.take(kind, state, one, body, frame)) break;
    }
    this.stackTop--;
    this.frames[slot] = saved;
    return quantified(kind, state);
  }

  /** One that passed `where`; true where the answer is known. */
  protected take(
    kind: number,
    state: { value: number; count: number },
    one: number,
    body: number,
    frame: number,
  ): boolean {
    const value = body < 0 ? 1 : this.run(body, frame);
    switch (kind) {
      case 4: // sum
        state.value = state.count++ === 0 ? value : state.value + value;
        return false;
      case 5: // most
        if (state.count++ === 0 || value > state.value) state.value = value;
        return false;
      case 6: // least
        if (state.count++ === 0 || value < state.value) state.value = value;
        return false;
      case 1: // every
        if (value > 0) return false;
        state.count = 1;
        return true;
      default:
        if (!(value > 0)) return false;
        if (state.count++ === 0) state.value = one;
        return kind !== 7;
    }
  }

  /** Of whom a quantifier can hold: those found by what they have, or all of its type. */
  protected candidates(code: Int32Array, at: number, frame: number): readonly number[] {
    const type = code[at + 2] as number;
    const fluent = code[at + 5] as number;
    const key = fluent < 0 ? -1 : this.run(code[at + 6] as number, frame);
    if (!(key >= 0)) return this.rangeOf(type);
    const list = this.store.referrers.of(fluent, key);
    this.note(list.address);
    for (const birth of list.left) this.note(list.wordOf(birth));
    return this.store.ofType(list.births, type);
  }

  /** What a quantifier of this type ranges over; its population is read. */
  protected rangeOf(type: number): readonly number[] {
    const symbols = this.world.types[type]?.symbols;
    if (symbols !== undefined) return symbols.map((_, index) => index);
    for (const below of this.store.subtypes[type] ?? []) {
      this.note(this.store.populationAddress(below));
    }
    return this.store.entitiesOf(type);
  }

  protected ground(expr: ExprId, frame: number): ExprId {
    return this.bytecode.grounded.of(expr, this.frames, frame);
  }

  /** The values of the free slots of a quoted expression, by slot. */
  protected localsOf(expr: ExprId, frame: number): number[] {
    const locals: number[] = [];
    for (const slot of this.bytecode.freeOf(expr))
      locals[slot] = this.frames[frame + slot] as number;
    return locals;
  }
}
