/** Moments of a story as occurrences of one run. */
import type { OccurrenceId } from "@fabula/chronicle";
import { EventProbe, type Simulation } from "@fabula/engine";
import { assertSound } from "@fabula/lab";
import type { Moment } from "@fabula/model";

/**
 * Plays a fresh simulation to its end: for each moment the occurrence it is, or the last one before
 * it; undefined where it never comes.
 */
export function findMoments(
  simulation: Simulation,
  moments: readonly Moment[],
): (OccurrenceId | undefined)[] {
  const probes = moments.map((moment) =>
    moment.kind === "when" ? new EventProbe(simulation, moment.event) : undefined,
  );
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
  return moments.map((moment, index) => {
    if (moment.kind === "start") return 0;
    if (moment.kind === "end") return simulation.chronicle.count - 1;
    return moment.kind === "when" ? probes[index]?.first?.by : lastUntil(simulation, moment);
  });
}

function lastUntil(
  simulation: Simulation,
  moment: Extract<Moment, { kind: "after" }>,
): OccurrenceId | undefined {
  const { chronicle, world } = simulation;
  const time = world.story.begins + Math.round(simulation.evaluate(moment.seconds) * 1000);
  if (time > chronicle.endTime) return undefined;
  let last = 0;
  for (let id = 0; id < chronicle.count && chronicle.get(id).time <= time; id += 1) last = id;
  return last;
}
