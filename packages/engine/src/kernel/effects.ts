/**
 * The one interpreter of effects, over whatever can be changed: the truth, or the world as somebody
 * foresees it. What differs (drawing or splitting, rows or overlays) is behind `EffectState`.
 *
 * Invariants: effects run in the order written; the caller's locals are never changed; a draw is
 * named by its place in the declaration, so an effect added elsewhere does not re-roll it.
 */
import type { Draw, Effect, ExprId, FluentId, Place, TypeId } from "@fabula/model";
import { assert } from "@fabula/model";
import type { Purpose } from "./purpose.js";

/** Values by slot: birth numbers, claim and deed ids, numbers. */
export type Locals = readonly number[];

/** Names the draws of a list of effects: the schema ("rule faints") and those it is about. */
export interface EffectSite {
  readonly purpose: Purpose;
  readonly who: readonly number[];
}

/** `sure`: confidence 0 .. 1; `times`: factor on the odds; neither: certain. */
export interface BeliefStrength {
  readonly sure?: number;
  readonly times?: number;
}

/** What effects read and change. Truth and foresight each implement it. */
export interface EffectState {
  /** Booleans are 0 and 1, unknown numbers NaN, no entity -1. A foresight may split here. */
  evaluate(expr: ExprId, locals: Locals): number;
  /** Id of the ground claim that a proposition, or a claim-valued expression, is here. */
  ground(expr: ExprId, locals: Locals): ExprId;
  /**
   * Birth numbers, in birth order, of what is there of the type and its subtypes; those for whom
   * `where` cannot hold may be left out.
   */
  candidatesFor(every: EveryEffect, locals: Locals): readonly number[];
  /**
   * Last arguments (claims, deeds), in order of id, for which the boolean fluent holds with
   * these leading arguments.
   */
  claimsOf(fluent: FluentId, leading: readonly number[]): readonly number[];
  /**
   * A value of [low, high] for the fluent: the truth draws it by key, a foresight takes what it
   * expects.
   */
  drawBetween(
    fluent: FluentId,
    low: number,
    high: number,
    purpose: string,
    who: readonly number[],
  ): number;
  /** True with this probability: the truth draws by key, a foresight splits its path. */
  chance(probability: number, purpose: string, who: readonly number[]): boolean;
  /** An absolute write, clamped to the bounds. args[0] is the owner. */
  set(fluent: FluentId, args: readonly number[], value: number): void;
  /** A step on top of what is there, clamped to the bounds. */
  shift(fluent: FluentId, args: readonly number[], delta: number): void;
  believe(subject: number, claim: ExprId, negated: boolean, strength: BeliefStrength): void;
  forget(subject: number, claim: ExprId): void;
  intend(subject: number, deed: ExprId, dropped: boolean): void;
  /** A new entity; its initial values are set, its `body` runs after this returns. */
  /** `title`: of `World.texts`, or -1. */
  create(type: TypeId, title: number): number;
  /** After the body of `create`: it is there now, for rules, processes and perception. */
  created(entity: number): void;
  remove(entity: number): void;
  /** The ground deed starts now if its needs hold. */
  carryOut(deed: ExprId): void;
  /** Cuts short what the person is doing. */
  stop(subject: number): void;
  /** Which way an `if` or a chance went; for who counts them. */
  branched?(effect: BranchingEffect, holds: boolean): void;
}

export type EveryEffect = Extract<Effect, { kind: "every" }>;
export type BranchingEffect = Extract<Effect, { kind: "if" | "chance" }>;

/** A condition holds where its value is true; unknown is not true. */
export function isTrue(value: number): boolean {
  return value > 0;
}

const NESTING_MAX = 256;

/** Runs the effects in order. `locals` is not changed; created entities live in a copy of it. */
export function runEffects(
  state: EffectState,
  effects: readonly Effect[],
  locals: Locals,
  site: EffectSite,
): void {
  if (effects.length > 0) runList(state, effects, locals.slice(), site, site.purpose);
}

/** Value of a draw for the fluent over these locals: plain, or drawn where it is a range. */
function drawValue(
  state: EffectState,
  fluent: FluentId,
  draw: Draw,
  locals: Locals,
  purpose: string,
  who: readonly number[],
): number {
  const low = state.evaluate(draw.low, locals);
  if (draw.high === undefined) return low;
  const high = state.evaluate(draw.high, locals);
  return low === high ? low : state.drawBetween(fluent, low, high, purpose, who);
}

function runList(
  state: EffectState,
  effects: readonly Effect[],
  locals: number[],
  site: EffectSite,
  purpose: Purpose,
): void {
  assert(purpose.depth < NESTING_MAX, "effects nested too deep");
  for (let index = 0; index < effects.length; index++) {
    runEffect(state, effects[index] as Effect, locals, site, purpose.at(index));
  }
}

function runEffect(
  state: EffectState,
  effect: Effect,
  locals: number[],
  site: EffectSite,
  purpose: Purpose,
): void {
  switch (effect.kind) {
    case "set":
    case "shift":
      runWrite(state, effect, locals, site, purpose);
      break;
    case "believe":
      runBelieve(state, effect, locals);
      break;
    case "forget": {
      const subject = state.evaluate(effect.subject, locals);
      const claim = subject >= 0 ? state.ground(effect.claim, locals) : -1;
      if (claim >= 0) state.forget(subject, claim);
      break;
    }
    case "intend": {
      const subject = state.evaluate(effect.subject, locals);
      const deed = state.evaluate(effect.deed, locals);
      if (subject >= 0 && deed >= 0) state.intend(subject, deed, effect.dropped);
      break;
    }
    case "create": {
      const entity = state.create(effect.type, effect.title);
      locals[effect.slot] = entity;
      runList(state, effect.body, locals, site, purpose);
      state.created(entity);
      break;
    }
    case "remove": {
      const entity = state.evaluate(effect.entity, locals);
      if (entity >= 0) state.remove(entity);
      break;
    }
    case "if": {
      const holds = isTrue(state.evaluate(effect.condition, locals));
      state.branched?.(effect, holds);
      runList(state, holds ? effect.then : effect.else, locals, site, purpose);
      break;
    }
    case "chance": {
      const probability = state.evaluate(effect.chance, locals);
      const lucky = state.chance(probability, purpose.text, site.who);
      state.branched?.(effect, lucky);
      runList(state, lucky ? effect.then : effect.else, locals, site, purpose);
      break;
    }
    case "every":
    case "every-claim":
      runEvery(state, effect, locals, site, purpose);
      break;
    case "do": {
      const deed = state.evaluate(effect.deed, locals);
      if (deed >= 0) state.carryOut(deed);
      break;
    }
    case "stop": {
      const subject = state.evaluate(effect.subject, locals);
      if (subject >= 0) state.stop(subject);
      break;
    }
  }
}

/** Arguments of a place, owner first; undefined where one of them is no entity. */
export function placeArguments(
  state: Pick<EffectState, "evaluate">,
  place: Place,
  locals: Locals,
): number[] | undefined {
  if (place.args.length === 1) {
    const owner = state.evaluate(place.args[0] as ExprId, locals);
    return owner >= 0 ? [owner] : undefined;
  }
  const args: number[] = [];
  let whole = true;
  for (let index = 0; index < place.args.length; index++) {
    const arg = state.evaluate(place.args[index] as ExprId, locals);
    if (!(arg >= 0)) whole = false;
    args.push(arg);
  }
  return whole ? args : undefined;
}

function runWrite(
  state: EffectState,
  effect: Extract<Effect, { kind: "set" | "shift" }>,
  locals: number[],
  site: EffectSite,
  purpose: Purpose,
): void {
  const args = placeArguments(state, effect.place, locals);
  // What belongs to nobody cannot be written: `w.bearer.blood` where nobody bears w.
  if (args === undefined) return;
  const { value: draw } = effect;
  const value =
    draw.high === undefined
      ? state.evaluate(draw.low, locals)
      : drawValue(state, effect.place.fluent, draw, locals, purpose.text, site.who);
  if (effect.kind === "set") state.set(effect.place.fluent, args, value);
  else if (!Number.isNaN(value)) state.shift(effect.place.fluent, args, effect.sign * value);
}

function runBelieve(
  state: EffectState,
  effect: Extract<Effect, { kind: "believe" }>,
  locals: number[],
): void {
  const subject = state.evaluate(effect.subject, locals);
  if (subject < 0) return;
  const claim = state.ground(effect.claim, locals);
  // What nothing is said in cannot be believed: a letter of which nobody knows what stands in it.
  if (claim < 0) return;
  const strength: { sure?: number; times?: number } = {};
  if (effect.sure !== undefined) strength.sure = state.evaluate(effect.sure, locals);
  if (effect.times !== undefined) strength.times = state.evaluate(effect.times, locals);
  state.believe(subject, claim, effect.negated, strength);
}

function runEvery(
  state: EffectState,
  effect: Extract<Effect, { kind: "every" | "every-claim" }>,
  locals: number[],
  site: EffectSite,
  purpose: Purpose,
): void {
  for (const value of rangeOf(state, effect, locals)) {
    locals[effect.slot] = value;
    if (effect.kind === "every" && !isTrue(state.evaluate(effect.where, locals))) continue;
    const inner = { purpose: site.purpose, who: [...site.who, value] };
    runList(state, effect.body, locals, inner, purpose);
  }
}

function rangeOf(
  state: EffectState,
  effect: Extract<Effect, { kind: "every" | "every-claim" }>,
  locals: Locals,
): readonly number[] {
  // A copy: the body may create and remove what is ranged over.
  if (effect.kind === "every") return state.candidatesFor(effect, locals).slice();
  // The last argument is what is ranged over.
  const { fluent, args } = effect.place;
  const leading = placeArguments(state, { fluent, args: args.slice(0, -1) }, locals);
  return leading === undefined ? [] : state.claimsOf(fluent, leading).slice();
}
