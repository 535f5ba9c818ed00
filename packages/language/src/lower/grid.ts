/**
 * The dyadic grid of a quantity: values and rates are multiples of a power of two, so adding and
 * taking away contributions never changes a bit. The step follows from the declared bounds.
 */

/** Steps across the range of a quantity where the author says nothing (about a million). */
const defaultSteps = 2 ** 20;
/** Smallest and largest powers tried: beyond them a range means nothing to a story. */
const powerLimit = 200;

/** The largest power of two that is at most `value`; `value` is above 0. */
export function powerOfTwoBelow(value: number): number {
  let power = 1;
  for (let tries = 0; power > value && tries < powerLimit; tries += 1) power /= 2;
  for (let tries = 0; power * 2 <= value && tries < powerLimit; tries += 1) power *= 2;
  return power;
}

/** The step of a quantity from `low` to `high`: a power of two near range / 2^20. */
export function defaultQuantum(low: number, high: number): number {
  const range = high - low;
  return range > 0 ? powerOfTwoBelow(range / defaultSteps) : powerOfTwoBelow(1 / defaultSteps);
}
