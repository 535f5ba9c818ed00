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
  readonly #units = new Map<number, Unit[]>();
  /** What was done since the oldest fork under way. */
  readonly #steps: Step[] = [];
  #forks = 0;

  of(address: number): readonly Unit[] | undefined {
    return this.#units.get(address);
  }

  add(unit: Unit, address: number): void {
    if (unit.hangsOn.has(address)) return;
    unit.hangsOn.add(address);
    const list = this.#units.get(address);
    if (list === undefined) this.#units.set(address, [unit]);
    else list.push(unit);
    if (this.#forks > 0) this.#steps.push({ kind: "added", address });
  }

  /** The address means something else from now on. */
  forget(address: number): void {
    const units = this.#units.get(address);
    if (units === undefined) return;
    this.#units.delete(address);
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
        this.#units.set(step.address, step.units);
        for (const unit of step.units) unit.hangsOn.add(step.address);
      } else {
        const unit = this.#units.get(step.address)?.pop();
        unit?.hangsOn.delete(step.address);
      }
    }
  }
}
