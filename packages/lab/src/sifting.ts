/**
 * Sifting: finds micro-stories in a run, step after step, as the run goes on, because what a step
 * asks (`where ada believes ...`) can only be answered then and there.
 *
 * Each beginning of a pattern is followed up once, by the first occurrence that fits each step. A
 * condition as a step counts from when it comes true.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import { edgeOf, isTrue, matchArguments, type Simulation } from "@fabula/engine";
import type { EventPattern, ExprId, Pattern } from "@fabula/model";
import { assertSound } from "./story-fault.js";

export interface SiftedStep {
  readonly name: string;
  readonly occurrence: OccurrenceId;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface Sifted {
  readonly steps: readonly SiftedStep[];
  /** Value by binder: birth numbers, claim and deed ids, numbers. */
  readonly locals: readonly number[];
}

/** Most that is kept of one pattern in one run. */
export const matchesMax = 1000;
const partialsMax = 10_000;

interface Partial {
  readonly steps: readonly SiftedStep[];
  readonly locals: readonly number[];
  /** Which conditions of `without` hold now: they count from when they come true. */
  readonly held: boolean[];
  /** Whether the condition that is the next step holds already. */
  waitsToFall: boolean;
}

/** Plays a simulation that has not begun to its end. */
export function siftRun(simulation: Simulation, pattern: Pattern): Sifted[] {
  return siftAll(simulation, [pattern])[0] ?? [];
}

/** As `siftRun`, for several patterns in one run. */
export function siftAll(simulation: Simulation, patterns: readonly Pattern[]): Sifted[][] {
  const sifters = patterns.map((pattern) => new Sifter(simulation, pattern));
  simulation.begin();
  for (const sifter of sifters) sifter.settled(true);
  while (simulation.step()) for (const sifter of sifters) sifter.settled();
  assertSound(simulation);
  return sifters.map((sifter) => sifter.found);
}

class Sifter {
  readonly found: Sifted[] = [];
  #partials: Partial[] = [];
  /** Of a first step that is a condition: by its binders, whether it holds already. */
  readonly #held = new Map<string, boolean>();

  constructor(
    readonly simulation: Simulation,
    readonly pattern: Pattern,
  ) {
    pattern.steps.forEach(({ event }, index) => {
      if (event.kind !== "action" && event.kind !== "rule") return;
      simulation.onHappening(event, (id, { args }) => this.#happened(index, id, args));
    });
    for (const [index, { event }] of pattern.without.entries()) {
      if (event.kind !== "action" && event.kind !== "rule") continue;
      simulation.onHappening(event, (id, { args }) => this.#forbidden(index, id, args));
    }
  }

  /**
   * An instant has come to rest: conditions are looked at. `starting`: the first one, and who knows
   * something then did not learn it.
   */
  settled(starting = false): void {
    const { pattern, simulation } = this;
    const id = Math.max(0, simulation.chronicle.count - 1);
    pattern.without.forEach(({ event, from, to }, index) => {
      const condition = this.#conditionOf(event);
      if (condition === undefined) return;
      this.#partials = this.#partials.filter((partial) => {
        const now = isTrue(simulation.evaluateNow(condition, partial.locals));
        const rises = now && partial.held[index] !== true;
        partial.held[index] = now;
        const at = partial.steps.length - 1;
        return !(rises && at >= from && at < to);
      });
    });
    for (const [index, { event }] of pattern.steps.entries()) {
      const condition = this.#conditionOf(event);
      if (condition === undefined) continue;
      const known = starting && event.kind === "learns";
      if (index === 0) this.#begins(condition, id, known);
      else this.#goesOn(index, condition, id);
    }
  }

  #conditionOf(event: EventPattern): ExprId | undefined {
    if (event.kind === "action" || event.kind === "rule") return undefined;
    return edgeOf(this.simulation.world, event);
  }

  #begins(condition: ExprId, id: OccurrenceId, known: boolean): void {
    for (const locals of this.#completed([])) {
      const key = locals.join(",");
      const now = isTrue(this.simulation.evaluateNow(condition, locals));
      const rises = now && this.#held.get(key) !== true;
      this.#held.set(key, now);
      if (rises && !known) this.#advance(undefined, 0, id, locals);
    }
  }

  #goesOn(index: number, condition: ExprId, id: OccurrenceId): void {
    for (const partial of this.#partials.filter((one) => one.steps.length === index)) {
      const now = isTrue(this.simulation.evaluateNow(condition, partial.locals));
      if (now && !partial.waitsToFall) this.#advance(partial, index, id, partial.locals);
      else if (!now) partial.waitsToFall = false;
    }
  }

  #happened(index: number, id: OccurrenceId, args: readonly number[]): void {
    if (index === 0) {
      const locals = this.#matched(index, args, []);
      if (locals === undefined) return;
      for (const whole of this.#completed(locals)) this.#advance(undefined, 0, id, whole);
      return;
    }
    for (const partial of this.#partials.filter((one) => one.steps.length === index)) {
      if ((partial.steps.at(-1)?.occurrence ?? id) >= id) continue;
      const locals = this.#matched(index, args, partial.locals);
      if (locals !== undefined) this.#advance(partial, index, id, locals);
    }
  }

  /** The locals with what the arguments bind; undefined where they do not fit. */
  #matched(
    index: number,
    args: readonly number[],
    before: readonly number[],
  ): number[] | undefined {
    const { simulation, pattern } = this;
    const event = pattern.steps[index]?.event;
    if (event?.kind !== "action" && event?.kind !== "rule") return undefined;
    const locals = before.slice();
    const pool = simulation.world.expressions;
    const fits = matchArguments(pool, event, args, locals, (expr, values) =>
      simulation.evaluateNow(expr, values),
    );
    return fits && locals.every((value, slot) => this.#isOf(value, slot)) ? locals : undefined;
  }

  #isOf(value: number | undefined, slot: number): boolean {
    const type = this.pattern.binders[slot]?.type ?? -1;
    if (value === undefined || type < 0) return true;
    return value >= 0 && this.simulation.kernel.store.isA(value, type);
  }

  /** Every way to give the binders that are still open an entity of their type. */
  #completed(locals: readonly number[]): number[][] {
    const { kernel } = this.simulation;
    const { steps, binders } = this.pattern;
    const declared = steps.length === 0 ? 0 : this.#declared();
    let all: number[][] = [locals.slice()];
    for (let slot = 0; slot < declared; slot += 1) {
      if (locals[slot] !== undefined) continue;
      const type = binders[slot]?.type ?? -1;
      if (type < 0) return [];
      const entities = kernel.store.entitiesOf(type);
      all = all.flatMap((one) =>
        entities.map((entity) => {
          const next = one.slice();
          next[slot] = entity;
          return next;
        }),
      );
    }
    return all;
  }

  /** Binders behind `for`; those of steps are called `step.parameter`. */
  #declared(): number {
    const first = this.pattern.binders.findIndex((binder) => binder.name.includes("."));
    return first === -1 ? this.pattern.binders.length : first;
  }

  #advance(
    before: Partial | undefined,
    index: number,
    occurrence: OccurrenceId,
    locals: readonly number[],
  ): void {
    const { simulation, pattern } = this;
    const step = pattern.steps[index];
    if (step === undefined || !isTrue(simulation.evaluateNow(step.where, locals))) return;
    const last = before?.steps.at(-1);
    if (last !== undefined && step.withinSeconds !== undefined) {
      const within = Math.round(simulation.evaluateNow(step.withinSeconds, locals) * 1000);
      if (simulation.now - last.time > within) return;
    }
    const steps = [...(before?.steps ?? []), { name: step.name, occurrence, time: simulation.now }];
    if (before !== undefined) this.#partials = this.#partials.filter((one) => one !== before);
    if (steps.length === pattern.steps.length) {
      if (this.found.length < matchesMax) this.found.push({ steps, locals });
      return;
    }
    if (this.#partials.length >= partialsMax) return;
    const holds = (event: EventPattern | undefined): boolean => {
      const condition = event === undefined ? undefined : this.#conditionOf(event);
      return condition !== undefined && isTrue(simulation.evaluateNow(condition, locals));
    };
    this.#partials.push({
      steps,
      locals,
      held: pattern.without.map(({ event }) => holds(event)),
      waitsToFall: holds(pattern.steps[index + 1]?.event),
    });
  }

  #forbidden(index: number, id: OccurrenceId, args: readonly number[]): void {
    const { pattern, simulation } = this;
    const without = pattern.without[index];
    const event = without?.event;
    if (without === undefined || (event?.kind !== "action" && event?.kind !== "rule")) return;
    const pool = simulation.world.expressions;
    this.#partials = this.#partials.filter((partial) => {
      const at = partial.steps.length - 1;
      if (at < without.from || at >= without.to) return true;
      if (partial.steps.at(-1)?.occurrence === id) return true;
      return !matchArguments(pool, event, args, partial.locals.slice(), (expr, values) =>
        simulation.evaluateNow(expr, values),
      );
    });
  }
}
