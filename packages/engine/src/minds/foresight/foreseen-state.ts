/**
 * The believed world as something effects run on: what `EffectState` is to the truth, over the
 * overlay of a belief space. Chance splits the path; ranges give what is to be expected.
 */
import type { ExprId, FluentId, TypeId } from "@fabula/model";
import { groundClaim } from "@fabula/model";
import type { BeliefStrength, EffectState, EveryEffect, Locals } from "../../kernel/effects.js";
import { Special } from "../beliefs/atoms.js";
import { Way } from "../beliefs/common-ground.js";
import { CERTAIN, IMPOSSIBLE } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Learning } from "../learning/learn.js";
import { personsKnown } from "../reading/entity-lists.js";
import type { Evaluator } from "../reading/evaluator.js";

export class ForeseenState implements EffectState {
  /** Carries a deed out in the perspective at hand; set by the foresight. */
  carry: (deed: ExprId) => void = () => {};

  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
  ) {}

  evaluate(expr: ExprId, locals: Locals): number {
    // The caller's list is its own copy: binders may use its spare slots.
    return this.reader.evaluate(expr, locals as number[]);
  }

  ground(expr: ExprId, locals: Locals): ExprId {
    const pool = this.reader.world.expressions;
    if (pool.typeOf(expr).kind !== "claim") return this.reader.grounder.claim(expr, locals);
    return groundClaim(pool, expr, locals, (one, all) => this.evaluate(one, all));
  }

  candidatesFor({ type }: EveryEffect): readonly number[] {
    return this.reader.entitiesOf(type);
  }

  claimsOf(fluent: FluentId, leading: readonly number[]): readonly number[] {
    const { atoms, grounder } = this.reader;
    const found: number[] = [];
    for (const atom of atoms.ofFluent(fluent)) {
      const args = atoms.argsOf(atom);
      if (!leading.every((value, index) => args[index] === value)) continue;
      if (this.reader.read(atom) > 0.5) found.push(args[leading.length] as number);
    }
    return found.sort((a, b) => grounder.compare(a, b));
  }

  drawBetween(_fluent: FluentId, low: number, high: number): number {
    return (low + high) / 2;
  }

  chance(probability: number): boolean {
    return this.reader.oracle.ask(probability);
  }

  set(fluent: FluentId, args: readonly number[], value: number): void {
    const { reader } = this;
    const schema = reader.world.fluents[fluent];
    const low = schema?.low ?? Number.NEGATIVE_INFINITY;
    const high = schema?.high ?? Number.POSITIVE_INFINITY;
    const kept = value < low ? low : value > high ? high : value;
    const atom = reader.atoms.of(fluent, args);
    this.writer.set(reader.perspective, atom, kept);
    this.#tellOthers(fluent, args, atom, kept);
  }

  shift(fluent: FluentId, args: readonly number[], delta: number): void {
    const value = this.reader.read(this.reader.atoms.of(fluent, args));
    if (!Number.isNaN(value)) this.set(fluent, args, value + delta);
  }

  believe(subject: number, claim: ExprId, negated: boolean, strength: BeliefStrength): void {
    const perspective = this.#mindOf(subject);
    if (perspective > 0) applyBelief(this.learning, perspective, claim, negated, strength);
  }

  forget(subject: number, claim: ExprId): void {
    const perspective = this.#mindOf(subject);
    if (perspective > 0) this.learning.forget(perspective, claim);
  }

  intend(subject: number, deed: ExprId, dropped: boolean): void {
    if (!(subject >= 0 && deed >= 0)) return;
    const { reader } = this;
    const atom = reader.atoms.special(Special.intends, [subject, deed]);
    this.writer.put(reader.perspective, atom, dropped ? IMPOSSIBLE : CERTAIN, dropped ? 0 : 1);
  }

  create(type: TypeId): number {
    const entity = this.reader.population.foresee(type);
    this.writer.put(this.reader.perspective, this.#exists(entity), CERTAIN, 1);
    return entity;
  }

  created(): void {}

  remove(entity: number): void {
    if (entity >= 0) this.writer.put(this.reader.perspective, this.#exists(entity), IMPOSSIBLE, 0);
  }

  carryOut(deed: ExprId): void {
    if (deed >= 0) this.carry(deed);
  }

  stop(): void {}

  #exists(entity: number): number {
    return this.reader.atoms.special(Special.exists, [entity]);
  }

  #mindOf(subject: number): number {
    return subject >= 0
      ? this.reader.space.perspectives.extend(this.reader.perspective, subject)
      : 0;
  }

  /** What I hold of others' beliefs about it is out of date for those who would notice. */
  #tellOthers(fluent: number, args: readonly number[], atom: number, value: number): void {
    const { reader } = this;
    const { space, common } = reader;
    const way = common.wayOf[fluent];
    if (way === Way.private || space.perspectives.depthOf(reader.perspective) > 1) return;
    const self = space.perspectives.lastOf(reader.perspective);
    const clauses = reader.world.fluents[fluent]?.perceptions ?? [];
    for (const other of personsKnown(reader, reader.perspective)) {
      if (other === self) continue;
      const theirs = space.perspectives.extend(reader.perspective, other);
      if (space.odds(reader.keyRead(theirs, atom)) === 0) continue;
      if (
        way === Way.perceived &&
        !reader.unheld.wouldPerceive(reader.perspective, clauses, args, other)
      ) {
        continue;
      }
      this.writer.set(theirs, atom, value);
    }
  }
}

/** `p believes C sure E / times E`, wherever the belief is kept. */
export function applyBelief(
  learning: Learning,
  perspective: number,
  claim: ExprId,
  negated: boolean,
  strength: BeliefStrength,
): void {
  if (strength.times !== undefined) {
    learning.evidence(perspective, claim, negated ? 1 / strength.times : strength.times);
    return;
  }
  const sure = strength.sure ?? 1;
  learning.believe(perspective, claim, negated ? 1 - sure : sure);
}
