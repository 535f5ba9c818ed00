/**
 * The units of a world by name, and what a number with units is worth in base units.
 * The base of the dimension `time` is taken to be a second: lengths of time reach the engine so.
 */
import type { Dimension, Unit } from "@fabula/model";
import { combineDimensions, describeDimension, plainNumber } from "./dimension.js";

/** A number in base units. */
export interface Measure {
  readonly value: number;
  readonly dimension: Dimension;
}

export class UnitTable {
  readonly #units = new Map<string, Unit>();
  readonly #baseUnits = new Map<string, string>();

  /** `unit NAME of BASE`. */
  declareBase(name: string, base: string): void {
    this.#units.set(name, { name, factor: 1, dimension: { [base]: 1 } });
    if (!this.#baseUnits.has(base)) this.#baseUnits.set(base, name);
  }

  /** `unit NAME = measure`. */
  declareDerived(name: string, measure: Measure): void {
    this.#units.set(name, { name, factor: measure.value, dimension: measure.dimension });
  }

  find(name: string): Unit | undefined {
    return this.#units.get(name);
  }

  get names(): readonly string[] {
    return [...this.#units.keys()];
  }

  get units(): readonly Unit[] {
    return [...this.#units.values()];
  }

  get baseUnits(): ReadonlyMap<string, string> {
    return this.#baseUnits;
  }

  /** `value over per under per under`; a name that is no unit is given back instead. */
  measure(
    value: number,
    over: string | undefined,
    under: readonly string[],
  ): Measure | { readonly unknownUnit: string } {
    let measure: Measure = { value, dimension: plainNumber };
    const steps = [...(over === undefined ? [] : [[over, 1] as const])];
    for (const [name, sign] of [...steps, ...under.map((name) => [name, -1] as const)]) {
      const unit = this.#units.get(name);
      if (unit === undefined) return { unknownUnit: name };
      measure = {
        value: scale(measure.value, unit.factor, sign),
        dimension: combineDimensions(measure.dimension, unit.dimension, sign),
      };
    }
    return measure;
  }

  describe(dimension: Dimension): string {
    return describeDimension(dimension, this.#baseUnits);
  }
}

/** 95% is 95 / 100, not 95 * 0.01: the nearest number to what the author wrote. */
function scale(value: number, factor: number, sign: 1 | -1): number {
  const inverse = 1 / factor;
  if (factor < 1 && Number.isInteger(inverse))
    return sign === 1 ? value / inverse : value * inverse;
  return sign === 1 ? value * factor : value / factor;
}
