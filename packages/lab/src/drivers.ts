/**
 * What moves an outcome: over many runs, how much more often it holds where a draw falls high than
 * where it falls low, and where somebody chooses or comes to believe something than where not.
 *
 * A draw is chance itself, so what it moves it causes. A choice or a belief goes with the outcome:
 * it may be a cause, or come of the same. `whatif` tells which.
 */
import { oddsOf } from "./interval.js";

export type DriverKind = "draw" | "parameter" | "choice" | "belief";

/** One thing that differs from run to run. */
export interface Feature {
  readonly kind: DriverKind;
  readonly name: string;
  /** Of a draw: 0 .. 1; else 1 where it came about. A run without it has no such feature. */
  readonly value: number;
}

export interface FeaturedRun {
  readonly holds: boolean;
  readonly features: readonly Feature[];
}

export interface Driver {
  readonly kind: DriverKind;
  readonly name: string;
  /** Share of runs in which the outcome holds where it is high or came about, and where not. */
  readonly with: number;
  readonly without: number;
  readonly runsWith: number;
  readonly runsWithout: number;
  /** `with` less `without`, -1 .. 1, and its 95 % interval. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer runs on one side say nothing. */
const runsLeast = 5;

/**
 * The features whose interval leaves out 0, the strongest first. Of so many that are looked at one
 * in twenty would do so by chance at 95 %: an interval at 99.9 % decides, that at 95 % is given.
 */
export function findDrivers(runs: readonly FeaturedRun[]): Driver[] {
  const byFeature = new Map<string, { feature: Feature; values: (number | undefined)[] }>();
  runs.forEach(({ features }, index) => {
    for (const feature of features) {
      const key = `${feature.kind}\n${feature.name}`;
      let known = byFeature.get(key);
      if (known === undefined) {
        known = { feature, values: runs.map(() => undefined) };
        byFeature.set(key, known);
      }
      known.values[index] = feature.value;
    }
  });
  return [...byFeature.values()]
    .flatMap(({ feature, values }) => driverOf(feature, values, runs))
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.name < b.name ? -1 : 1));
}

function driverOf(
  { kind, name }: Feature,
  values: readonly (number | undefined)[],
  runs: readonly FeaturedRun[],
): Driver[] {
  const isDrawn = kind === "draw" || kind === "parameter";
  const middle = isDrawn ? medianOf(values.filter((value) => value !== undefined)) : 0.5;
  const counts = { yes: 0, of: 0, yesWithout: 0, ofWithout: 0 };
  runs.forEach(({ holds }, index) => {
    const value = values[index];
    // A draw that was never made says nothing; a choice that was never made is none.
    if (value === undefined && isDrawn) return;
    const isHigh = (value ?? 0) > middle;
    if (isHigh) counts.of += 1;
    else counts.ofWithout += 1;
    if (holds && isHigh) counts.yes += 1;
    else if (holds) counts.yesWithout += 1;
  });
  const { yes, of, yesWithout, ofWithout } = counts;
  if (of < runsLeast || ofWithout < runsLeast) return [];
  const [one, other] = [oddsOf(yes, of), oddsOf(yesWithout, ofWithout)];
  const effect = one.estimate - other.estimate;
  // Newcombe (1998), from the two intervals of Wilson.
  const below = Math.sqrt(square(one.estimate - one.low) + square(other.high - other.estimate));
  const above = Math.sqrt(square(one.high - one.estimate) + square(other.estimate - other.low));
  const wide = 3.2905267314919255 / 1.959963984540054;
  const isClear = effect > 0 ? effect - below * wide > 0 : effect + above * wide < 0;
  if (!isClear) return [];
  return [
    {
      kind,
      name,
      with: one.estimate,
      without: other.estimate,
      runsWith: of,
      runsWithout: ofWithout,
      effect,
      low: effect - below,
      high: effect + above,
    },
  ];
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function square(value: number): number {
  return value * value;
}
