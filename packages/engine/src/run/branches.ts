/**
 * Runs of one seed that begin alike, and what is asked of each. The run without changes is played
 * once, with forks one inside the other along its way. When it is over they are dropped, last made
 * first; from each, those runs are played on whose changes would first have come after it and
 * before the next. Each is the run it would have been alone: the same chronicle, the same answers.
 */
import type { Intervention, Timed } from "@fabula/model";
import { Questions } from "../timed/timed.js";
import { createSimulation, type Fork, type Simulation } from "./simulation.js";
import type { SimulationOptions } from "./simulation-options.js";

/** Occurrences from one fork to the next: what a branch plays twice at the most. */
const SPACING = 32;

export interface Branch {
  readonly changes: readonly Intervention[];
  readonly conditions: readonly Timed[];
  /** Plays on to the end when every answer is certain. */
  readonly toEnd?: boolean;
}

export interface BranchVisitor {
  /** The run without changes has ended. `apart`: branches that part from it at once. */
  base(simulation: Simulation, answers: readonly boolean[], apart: readonly number[]): void;
  /** This branch has ended, or its answers are certain. What is to be kept of the simulation must be taken now. */
  branch(index: number, simulation: Simulation, answers: readonly boolean[]): void;
}

/** Whether such a run begins as the one without the changes, as far as can be told beforehand. */
export function canBranch({ changes, conditions }: Branch): boolean {
  return (
    changes.length > 0 &&
    changes.every((change) => {
      if (change.kind === "forbid") return true;
      const waits = change.kind === "effects" || change.kind === "make";
      return waits && (change.moment.kind === "after" || change.moment.kind === "when");
    }) &&
    !conditions.some(comparesRuns)
  );
}

/** Asks the ended run without changes, which goes on being played in branches. */
function comparesRuns(condition: Timed): boolean {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.some(comparesRuns);
    case "not":
      return comparesRuns(condition.part);
    default:
      return condition.kind === "later" || condition.kind === "earlier";
  }
}

/** Every branch is one of which `canBranch` holds. Those apart are the caller's to play. */
export function judgeBranches(
  options: SimulationOptions,
  conditions: readonly Timed[],
  branches: readonly Branch[],
  visitor: BranchVisitor,
): void {
  new Trunk(options, conditions, branches).play(visitor);
}

interface Checkpoint {
  readonly fork: Fork;
  readonly restore: readonly (() => void)[];
  /** Stops behind it. */
  readonly stops: number;
  readonly branches: number[];
}

class Trunk {
  readonly #simulation: Simulation;
  readonly #own: Questions;
  readonly #questions: readonly Questions[];
  readonly #checkpoints: Checkpoint[] = [];
  readonly #waiting: Set<number>;
  readonly #apart: number[] = [];
  #stops: readonly number[] = [];
  #stopped = 0;
  /** Occurrences there were at the last checkpoint. */
  #marked = 0;

  constructor(
    options: SimulationOptions,
    conditions: readonly Timed[],
    readonly branches: readonly Branch[],
  ) {
    this.#simulation = createSimulation({ ...options, later: branches.map((one) => one.changes) });
    this.#own = new Questions(this.#simulation, conditions);
    this.#questions = branches.map((one) => new Questions(this.#simulation, one.conditions));
    this.#waiting = new Set(branches.keys());
  }

  play(visitor: BranchVisitor): void {
    const simulation = this.#simulation;
    simulation.begin();
    const all = [this.#own, ...this.#questions];
    for (const one of all) one.begun();
    this.#stops = [...new Set(all.flatMap((one) => one.stops()))].sort((a, b) => a - b);
    this.#noteComing();
    this.#mark();
    this.#playOn(() => {
      this.#stepped();
      return false;
    });
    visitor.base(simulation, this.#own.answers(), this.#apart);
    // Of these nothing ever came: they are the same run.
    for (const index of this.#waiting) {
      visitor.branch(index, simulation, (this.#questions[index] as Questions).answers());
    }
    for (const checkpoint of this.#checkpoints.reverse()) {
      this.#back(checkpoint);
      for (const index of checkpoint.branches) {
        const again = { ...checkpoint, fork: simulation.fork() };
        simulation.later.make(index);
        const { toEnd = false } = this.branches[index] as Branch;
        const mine = this.#questions[index] as Questions;
        this.#playOn(() => !toEnd && mine.areCertain());
        visitor.branch(index, simulation, mine.answers());
        this.#back(again);
      }
    }
  }

  /** To the end, or until it is `done`; looked at on the way where something asks of a time. */
  #playOn(done: () => boolean): void {
    const simulation = this.#simulation;
    for (; this.#stopped < this.#stops.length; this.#stopped++) {
      const stop = this.#stops[this.#stopped] as number;
      while (simulation.step(stop)) if (done()) return;
      simulation.runUntil(stop);
      for (const one of [this.#own, ...this.#questions]) one.stoppedAt(stop);
      if (done()) {
        this.#stopped++;
        return;
      }
    }
    while (simulation.step()) if (done()) return;
  }

  #stepped(): void {
    if (this.#waiting.size === 0) return;
    this.#noteComing();
    if (this.#simulation.chronicle.count >= this.#marked + SPACING) this.#mark();
  }

  /** Those whose changes would just have come go on from the last checkpoint. */
  #noteComing(): void {
    for (const index of this.#simulation.later.takeComing()) {
      if (!this.#waiting.delete(index)) continue;
      (this.#checkpoints.at(-1)?.branches ?? this.#apart).push(index);
    }
  }

  #mark(): void {
    this.#marked = this.#simulation.chronicle.count;
    this.#checkpoints.push({
      fork: this.#simulation.fork(),
      restore: [this.#own, ...this.#questions].map((one) => one.mark()),
      stops: this.#stopped,
      branches: [],
    });
  }

  #back(checkpoint: Checkpoint): void {
    checkpoint.fork.drop();
    for (const restore of checkpoint.restore) restore();
    this.#stopped = checkpoint.stops;
  }
}
