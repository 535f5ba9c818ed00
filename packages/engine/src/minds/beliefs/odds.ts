/**
 * Odds, not log-odds: evidence multiplies, and only * and / are needed, which are the same on every
 * machine. p = o / (1 + o).
 */

/** As sure as one gets, and as sure of the opposite. */
export const CERTAIN = 1e6;
export const IMPOSSIBLE = 1e-6;

/** Below and above these a foresight takes a claim as settled and does not split. */
export const SETTLED_LOW = 0.03;
export const SETTLED_HIGH = 0.97;

/** Confidence 0 .. 1 of odds. */
export function confidenceOf(odds: number): number {
  return odds >= CERTAIN ? 1 : odds <= IMPOSSIBLE ? 0 : odds / (1 + odds);
}

/** Odds of a confidence 0 .. 1; the ends are certain. */
export function oddsOf(confidence: number): number {
  if (confidence >= 1) return CERTAIN;
  if (!(confidence > 0)) return IMPOSSIBLE;
  return clampOdds(confidence / (1 - confidence));
}

export function clampOdds(odds: number): number {
  return odds > CERTAIN ? CERTAIN : odds < IMPOSSIBLE ? IMPOSSIBLE : odds;
}

/** Of what is read as a confidence, 0 .. 1: unknown is not true. */
export function degree(value: number): number {
  return value > 0 ? (value > 1 ? 1 : value) : 0;
}
