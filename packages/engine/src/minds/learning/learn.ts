/**
 * Taking in a claim: what it says is carried down to the atoms it is made of, each in the mind it
 * is about. Evidence multiplies odds; a belief as such is set.
 */
import type { ExprId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { clampOdds, oddsOf } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import { Op } from "../reading/code.js";
import type { Evaluator } from "../reading/evaluator.js";

/** A want that is only heard of weighs this much where nothing says how much. */
export const WEIGHT_UNSAID = 5;

/** What is done to the confidence in a claim. */
type Change =
  /** Confidence 0 .. 1. */
  | { readonly kind: "sure"; readonly confidence: number; readonly weight?: number }
  /** Factor on the odds. */
  | { readonly kind: "times"; readonly factor: number };

export class Learning {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
  ) {}

  /** Sets the confidence, 0 .. 1. `weight`: of a want, where the claim is one. */
  believe(perspective: number, claim: ExprId, confidence: number, weight?: number): void {
    const change = { kind: "sure", confidence } as const;
    this.#take(perspective, claim, weight === undefined ? change : { ...change, weight });
  }

  /** Multiplies the odds by the factor, above 0. */
  evidence(perspective: number, claim: ExprId, factor: number): void {
    if (factor > 0 && factor !== 1) this.#take(perspective, claim, { kind: "times", factor });
  }

  /** Back to what would be believed knowing nothing. */
  forget(perspective: number, claim: ExprId): void {
    const { code } = this.reader;
    if (claim >= code.op.length) code.grow();
    const op = code.op[claim];
    if (op === Op.not) return this.forget(perspective, code.a[claim] as number);
    if (op === Op.believes) {
      const inner = this.#within(perspective, code.a[claim] as number);
      if (inner > 0) this.forget(inner, code.b[claim] as number);
      return;
    }
    const place = op === Op.eq || op === Op.ne ? (code.a[claim] as number) : claim;
    const atom = this.#atomOf(perspective, place) ?? this.#whole(claim);
    this.writer.put(perspective, atom, 0, 0);
  }

  #take(perspective: number, claim: ExprId, change: Change): void {
    const { code } = this.reader;
    if (claim >= code.op.length) code.grow();
    const a = code.a[claim] as number;
    const b = code.b[claim] as number;
    switch (code.op[claim]) {
      case Op.not:
        return this.#take(perspective, a, opposite(change));
      case Op.and:
        if (!isFor(change)) break;
        this.#take(perspective, a, change);
        return this.#take(perspective, b, change);
      case Op.or:
        if (isFor(change)) break;
        this.#take(perspective, a, change);
        return this.#take(perspective, b, change);
      case Op.believes: {
        const inner = this.#within(perspective, a);
        if (inner > 0) this.#take(inner, b, change);
        return;
      }
      case Op.holds: {
        const held = this.reader.soft(perspective, a, []);
        if (held >= 0) this.#take(perspective, held, change);
        return;
      }
      case Op.wants:
        return this.#want(perspective, a, b, change);
      case Op.ne:
      case Op.eq:
        if (this.#value(perspective, claim, code.op[claim] === Op.eq ? change : opposite(change))) {
          return;
        }
    }
    this.#atomic(perspective, this.#atomOf(perspective, claim) ?? this.#whole(claim), change);
  }

  #atomic(perspective: number, atom: number, change: Change): void {
    if (change.kind === "times") this.writer.multiply(perspective, atom, change.factor);
    else
      this.writer.put(
        perspective,
        atom,
        oddsOf(change.confidence),
        change.confidence > 0.5 ? 1 : 0,
      );
  }

  #want(perspective: number, who: ExprId, claim: ExprId, change: Change): void {
    const { reader, writer } = this;
    const person = reader.soft(perspective, who, []);
    if (!(person >= 0)) return;
    const atom = reader.atoms.special(Special.wants, [person, claim]);
    const key = reader.keyRead(perspective, atom);
    const odds = reader.space.odds(key);
    const known = odds === 0 ? WEIGHT_UNSAID : reader.space.value(key);
    if (change.kind === "sure") {
      writer.put(perspective, atom, oddsOf(change.confidence), change.weight ?? known);
    } else {
      const from = odds === 0 ? 0.25 : odds;
      writer.put(perspective, atom, clampOdds(from * change.factor), known);
    }
  }

  /** `x = v` of a fluent that is no boolean. False: it is no such claim. */
  #value(perspective: number, claim: ExprId, change: Change): boolean {
    const { code, space, common, atoms } = this.reader;
    const atom = this.#atomOf(perspective, code.a[claim] as number);
    if (atom === undefined) return false;
    const fluent = atoms.fluentOf(atom);
    if (fluent < atoms.firstSpecial && common.isBoolean[fluent] === true) return false;
    const value = this.reader.soft(perspective, code.b[claim] as number, []);
    const key = this.reader.keyRead(perspective, atom);
    const odds = space.odds(key);
    const held = odds === 0 ? Number.NaN : space.value(key);
    const same = held === value;
    if (change.kind === "sure") {
      // To deny what one takes for otherwise says nothing new, held or only taken for granted.
      const taken = odds === 0 ? this.reader.soft(perspective, code.a[claim] as number, []) : held;
      const isNews = change.confidence >= 0.5 || Object.is(taken, value);
      if (isNews) this.writer.put(perspective, atom, oddsOf(change.confidence), value);
      return true;
    }
    const other = odds === 0 ? 1 : clampOdds(1 / Math.max(odds, 1));
    const now = clampOdds((same ? odds : other) * change.factor);
    if (same || now >= 1) this.writer.put(perspective, atom, now, value);
    else if (odds !== 0) this.writer.put(perspective, atom, clampOdds(odds / change.factor), held);
    return true;
  }

  /** The atom of a plain fluent, an intention; undefined for what has to be held as a whole. */
  #atomOf(perspective: number, claim: ExprId): number | undefined {
    const { reader } = this;
    const { code, atoms } = reader;
    const op = code.op[claim];
    if (op === Op.intends) {
      const person = reader.soft(perspective, code.a[claim] as number, []);
      const deed = reader.soft(perspective, code.b[claim] as number, []);
      return person >= 0 && deed >= 0 ? atoms.special(Special.intends, [person, deed]) : undefined;
    }
    if (op !== Op.owned && op !== Op.paired && op !== Op.fluent) return undefined;
    const args = (code.args[claim] as readonly number[]).map((arg) =>
      reader.soft(perspective, arg, []),
    );
    if (!args.every((arg) => arg >= 0)) return undefined;
    return atoms.of(code.a[claim] as number, args);
  }

  #whole(claim: ExprId): number {
    const { wholeShapes, code, space } = this.reader;
    const shape = code.shapeOf(claim);
    if (!wholeShapes.has(shape)) {
      wholeShapes.add(shape);
      // Whatever was worked out so far has not looked at such claims as a whole.
      space.outgrown();
    }
    return this.reader.atoms.special(Special.claim, [claim]);
  }

  #within(perspective: number, subject: ExprId): number {
    const person = this.reader.soft(perspective, subject, []);
    return person >= 0 ? this.reader.space.perspectives.extend(perspective, person) : 0;
  }
}

function isFor(change: Change): boolean {
  return change.kind === "sure" ? change.confidence >= 0.5 : change.factor > 1;
}

function opposite(change: Change): Change {
  return change.kind === "sure"
    ? { kind: "sure", confidence: 1 - change.confidence }
    : { kind: "times", factor: 1 / change.factor };
}

/** Confidence 0 .. 1 in a claim, as a perspective has it. */
export function confidenceIn(reader: Evaluator, perspective: number, claim: ExprId): number {
  const p = reader.soft(perspective, claim, []);
  return p > 0 ? Math.min(p, 1) : 0;
}
