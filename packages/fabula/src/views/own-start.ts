/**
 * That an act ended because it began is no news to whoever asks why: what led to its beginning
 * stands in its place.
 */
import type { Cause, ChronicleReader, OccurrenceId } from "@fabula/chronicle";
import { causesOf, isAct } from "@fabula/telling";

/** Each cause once, ascending; without the beginning of the act that this is an end of. */
export function causesBesideStart(chronicle: ChronicleReader, id: OccurrenceId): Cause[] {
  const causes = causesOf(chronicle, id);
  const start = ownStart(chronicle, id);
  if (start === undefined) return [...causes];
  const kept = causes.filter(({ from }) => from !== start);
  const known = new Set(kept.map(({ from }) => from));
  const behind = causesOf(chronicle, start).filter(({ from }) => !known.has(from));
  return [...kept, ...behind.map((cause) => ({ ...cause, to: id }))].sort(
    (a, b) => a.from - b.from,
  );
}

/** Where the act that began here was done, among what followed from it; undefined: it was not. */
export function ownEnd(
  chronicle: ChronicleReader,
  id: OccurrenceId,
  followed: readonly OccurrenceId[],
): OccurrenceId | undefined {
  return followed.find((to) => chronicle.get(to).kind === "ended" && isStartOf(chronicle, id, to));
}

/** Where the act that ended (or was cut short) here began; undefined: it took no time, or is no act. */
export function ownStart(chronicle: ChronicleReader, id: OccurrenceId): OccurrenceId | undefined {
  // What was done before may be among the causes too: its own beginning is the latest.
  const starts = causesOf(chronicle, id).filter(({ from }) => isStartOf(chronicle, from, id));
  return starts.length === 0 ? undefined : Math.max(...starts.map(({ from }) => from));
}

function isStartOf(chronicle: ChronicleReader, from: OccurrenceId, id: OccurrenceId): boolean {
  const [start, end] = [chronicle.get(from), chronicle.get(id)];
  return (
    start.kind === "started" &&
    isAct(end) &&
    end.kind !== "started" &&
    start.schema === end.schema &&
    start.args.length === end.args.length &&
    start.args.every((arg, index) => arg === end.args[index])
  );
}
