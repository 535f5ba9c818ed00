/** The words for one run, with claims and deeds in labels as the language writes them. */
import type { Simulation } from "@fabula/engine";
import { describeValue } from "@fabula/language";
import { type Apart, createEnglish, OccurrenceWords, ReplayedState } from "@fabula/telling";

export function createWords(simulation: Simulation, apart: Apart = "all"): OccurrenceWords {
  const { world, chronicle } = simulation;
  const english = createEnglish(new ReplayedState(world, chronicle), apart);
  return new OccurrenceWords(english, (value, type) => describeValue(world, value, type));
}
