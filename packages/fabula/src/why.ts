/**
 * Why something came to be: the recorded causes as a tree, bounded by what one person knows where
 * asked, each put to the test by a run without it where asked.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import { EventProbe, type Simulation } from "@fabula/engine";
import { assertSound, matches, type RunOptions } from "@fabula/lab";
import type { EventPattern, ExprId, Intervention, Span } from "@fabula/model";
import {
  type CauseTree,
  growCauseTree,
  isAct,
  knownOccurrences,
  type OccurrenceWords,
  occurrencesOf,
} from "@fabula/telling";
import type { OpenedStory, ReadQuestion } from "./opened-story.js";
import { createWords } from "./words.js";

export interface WhyOptions extends RunOptions {
  /** Birth number of whose knowledge bounds the answer; -1: the truth. */
  readonly as: number;
  readonly verify: boolean;
  readonly onVerified?: (done: number, total: number) => void;
}

/** A cause tree in words. */
export interface WhyNode {
  readonly occurrence: OccurrenceId;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly clock: string;
  /** How it led to what stands above; "asked" for the root. */
  readonly kind: string;
  readonly what: string;
  readonly text: string;
  readonly repeated: boolean;
  /** The person asked knows of no further cause, though there are some. */
  readonly unknown: boolean;
  /** There are causes that the limits of the tree left out. */
  readonly cut: boolean;
  readonly causes: readonly WhyNode[];
}

/** A run without this cause: did it still come to what was asked? */
export interface Verification {
  readonly occurrence: OccurrenceId;
  readonly what: string;
  readonly without: string;
  readonly necessary: boolean;
  /** Milliseconds by which it came later (negative: earlier) where it still came. */
  readonly later?: number;
}

export type WhyAnswer =
  | { readonly found: false; readonly unknown: boolean }
  | {
      readonly found: true;
      readonly unknown: false;
      readonly tree: WhyNode;
      readonly verified?: readonly Verification[];
    };

/** Most causes that are put to the test. */
const verificationsMax = 40;

export function whyRun(story: OpenedStory, question: ReadQuestion, options: WhyOptions): WhyAnswer {
  const simulation = story.begin(options);
  const root = findRoot(story, simulation, question);
  if (root === undefined) return { found: false, unknown: options.as !== -1 };
  const { chronicle } = simulation;
  const known = options.as === -1 ? undefined : knownTo(simulation, options.as);
  if (known !== undefined && !known.has(root)) return { found: false, unknown: true };
  const tree = growCauseTree(chronicle, root, known === undefined ? {} : { known });
  const words = createWords(simulation);
  const node = inWords(words, simulation, tree);
  if (!options.verify) return { found: true, unknown: false, tree: node };
  const verified = verify(story, question, options, simulation, words, tree);
  return { found: true, unknown: false, tree: node, verified };
}

/** The occurrence that brought about what is asked. Runs the simulation to its end. */
function findRoot(
  story: OpenedStory,
  simulation: Simulation,
  question: ReadQuestion,
): OccurrenceId | undefined {
  const { event } = question;
  if (event === undefined) return undefined;
  if (event.kind === "becomes" || event.kind === "learns") {
    const probe = new EventProbe(simulation, event);
    simulation.runUntil(Number.POSITIVE_INFINITY);
    assertSound(simulation);
    return probe.first?.by;
  }
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
  return findHappening(story, simulation, event);
}

/** The first occurrence that this event means, in an ended run. */
function findHappening(
  story: OpenedStory,
  simulation: Simulation,
  event: EventPattern,
): OccurrenceId | undefined {
  const { chronicle } = simulation;
  for (let id = 0; id < chronicle.count; id += 1) {
    const occurrence = chronicle.get(id);
    const means = isPhase(event, occurrence) && matches(story.world, event, occurrence);
    if (means) return id;
  }
  return undefined;
}

function isPhase(event: EventPattern, occurrence: Occurrence): boolean {
  return event.kind !== "action" || occurrence.kind === event.phase;
}

function knownTo(simulation: Simulation, person: number): Set<OccurrenceId> {
  const { chronicle } = simulation;
  const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  const known = knownOccurrences(all, person, isAct);
  return known.add(0);
}

function inWords(words: OccurrenceWords, simulation: Simulation, tree: CauseTree): WhyNode {
  const occurrence = simulation.chronicle.get(tree.occurrence);
  return {
    occurrence: tree.occurrence,
    time: occurrence.time,
    clock: words.clockOf(occurrence),
    kind: tree.kind ?? "asked",
    what: words.label(occurrence),
    text: words.sentence(occurrence),
    repeated: tree.repeated,
    unknown: tree.unknown,
    cut: tree.cut,
    causes: tree.causes.map((cause) => inWords(words, simulation, cause)),
  };
}

function verify(
  story: OpenedStory,
  question: ReadQuestion,
  options: WhyOptions,
  simulation: Simulation,
  words: OccurrenceWords,
  tree: CauseTree,
): Verification[] {
  const rootTime = simulation.chronicle.get(tree.occurrence).time;
  const tried = new Map<
    string,
    { occurrence: Occurrence; change: Intervention; without: string }
  >();
  for (const id of occurrencesOf(tree)) {
    if (id === tree.occurrence) continue;
    const occurrence = simulation.chronicle.get(id);
    const removal = removalOf(story, occurrence, words);
    if (removal !== undefined) tried.set(removal.without, { occurrence, ...removal });
  }
  const chosen = [...tried.values()].slice(-verificationsMax);
  return chosen.map(({ occurrence, change, without }, index) => {
    const rerun = story.begin({ ...options, changes: [...options.changes, change] });
    const root = findRoot(story, rerun, question);
    options.onVerified?.(index + 1, chosen.length);
    const base = { occurrence: occurrence.id, what: words.label(occurrence), without };
    if (root === undefined) return { ...base, necessary: true };
    return { ...base, necessary: false, later: rerun.chronicle.get(root).time - rootTime };
  });
}

/** How to run without it: acts of the same kind by the same persons forbidden, rules off. */
function removalOf(
  story: OpenedStory,
  occurrence: Occurrence,
  words: OccurrenceWords,
): { change: Intervention; without: string } | undefined {
  const { world } = story;
  if (isAct(occurrence)) {
    const action = world.actions[occurrence.schema];
    if (action === undefined) return undefined;
    const args = occurrence.args.map((arg, index) =>
      literal(story, arg, action.parameters[index]?.type),
    );
    const event = { kind: "action", id: action.id, phase: "started", args } as const;
    const label = words.label({ ...occurrence, kind: "ended" });
    return { change: { kind: "forbid", event, span: noSpan }, without: `forbid ${label}` };
  }
  if (occurrence.kind === "rule") {
    const rule = world.rules[occurrence.schema];
    if (rule === undefined) return undefined;
    const change = { kind: "switch-off", what: "rule", id: rule.id, span: noSpan } as const;
    return { change, without: `switch off ${rule.name}` };
  }
  return undefined;
}

const noSpan: Span = { source: "why --verify", start: 0, end: 0, line: 1, column: 1 };

function literal(
  story: OpenedStory,
  value: number,
  type: Parameters<OpenedStory["world"]["expressions"]["intern"]>[1] | undefined,
): ExprId {
  const pool = story.world.expressions;
  if (type === undefined)
    return pool.intern({ op: "constant", value }, { kind: "number", dimension: {} });
  if (type.kind === "entity") return pool.intern({ op: "entity", entity: value }, type);
  if (type.kind === "claim") return pool.intern({ op: "claim", args: [value] }, type);
  if (type.kind === "deed") return value;
  return pool.intern({ op: "constant", value }, type);
}
