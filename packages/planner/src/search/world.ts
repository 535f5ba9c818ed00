/**
 * Everything the searches of one question share: transitions, utilities, bounds, relaxed plans,
 * the count of work done, and the caller's leave to go on.
 */
import type { SeekLimits } from "@fabula/model";
import type { GroundProblem } from "../ground/ground-problem.js";
import { Bounds } from "./bounds.js";
import { MemoryMeter } from "./int-table.js";
import { RelaxedPlans } from "./relaxed-plan.js";
import { Transitions } from "./transition.js";

/** Thrown when the caller's `mayGoOn` says no. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

export interface WorldOptions {
  readonly limits: SeekLimits;
  readonly bytesMax: number;
  /** Asked every `questionEvery` nodes; false ends the search. */
  readonly mayGoOn: () => boolean;
}

const questionEvery = 256;

/** Deepest nesting of minds that is kept; worlds where beliefs feed on deeper ones end there. */
export const depthMax = 48;

export class World {
  readonly meter: MemoryMeter;
  readonly transitions: Transitions;
  readonly bounds: Bounds;
  readonly relaxedPlans: RelaxedPlans;
  readonly limits: SeekLimits;
  private readonly mayGoOn: () => boolean;
  private untilQuestion = questionEvery;
  /** Whether each utility (0: the author's) reads values of the state alone. */
  private readonly isFlat: readonly boolean[];
  /** Utility by vector: Float64Array, row-major by vector, author first; Infinity not known. */
  private utilityMemo = new Float64Array(0);

  constructor(
    readonly ground: GroundProblem,
    options: WorldOptions,
  ) {
    const { limits } = options;
    this.limits = limits;
    this.mayGoOn = options.mayGoOn;
    this.meter = new MemoryMeter(options.bytesMax);
    this.transitions = new Transitions(ground, depthNeeded(ground, limits), this.meter);
    const { vectors } = this.transitions.minds;
    this.bounds = new Bounds(
      ground,
      vectors,
      this.meter,
      limits.goal,
      limits.authorTemporalLimit,
      limits.characterTemporalLimit,
    );
    this.relaxedPlans = new RelaxedPlans(ground, vectors, this.bounds, this.meter);
    this.isFlat = [ground.utility, ...ground.utilities].map((utility) => isFlat(ground, utility));
  }

  /** Counts a node; now and then asks the caller. */
  tick(): void {
    this.untilQuestion -= 1;
    if (this.untilQuestion > 0) return;
    this.untilQuestion = questionEvery;
    if (!this.mayGoOn()) throw new InterruptedError("interrupted");
  }

  /** Utility of `who` (-1: the author) in a mind; NaN if it is unknown. */
  utility(mind: number, who: number): number {
    const { minds, reader } = this.transitions;
    const utility = who < 0 ? this.ground.utility : this.ground.utilities[who]!;
    if (!this.isFlat[who + 1]) {
      return this.ground.values.toNumber(reader.evaluate(mind, utility));
    }
    const cell = minds.vector(mind) * (this.ground.characterCount + 1) + who + 1;
    if (cell >= this.utilityMemo.length) this.growMemo(cell);
    const known = this.utilityMemo[cell]!;
    if (known !== Number.POSITIVE_INFINITY) return known;
    const value = this.ground.values.toNumber(reader.evaluate(mind, utility));
    this.utilityMemo[cell] = value;
    return value;
  }

  private growMemo(cell: number): void {
    const longer = new Float64Array(Math.max(1024, cell * 2 + 2)).fill(Number.POSITIVE_INFINITY);
    this.meter.add(longer.byteLength - this.utilityMemo.byteLength);
    longer.set(this.utilityMemo);
    this.utilityMemo = longer;
  }
}

function isFlat(ground: GroundProblem, expression: GroundProblem["utility"]): boolean {
  switch (expression.kind) {
    case "constant":
      return true;
    case "read":
      return expression.path === 0;
    case "arithmetic":
      return isFlat(ground, expression.left) && isFlat(ground, expression.right);
    case "choice": {
      const flat = expression.condition.every((clause) =>
        clause.every((id) => depthOfAtom(ground, id) === 0),
      );
      return flat && isFlat(ground, expression.then) && isFlat(ground, expression.otherwise);
    }
  }
}

function depthOfAtom(ground: GroundProblem, id: number): number {
  const atom = ground.atoms[id]!;
  if (atom.kind === "plain") return ground.paths[atom.path]!.length;
  return Math.max(depthOfExpression(ground, atom.left), depthOfExpression(ground, atom.right));
}

function depthOfExpression(ground: GroundProblem, expression: GroundProblem["utility"]): number {
  switch (expression.kind) {
    case "constant":
      return 0;
    case "read":
      return ground.paths[expression.path]!.length;
    case "arithmetic": {
      const { left, right } = expression;
      return Math.max(depthOfExpression(ground, left), depthOfExpression(ground, right));
    }
    case "choice":
      return Math.max(
        depthOfCondition(ground, expression.condition),
        depthOfExpression(ground, expression.then),
        depthOfExpression(ground, expression.otherwise),
      );
  }
}

function depthOfCondition(ground: GroundProblem, condition: readonly (readonly number[])[]): number {
  let depth = 0;
  for (const clause of condition) {
    for (const id of clause) depth = Math.max(depth, depthOfAtom(ground, id));
  }
  return depth;
}

/**
 * Levels of minds that can matter. Reasons look at el + 1 levels, conditions at as many more as
 * they nest `believes`. Where a condition reads deeper than its effect writes, every event lets
 * one more level count, so the number of events that can follow each other is added.
 */
export function depthNeeded(ground: GroundProblem, limits: SeekLimits): number {
  let reading = 1;
  let climb = 0;
  const read = (condition: readonly (readonly number[])[], written: number) => {
    const depth = depthOfCondition(ground, condition);
    reading = Math.max(reading, depth);
    climb = Math.max(climb, depth - written);
  };
  for (const event of [...ground.actions, ...ground.triggers]) {
    const surprising = "observing" in event;
    if (surprising) for (const condition of event.observing) read(condition, 1);
    if (surprising) read(event.precondition, event.precondition.length > 1 ? 0 : Infinity);
    for (const effect of event.effects) {
      const written = ground.paths[effect.path]!.length;
      if (!surprising) read(event.precondition, written);
      read(effect.guard, written);
      const depth = depthOfExpression(ground, effect.value);
      reading = Math.max(reading, depth);
      climb = Math.max(climb, depth - written);
    }
  }
  for (const utility of [ground.utility, ...ground.utilities]) {
    reading = Math.max(reading, depthOfExpression(ground, utility));
  }
  const events = limits.authorTemporalLimit + limits.characterTemporalLimit + ground.triggers.length;
  const needed = limits.epistemicLimit + 1 + reading + climb * events;
  return Math.min(depthMax, needed);
}
