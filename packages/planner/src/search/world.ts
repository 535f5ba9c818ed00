/**
 * Everything the searches of one question share: transitions, utilities, bounds, relaxed plans,
 * the count of work done, and the caller's leave to go on.
 */
import type { SeekLimits } from "@fabula/model";
import type { GroundProblem } from "../ground/ground-problem.js";
import { Bounds } from "./bounds.js";
import { MemoryMeter } from "./int-table.js";
import { depthNeeded, isFlat } from "./nesting.js";
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
const noMinds = new Int32Array(0);

export class World {
  readonly meter: MemoryMeter;
  readonly transitions: Transitions;
  readonly bounds: Bounds;
  readonly relaxedPlans: RelaxedPlans;
  readonly limits: SeekLimits;
  private readonly options: WorldOptions;
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
    this.options = options;
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

  /** The same world asked for another goal. */
  withGoal(goal: number): World {
    return new World(this.ground, { ...this.options, limits: { ...this.limits, goal } });
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
    return this.utilityOf(minds.vector(mind), who);
  }

  /** Utility of `who` after an action, without working out the minds if that can be avoided. */
  utilityAfter(mind: number, action: number, who: number): number {
    const { transitions } = this;
    if (!this.isFlat[who + 1]) return this.utility(transitions.step(mind, action), who);
    return this.utilityOf(transitions.stepVector(mind, action), who);
  }

  private utilityOf(vector: number, who: number): number {
    const cell = vector * (this.ground.characterCount + 1) + who + 1;
    if (cell >= this.utilityMemo.length) this.growMemo(cell);
    const known = this.utilityMemo[cell]!;
    if (known !== Number.POSITIVE_INFINITY) return known;
    const { minds, reader } = this.transitions;
    const utility = who < 0 ? this.ground.utility : this.ground.utilities[who]!;
    const bare = minds.intern(vector, 0, noMinds);
    const value = this.ground.values.toNumber(reader.evaluate(bare, utility));
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
