/** The engine's agenda as a scheduler of the hold model: it opens whole instants, in order of keys. */
import { Arena } from "../packages/engine/src/state/arena.js";
import { WordAllocator } from "../packages/engine/src/state/pool.js";
import { Agenda } from "../packages/engine/src/state/wheel.js";
import type { Scheduler, SchedulerMaker } from "./hold.js";

class AgendaScheduler implements Scheduler {
  readonly #agenda: Agenda;
  /** Keys of the instant that is open, in order, and how many of them were taken. */
  #open: readonly number[] = [];
  #taken = 0;
  #time = 0;

  constructor(capacity: number) {
    const arena = new Arena();
    this.#agenda = new Agenda(arena, new WordAllocator(arena), 0);
    for (let id = 0; id < capacity; id += 1) this.#agenda.key([id]);
  }

  get firstTime(): number {
    if (this.#taken < this.#open.length) return this.#time;
    return this.#agenda.nextTime(Number.POSITIVE_INFINITY);
  }

  push(time: number, id: number): void {
    this.#agenda.add(id, time);
  }

  pop(): number {
    if (this.#taken === this.#open.length) {
      this.#time = this.#agenda.nextTime(Number.POSITIVE_INFINITY);
      this.#open = this.#agenda.open(this.#time);
      this.#taken = 0;
    }
    return this.#open[this.#taken++] as number;
  }
}

export const engineAgenda: SchedulerMaker = {
  name: "the engine's agenda",
  create: (capacity) => new AgendaScheduler(capacity),
};
