/**
 * What a telling asks of a run besides its chronicle: what an expression of a template was worth at
 * the instant something happened. Whoever has the run gives it; `ReplayedState` makes it from the
 * writes of the chronicle alone.
 */
import type { ChronicleReader, OccurrenceId } from "@fabula/chronicle";
import type { ExprId, World } from "@fabula/model";

export interface Reading {
  readonly world: World;
  readonly chronicle: ChronicleReader;
  /**
   * The value, in truth, just after the occurrence; unknown is NaN, no entity -1.
   * Calls with ascending ids are the cheap ones.
   */
  valueAt(expr: ExprId, locals: readonly number[], at: OccurrenceId): number;
  /** The type of an entity that was there at any time so far; -1 where nothing tells it. */
  typeOf(entity: number): number;
  /** By which occurrence it came; 0 of what was there from the beginning. */
  bornAt(entity: number): OccurrenceId;
  /** What it is called by itself; undefined where it has no title of its own. */
  titleOf(entity: number): string | undefined;
}
