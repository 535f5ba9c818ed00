/**
 * A run as lanes over time, in columns of numbers: what a timeline draws. Nothing here is a
 * sentence but names; a host asks for the words of what is looked at.
 */
import type { Birth, OccurrenceKind, TrackPoint } from "@fabula/chronicle";
import type { Fluent } from "@fabula/model";
import { isAct, spaced } from "@fabula/telling";
import type { RecordedRun } from "./recorded-run.js";

export interface Lane {
  /** Birth number. */
  readonly entity: number;
  readonly name: string;
  readonly kind: "person" | "thing";
  /** Whether anything at all happened to them. */
  readonly busy: boolean;
}

/** Columns of one length, in order of happening. */
export interface OccurrenceColumns {
  /** Milliseconds since the beginning. */
  readonly times: Float64Array;
  /** Index in `occurrenceLooks`. */
  readonly looks: Uint8Array;
  /** Index of the lane; -1: of nobody in particular. */
  readonly lanes: Int32Array;
}

/** An action that lasts, or what came to be while the story ran. */
export interface Extent {
  readonly lane: number;
  readonly kind: "action" | "born";
  readonly label: string;
  /** Milliseconds since the beginning. */
  readonly from: number;
  readonly to: number;
  readonly occurrence: number;
  readonly cutShort: boolean;
}

/** A quantity of somebody along straight lines. */
export interface Curve {
  readonly lane: number;
  readonly owner: number;
  readonly name: string;
  /** 0 .. 1 of the declared range; how much of it was gone through. */
  readonly moved: number;
  readonly low: number;
  readonly high: number;
  /** Milliseconds since the beginning, ascending; two points a piece where it jumps. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export interface Timeline {
  /** What an occurrence can look like, in the order of the column `looks`. */
  readonly looks: readonly OccurrenceLook[];
  readonly lanes: readonly Lane[];
  readonly occurrences: OccurrenceColumns;
  readonly extents: readonly Extent[];
  readonly curves: readonly Curve[];
  /** Milliseconds from the beginning to the end. */
  readonly length: number;
}

/** What an occurrence looks like on a timeline; decides form and colour. */
export const occurrenceLooks = [
  "act",
  "speech",
  "change",
  "outside",
  "true belief",
  "mistaken belief",
  "decision",
  "kept back",
] as const;
export type OccurrenceLook = (typeof occurrenceLooks)[number];

export function timelineOf(run: RecordedRun): Timeline {
  const { chronicle } = run;
  const start = chronicle.timeOf(0);
  const length = Math.max(1, chronicle.endTime - start);
  const { lanes, laneOf } = lanesOf(run);
  const times = new Float64Array(chronicle.count);
  const looks = new Uint8Array(chronicle.count);
  const owners = new Int32Array(chronicle.count);
  for (let id = 0; id < chronicle.count; id += 1) {
    times[id] = chronicle.timeOf(id) - start;
    looks[id] = occurrenceLooks.indexOf(lookOf(run, id));
    owners[id] = laneOf.get(ownerOf(run, id)) ?? -1;
  }
  return {
    looks: occurrenceLooks,
    lanes,
    occurrences: { times, looks, lanes: owners },
    extents: [...actionsOf(run, laneOf, start, length), ...bornOf(run, laneOf, start, length)],
    curves: curvesOf(run, laneOf, start, length),
    length,
  };
}

/** Persons to whom something happened, the other persons, then things to which something did. */
function lanesOf(run: RecordedRun): { lanes: Lane[]; laneOf: Map<number, number> } {
  const { chronicle } = run;
  const { world } = run.simulation;
  const english = run.createEnglish();
  const touched = new Set<number>();
  for (let id = 1; id < chronicle.count; id += 1) touched.add(ownerOf(run, id));
  const isPerson = (type: number) => world.types[type]?.minded === true;
  const declared = world.entities.filter(
    (one) => one.id > 0 && (isPerson(one.type) || touched.has(one.id)),
  );
  const born = birthsOf(run)
    .filter((one) => isPerson(one.type))
    .map((one) => ({ id: one.entity, type: one.type }));
  const ordered = [
    ...declared.filter((one) => isPerson(one.type) && touched.has(one.id)),
    ...born,
    ...declared.filter((one) => isPerson(one.type) && !touched.has(one.id)),
    ...declared.filter((one) => !isPerson(one.type)),
  ];
  const lanes = ordered.map(
    (one): Lane => ({
      entity: one.id,
      name: english.lexicon.nameOf(one.id),
      kind: isPerson(one.type) ? "person" : "thing",
      busy: touched.has(one.id),
    }),
  );
  return { lanes, laneOf: new Map(lanes.map((lane, index) => [lane.entity, index])) };
}

/** Whose lane an occurrence stands in: who acts, believes, decides, or is first named. */
function ownerOf(run: RecordedRun, id: number): number {
  const { chronicle } = run;
  const belief = chronicle.beliefOf(id);
  if (belief !== undefined) return belief.holder;
  const decision = chronicle.decisionOf(id);
  if (decision !== undefined) return decision.who;
  return chronicle.argsOf(id)[0] ?? -1;
}

function lookOf(run: RecordedRun, id: number): OccurrenceLook {
  const { chronicle } = run;
  const kind: OccurrenceKind = chronicle.kindOf(id);
  switch (kind) {
    case "belief":
      return run.isTrue(id) === false ? "mistaken belief" : "true belief";
    case "decision":
      return "decision";
    case "kept-back":
      return "kept back";
    case "rule":
    case "beginning":
      return "change";
    case "outside":
    case "intervention":
      return "outside";
    default: {
      const action = run.simulation.world.actions[chronicle.schemaOf(id)];
      return action !== undefined && action.hearer !== -1 ? "speech" : "act";
    }
  }
}

function actionsOf(
  run: RecordedRun,
  laneOf: ReadonlyMap<number, number>,
  start: number,
  length: number,
): Extent[] {
  const { chronicle, words } = run;
  const found: Extent[] = [];
  const open = new Map<string, number>();
  const close = (key: string, end: number, cutShort: boolean) => {
    const began = open.get(key);
    open.delete(key);
    if (began === undefined) return;
    const from = chronicle.timeOf(began) - start;
    const lane = laneOf.get(chronicle.argsOf(began)[0] ?? -1) ?? -1;
    if (end <= from || lane === -1) return;
    const label = words.label({ ...chronicle.get(began), kind: "ended" });
    found.push({ lane, kind: "action", label, from, to: end, occurrence: began, cutShort });
  };
  for (let id = 1; id < chronicle.count; id += 1) {
    const kind = chronicle.kindOf(id);
    if (!isAct({ kind })) continue;
    const key = `${chronicle.schemaOf(id)}:${chronicle.argsOf(id).join(",")}`;
    if (kind === "started") open.set(key, id);
    else close(key, chronicle.timeOf(id) - start, kind === "interrupted");
  }
  for (const key of [...open.keys()]) close(key, length, false);
  return found.sort((a, b) => a.from - b.from || a.occurrence - b.occurrence);
}

/** What came to be while the story ran: from its first write to the last that changed it. */
function bornOf(
  run: RecordedRun,
  laneOf: ReadonlyMap<number, number>,
  start: number,
  length: number,
): Extent[] {
  const { chronicle } = run;
  const { world } = run.simulation;
  const births = new Map(birthsOf(run).map((birth) => [birth.entity, birth]));
  const spans = new Map<number, { from: number; to: number; occurrence: number; of: number }>();
  for (let id = 1; id < chronicle.count; id += 1) {
    const time = chronicle.timeOf(id) - start;
    for (const { fluent, args, value } of chronicle.writesOf(id)) {
      const [entity = -1] = args;
      if (entity < world.entities.length) continue;
      const type = world.fluents[fluent]?.type;
      const span = spans.get(entity) ?? { from: time, to: time, occurrence: id, of: -1 };
      const person = type?.kind === "entity" && laneOf.has(value) ? value : -1;
      spans.set(entity, { ...span, to: time, of: span.of === -1 ? person : span.of });
    }
  }
  return [...spans].flatMap(([entity, span]) => {
    const lane = laneOf.get(span.of);
    if (lane === undefined) return [];
    const birth = births.get(entity);
    const label =
      world.texts[birth?.title ?? -1] ?? spaced(world.types[birth?.type ?? -1]?.name ?? "");
    const to = span.to > span.from ? span.to : length;
    const { from, occurrence } = span;
    return [{ lane, kind: "born" as const, label, from, to, occurrence, cutShort: false }];
  });
}

function birthsOf({ chronicle }: RecordedRun): Birth[] {
  const births: Birth[] = [];
  for (let id = 0; id < chronicle.count; id += 1) births.push(...chronicle.bornOf(id));
  return births;
}

function curvesOf(
  run: RecordedRun,
  laneOf: ReadonlyMap<number, number>,
  start: number,
  length: number,
): Curve[] {
  const { chronicle, simulation } = run;
  const { world } = simulation;
  const curves: Curve[] = [];
  for (const { fluent: id, args, points } of chronicle.tracks()) {
    const fluent = world.fluents[id];
    const [owner = -1, ...others] = args;
    const lane = laneOf.get(owner);
    if (fluent?.storage !== "quantity" || lane === undefined || others.length > 0) continue;
    const curve = curveOf(fluent, points, start, length);
    if (curve !== undefined) curves.push({ lane, owner, ...curve });
  }
  return curves.sort((a, b) => a.lane - b.lane || b.moved - a.moved || (a.name < b.name ? -1 : 1));
}

/** Undefined where it never moved. */
function curveOf(
  fluent: Fluent,
  points: readonly TrackPoint[],
  start: number,
  length: number,
): Omit<Curve, "lane" | "owner"> | undefined {
  const low = fluent.low ?? Number.NEGATIVE_INFINITY;
  const high = fluent.high ?? Number.POSITIVE_INFINITY;
  const times: number[] = [];
  const values: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  points.forEach((point, index) => {
    const end = points[index + 1]?.time ?? start + length;
    const last = Math.max(low, Math.min(high, point.value + point.rate * (end - point.time)));
    times.push(point.time - start, end - start);
    values.push(point.value, last);
    least = Math.min(least, point.value, last);
    most = Math.max(most, point.value, last);
  });
  const span = most - least;
  if (span === 0) return undefined;
  const range = Number.isFinite(high - low) && high > low ? high - low : span;
  return {
    name: fluent.name.replaceAll("_", " "),
    moved: span / range,
    low: Number.isFinite(low) ? low : least,
    high: Number.isFinite(high) ? high : most,
    times: Float64Array.from(times),
    values: Float64Array.from(values),
  };
}
