/**
 * Whose knowledge bounds a telling. Through somebody's eyes nothing stands that this person did not
 * perceive, come to believe, do or choose; without eyes everything that happened stands.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";

/** `focalizer`: birth number; -1 nobody's eyes: all that happened. */
export interface Focalization {
  readonly focalizer: number;
}

/** How much of an occurrence reaches the focalizer. */
export type Access = "none" | "partly" | "whole";

/** `acts`: whether args[0] of this occurrence is the one who does it. */
export function accessTo(
  occurrence: Occurrence,
  focalization: Focalization,
  acts: boolean,
): Access {
  const { focalizer } = focalization;
  if (focalizer === -1) return "whole";
  if (occurrence.belief !== undefined) {
    return occurrence.belief.holder === focalizer ? "whole" : "none";
  }
  if (occurrence.decision !== undefined) {
    return occurrence.decision.who === focalizer ? "whole" : "none";
  }
  if (acts && occurrence.args[0] === focalizer) return "whole";
  const mine = occurrence.perceived.filter((perceived) => perceived.who === focalizer);
  if (mine.some((perceived) => perceived.whole)) return "whole";
  return mine.length > 0 ? "partly" : "none";
}

/**
 * The occurrences that one person knows for what they were, ascending: what `why --as` may name. A
 * glimpse explains nothing.
 */
export function knownOccurrences(
  occurrences: Iterable<Occurrence>,
  person: number,
  acts: (occurrence: Occurrence) => boolean,
): Set<OccurrenceId> {
  const known = new Set<OccurrenceId>();
  for (const occurrence of occurrences) {
    const access = accessTo(occurrence, { focalizer: person }, acts(occurrence));
    if (access === "whole") known.add(occurrence.id);
  }
  return known;
}
