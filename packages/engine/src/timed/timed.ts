/**
 * Conditions on a whole run: what `expect` lines and questions ask. They are put in before the run
 * begins (so that a belief can be asked about at the moment it mattered), the run is played until
 * every answer is certain, and each is answered.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId, Timed } from "@fabula/model";
import type { Simulation } from "../run/simulation.js";
import { Asked } from "./timed-condition.js";

export interface JudgeOptions {
  /** The judged run of the same seed without the changes, for `later` and `earlier`. */
  readonly base?: Simulation;
  /** Plays on to the end of the run when every answer is certain. */
  readonly toEnd?: boolean;
}

/** Plays a simulation that has not begun, and answers the conditions, in order. */
export function judge(
  simulation: Simulation,
  conditions: readonly Timed[],
  { base, toEnd = false }: JudgeOptions = {},
): boolean[] {
  const asked = new Questions(simulation, conditions, base);
  simulation.begin();
  asked.begun();
  const isCertain = () => !toEnd && asked.areCertain();
  const stops = [...new Set(asked.stops())].sort((a, b) => a - b);
  for (const stop of [...stops, Number.POSITIVE_INFINITY]) {
    let certain = isCertain();
    while (!certain && simulation.step(stop)) certain = isCertain();
    if (certain) break;
    if (stop === Number.POSITIVE_INFINITY) continue;
    simulation.runUntil(stop);
    asked.stoppedAt(stop);
  }
  return asked.answers();
}

/** Conditions put to a run that has not begun; whoever plays it stops where they ask. */
export class Questions {
  readonly #watcher: Watcher;
  readonly #asked: readonly Asked[];

  constructor(simulation: Simulation, conditions: readonly Timed[], base?: Simulation) {
    const watcher = new Watcher(simulation);
    this.#watcher = watcher;
    this.#asked = conditions.map(
      (condition) => new Asked(simulation, condition, base, () => watcher.noteNews()),
    );
  }

  /** The run has begun. */
  begun(): void {
    for (const one of this.#asked) one.begun();
    this.#watcher.watch(this.#asked.flatMap((one) => one.spanEnds()));
  }

  /** Milliseconds since the epoch, in no order, some perhaps twice: then it must be looked at. */
  stops(): number[] {
    return this.#asked.flatMap((one) => one.stops());
  }

  stoppedAt(time: number): void {
    for (const one of this.#asked) one.stoppedAt(time);
    this.#watcher.noteNews();
  }

  /** Whether there is news, and nothing that is still to come can change any answer. */
  areCertain(): boolean {
    return this.#watcher.takesNews() && this.#asked.every((one) => one.certain() !== undefined);
  }

  /** The run is over, or they are certain. */
  answers(): boolean[] {
    return this.#asked.map((one) => one.answer());
  }

  /** What is known by now; what is returned goes back to it, after a fork was dropped. */
  mark(): () => void {
    const marks = this.#asked.map((one) => one.mark());
    return () => {
      for (const restore of marks) restore();
      this.#watcher.again();
    };
  }
}

/** Knows whether something came that an answer may now be certain by. */
class Watcher {
  #isNew = true;
  #ends: readonly number[] = [];
  #passed = 0;

  constructor(readonly simulation: Simulation) {}

  noteNews(): void {
    this.#isNew = true;
  }

  /** It may be earlier than it was. */
  again(): void {
    this.#passed = 0;
    this.#isNew = true;
  }

  /** Times, in milliseconds since the epoch, after which something may be certain. */
  watch(ends: readonly number[]): void {
    this.#ends = [...ends].sort((a, b) => a - b);
  }

  /** Whether there was news since this was asked last. */
  takesNews(): boolean {
    const { now } = this.simulation;
    while (this.#passed < this.#ends.length && now > (this.#ends[this.#passed] ?? 0)) {
      this.#passed += 1;
      this.#isNew = true;
    }
    const wasNew = this.#isNew;
    this.#isNew = false;
    return wasNew;
  }
}

/**
 * Plays a simulation that has not begun until the closed condition holds: the occurrence after
 * which it does, or undefined.
 */
export function findBecoming(simulation: Simulation, condition: ExprId): OccurrenceId | undefined {
  const watch = simulation.watch(condition);
  simulation.begin();
  while (simulation.watches.firstOf(watch) === undefined && simulation.step());
  return simulation.watches.firstOf(watch)?.by;
}
