/**
 * One person whose choices a reader makes: is shown what comes to that person's mind and what is
 * asked of them, both from their own mind alone, and says what they do. Everything else is the
 * same: beliefs, reflexes, what it costs, what others make of it.
 */
import type { Reason } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";

export interface Steering {
  readonly person: number;
  /**
   * Which of these to do, best first as the person weighs them; -1 nothing; undefined: as the
   * person would.
   */
  choose(options: readonly Reason[]): number | undefined;
  /** Whether to do what is asked; undefined: as the person would. */
  grant(deed: ExprId, asker: number): boolean | undefined;
}

/** A reader's choice is worth acting for, whatever the person thinks of it. */
export const STEERED_GAIN = 4;
