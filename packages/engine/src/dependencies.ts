/**
 * Who hangs on what: from the address of a ground fluent, a population or a counter to the units
 * that read it. Lists only grow while a run goes on; what a fork added is taken back when it is
 * dropped, so that a fork leaves no trace, not even a needless second look.
 */
import type { Unit } from "./unit.js";

type Step =
  | { readonly kind: "added"; readonly address: number }
  | { readonly kind: "forgotten"; readonly address: number; readonly units: Unit[] };

export class Dependencies {
  /** By address; by -1 less the address, where it is below 0. */
  readonly #units: (Unit[] | undefined)[] = [];
  readonly #ofMinds: (Unit[] | undefined)[] = [];
  /** What was done since the oldest fork under way. */
  readonly #steps: Step[] = [];
  #forks = 0;

  of(address: number): readonly Unit[] | undefined {
    return this.#at(address);
  }

  #at(address: number): Unit[] | undefined {
    return address < 0 ? this.#ofMinds[-1 - address] : this.#units[address];
  }

  add(unit: Unit, address: number): void {
    if (!unit.hangsOn.add(address)) return;
    const list = this.#at(address);
    if (list === undefined) this.#put(address, [unit]);
    else list.push(unit);
    if (this.#forks > 0) this.#steps.push({ kind: "added", address });
  }

  /** The address means something else from now on. */
  forget(address: number): void {
    const units = this.#at(address);
    if (units === undefined) return;
    this.#put(address, undefined);
    for (const unit of units) unit.hangsOn.delete(address);
    if (this.#forks > 0) this.#steps.push({ kind: "forgotten", address, units });
  }

  mark(): number {
    this.#forks++;
    return this.#steps.length;
  }

  /** Back to how it was at the mark. */
  drop(mark: number): void {
    this.#forks--;
    while (this.#steps.length > mark) {
      const step = this.#steps.pop() as Step;
      if (step.kind === "forgotten") {
        this.#put(step.address, step.units);
        for (const unit of step.units) unit.hangsOn.add(step.address);
      } else {
        const unit = this.#at(step.address)?.pop();
        unit?.hangsOn.delete(step.address);
      }
    }
  }

  #put(address: number, units: Unit[] | undefined): void {
    const table = address < 0 ? this.#ofMinds : this.#units;
    const place = address < 0 ? -1 - address : address;
    // Without gaps, so that it stays a plain table.
    while (table.length <= place) table.push(undefined);
    table[place] = units;
  }
}
