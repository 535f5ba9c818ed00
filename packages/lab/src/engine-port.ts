/**
 * What running a story many times asks of the engine, so that the lab's counting can be tested
 * without a world. `createEngine` is the real one.
 */
import type { ChronicleReader } from "@fabula/chronicle";
import { createMinds, createSimulation, type Simulation } from "@fabula/engine";
import type { Intervention, Timed, World } from "@fabula/model";
import { Judge } from "./judge.js";

export interface RunOptions {
  /** 0 .. 2^53 - 1. */
  readonly seed: number;
  readonly changes: readonly Intervention[];
  /** 0 .. 1, exclusive: every weight, bond and trust times 1 - jitter .. 1 + jitter, by key. */
  readonly jitter: number;
}

/** A run that has ended, and what it has to say to the conditions that were named before. */
export interface JudgedRun {
  readonly chronicle: ChronicleReader;
  /** `base`: the run of the same seed without the changes, for `later` and `earlier`. */
  answer(condition: Timed, base?: JudgedRun): boolean;
}

export interface EnginePort {
  /** Throws a StoryFault where the author's text goes wrong on the way. */
  judge(world: World, options: RunOptions, conditions: readonly Timed[]): JudgedRun;
}

export const engine: EnginePort = {
  judge: (world, options, conditions) => new EndedRun(begin(world, options), conditions),
};

/** A run at its beginning, with minds. */
export function begin(world: World, options: RunOptions): Simulation {
  return createSimulation({ world, ...options, createMinds });
}

class EndedRun implements JudgedRun {
  readonly #judge: Judge;

  constructor(simulation: Simulation, conditions: readonly Timed[]) {
    this.#judge = new Judge(simulation, conditions).run();
  }

  get chronicle(): ChronicleReader {
    return this.#judge.simulation.chronicle;
  }

  answer(condition: Timed, base?: JudgedRun): boolean {
    return this.#judge.answer(condition, base instanceof EndedRun ? base.#judge : undefined);
  }
}
