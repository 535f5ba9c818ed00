/**
 * Why something came to be: the recorded causes as a tree, bounded by what one person knows where
 * asked, each put to the test by a run without it where asked.
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation, Steering } from "@fabula/engine";
import { assertSound, type RunOptions, StoryFault } from "@fabula/lab";
import type { ExprId } from "@fabula/model";
import {
  type CauseTree,
  growCauseTree,
  isAct,
  knownOccurrences,
  type OccurrenceWords,
  occurrencesOf,
  ordinalOf,
} from "@fabula/telling";
import { accountsOf, type PersonalAccount } from "./accounts.js";
import { begunAt } from "./begun.js";
import { createCarriedWords } from "./carried.js";
import type { OpenedStory, ReadQuestion } from "./opened-story.js";
import { findRoot, hinderedOf, type Root } from "./root.js";
import { findTold, questionOf, type ToldLine } from "./told-line.js";
import { type Coming, type Verification, verifyCauses } from "./verify.js";
import { WeighedWords } from "./weighed.js";
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
  /** Of a deed that took time: when it began, as it is told; `time` is when it was done. */
  readonly begun?: string;
  /** How it led to what stands above; "asked" for the root, "supposed": as the person has it. */
  readonly kind: string;
  readonly what: string;
  readonly text: string;
  /** The text without which time it is, where the tree has more than one of the like. */
  readonly series?: string;
  /** What the person asked supposes led to it, besides what stands in `causes`: sentences. */
  readonly supposed?: readonly string[];
  /** Quantities that were under way to where this found them, and what moved them: sentences. */
  readonly carried?: readonly string[];
  /** Of a decision: `because ... (weighed: ...; rather than ...)`. */
  readonly weighed?: string;
  readonly repeated: boolean;
  /** The person asked knows of no further cause, though there are some. */
  readonly unknown: boolean;
  /** There are causes that the limits of the tree left out. */
  readonly cut: boolean;
  readonly causes: readonly WhyNode[];
}

export type WhyAnswer =
  | {
      readonly found: false;
      readonly unknown: boolean;
      /** Where it never came to be: what stood in the way, in sentences. */
      readonly hindered: readonly string[];
    }
  | {
      readonly found: true;
      readonly unknown: false;
      readonly tree: WhyNode;
      readonly verified?: readonly Verification[];
    };

/** `asked`: a question, or a line as it was told. */
export function whyRun(
  story: OpenedStory,
  asked: ReadQuestion | ToldLine,
  options: WhyOptions,
): WhyAnswer {
  const simulation = story.begin(options);
  const { found, question } = findAsked(story, simulation, asked, options);
  const root = found.occurrence;
  if (root === undefined && options.as === -1) {
    const begin = (steering?: Steering) => story.begin(options, steering);
    const hindered = hinderedOf(found, question, simulation, begin);
    return { found: false, unknown: false, hindered };
  }
  if (root === undefined) return { found: false, unknown: true, hindered: [] };
  const known = options.as === -1 ? undefined : knownTo(simulation, options.as);
  if (known !== undefined && !known.has(root)) {
    return { found: false, unknown: true, hindered: [] };
  }
  const weighed = new WeighedWords(simulation);
  const accounts =
    known === undefined
      ? undefined
      : accountsOf(options.as, known, root, simulation, story.begin(options), weighed);
  const bounded = known === undefined || accounts === undefined ? {} : { known, accounts };
  const about = entitiesIn(story, question);
  const tree = growCauseTree(simulation.chronicle, root, { ...bounded, about });
  // What moves a quantity is nothing one could have perceived: it belongs to the truth.
  const carried = known === undefined ? carriedIn(simulation, tree) : undefined;
  const words = { ...wordsFor(simulation, tree), weighed, accounts, carried };
  const node = inWords(words, simulation, tree);
  if (!options.verify) return { found: true, unknown: false, tree: node };
  const comesTo = (rerun: Simulation): Coming | undefined => {
    const id = findRoot(story, rerun, question).occurrence;
    return id === undefined ? undefined : comingOf(rerun, growCauseTree(rerun.chronicle, id));
  };
  const verified = verifyCauses(
    { story, options, comesTo, onRun: options.onVerified },
    simulation,
    comingOf(simulation, tree),
  );
  return { found: true, unknown: false, tree: node, verified };
}

/** What a line tells is asked for, where other runs are asked too, as the language has it. */
function findAsked(
  story: OpenedStory,
  simulation: Simulation,
  asked: ReadQuestion | ToldLine,
  { as, verify }: WhyOptions,
): { readonly found: Root; readonly question: ReadQuestion } {
  if (!("line" in asked)) return { found: findRoot(story, simulation, asked), question: asked };
  simulation.runUntil(Number.POSITIVE_INFINITY);
  assertSound(simulation);
  const occurrence = findTold(simulation, asked, as);
  const question = questionOf(simulation.world, simulation.chronicle.get(occurrence));
  if (question !== undefined) return { found: { occurrence }, question };
  if (verify) throw noTest(asked);
  const always = simulation.world.expressions.intern(
    { op: "constant", value: 1 },
    { kind: "boolean" },
  );
  return { found: { occurrence }, question: { question: { kind: "value", expr: always } } };
}

function noTest({ line }: ToldLine): StoryFault {
  const message = `"${line}" cannot be asked of other runs`;
  const remedy = "leave out --verify, or ask for a condition or an event";
  return new StoryFault([{ code: "FAB6006", severity: "error", message, remedy }]);
}

/** Who and what the question names. */
function entitiesIn({ world }: OpenedStory, { event }: ReadQuestion): ReadonlySet<number> {
  const named = new Set<number>();
  const visit = (expr: ExprId): void => {
    const node = world.expressions.get(expr);
    if (node.op === "entity") named.add(node.entity);
    if ("args" in node) node.args.forEach(visit);
  };
  if (event === undefined) return named;
  if ("args" in event) event.args.forEach(visit);
  else visit(event.condition);
  return named;
}

function knownTo(simulation: Simulation, person: number): Set<OccurrenceId> {
  const { chronicle } = simulation;
  const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  const known = knownOccurrences(all, person, isAct);
  return known.add(0);
}

/** Every occurrence of the tree, each once, level by level. */
function comingOf({ chronicle }: Simulation, tree: CauseTree): Coming {
  const found = new Set<OccurrenceId>();
  const queue = [tree];
  for (let index = 0; index < queue.length; index++) {
    const node = queue[index] as CauseTree;
    found.add(node.occurrence);
    queue.push(...node.causes);
  }
  return { time: chronicle.timeOf(tree.occurrence), ids: [...found] };
}

function carriedIn(simulation: Simulation, tree: CauseTree): TreeWords["carried"] {
  const inWords = createCarriedWords(simulation);
  // In the order of the record, which is gone through once.
  const ids = [...occurrencesOf(tree)].sort((a, b) => a - b);
  return new Map(ids.map((id) => [id, inWords(id)]));
}

interface TreeWords {
  readonly plain: OccurrenceWords;
  readonly weighed: WeighedWords;
  /** By occurrence: its sentence, where another reads the same. */
  readonly told: ReadonlyMap<OccurrenceId, string>;
  /** By occurrence: its sentence without which time it is, where it happened more than once. */
  readonly series: ReadonlyMap<OccurrenceId, string>;
  readonly accounts?: ReadonlyMap<OccurrenceId, PersonalAccount> | undefined;
  /** What carried the quantities that an occurrence read. */
  readonly carried?: ReadonlyMap<OccurrenceId, readonly string[]> | undefined;
}

/** What would read the same says what it is about, or for which time it is. */
function wordsFor(
  simulation: Simulation,
  tree: CauseTree,
): Pick<TreeWords, "plain" | "told" | "series"> {
  const plain = createWords(simulation);
  const { chronicle } = simulation;
  const same = new Map<string, Occurrence[]>();
  for (const id of occurrencesOf(tree)) {
    const occurrence = chronicle.get(id);
    if (occurrence.kind !== "ended" && occurrence.kind !== "rule") continue;
    const text = plain.sentence(occurrence);
    same.set(text, [...(same.get(text) ?? []), occurrence]);
  }
  const told = new Map<OccurrenceId, string>();
  const series = new Map<OccurrenceId, string>();
  for (const [text, all] of same) {
    if (all.length < 2) continue;
    const abouts = all.map((one) => plain.about(one));
    all.forEach((one, index) => {
      const about = abouts[index] ?? "";
      const earlier = abouts.slice(0, index).filter((other) => other === about).length;
      const again = earlier > 0 ? `for the ${ordinalOf(earlier + 1)} time` : "";
      const added = [about, again].filter((part) => part !== "");
      if (added.length > 0) told.set(one.id, `${text} (${added.join(", ")})`);
      const isOneOfMany = abouts.filter((other) => other === about).length > 1;
      if (isOneOfMany) series.set(one.id, about === "" ? text : `${text} (${about})`);
    });
  }
  return { plain, told, series };
}

function inWords(words: TreeWords, simulation: Simulation, tree: CauseTree): WhyNode {
  const occurrence = simulation.chronicle.get(tree.occurrence);
  const weighed = words.weighed.of(occurrence);
  const supposed = words.accounts?.get(tree.occurrence)?.supposed ?? [];
  const series = words.series.get(tree.occurrence);
  const carried = tree.repeated ? [] : (words.carried?.get(tree.occurrence) ?? []);
  return {
    occurrence: tree.occurrence,
    time: occurrence.time,
    clock: words.plain.clockOf(occurrence),
    ...begunAt(words.plain, simulation, occurrence),
    kind: tree.kind ?? "asked",
    what: words.plain.label(occurrence),
    text: words.told.get(occurrence.id) ?? words.plain.sentence(occurrence),
    ...(series === undefined ? {} : { series }),
    ...(weighed === undefined ? {} : { weighed }),
    ...(supposed.length === 0 || tree.repeated ? {} : { supposed }),
    ...(carried.length === 0 ? {} : { carried }),
    repeated: tree.repeated,
    unknown: tree.unknown,
    cut: tree.cut,
    causes: tree.causes.map((cause) => inWords(words, simulation, cause)),
  };
}
