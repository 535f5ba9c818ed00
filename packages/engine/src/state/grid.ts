/**
 * Quantities and their rates lie on a dyadic grid taken from the declared bounds. Sums and products
 * with whole milliseconds are then exact, so splitting an integration, or adding contributions and
 * removing them in another order, never changes a bit.
 *
 * With p the power of two at or above the largest magnitude, the step is p * 2^-50: a value needs
 * 51 bits and `value + rate * ms` stays below 53 as long as it can be within the bounds at all.
 */

export interface Grid {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Adding and subtracting it rounds to the grid. */
  readonly magic: number;
  /** How far a value moves before what depends on it is looked at again. */
  readonly quantum: number;
}

const STEPS = 1125899906842624; // 2^50
const ROUNDING = 6755399441055744; // 1.5 * 2^52
const QUANTA = 50;
/** Of a step: `0.3` is three steps of `0.1`, though the quotient falls short of it. */
const TINY = 1e-9;

/**
 * The grid of a quantity within [low, high]. `declared`, where it is coarser than a thousandth of
 * the range, is the author's own step of re-evaluation; else a fiftieth of the range is.
 */
export function createGrid(low: number, high: number, declared?: number): Grid {
  if (!(low < high) || !Number.isFinite(high - low)) {
    throw new RangeError(`a quantity needs finite bounds, low below high: ${low} .. ${high}`);
  }
  const power = powerOfTwoAbove(Math.max(Math.abs(low), Math.abs(high), high - low));
  const step = power / STEPS;
  const range = high - low;
  const own = declared !== undefined && declared > range / 1000 ? declared : range / QUANTA;
  return { low, high, step, magic: ROUNDING * step, quantum: own };
}

/** The nearest point of the grid; for |x| up to twice the largest magnitude of the bounds. */
export function toGrid(grid: Grid, x: number): number {
  return x + grid.magic - grid.magic;
}

export function clamp(grid: Grid, x: number): number {
  return x < grid.low ? grid.low : x > grid.high ? grid.high : x;
}

/**
 * Value after `ms` of moving at `rate` per millisecond, held at the bounds. A bound need not lie on
 * the grid; what leaves it starts from the grid's nearest point.
 */
export function moved(grid: Grid, value: number, rate: number, ms: number): number {
  return rate === 0 || ms === 0 ? value : clamp(grid, toGrid(grid, value) + rate * ms);
}

/** The nearest whole multiple of the step; halves go up. */
export function onStep(step: number, x: number): number {
  return Math.floor(x / step + 0.5) * step;
}

/**
 * A value of [low, high] for `u` in [0, 1): with a step one of its multiples in there, each as
 * likely, where there is one.
 */
export function valueBetween(
  low: number,
  high: number,
  u: number,
  step: number | undefined,
): number {
  if (step === undefined) return low + (high - low) * u;
  const first = Math.ceil(low / step - TINY);
  const last = Math.floor(high / step + TINY);
  if (last < first) return low + (high - low) * u;
  return (first + Math.floor(u * (last - first + 1))) * step;
}

function powerOfTwoAbove(x: number): number {
  let power = 1;
  while (power < x) power *= 2;
  while (power / 2 >= x) power /= 2;
  return power;
}
