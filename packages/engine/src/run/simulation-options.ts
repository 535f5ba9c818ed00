/** What a run is made from. */
import type { Intervention, World } from "@fabula/model";
import type { MindHooks, MindHost } from "../host.js";

export interface SimulationOptions {
  readonly world: World;
  /** 0 .. 2^53 - 1. */
  readonly seed: number;
  readonly changes?: readonly Intervention[];
  /** Sets of changes that have no part in the run until one is made: see `Simulation.later`. */
  readonly later?: readonly (readonly Intervention[])[];
  /** 0 .. 1, exclusive: weights and bonds times 1 - jitter .. 1 + jitter, by key. */
  readonly jitter?: number;
  /** Milliseconds since the epoch; the run is over then at the latest. */
  readonly until?: number;
  /** Who knows, wants and chooses. `mindless`: nobody; for tests and physics alone. */
  readonly createMinds?: ((host: MindHost) => MindHooks) | "mindless";
}

/** Throws a RangeError for a seed or a jitter that is none. */
export function checkOptions(options: SimulationOptions): void {
  const { seed, jitter = 0 } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`a seed is a whole number from 0 to 2^53 - 1, not ${seed}`);
  }
  if (!(jitter >= 0 && jitter < 1)) {
    throw new RangeError(`jitter is from 0 to below 1, not ${jitter}`);
  }
}
