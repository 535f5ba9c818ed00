/**
 * What running a story many times asks of the engine. The face binds it (`wiring.ts`), so that the
 * lab and its tests work over anything that moves a world.
 */
import type { ChronicleReader, OccurrenceId } from "@fabula/chronicle";
import type { ExprId, Intervention, Moment, Timed, World } from "@fabula/model";

export interface SimulationOptions {
  /** 0 .. 2^53 - 1. */
  readonly seed: number;
  readonly changes: readonly Intervention[];
  /** Every weight, bond and trust is multiplied by 1 - jitter .. 1 + jitter, by key. */
  readonly jitter: number;
}

/** One run of a world, from its beginning. */
export interface SimulationPort {
  readonly chronicle: ChronicleReader;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly ended: boolean;
  /**
   * To the next instant at which anything happens, if that is not after `until` (milliseconds since
   * the epoch); false where there is none.
   */
  step(until: number): boolean;
  /** To this time (milliseconds since the epoch) or the end, whichever comes first. */
  runUntil(time: number): void;
  /** In truth, now; unknown is NaN. */
  evaluate(expr: ExprId, locals: readonly number[]): number;
  /** As this person believes, now; unknown is NaN, also of a boolean that could be either. */
  evaluateAs(person: number, expr: ExprId): number;
}

export interface EnginePort {
  createSimulation(world: World, options: SimulationOptions): SimulationPort;
  /**
   * Runs a fresh simulation to the end and answers the timed conditions, in order; `base` is the
   * ended run of the same seed without the changes, for `later` and `earlier`.
   */
  judge(
    simulation: SimulationPort,
    conditions: readonly Timed[],
    base?: SimulationPort,
  ): readonly boolean[];
  /**
   * Runs a fresh simulation until the condition holds: the occurrence after which it does; undefined
   * where it never does.
   */
  findBecoming(simulation: SimulationPort, condition: ExprId): OccurrenceId | undefined;
  /**
   * Runs a fresh simulation to the end: for each moment the occurrence at or after which it is;
   * undefined where it never comes.
   */
  findMoments(
    simulation: SimulationPort,
    moments: readonly Moment[],
  ): readonly (OccurrenceId | undefined)[];
}
