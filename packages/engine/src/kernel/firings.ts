/** How often each unit has fired in this instant, in what order: one that never rests is a loop. */
import { RunFault } from "../run/run-fault.js";
import type { Unit } from "./unit.js";

const FIRES_MAX = 100;

export class Firings {
  /** By unit, of this instant. */
  readonly #counts: number[] = [];
  /** In order, as far as `#length`. */
  readonly #fired: Unit[] = [];
  #length = 0;

  /** A new instant: nothing has fired. */
  reset(): void {
    for (let index = 0; index < this.#length; index++) {
      this.#counts[(this.#fired[index] as Unit).id] = 0;
    }
    this.#length = 0;
  }

  /** Counts a firing; one that never comes to rest is the author's loop. */
  note(unit: Unit): void {
    const counts = this.#counts;
    while (counts.length <= unit.id) counts.push(0);
    const count = (counts[unit.id] as number) + 1;
    counts[unit.id] = count;
    this.#fired[this.#length++] = unit;
    if (count > FIRES_MAX) throw this.#loop(unit);
  }

  #loop(unit: Unit): RunFault {
    const fired = this.#fired.slice(0, this.#length);
    const before = fired.lastIndexOf(unit, fired.length - 2);
    const round = [...new Set(fired.slice(before))];
    const names = round.map((one) => `\`${one.name}\``).join(", then ");
    return new RunFault("FAB5101", `rules fire for ever in one instant: ${names}, and again`, {
      ...(unit.span === undefined ? {} : { span: unit.span }),
      notes: round.slice(1).map((one) => ({
        message: `\`${one.name}\` is part of the loop`,
        ...(one.span === undefined ? {} : { span: one.span }),
      })),
      remedy: "let each rule make its own condition false, for good",
    });
  }
}
