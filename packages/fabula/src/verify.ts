/**
 * `why --verify`: each recorded cause is put to the test by runs of the same chances without it.
 *
 *   necessary     without it, it never comes to what was asked
 *   sufficient    with every other cause tested taken away it still does, and without all it does not
 *   one-of        not necessary, but all of its group together are: each is enough for the others
 *   no-difference it comes to this without it, alone and together with others of its like
 *
 * What can be taken away: acts (forbidden), rules (off), events and changes from outside (they do
 * not come), processes that carried a quantity to where a rule found it (off), facts of the start (back to what the type says, where it says something).
 */
import type { Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { type RunOptions, StoryFault } from "@fabula/lab";
import { describeExpression } from "@fabula/language";
import {
  type ExprId,
  type Intervention,
  initialOf,
  type Process,
  type Span,
  type ValueType,
} from "@fabula/model";
import { isAct, type OccurrenceWords } from "@fabula/telling";
import { Carriers } from "./carried.js";
import type { OpenedStory } from "./opened-story.js";
import { createWords } from "./words.js";

export type Verdict = "necessary" | "sufficient" | "one-of" | "no-difference";

/** A run without this cause: did it still come to what was asked? */
export interface Verification {
  /** The occurrence taken away; 0: a fact of the start or a process; -1: it took over in a run without another. */
  readonly occurrence: OccurrenceId;
  readonly what: string;
  /** How it was taken away; the name of the cause in `others`. */
  readonly without: string;
  readonly verdict: Verdict;
  /** It never comes to this without it. */
  readonly necessary: boolean;
  /** It alone, of all that were tested, brings it about. */
  readonly sufficient: boolean;
  /** The rest of its group, where it is one of several. */
  readonly others: readonly string[];
  /** Milliseconds by which it came later (negative: earlier) where it still came. */
  readonly later?: number;
}

/** Most occurrences and facts put to the test, what stands nearest to what was asked first. */
const occurrencesMax = 24;
const factsMax = 16;
/** Most causes tested that took over only when another was taken away. */
const standInsMax = 8;
/** So near to what was asked must they be: causes of a run, nearest first. */
const standInsAmong = 12;

interface Removal {
  readonly occurrence: OccurrenceId;
  readonly what: string;
  readonly without: string;
  /** The changes of a run without it. */
  readonly apply: (changes: readonly Intervention[]) => readonly Intervention[];
}

/** How a run came to what was asked. */
export interface Coming {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** What was asked, then its causes, nearest first. */
  readonly ids: readonly OccurrenceId[];
}

export interface Verifying {
  readonly story: OpenedStory;
  readonly options: RunOptions;
  /** Plays a run to its end; undefined where it never comes to what was asked. */
  readonly comesTo: (rerun: Simulation) => Coming | undefined;
  /** Told after each run, with the most there may be. */
  readonly onRun?: ((done: number, most: number) => void) | undefined;
}

/** `simulation`: the run asked about, ended; `coming`: how it came to that. */
export function verifyCauses(
  verifying: Verifying,
  simulation: Simulation,
  coming: Coming,
): Verification[] {
  const { story, options, comesTo, onRun } = verifying;
  const removals = removalsOf(story, simulation, coming.ids);
  const most = 3 * (removals.length + standInsMax) + 1;
  let done = 0;
  const without = (some: readonly Removal[]) => {
    const changes = some.reduce<readonly Intervention[]>(
      (given, one) => one.apply(given),
      options.changes,
    );
    const rerun = story.begin({ ...options, changes });
    onRun?.(++done, most);
    try {
      const came = comesTo(rerun);
      return came === undefined ? undefined : { ...came, rerun };
    } catch (error) {
      if (error instanceof StoryFault) return "faulty";
      throw error;
    }
  };
  const alone: (number | undefined)[] = [];
  let known = removals.length;
  for (let index = 0; index < removals.length; index++) {
    const came = without([removals[index] as Removal]);
    // Without this the author's text itself goes wrong: it says nothing of the cause.
    if (came === "faulty") {
      removals.splice(index, 1);
      if (index < known) known -= 1;
      index -= 1;
      continue;
    }
    alone.push(came?.time);
    if (came === undefined || index >= known) continue;
    // What took over is a cause too, though in the run asked about it had nothing left to do.
    const near = removalsOf(story, came.rerun, came.ids.slice(0, standInsAmong));
    for (const one of near) {
      const isNew = one.occurrence > 0 && !removals.some((old) => old.without === one.without);
      if (isNew && removals.length < known + standInsMax) {
        removals.push({ ...one, occurrence: -1 });
      }
    }
  }
  const necessary = removals.filter((_, index) => alone[index] === undefined);
  const others = removals.filter((one) => !necessary.includes(one));
  const never = (some: readonly Removal[]): boolean => without(some) === undefined;
  const sufficient = sufficientAlone(removals, necessary, never);
  const group = overdetermined(others, never);
  return removals.map((one, index) => {
    const time = alone[index];
    const inGroup = group.includes(one);
    const isNecessary = time === undefined;
    const isSufficient = sufficient.includes(one);
    const { occurrence, what, without: name } = one;
    return {
      occurrence,
      what,
      without: name,
      verdict: verdictOf(isNecessary, inGroup, isSufficient),
      necessary: isNecessary,
      sufficient: isSufficient,
      others: inGroup ? group.filter((other) => other !== one).map((other) => other.without) : [],
      ...(time === undefined ? {} : { later: time - coming.time }),
    };
  });
}

function verdictOf(necessary: boolean, inGroup: boolean, sufficient: boolean): Verdict {
  if (necessary) return "necessary";
  if (inGroup) return "one-of";
  return sufficient ? "sufficient" : "no-difference";
}

/** Nothing that leaves a necessary cause out is enough, so at most one of these is, or any. */
function sufficientAlone(
  all: readonly Removal[],
  necessary: readonly Removal[],
  never: (some: readonly Removal[]) => boolean,
): readonly Removal[] {
  if (all.length === 0 || necessary.length > 1 || !never(all)) return [];
  const candidates = necessary.length === 1 ? necessary : all;
  return candidates.filter((one) => !never(all.filter((other) => other !== one)));
}

/**
 * Causes of which none is necessary but which are together: a set so small that leaving any one of
 * them in brings it about again. Empty where even all of them together make no difference.
 */
function overdetermined(
  all: readonly Removal[],
  never: (some: readonly Removal[]) => boolean,
): readonly Removal[] {
  if (all.length < 2 || !never(all)) return [];
  let group = all;
  // What is farthest from the question is let go first.
  for (const one of [...all].reverse()) {
    const rest = group.filter((other) => other !== one);
    if (rest.length > 0 && never(rest)) group = rest;
  }
  return group;
}

/** `ids[0]` itself is what was asked: only what is behind it can be taken away. */
function removalsOf(
  story: OpenedStory,
  simulation: Simulation,
  ids: readonly OccurrenceId[],
): Removal[] {
  const words = createWords(simulation);
  const occurrences = new Map<string, Removal>();
  const facts = new Map<string, Removal>();
  const carriers = new Carriers(story.world, simulation.chronicle);
  const started = new Map(
    simulation.chronicle.writesOf(0).map(({ fluent, args, value }) => [`${fluent} ${args}`, value]),
  );
  const add = (to: Map<string, Removal>, most: number, removal: Removal | undefined): void => {
    if (removal === undefined || to.has(removal.without) || to.size >= most) return;
    to.set(removal.without, removal);
  };
  const asked = removalOf(story, simulation.chronicle.get(ids[0] ?? 0), words);
  ids.forEach((id) => {
    const removal = removalOf(story, simulation.chronicle.get(id), words);
    if (removal?.without !== asked?.without) add(occurrences, occurrencesMax, removal);
    for (const { by } of carriers.of(id)) {
      for (const { process } of by) add(occurrences, occurrencesMax, withoutProcess(process));
    }
    for (const { fluent, args, by } of simulation.chronicle.readingsOf(id)) {
      if (by !== 0 || fluent < 0) continue;
      const value = started.get(`${fluent} ${args}`);
      if (value !== undefined) add(facts, factsMax, withoutFact(story, fluent, args, value));
    }
  });
  return [...occurrences.values(), ...facts.values()];
}

/** How to run without it: acts of the same kind by the same persons forbidden, rules off. */
function removalOf(
  story: OpenedStory,
  occurrence: Occurrence,
  words: OccurrenceWords,
): Removal | undefined {
  const { world } = story;
  const base = { occurrence: occurrence.id, what: words.label(occurrence) };
  const adding = (change: Intervention): Removal["apply"] => {
    return (changes) => [...changes, change];
  };
  if (isAct(occurrence)) {
    const action = world.actions[occurrence.schema];
    if (action === undefined) return undefined;
    const args = occurrence.args.map((arg, index) =>
      literal(story, arg, action.parameters[index]?.type),
    );
    const event = { kind: "action", id: action.id, phase: "started", args } as const;
    const label = words.label({ ...occurrence, kind: "ended" });
    const apply = adding({ kind: "forbid", event, span: noSpan });
    return { ...base, without: `forbid ${label}`, apply };
  }
  if (occurrence.kind === "rule") {
    const rule = world.rules[occurrence.schema];
    if (rule === undefined) return undefined;
    const apply = adding({ kind: "switch-off", what: "rule", id: rule.id, span: noSpan });
    return { ...base, without: `switch off ${rule.name}`, apply };
  }
  if (occurrence.kind === "outside") {
    const id = occurrence.schema;
    const apply = adding({ kind: "switch-off", what: "outside", id, span: noSpan });
    return { ...base, without: `without ${base.what}: ${words.sentence(occurrence)}`, apply };
  }
  if (occurrence.kind === "intervention") {
    // Its place stays, so that the others keep their chances.
    const gone: Intervention = {
      kind: "effects",
      moment: { kind: "end" },
      effects: [],
      span: noSpan,
    };
    const apply = (changes: readonly Intervention[]): readonly Intervention[] =>
      changes.map((change, index) => (index === occurrence.schema ? gone : change));
    return { ...base, without: `without ${base.what}`, apply };
  }
  return undefined;
}

function withoutProcess({ id, name }: Process): Removal {
  const change: Intervention = { kind: "switch-off", what: "process", id, span: noSpan };
  const apply: Removal["apply"] = (changes) => [...changes, change];
  return { occurrence: 0, what: name, without: `switch off ${name}`, apply };
}

/** The fact at what its type says; undefined where that says nothing, or the same. */
function withoutFact(
  story: OpenedStory,
  fluent: number,
  values: readonly number[],
  held: number,
): Removal | undefined {
  const { world } = story;
  const schema = world.fluents[fluent];
  if (schema === undefined) return undefined;
  const usual = usualValue(story, fluent, values);
  if (usual === undefined || literalValue(story, usual) === held) return undefined;
  const types: readonly ValueType[] = [
    { kind: "entity", type: schema.owner },
    ...schema.parameters.map((one) => one.type),
  ];
  const args = values.map((value, index) => literal(story, value, types[index]));
  const place = world.expressions.intern({ op: "fluent", fluent, args }, schema.type);
  const said = (value: ExprId): string => `${describe(story, place)} = ${describe(story, value)}`;
  const what =
    schema.type.kind === "boolean"
      ? `${held > 0 ? "" : "not "}${describe(story, place)}`
      : said(literal(story, held, schema.type));
  const change: Intervention = {
    kind: "effects",
    moment: { kind: "start" },
    effects: [{ kind: "set", place: { fluent, args }, value: { low: usual }, span: noSpan }],
    span: noSpan,
  };
  const without =
    schema.type.kind === "boolean"
      ? `set ${held > 0 ? "not " : ""}${describe(story, place)}`
      : `set ${said(usual)}`;
  return { occurrence: 0, what, without, apply: (changes) => [...changes, change] };
}

/** A literal: what a fluent nobody sets begins with; undefined where that is drawn or open. */
function usualValue(
  story: OpenedStory,
  fluent: number,
  values: readonly number[],
): ExprId | undefined {
  const { entities, expressions: pool, fluents, types } = story.world;
  const schema = fluents[fluent];
  if (schema === undefined || schema.storage === "derived") return undefined;
  const owner = entities[values[0] ?? -1]?.type ?? -1;
  const initial = initialOf(types, schema, owner, values.slice(1));
  if (initial !== undefined) {
    if (initial.high !== undefined) return undefined;
    return literalValue(story, initial.low) === undefined ? undefined : initial.low;
  }
  switch (schema.type.kind) {
    case "boolean":
      return pool.intern({ op: "constant", value: 0 }, schema.type);
    case "entity":
      return pool.intern({ op: "entity", entity: -1 }, schema.type);
    default:
      return undefined;
  }
}

function literalValue(story: OpenedStory, expr: ExprId): number | undefined {
  const node = story.world.expressions.get(expr);
  if (node.op === "constant") return node.value;
  if (node.op === "entity") return node.entity;
  if (node.op !== "neg") return undefined;
  const inner = literalValue(story, node.args[0]);
  return inner === undefined ? undefined : -inner;
}

function describe(story: OpenedStory, expr: ExprId): string {
  return describeExpression(story.world, expr);
}

const noSpan: Span = { source: "why --verify", start: 0, end: 0, line: 1, column: 1 };

function literal(story: OpenedStory, value: number, type: ValueType | undefined): ExprId {
  const pool = story.world.expressions;
  if (type === undefined)
    return pool.intern({ op: "constant", value }, { kind: "number", dimension: {} });
  if (type.kind === "entity") return pool.intern({ op: "entity", entity: value }, type);
  if (type.kind === "claim") return pool.intern({ op: "claim", args: [value] }, type);
  if (type.kind === "deed") return value;
  if (Number.isNaN(value)) return pool.intern({ op: "unknown" }, type);
  return pool.intern({ op: "constant", value }, type);
}
