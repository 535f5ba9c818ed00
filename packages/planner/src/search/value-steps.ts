/**
 * What an action and all triggers do to the values of a state alone. Nobody's mind is worked out
 * for that, unless an effect or a trigger on the state reads beliefs.
 */
import type { GroundEffect, GroundProblem } from "../ground/ground-problem.js";
import type { MindReader } from "./evaluate.js";
import { EventIndex } from "./event-index.js";
import { type MemoryMeter, PairTable } from "./int-table.js";
import { depthOfCondition, depthOfExpression } from "./nesting.js";

/** Triggers firing in a row in one mind before the world is called endless. */
export const firingsMax = 1000;

/** The author's world never comes to rest. */
export class EndlessTriggerError extends Error {
  override readonly name = "EndlessTriggerError";

  constructor(readonly trigger: string) {
    super(`trigger ${trigger} fires for ever`);
  }
}

const noMinds = new Int32Array(0);

export class ValueSteps {
  /** Vector after an action and all triggers, by vector and action. */
  private readonly steps: PairTable;
  /** By vector: the vector after all triggers, plus 1; 0 not known. */
  private readonly settled: number[] = [];
  /** By action and by own trigger: the effects on the state itself. */
  private readonly actionEffects: readonly (readonly GroundEffect[])[];
  private readonly triggerEffects: readonly (readonly GroundEffect[])[];
  private readonly triggerNames: readonly string[];
  /** The triggers that change the state itself. */
  private readonly index: EventIndex;
  /** By action: whether what it does to the state itself reads nobody's beliefs. */
  private readonly isFlat: readonly boolean[];
  /** Whether no trigger that changes the state itself reads beliefs. */
  private readonly hasFlatTriggers: boolean;

  constructor(
    private readonly ground: GroundProblem,
    private readonly reader: MindReader,
    meter: MemoryMeter,
  ) {
    const own = (effects: readonly GroundEffect[]) => effects.filter(({ path }) => path === 0);
    const flat = (effects: readonly GroundEffect[]) => effects.every((one) => this.isOwn(one));
    this.steps = new PairTable(meter);
    this.actionEffects = ground.actions.map(({ effects }) => own(effects));
    this.isFlat = this.actionEffects.map(flat);
    const triggers = ground.triggers.filter(({ effects }) => own(effects).length > 0);
    this.triggerEffects = triggers.map(({ effects }) => own(effects));
    this.triggerNames = triggers.map(({ name }) => name);
    const preconditions = triggers.map(({ precondition }) => precondition);
    this.index = new EventIndex(ground, reader.minds.vectors, preconditions, meter);
    this.hasFlatTriggers =
      this.triggerEffects.every(flat) &&
      preconditions.every((condition) => depthOfCondition(ground, condition) === 0);
  }

  /** The vector after an action and all triggers; -1 if minds must be looked into. */
  step(mind: number, action: number): number {
    if (!this.hasFlatTriggers || !this.isFlat[action]) return -1;
    const vector = this.reader.minds.vector(mind);
    const known = this.steps.get(vector, action, -1);
    if (known >= 0) return known;
    const next = this.settle(this.apply(mind, this.actionEffects[action]!));
    this.steps.set(vector, action, next);
    return next;
  }

  /** The vector after the effects that hold, of several on one fluent the first. */
  apply(mind: number, effects: readonly GroundEffect[]): number {
    const vector = this.reader.minds.vector(mind);
    if (effects.length === 0) return vector;
    const changes: number[] = [];
    let last = -1;
    for (const { guard, fluent, value } of effects) {
      if (fluent === last || !this.reader.holds(mind, guard)) continue;
      last = fluent;
      changes.push(fluent, this.reader.evaluate(mind, value));
    }
    if (changes.length === 0) return vector;
    const { vectors } = this.reader.minds;
    if (changes.length === 2) return vectors.with(vector, changes[0]!, changes[1]!);
    const cells = vectors.scratch(vector);
    for (let at = 0; at < changes.length; at += 2) cells[changes[at]!] = changes[at + 1]!;
    return vectors.commit();
  }

  private settle(vector: number): number {
    const known = this.settled[vector] ?? 0;
    if (known > 0) return known - 1;
    let current = vector;
    for (let firings = 0, from = 0; ; ) {
      const trigger = this.index.candidates(current).find((candidate) => candidate >= from);
      if (trigger === undefined) break;
      // A mind without inner minds: all that these triggers need.
      const bare = this.reader.minds.intern(current, 0, noMinds);
      const next = this.apply(bare, this.triggerEffects[trigger]!);
      from = next === current ? trigger + 1 : 0;
      firings += 1;
      if (firings > firingsMax) throw new EndlessTriggerError(this.triggerNames[trigger]!);
      current = next;
    }
    while (this.settled.length < vector) this.settled.push(0);
    this.settled[vector] = current + 1;
    return current;
  }

  private isOwn(effect: GroundEffect): boolean {
    const { ground } = this;
    return (
      depthOfCondition(ground, effect.guard) === 0 && depthOfExpression(ground, effect.value) === 0
    );
  }
}
