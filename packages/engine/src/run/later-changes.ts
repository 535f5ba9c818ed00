/**
 * Changes that a run is ready for and that have no part in it until they are made. Runs that differ
 * by them alone begin alike: such a beginning is played once, and each goes on from a fork taken
 * before its changes would first have come (branches.ts).
 *
 * Which sets are made is state, and forks with it; which would have come is news, told once.
 */
import type { Intervention } from "@fabula/model";
import type { Store } from "../state/store.js";

interface TimedChange {
  readonly set: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly schedule: () => void;
}

export class LaterChanges {
  /** By set: a word of the arena, 1 once it is made. */
  readonly #made: readonly number[];
  readonly #timed: TimedChange[] = [];
  readonly #coming = new Set<number>();

  constructor(
    readonly store: Store,
    readonly sets: readonly (readonly Intervention[])[],
  ) {
    this.#made = sets.map(() => store.allocator.take(1));
  }

  /** The changes of this set come from now on, each when its moment does. */
  make(set: number): void {
    this.store.arena.write(this.#made[set] as number, 1);
    for (const change of this.#timed) if (change.set === set) change.schedule();
  }

  isMade(set: number): boolean {
    return this.store.arena.read(this.#made[set] as number) === 1;
  }

  /** Whether what belongs to this set comes about now; if not, that it would have is noted. */
  comes(set: number | undefined): boolean {
    if (set === undefined || this.isMade(set)) return true;
    this.#coming.add(set);
    return false;
  }

  /** Puts `schedule` off until the set is made. */
  at(set: number, time: number, schedule: () => void): void {
    this.#timed.push({ set, time, schedule });
  }

  /** Sets of which something would have come since this was last asked. */
  takeComing(): number[] {
    for (const { set, time } of this.#timed) if (time <= this.store.now) this.#coming.add(set);
    const coming = [...this.#coming];
    this.#coming.clear();
    return coming;
  }
}
