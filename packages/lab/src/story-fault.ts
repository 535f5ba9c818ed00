/**
 * An author's mistake that shows only while a story runs: a rule without end, a quantity that runs
 * away. It ends whatever was asked of the run, so it travels as an exception with its diagnostics.
 */
import type { Simulation } from "@fabula/engine";
import type { Diagnostic } from "@fabula/model";

export class StoryFault extends Error {
  override readonly name = "StoryFault";

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("; "));
  }
}

export function assertSound(simulation: Pick<Simulation, "diagnostics">): void {
  if (simulation.diagnostics.length > 0) throw new StoryFault([...simulation.diagnostics]);
}
