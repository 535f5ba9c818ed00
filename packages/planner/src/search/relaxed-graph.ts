/**
 * One growth of the relaxed problem from a state: layer by layer, an action a layer, triggers
 * within it. Buffers are reused from one growth to the next; nothing is allocated while growing.
 */
import type { Condition, GroundExpression } from "../ground/condition.js";
import type { RelaxedModel } from "./relaxed-model.js";
import type { VectorStore } from "./vector-store.js";

const unset = 0x7fff;

export class RelaxedGraph {
  /** Int16Array by fact, by atom: layer in which it first holds; `unset` never. */
  readonly factLayer: Int16Array;
  readonly atomLayer: Int16Array;
  /** Int32Array by fact, by atom: what brought it about: an effect, or -1. */
  readonly factCause: Int32Array;
  readonly atomFact: Int32Array;
  /** Int32Array by event: the conjunction that first made it possible, or -1. */
  readonly eventCause: Int32Array;
  /** Int32Array by effect: the conjunction of its guard, or -1. */
  readonly effectCause: Int32Array;
  /** Float64Array by fluent: the numbers it may have; low > high when none. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly lowCause: Int32Array;
  readonly highCause: Int32Array;
  layer = 0;

  /** Float64Array by fluent: the number at the start; NaN for none. */
  private readonly first: Float64Array;
  private readonly remaining: Int32Array;
  private readonly sizes: Int32Array;
  private current: number[] = [];
  private next: number[] = [];
  private readonly growing: number[] = [];
  /** Uint8Array by growth: 1 once one of its effects is among the growing. */
  private readonly isGrowing: Uint8Array;
  private readonly done: Uint8Array;
  /** What the graph was grown from: a vector, with or without accidents; -1 nothing. */
  vector = -1;
  withAccidents = false;

  constructor(readonly model: RelaxedModel) {
    const { factCount, atomCount, eventCount, effects, ground } = model;
    this.factLayer = new Int16Array(factCount);
    this.atomLayer = new Int16Array(atomCount);
    this.factCause = new Int32Array(factCount);
    this.atomFact = new Int32Array(atomCount);
    this.eventCause = new Int32Array(eventCount);
    this.effectCause = new Int32Array(effects.length);
    this.first = new Float64Array(ground.fluents.length);
    this.low = new Float64Array(ground.fluents.length);
    this.high = new Float64Array(ground.fluents.length);
    this.lowCause = new Int32Array(ground.fluents.length);
    this.highCause = new Int32Array(ground.fluents.length);
    this.sizes = Int32Array.from(model.conjunctionSize);
    this.remaining = new Int32Array(this.sizes.length);
    this.done = new Uint8Array(factCount);
    this.isGrowing = new Uint8Array(model.growthCount);
  }

  /** Begins at a state; layer 0 is what triggers add to it. */
  start(vectors: VectorStore, vector: number, withAccidents: boolean): void {
    const { model } = this;
    this.vector = vector;
    this.withAccidents = withAccidents;
    this.isGrowing.fill(0);
    this.layer = 0;
    this.factLayer.fill(unset);
    this.atomLayer.fill(unset);
    this.factCause.fill(-1);
    this.atomFact.fill(-1);
    this.eventCause.fill(-1);
    this.effectCause.fill(-1);
    this.lowCause.fill(-1);
    this.highCause.fill(-1);
    this.remaining.set(this.sizes);
    this.done.fill(0);
    this.current.length = 0;
    this.next.length = 0;
    this.growing.length = 0;
    const { values } = model.ground;
    for (let fluent = 0; fluent < vectors.width; fluent += 1) {
      const value = vectors.get(vector, fluent);
      const number = values.toNumber(value);
      const known = !Number.isNaN(number);
      this.first[fluent] = number;
      this.low[fluent] = known ? number : Number.POSITIVE_INFINITY;
      this.high[fluent] = known ? number : Number.NEGATIVE_INFINITY;
      const fact = model.factOf(fluent, value);
      if (fact < 0) continue;
      this.factLayer[fact] = 0;
      this.current.push(fact);
    }
    for (const conjunction of model.ready) this.complete(conjunction);
    for (let fluent = 0; fluent < vectors.width; fluent += 1) {
      if (this.low[fluent]! <= this.high[fluent]!) this.checkInterval(fluent, -1);
    }
    this.close();
  }

  /** One more action; false when nothing new came of it. */
  grow(): boolean {
    this.layer += 1;
    const facts = this.next;
    this.next = this.current;
    this.next.length = 0;
    this.current = facts;
    let changed = facts.length > 0;
    const count = this.growing.length;
    for (let index = 0; index < count; index += 1) {
      const effect = this.growing[index]!;
      if (this.model.effects[effect]!.event >= this.model.actionCount) continue;
      if (this.widen(effect, false)) changed = true;
    }
    this.close();
    return changed;
  }

  startNumber(fluent: number): number {
    return this.first[fluent]!;
  }

  holdsAtom(atom: number): boolean {
    return this.model.granted[atom]! || this.atomLayer[atom]! <= this.layer;
  }

  holds(condition: Condition): boolean {
    return condition.some((clause) => clause.every((atom) => this.holdsAtom(atom)));
  }

  /** Whether the condition may be false. */
  mayFail(condition: Condition): boolean {
    const { opposite } = this.model;
    return condition.every((clause) => clause.some((atom) => this.holdsAtom(opposite[atom]!)));
  }

  /** The most that an expression may be now; NaN for no number. */
  upper(expression: GroundExpression): number {
    return this.bound(expression, true);
  }

  lower(expression: GroundExpression): number {
    return this.bound(expression, false);
  }

  private bound(expression: GroundExpression, most: boolean): number {
    const { values } = this.model.ground;
    switch (expression.kind) {
      case "constant":
        return values.toNumber(expression.value);
      case "read":
        if (expression.path !== 0) return most ? Infinity : -Infinity;
        if (this.low[expression.fluent]! > this.high[expression.fluent]!) return Number.NaN;
        return most ? this.high[expression.fluent]! : this.low[expression.fluent]!;
      case "choice": {
        const yes = this.holds(expression.condition);
        const no = this.mayFail(expression.condition);
        const then = yes ? this.bound(expression.then, most) : Number.NaN;
        const otherwise = no ? this.bound(expression.otherwise, most) : Number.NaN;
        if (Number.isNaN(then)) return otherwise;
        if (Number.isNaN(otherwise)) return then;
        return most ? Math.max(then, otherwise) : Math.min(then, otherwise);
      }
      case "arithmetic":
        return this.boundArithmetic(expression, most);
    }
  }

  private boundArithmetic(
    expression: Extract<GroundExpression, { kind: "arithmetic" }>,
    most: boolean,
  ): number {
    const { operator, left, right } = expression;
    if (operator === "+") return this.bound(left, most) + this.bound(right, most);
    if (operator === "-") return this.bound(left, most) - this.bound(right, !most);
    const a = [this.bound(left, false), this.bound(left, true)];
    const b = [this.bound(right, false), this.bound(right, true)];
    if (operator === "/" && b[0]! <= 0 && b[1]! >= 0) return most ? Infinity : -Infinity;
    const all = a.flatMap((x) => b.map((y) => (operator === "*" ? timesBound(x, y) : x / y)));
    return most ? Math.max(...all) : Math.min(...all);
  }

  /** Works off the facts of this layer and what triggers add to it. */
  private close(): void {
    const { current } = this;
    for (let at = 0; at < current.length; at += 1) {
      const fact = current[at]!;
      if (this.done[fact] === 1) continue;
      this.done[fact] = 1;
      this.satisfy(fact);
      const fluent = this.model.factFluent[fact]!;
      const number = this.model.factNumber[fact]!;
      if (!Number.isNaN(number)) this.widenTo(fluent, number, number, this.factCause[fact]!);
    }
    current.length = 0;
  }

  private satisfy(fact: number): void {
    const atoms = this.model.atomsOfFact[fact]!;
    for (let index = 0; index < atoms.length; index += 1) {
      const atom = atoms[index]!;
      if (this.atomLayer[atom] !== unset) continue;
      this.atomFact[atom] = fact;
      this.release(atom);
    }
  }

  private release(atom: number): void {
    this.atomLayer[atom] = this.layer;
    const waiting = this.model.waiting[atom]!;
    for (let index = 0; index < waiting.length; index += 1) {
      const conjunction = waiting[index]!;
      const left = this.remaining[conjunction]! - 1;
      this.remaining[conjunction] = left;
      if (left === 0) this.complete(conjunction);
    }
  }

  private complete(conjunction: number): void {
    const effect = this.model.conjunctionEffect[conjunction]!;
    if (effect >= 0) {
      if (this.effectCause[effect] === -1) {
        this.effectCause[effect] = conjunction;
        this.emit(effect);
      }
      return;
    }
    const event = this.model.conjunctionEvent[conjunction]!;
    if (this.eventCause[event] !== -1) return;
    if (!this.withAccidents && this.model.isAccident[event] === 1) return;
    this.eventCause[event] = conjunction;
    for (const plain of this.model.plainEffects[event]!) this.emit(plain);
    for (const guard of this.model.guardsOfEvent[event]!) {
      const left = this.remaining[guard]! - 1;
      this.remaining[guard] = left;
      if (left === 0) this.complete(guard);
    }
  }

  private emit(effect: number): void {
    const { fact, event } = this.model.effects[effect]!;
    const isAction = event < this.model.actionCount;
    if (fact < 0) {
      const growth = this.model.growthOf[effect]!;
      if (this.isGrowing[growth] === 1) return;
      this.isGrowing[growth] = 1;
      this.growing.push(effect);
      if (!isAction) this.widen(effect, true);
      return;
    }
    const at = isAction ? this.layer + 1 : this.layer;
    if (this.factLayer[fact]! <= at) return;
    this.factLayer[fact] = at;
    this.factCause[fact] = effect;
    (isAction ? this.next : this.current).push(fact);
  }

  /** Applies an effect on an interval; a trigger may do so any number of times at once. */
  private widen(effect: number, forEver: boolean): boolean {
    const { fluent, value } = this.model.effects[effect]!;
    let low = this.bound(value, false);
    let high = this.bound(value, true);
    if (Number.isNaN(low) || Number.isNaN(high)) return false;
    if (forEver && value.kind !== "constant") {
      if (high > this.high[fluent]!) high = Infinity;
      if (low < this.low[fluent]!) low = -Infinity;
    }
    return this.widenTo(fluent, low, high, effect);
  }

  private widenTo(fluent: number, low: number, high: number, cause: number): boolean {
    let changed = false;
    if (low < this.low[fluent]!) {
      this.low[fluent] = low;
      this.lowCause[fluent] = cause;
      changed = true;
    }
    if (high > this.high[fluent]!) {
      this.high[fluent] = high;
      this.highCause[fluent] = cause;
      changed = true;
    }
    if (changed) this.checkInterval(fluent, cause);
    return changed;
  }

  private checkInterval(fluent: number, cause: number): void {
    const atoms = this.model.atomsOfInterval[fluent]!;
    for (let index = 0; index < atoms.length; index += 1) {
      const atom = atoms[index]!;
      if (this.atomLayer[atom] !== unset || !this.mayHold(atom)) continue;
      this.atomFact[atom] = -2 - cause;
      this.release(atom);
    }
    const count = this.growing.length;
    for (let index = 0; index < count; index += 1) {
      const effect = this.growing[index]!;
      if (this.model.effects[effect]!.event < this.model.actionCount) continue;
      if (this.reads(this.model.effects[effect]!.value, fluent)) this.widen(effect, true);
    }
  }

  private reads(expression: GroundExpression, fluent: number): boolean {
    if (expression.kind === "read") return expression.fluent === fluent;
    if (expression.kind === "arithmetic") {
      return this.reads(expression.left, fluent) || this.reads(expression.right, fluent);
    }
    return false;
  }

  private mayHold(id: number): boolean {
    const { ground } = this.model;
    const atom = ground.atoms[id % ground.atoms.length]!;
    const operator = this.model.operatorOf(id);
    const plain = atom.kind === "plain";
    const read = plain ? ({ kind: "read", path: 0, fluent: atom.fluent } as const) : atom.left;
    const other = plain ? ({ kind: "constant", value: atom.value } as const) : atom.right;
    const low = this.lower(read);
    const high = this.upper(read);
    const otherLow = this.lower(other);
    const otherHigh = this.upper(other);
    if (operator === 1) return !(low === high && otherLow === otherHigh && low === otherLow);
    if ([low, high, otherLow, otherHigh].some(Number.isNaN)) return false;
    if (operator === 0) return low <= otherHigh && otherLow <= high;
    if (operator === 2) return high > otherLow;
    if (operator === 3) return low <= otherHigh;
    if (operator === 4) return low < otherHigh;
    return high >= otherLow;
  }
}

/** Product of bounds where 0 times anything is 0. */
function timesBound(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
