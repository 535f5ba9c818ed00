/**
 * Rare outcomes by multilevel splitting (Kahn and Harris 1951; fixed splitting, depth first): each
 * time a run first reaches a level, it is played on several times from there with chances of its
 * own, and each of these counts for its share. The mean over seeds is unbiased whatever the levels
 * are; good levels only make it narrow.
 *
 * A level is looked at whenever something happens. Runs that never reach it are played once.
 */
import { isTrue, type Simulation } from "@fabula/engine";
import type { ExprId } from "@fabula/model";
import { assertSound } from "./story-fault.js";

export interface Splitting {
  /** Conditions on the truth, each on the way to the next. */
  readonly levels: readonly ExprId[];
  /** How often a run is played on from each level, at least 2. */
  readonly copies: number;
}

export interface SplitRun {
  /** Unbiased for the probability of the outcome, given nothing but the seed: 0 .. 1. */
  readonly estimate: number;
  /** How many ends were played. */
  readonly ends: number;
  /** How many of them came out as asked. */
  readonly hits: number;
}

/** Ends of one seed before it is given up as split too finely. */
export const endsMax = 100_000;

/** Plays a simulation that has not begun. `holds`: asked at each end, of the state there. */
export function splitRun(
  simulation: Simulation,
  { levels, copies }: Splitting,
  holds: (simulation: Simulation) => boolean,
): SplitRun {
  let ends = 0;
  let hits = 0;
  const play = (level: number): number => {
    const next = levels[level];
    simulation.begin();
    for (;;) {
      if (next !== undefined && isTrue(simulation.evaluate(next))) return split(level);
      if (!simulation.step()) break;
    }
    assertSound(simulation);
    ends += 1;
    if (ends > endsMax) {
      throw new RangeError(`more than ${endsMax} ends of one seed: fewer levels or copies`);
    }
    const isHit = holds(simulation);
    if (isHit) hits += 1;
    return isHit ? 1 : 0;
  };
  const split = (level: number): number => {
    let sum = 0;
    for (let copy = 0; copy < copies; copy += 1) {
      const fork = simulation.fork(copy);
      sum += play(level + 1);
      fork.drop();
    }
    return sum / copies;
  };
  return { estimate: play(0), ends, hits };
}
