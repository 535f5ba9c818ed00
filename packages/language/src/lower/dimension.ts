/**
 * The algebra of units: a dimension is a map from base to power ({ length: 1, time: -1 }).
 * Keys are kept in code unit order and zero powers are left out, so equal dimensions look equal.
 */
import type { Dimension } from "@fabula/model";

export const plainNumber: Dimension = {};
export const timeDimension: Dimension = { time: 1 };

/** `left` times `right` to the power of `sign`: 1 multiplies, -1 divides. */
export function combineDimensions(left: Dimension, right: Dimension, sign: 1 | -1): Dimension {
  const powers = new Map(Object.entries(left));
  for (const [base, power] of Object.entries(right)) {
    powers.set(base, (powers.get(base) ?? 0) + sign * power);
  }
  return dimensionOf(powers);
}

/** Half of every power; undefined where one is odd (there is no square root of a second). */
export function rootOfDimension(dimension: Dimension): Dimension | undefined {
  const entries = Object.entries(dimension);
  if (entries.some(([, power]) => power % 2 !== 0)) return undefined;
  return dimensionOf(new Map(entries.map(([base, power]) => [base, power / 2])));
}

export function isSameDimension(left: Dimension, right: Dimension): boolean {
  const bases = Object.keys(left);
  return (
    bases.length === Object.keys(right).length && bases.every((base) => left[base] === right[base])
  );
}

/**
 * `a plain number`, `m`, `m per s`, `kg m^2`. `baseUnits` names the unit of each base where one
 * is declared.
 */
export function describeDimension(
  dimension: Dimension,
  baseUnits: ReadonlyMap<string, string>,
): string {
  const entries = Object.entries(dimension);
  if (entries.length === 0) return "a plain number";
  const over = entries.filter(([, power]) => power > 0);
  const under = entries.filter(([, power]) => power < 0);
  const name = ([base, power]: readonly [string, number]): string => {
    const unit = baseUnits.get(base) ?? base;
    const times = power < 0 ? -power : power;
    return times === 1 ? unit : `${unit}^${times}`;
  };
  const top = over.map(name).join(" ");
  const bottom = under.map((entry) => `per ${name(entry)}`).join(" ");
  return [top, bottom].filter((part) => part !== "").join(" ");
}

function dimensionOf(powers: ReadonlyMap<string, number>): Dimension {
  const kept = [...powers].filter(([, power]) => power !== 0);
  kept.sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(kept);
}
