/**
 * What an action does to a state and to every mind in it; what triggers do; what can be done.
 * Every result is remembered by mind, so the same thought is never thought twice.
 *
 * Preserves the meaning exactly: a transition depends on the mind and the action only.
 */
import type { Condition, GroundExpression } from "../ground/condition.js";
import type { GroundEffect, GroundProblem } from "../ground/ground-problem.js";
import { opEqual, valueUnknown } from "../ground/values.js";
import { MindReader } from "./evaluate.js";
import { EventIndex } from "./event-index.js";
import { type MemoryMeter, PairTable } from "./int-table.js";
import { MindStore } from "./mind-store.js";
import { EndlessTriggerError, firingsMax, ValueSteps } from "./value-steps.js";

export { EndlessTriggerError } from "./value-steps.js";

interface Effects {
  /** On the state itself. */
  readonly own: readonly GroundEffect[];
  /** On a character's mind, by the first believer of the path. */
  readonly inner: readonly (readonly GroundEffect[])[];
}

export class Transitions {
  readonly minds: MindStore;
  readonly reader: MindReader;
  readonly root: number;
  private readonly actionEffects: readonly Effects[];
  private readonly triggerEffects: readonly Effects[];
  private readonly actionIndex: EventIndex;
  private readonly triggerIndex: EventIndex;
  private readonly values: ValueSteps;
  /** By trigger: what is left to ask of a candidate; the rest holds by the index. */
  private readonly triggerRest: readonly Condition[];
  /** By trigger: whether it changes anything in a mind whose inner minds are not kept. */
  private readonly triggerIsOwn: readonly boolean[];
  private readonly steps: PairTable;
  private readonly unsettled: PairTable;
  /** Int32Array by mind: the mind after all triggers, plus 1; 0 not known. */
  private settled = new Int32Array(1024);
  private readonly possibleLists: Int32Array[] = [];
  /** By level: Int32Array[characterCount] to build a mind in. */
  private readonly scratch: Int32Array[];

  constructor(
    readonly ground: GroundProblem,
    /** Levels of minds kept below the state. */
    readonly depth: number,
    private readonly meter: MemoryMeter,
  ) {
    const { characterCount, fluents, actions, triggers } = ground;
    this.minds = new MindStore(fluents.length, characterCount, meter);
    this.reader = new MindReader(ground, this.minds);
    this.steps = new PairTable(meter);
    this.unsettled = new PairTable(meter);
    this.scratch = Array.from({ length: depth + 1 }, () => new Int32Array(characterCount));
    this.actionEffects = actions.map((action) => this.divide(action.effects));
    this.triggerEffects = triggers.map((trigger) => this.divide(trigger.effects));
    const { vectors } = this.minds;
    this.actionIndex = new EventIndex(
      ground,
      vectors,
      actions.map((event) => event.precondition),
      meter,
    );
    this.triggerIndex = new EventIndex(
      ground,
      vectors,
      triggers.map((event) => event.precondition),
      meter,
    );
    this.values = new ValueSteps(ground, this.reader, meter);
    this.triggerRest = triggers.map((trigger) => this.restOf(trigger.precondition));
    this.triggerIsOwn = this.triggerEffects.map(({ own }) => own.length > 0);
    this.root = this.settle(this.addInitial(0, depth, new Map()));
  }

  isPossible(mind: number, action: number): boolean {
    return this.reader.holds(mind, this.ground.actions[action]!.precondition);
  }

  /** Int32Array of the actions whose precondition holds in `mind`, ascending. */
  possible(mind: number): Int32Array {
    const candidates = this.actionIndex.candidates(this.minds.vector(mind));
    if (!this.actionIndex.asksBeliefs) return candidates;
    let found = this.possibleLists[mind];
    if (found === undefined) {
      found = candidates.filter((action) => this.isPossible(mind, action));
      this.possibleLists[mind] = found;
    }
    return found;
  }

  /** The mind after `action` and all triggers. Whether the action is possible is not asked. */
  step(mind: number, action: number): number {
    const known = this.steps.get(mind, action, -1);
    if (known >= 0) return known;
    const next = this.settle(this.apply(mind, action));
    this.steps.set(mind, action, next);
    return next;
  }

  /** The value vector of `step(mind, action)`, mostly without working out anybody's mind. */
  stepVector(mind: number, action: number): number {
    const next = this.values.step(mind, action);
    return next >= 0 ? next : this.minds.vector(this.step(mind, action));
  }

  /** The mind after all triggers have fired. */
  settle(mind: number): number {
    if (mind < this.settled.length && this.settled[mind]! > 0) return this.settled[mind]! - 1;
    let current = mind;
    for (let firings = 0, skip = 0; ; ) {
      const trigger = this.findTrigger(current, skip);
      if (trigger < 0) break;
      const next = this.fire(current, trigger);
      if (next === current) {
        skip = trigger + 1;
        continue;
      }
      skip = 0;
      firings += 1;
      if (firings > firingsMax) throw new EndlessTriggerError(this.ground.triggers[trigger]!.name);
      current = next;
    }
    this.remember(mind, current);
    if (current !== mind) this.remember(current, current);
    return current;
  }

  /** What `character` believes the moment after seeing `action` with its own eyes and mind. */
  private apply(mind: number, action: number): number {
    const known = this.unsettled.get(mind, action, -1);
    if (known >= 0) return known;
    const level = this.minds.level(mind);
    const effects = this.actionEffects[action]!;
    const vector = this.values.apply(mind, effects.own);
    const inner = this.scratch[level]!;
    if (level > 0) {
      for (let who = 0; who < this.ground.characterCount; who += 1) {
        inner[who] = this.applyInner(mind, who, action, effects.inner[who]!);
      }
    }
    const next = this.minds.intern(vector, level, inner);
    if (level < this.depth) this.unsettled.set(mind, action, next);
    return next;
  }

  private applyInner(
    mind: number,
    who: number,
    action: number,
    effects: readonly GroundEffect[],
  ): number {
    const { observing, precondition } = this.ground.actions[action]!;
    let believed = this.minds.inner(mind, who);
    const observed = this.reader.holds(mind, observing[who]!);
    if (observed && !this.reader.holds(believed, precondition)) {
      believed = this.repair(mind, believed, who, precondition);
    }
    if (effects.length === 0) return observed ? this.step(believed, action) : believed;
    if (observed) believed = this.apply(believed, action);
    return this.settle(this.inform(mind, believed, who, effects));
  }

  /** Explicit effects on the mind of `who`, with guards and values read in `mind`. */
  private inform(
    mind: number,
    believed: number,
    who: number,
    effects: readonly GroundEffect[],
  ): number {
    let next = believed;
    for (let index = 0; index < effects.length; index += 1) {
      const effect = effects[index]!;
      if (!this.reader.holds(mind, effect.guard)) continue;
      if (this.isOverruled(mind, effects, index)) continue;
      const value = this.reader.evaluate(mind, effect.value);
      const chain = this.ground.paths[effect.path]!;
      next = this.setIfDifferent(next, who, chain, effect.fluent, value);
    }
    return next;
  }

  /** Whether an earlier effect on the same belief holds too: the first in order counts. */
  private isOverruled(mind: number, effects: readonly GroundEffect[], index: number): boolean {
    const { path, fluent } = effects[index]!;
    for (let before = index - 1; before >= 0; before -= 1) {
      const other = effects[before]!;
      if (other.path !== path || other.fluent !== fluent) return false;
      if (this.reader.holds(mind, other.guard)) return true;
    }
    return false;
  }

  private setIfDifferent(
    mind: number,
    owner: number,
    chain: readonly number[],
    fluent: number,
    value: number,
  ): number {
    let at = mind;
    for (let index = 1; index < chain.length; index += 1) at = this.minds.inner(at, chain[index]!);
    if (this.reader.value(at, fluent) === value) return mind;
    return this.set(mind, owner, chain, 1, fluent, value);
  }

  /** Sets a belief in `mind`, which is `owner`'s; whoever comes to believe it knows that too. */
  private set(
    mind: number,
    owner: number,
    chain: readonly number[],
    from: number,
    fluent: number,
    value: number,
  ): number {
    const level = this.minds.level(mind);
    let vector = this.minds.vector(mind);
    if (from === chain.length) vector = this.minds.vectors.with(vector, fluent, value);
    const inner = this.scratch[level]!;
    if (level > 0) {
      for (let who = 0; who < inner.length; who += 1) inner[who] = this.minds.inner(mind, who);
      const own = this.set(inner[owner]!, owner, chain, from, fluent, value);
      inner[owner] = this.settle(own);
      if (from < chain.length) {
        const who = chain[from]!;
        inner[who] = this.settle(this.set(inner[who]!, who, chain, from + 1, fluent, value));
      }
    }
    return this.minds.intern(vector, level, inner);
  }

  /** Surprise: of every clause that is true in `mind`, what `believed` holds for false is mended. */
  private repair(mind: number, believed: number, who: number, precondition: Condition): number {
    /** By path and fluent: a known value beats the unknown one. */
    const repairs = new Map<string, { path: number; fluent: number; value: number }>();
    const add = (path: number, fluent: number, value: number) => {
      const key = `${path} ${fluent}`;
      if (value !== valueUnknown || !repairs.has(key)) repairs.set(key, { path, fluent, value });
    };
    for (const clause of precondition) {
      if (!clause.every((atom) => this.reader.holdsAtom(mind, atom))) continue;
      for (const id of clause) {
        if (this.reader.holdsAtom(believed, id)) continue;
        const atom = this.ground.atoms[id]!;
        const known = atom.operator === opEqual;
        if (atom.kind === "plain") {
          add(atom.path, atom.fluent, known ? atom.value : valueUnknown);
        } else {
          for (const { path, fluent } of readsOf(atom.left, atom.right)) {
            const value = this.reader.value(this.reader.follow(mind, path), fluent);
            add(path, fluent, known ? value : valueUnknown);
          }
        }
      }
    }
    let next = believed;
    for (const { path, fluent, value } of repairs.values()) {
      const boolean = this.ground.fluents[fluent]!.sort === "boolean";
      if (boolean && value === valueUnknown) continue;
      next = this.set(next, who, this.ground.paths[path]!, 0, fluent, value);
    }
    return next;
  }

  private findTrigger(mind: number, from: number): number {
    const candidates = this.triggerIndex.candidates(this.minds.vector(mind));
    const hasInner = this.minds.level(mind) > 0;
    for (let index = 0; index < candidates.length; index += 1) {
      const trigger = candidates[index]!;
      if (trigger < from || !(hasInner || this.triggerIsOwn[trigger])) continue;
      if (this.reader.holds(mind, this.triggerRest[trigger]!)) return trigger;
    }
    return -1;
  }

  /** Of a condition of one clause, the atoms that the index does not look at. */
  private restOf(condition: Condition): Condition {
    if (condition.length !== 1) return condition;
    const { atoms } = this.ground;
    return condition.map((clause) =>
      clause.filter((id) => {
        const atom = atoms[id]!;
        return atom.kind !== "plain" || atom.path !== 0;
      }),
    );
  }

  private fire(mind: number, trigger: number): number {
    const level = this.minds.level(mind);
    const effects = this.triggerEffects[trigger]!;
    const vector = this.values.apply(mind, effects.own);
    const inner = this.scratch[level]!;
    if (level > 0) {
      for (let who = 0; who < inner.length; who += 1) {
        const believed = this.minds.inner(mind, who);
        const told = effects.inner[who]!;
        inner[who] =
          told.length === 0 ? believed : this.settle(this.inform(mind, believed, who, told));
      }
    }
    return this.minds.intern(vector, level, inner);
  }

  private remember(mind: number, settled: number): void {
    if (mind >= this.settled.length) {
      const longer = new Int32Array(Math.max(mind + 1, this.settled.length * 2));
      this.meter.add(longer.byteLength - this.settled.byteLength);
      longer.set(this.settled);
      this.settled = longer;
    }
    this.settled[mind] = settled + 1;
  }

  private divide(effects: readonly GroundEffect[]): Effects {
    const chainOf = (effect: GroundEffect) => this.ground.paths[effect.path]!;
    const inner = Array.from({ length: this.ground.characterCount }, (_, who) =>
      effects.filter((effect) => chainOf(effect)[0] === who),
    );
    return { own: effects.filter((effect) => effect.path === 0), inner };
  }

  private addInitial(index: number, level: number, known: Map<string, number>): number {
    const key = `${index} ${level}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const { values, minds } = this.ground.initial[index]!;
    const vector = this.minds.vectors.add(values);
    const inner = new Int32Array(this.ground.characterCount);
    if (level > 0) {
      minds.forEach((mind, who) => {
        inner[who] = this.settle(this.addInitial(mind, level - 1, known));
      });
    }
    const mind = this.minds.intern(vector, level, inner);
    known.set(key, mind);
    return mind;
  }
}

function readsOf(...expressions: readonly GroundExpression[]): { path: number; fluent: number }[] {
  return expressions.flatMap((expression) => {
    if (expression.kind === "read") return [{ path: expression.path, fluent: expression.fluent }];
    if (expression.kind === "arithmetic") return readsOf(expression.left, expression.right);
    return [];
  });
}
