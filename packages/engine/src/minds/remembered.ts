/**
 * Something worked out from what is believed, kept under a number until a belief it was worked out
 * from changes. Only for what does not look at the overlay, or is asked while there is none.
 */
import type { Evaluator } from "./evaluator.js";
import type { Derived } from "./read-log.js";

export class Remembered<T> {
  readonly #known = new Map<number, Derived<T>>();

  constructor(readonly reader: Evaluator) {}

  forget(): void {
    this.#known.clear();
  }

  /** What is kept under the name no longer counts. */
  drop(name: number): void {
    this.#known.delete(name);
  }

  get(name: number, make: () => T): T {
    return this.derived(name, make).value;
  }

  /** With what it was worked out from. */
  derived(name: number, make: () => T): Derived<T> {
    const { log, host } = this.reader;
    const known = this.#known.get(name);
    if (known !== undefined && log.holds(known, host.now)) {
      log.noteAll(known.reads);
      return known;
    }
    const start = log.open();
    const value = make();
    const made = log.derived(log.close(start), host.now, value);
    this.#known.set(name, made);
    return made;
  }
}
