/**
 * What is asked when asked why: the occurrence by which it came about, or, where it did not, what
 * there is to say of that.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import { EventProbe, findKeptBack, isBefore, type Moment, type Simulation } from "@fabula/engine";
import { assertSound, matches, StoryFault } from "@fabula/lab";
import type { EventPattern, Moment as StoryMoment, Timed } from "@fabula/model";
import type { OpenedStory, ReadQuestion } from "./opened-story.js";
import { type Begin, whyNever } from "./why-not.js";
import { createWords } from "./words.js";

export type Root =
  | { readonly occurrence: OccurrenceId }
  /** It was so, and was no longer at the moment asked about: the occurrence behind that. */
  | { readonly occurrence?: never; readonly ceased: OccurrenceId }
  /** Asked about at a moment that did not come, of this event. */
  | { readonly occurrence?: never; readonly awaited: EventPattern }
  /** It never was. */
  | { readonly occurrence?: never };

/** The occurrence that brought about what is asked. Runs the simulation to its end. */
export function findRoot(
  story: OpenedStory,
  simulation: Simulation,
  { question, event }: ReadQuestion,
): Root {
  if (question.kind === "timed" && question.timed.kind === "at") {
    return findStanding(simulation, question.timed);
  }
  const timed = question.kind === "timed" ? question.timed : undefined;
  if (event === undefined && timed !== undefined && timed.kind !== "kept-back") throw ofWholeRun();
  const probe =
    event?.kind === "becomes" || event?.kind === "learns"
      ? new EventProbe(simulation, event)
      : undefined;
  runToEnd(simulation);
  if (probe !== undefined) return rootOf(probe.first?.by);
  if (timed?.kind === "kept-back") return rootOf(findKeptBack(simulation, timed));
  return event === undefined ? {} : rootOf(findHappening(story, simulation, event));
}

/** Of what never came to be, or was no longer so when asked about: what stood in the way, in sentences. */
export function hinderedOf(
  root: Root,
  { event }: ReadQuestion,
  ended: Simulation,
  begin: Begin,
): readonly string[] {
  if (root.occurrence !== undefined) return [];
  if ("ceased" in root) {
    const words = createWords(ended);
    const { chronicle } = ended;
    const last = chronicle.get(root.ceased);
    return [`It was so until ${words.clockOf(last)}: ${words.sentence(last)}`];
  }
  if ("awaited" in root) {
    return ["The moment never came.", ...whyNever(root.awaited, ended, begin)];
  }
  return event === undefined ? [] : whyNever(event, ended, begin);
}

function rootOf(occurrence: OccurrenceId | undefined): Root {
  return occurrence === undefined ? {} : { occurrence };
}

function runToEnd(simulation: Simulation): void {
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
}

/** By what a condition last came to hold before the moment, if it did then. */
function findStanding(
  simulation: Simulation,
  { condition, moment }: Extract<Timed, { kind: "at" }>,
): Root {
  const not = { op: "not", args: [condition] } as const;
  const negation = simulation.world.expressions.intern(not, { kind: "boolean" });
  const rises = new EventProbe(simulation, { kind: "becomes", condition });
  const falls = new EventProbe(simulation, { kind: "becomes", condition: negation });
  const awaited = moment.kind === "when" ? new EventProbe(simulation, moment.event) : undefined;
  simulation.begin();
  const begun = simulation.chronicle.count;
  runToEnd(simulation);
  if (moment.kind === "when" && awaited?.first === undefined) return { awaited: moment.event };
  const by = moment.kind === "start" ? begun : Number.POSITIVE_INFINITY;
  const until = awaited?.first ?? { time: timeOf(simulation, moment), by };
  const rose = lastUntil(rises, until);
  const fell = lastUntil(falls, until);
  if (rose === undefined) return {};
  if (fell !== undefined && isBefore(rose, fell)) return { ceased: fell.by };
  return { occurrence: rose.by };
}

/** Milliseconds since the epoch; Infinity is the end. */
function timeOf(simulation: Simulation, moment: StoryMoment): number {
  const { begins } = simulation.world.story;
  if (moment.kind === "end") return Number.POSITIVE_INFINITY;
  if (moment.kind !== "after") return begins;
  return begins + Math.round(simulation.evaluateNow(moment.seconds) * 1000);
}

/** What became so by what happened at that moment was so then. */
function lastUntil(probe: EventProbe, until: Pick<Moment, "time" | "by">): Moment | undefined {
  return probe.all.findLast(
    ({ time, by }) => time < until.time || (time === until.time && by <= until.by),
  );
}

function ofWholeRun(): StoryFault {
  return new StoryFault([
    {
      code: "FAB6005",
      severity: "error",
      message: "`why` asks how something came to be, and this says something of a whole run",
      remedy:
        "ask it of a condition, one `at` a moment, or an event; `fabula ask` says whether this is so",
    },
  ]);
}

/** The first occurrence that this event means, in an ended run. */
function findHappening(
  story: OpenedStory,
  { chronicle }: Simulation,
  event: EventPattern,
): OccurrenceId | undefined {
  for (let id = 0; id < chronicle.count; id += 1) {
    const occurrence = chronicle.get(id);
    if (isPhase(event, occurrence) && matches(story.world, event, occurrence)) return id;
  }
  return undefined;
}

function isPhase(event: EventPattern, occurrence: Occurrence): boolean {
  return event.kind !== "action" || occurrence.kind === event.phase;
}
