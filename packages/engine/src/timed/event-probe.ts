/**
 * Listens to one event of a run: when it happened, each time, in which order. Probes are put in
 * before a run begins and change nothing in it.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { EventPattern } from "@fabula/model";
import { edgeOf } from "../expressions/conjunction.js";
import type { Simulation } from "../run/simulation.js";

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Occurrences there were: tells what came first within a millisecond. */
  readonly order: number;
  /** The occurrence it is, or that brought it about. */
  readonly by: OccurrenceId;
}

export class EventProbe {
  readonly #times: Moment[] = [];
  /** Of a condition: when it became false again. */
  readonly #falls: Moment[] = [];
  #heldAtStart = false;

  constructor(
    readonly simulation: Simulation,
    readonly pattern: EventPattern,
    readonly onFirst?: () => void,
    /** Of a condition: when it is false for the first time after it was true. */
    readonly onFirstFall?: () => void,
  ) {
    if (pattern.kind === "action" || pattern.kind === "rule") this.#listen(pattern);
    else this.#watch(pattern);
  }

  #listen(pattern: Extract<EventPattern, { kind: "action" | "rule" }>): void {
    this.simulation.onHappening(pattern, (by) => this.#note(by, by));
  }

  #watch(pattern: Extract<EventPattern, { kind: "becomes" | "learns" }>): void {
    const { simulation } = this;
    const watch = simulation.watch(edgeOf(simulation.world, pattern), (rises) => {
      const order = simulation.chronicle.count;
      if (simulation.starting) this.#heldAtStart = rises;
      // Who knew it from the beginning did not learn it.
      if (simulation.starting && pattern.kind === "learns") return;
      if (rises) this.#note(order, simulation.watches.latestOf(watch));
      else this.#noteFall({ time: simulation.now, order, by: order - 1 });
    });
  }

  #note(order: number, by: OccurrenceId): void {
    this.#times.push({ time: this.simulation.now, order, by });
    if (this.#times.length === 1) this.onFirst?.();
  }

  #noteFall(moment: Moment): void {
    this.#falls.push(moment);
    if (this.#falls.length === 1) this.onFirstFall?.();
  }

  /** What was heard by now; what is returned goes back to it. */
  mark(): () => void {
    const [times, falls] = [this.#times.length, this.#falls.length];
    return () => {
      this.#times.length = times;
      this.#falls.length = falls;
    };
  }

  get first(): Moment | undefined {
    return this.#times[0];
  }

  get all(): readonly Moment[] {
    return this.#times;
  }

  /** Whether it happened, or was so, at any time up to `until` (the end where absent). */
  everUntil(until: Moment | undefined): boolean {
    return this.first !== undefined && (until === undefined || isBefore(this.first, until));
  }

  /** A condition that was true from the start and stayed so until then. */
  alwaysUntil(until: Moment | undefined): boolean {
    const fall = this.#falls[0];
    if (!this.#heldAtStart) return false;
    return fall === undefined || (until !== undefined && !isBefore(fall, until));
  }
}

/** Earlier, or in the same millisecond and first. */
export function isBefore(a: Moment, b: Moment): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
