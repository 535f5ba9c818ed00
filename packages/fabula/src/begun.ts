/** When a deed began that took time: `play` tells it then, and its effects are there as it ends. */
import type { Occurrence } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { isAct, type OccurrenceWords } from "@fabula/telling";
import { ownStart } from "./views/own-start.js";

/** Milliseconds since the epoch at which `play` tells it; what is said is told when it was said. */
export function toldTime({ chronicle, world }: Simulation, occurrence: Occurrence): number {
  const isDeed = isAct(occurrence) && world.actions[occurrence.schema]?.hearer === -1;
  const start = isDeed ? ownStart(chronicle, occurrence.id) : undefined;
  return start === undefined ? occurrence.time : chronicle.timeOf(start);
}

/** By the clock, where it is told at another time than it was done. */
export function begunAt(
  words: OccurrenceWords,
  simulation: Simulation,
  occurrence: Occurrence,
): { readonly begun?: string } {
  const begun = words.clockAt(toldTime(simulation, occurrence));
  return begun === words.clockOf(occurrence) ? {} : { begun };
}
