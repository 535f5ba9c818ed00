/**
 * Measures a comparison by interleaved rounds: every contender runs once a round, in an order that
 * is turned round each time, so that a machine that slows down slows all of them. Time is CPU time
 * of this process, which colleagues on the same machine disturb least. A ratio is taken within each
 * round; the median of the rounds is reported with the quarters around it.
 */
import type { Comparison, Contender } from "./comparison.js";

export interface Measurement {
  readonly name: string;
  /** Operations per CPU-second: median of the rounds. */
  readonly perSecond: number;
  /** Speed over the baseline's in the same round: 2 is twice as fast. Median and quartiles. */
  readonly ratio: number;
  readonly ratioLow: number;
  readonly ratioHigh: number;
  /** Of all rounds, in order. */
  readonly checksum: number;
}

export interface ComparisonResult {
  readonly name: string;
  readonly operation: string;
  readonly operations: number;
  readonly baseline: string;
  readonly rounds: number;
  readonly measurements: readonly Measurement[];
}

export interface MeasureOptions {
  /** At least 3. */
  readonly rounds: number;
  readonly warmups: number;
  /** CPU time so far, in microseconds. */
  readonly clock: () => number;
}

interface Lane {
  readonly contender: Contender;
  readonly round: () => number;
  readonly micros: number[];
  checksum: number;
}

/** @throws RangeError for fewer than 3 rounds; Error where checksums that must agree do not. */
export function measure(comparison: Comparison, options: MeasureOptions): ComparisonResult {
  if (options.rounds < 3) throw new RangeError(`rounds is ${options.rounds}; at least 3`);
  const lanes = [comparison.baseline, ...comparison.contenders].map(
    (contender): Lane => ({ contender, round: contender.prepare(), micros: [], checksum: 0 }),
  );
  for (let round = -options.warmups; round < options.rounds; round += 1) {
    const order = round % 2 === 0 ? lanes : [...lanes].reverse();
    for (const lane of order) runOnce(lane, options.clock, round >= 0);
  }
  if (comparison.mustAgree) assertAgreement(comparison, lanes);
  const base = lanes[0]?.micros ?? [];
  return {
    name: comparison.name,
    operation: comparison.operation,
    operations: comparison.operations,
    baseline: comparison.baseline.name,
    rounds: options.rounds,
    measurements: lanes.map((lane) => summarize(lane, base, comparison.operations)),
  };
}

function runOnce(lane: Lane, clock: () => number, isCounted: boolean): void {
  const { name, repeats = 1 } = lane.contender;
  const start = clock();
  const checksum = lane.round();
  for (let again = 1; again < repeats; again += 1) {
    if (lane.round() !== checksum) throw new Error(`"${name}" gave another checksum when repeated`);
  }
  const micros = clock() - start;
  if (isCounted) lane.micros.push(Math.max(1, micros) / repeats);
  lane.checksum = (Math.imul(lane.checksum, 31) + checksum) | 0;
}

function assertAgreement(comparison: Comparison, lanes: readonly Lane[]): void {
  for (const lane of lanes) {
    if (lane.checksum === lanes[0]?.checksum) continue;
    const [one, other] = [lane.contender.name, comparison.baseline.name];
    throw new Error(`${comparison.name}: "${one}" and "${other}" did different work`);
  }
}

function summarize(lane: Lane, base: readonly number[], operations: number): Measurement {
  const ratios = lane.micros.map((micros, round) => (base[round] ?? Number.NaN) / micros);
  return {
    name: lane.contender.name,
    perSecond: (operations * 1e6) / quantile(lane.micros, 0.5),
    ratio: quantile(ratios, 0.5),
    ratioLow: quantile(ratios, 0.25),
    ratioHigh: quantile(ratios, 0.75),
    checksum: lane.checksum,
  };
}

/** The value below which this share of the values lies, between neighbours in straight lines. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
