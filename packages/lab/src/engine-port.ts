/**
 * What running a story many times asks of the engine, so that the lab's counting can be tested
 * without a world. `engine` is the real one.
 */
import type { ChronicleReader } from "@fabula/chronicle";
import {
  type Branch,
  createMinds,
  createSimulation,
  createSteeredMinds,
  judge,
  judgeBranches,
  type MindHost,
  type Simulation,
  type Steering,
} from "@fabula/engine";
import type { Intervention, Timed, World } from "@fabula/model";
import { assertSound } from "./story-fault.js";

export interface RunOptions {
  /** 0 .. 2^53 - 1. */
  readonly seed: number;
  readonly changes: readonly Intervention[];
  /** 0 .. 1, exclusive: every weight, bond and trust times 1 - jitter .. 1 + jitter, by key. */
  readonly jitter: number;
}

export interface JudgeOptions {
  /** The judged run of the same seed without the changes, for `later` and `earlier`. */
  readonly base?: JudgedRun;
  /** Plays on to the end of the run when every answer is certain: its chronicle is wanted whole. */
  readonly toEnd?: boolean;
}

/** A run and its answers to the conditions it was asked, in order. */
export interface JudgedRun {
  readonly chronicle: ChronicleReader;
  readonly answers: readonly boolean[];
}

export interface EnginePort {
  /**
   * Plays until every answer is certain. Throws a StoryFault where the author's text goes wrong on
   * the way.
   */
  judge(
    world: World,
    options: RunOptions,
    conditions: readonly Timed[],
    how?: JudgeOptions,
  ): JudgedRun;

  /**
   * As `judge`, of the run and of each branch with its changes besides: what they begin with is
   * played once. Every branch is one of which `canBranch` holds. Absent: each is played alone.
   */
  judgeBranches?(
    world: World,
    options: RunOptions,
    conditions: readonly Timed[],
    branches: readonly Branch[],
    visitor: RunVisitor,
  ): void;
}

/** Told of each run when it ends; the chronicle may be read until the call returns. */
export interface RunVisitor {
  /** First. `apart`: branches that part from it at once, and were not played. */
  base(run: JudgedRun, apart: readonly number[]): void;
  branch(index: number, run: JudgedRun): void;
}

export const engine: EnginePort = {
  judge: (world, options, conditions, { base, toEnd } = {}) => {
    const simulation = begin(world, options);
    const before = base instanceof PlayedRun ? { base: base.simulation } : {};
    const answers = judge(simulation, conditions, { ...before, toEnd: toEnd ?? false });
    assertSound(simulation);
    return new PlayedRun(simulation, answers);
  },
  judgeBranches: (world, options, conditions, branches, visitor) => {
    const ended = (simulation: Simulation, answers: readonly boolean[]): JudgedRun => {
      assertSound(simulation);
      return new PlayedRun(simulation, answers);
    };
    judgeBranches({ world, ...options }, conditions, branches, {
      base: (simulation, answers, apart) => visitor.base(ended(simulation, answers), apart),
      branch: (index, simulation, answers) => visitor.branch(index, ended(simulation, answers)),
    });
  },
};

/** A run at its beginning, with minds; `steering`: one person whose choices a reader makes. */
export function begin(world: World, options: RunOptions, steering?: Steering): Simulation {
  const minds = (host: MindHost) =>
    steering === undefined ? createMinds(host) : createSteeredMinds(host, steering);
  return createSimulation({ world, ...options, createMinds: minds });
}

class PlayedRun implements JudgedRun {
  constructor(
    readonly simulation: Simulation,
    readonly answers: readonly boolean[],
  ) {}

  get chronicle(): ChronicleReader {
    return this.simulation.chronicle;
  }
}
