/**
 * Questions to a chronicle that need nothing but the chronicle: which occurrences a pattern means,
 * what an occurrence goes back to, what a fluent was worth at a time.
 */
import type { EventPattern, ExpressionPool, ExprId, Fluent, FluentId } from "@fabula/model";
import type { Chronicle } from "./chronicle.js";
import type { CauseKind, ChronicleReader, Occurrence, OccurrenceId } from "./occurrence.js";
import type { TrackPoint, TrackReader } from "./track.js";

/** Gives the value of a closed expression; undefined: it is no literal and cannot be told here. */
export type LiteralOf = (expr: ExprId) => number | undefined;

/** The value of an expression that is written out: a number, an entity, a claim, a deed. */
export function literalReader(pool: ExpressionPool): LiteralOf {
  return (expr) => {
    const node = pool.get(expr);
    switch (node.op) {
      case "constant":
        return node.value;
      case "entity":
        return node.entity;
      case "claim":
        return node.args[0];
      case "deed":
        return expr;
      default:
        return undefined;
    }
  };
}

/**
 * Whether an occurrence is what the pattern means; `any` and arguments left out match anything.
 * Events that are no occurrence (`becomes`, `learns`) match nothing here.
 */
export function matchesPattern(
  occurrence: Pick<Occurrence, "kind" | "schema" | "args">,
  pattern: EventPattern,
  literalOf: LiteralOf,
): boolean {
  if (pattern.kind === "becomes" || pattern.kind === "learns") return false;
  const kind = pattern.kind === "rule" ? "rule" : pattern.phase;
  if (occurrence.kind !== kind || occurrence.schema !== pattern.id) return false;
  return pattern.args.every((expr, index) => {
    const value = literalOf(expr);
    return value === -1 || (value !== undefined && value === occurrence.args[index]);
  });
}

/** All occurrences the pattern means, in order of happening. */
export function findEvents(
  chronicle: ChronicleReader,
  pattern: EventPattern,
  literalOf: LiteralOf,
): OccurrenceId[] {
  const found: OccurrenceId[] = [];
  for (let id = 0; id < chronicle.count; id++) {
    if (matchesPattern(chronicle.get(id), pattern, literalOf)) found.push(id);
  }
  return found;
}

/** A step on the way back: `id` is among the causes of `of`. */
export interface CauseStep {
  readonly id: OccurrenceId;
  readonly of: OccurrenceId;
  readonly kind: CauseKind;
  /** How many steps from what was asked about. */
  readonly depth: number;
}

/** Everything an occurrence goes back to, nearest first; each occurrence once. */
export function causesBehind(
  chronicle: ChronicleReader,
  id: OccurrenceId,
  depthMax = Number.POSITIVE_INFINITY,
): CauseStep[] {
  const seen = new Set([id]);
  const steps: CauseStep[] = [];
  let front = [id];
  for (let depth = 1; front.length > 0 && depth <= depthMax; depth++) {
    const next: OccurrenceId[] = [];
    for (const of of front) {
      for (const cause of chronicle.get(of).causes) {
        if (seen.has(cause.from)) continue;
        seen.add(cause.from);
        steps.push({ id: cause.from, of, kind: cause.kind, depth });
        next.push(cause.from);
      }
    }
    front = next;
  }
  return steps;
}

/** Occurrences behind this one that have no cause of their own but the beginning, ascending. */
export function rootsOf(chronicle: ChronicleReader, id: OccurrenceId): OccurrenceId[] {
  return causesBehind(chronicle, id)
    .map((step) => step.id)
    .filter((one) => chronicle.get(one).causes.every((cause) => cause.from === 0))
    .sort((a, b) => a - b);
}

/**
 * Where a quantity stands at a time, within its bounds, on the line it moved along at `known`;
 * undefined where nothing had written or moved it by then.
 */
export function quantityAt(
  tracks: TrackReader,
  { id, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY }: Fluent,
  args: readonly number[],
  time: number,
  known = time,
): number | undefined {
  const points = tracks.trackOf(id, args);
  let [first, end] = [0, points.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if ((points[middle] as TrackPoint).time <= known) first = middle + 1;
    else end = middle;
  }
  const point = points[first - 1];
  if (point === undefined) return undefined;
  return Math.max(low, Math.min(high, point.value + point.rate * (time - point.time)));
}

/**
 * Value of a stored ground fluent at a time, as written; undefined where nobody ever wrote it.
 * Quantities are read on their lines; `low` and `high` hold them.
 */
export function valueAt(
  chronicle: Chronicle,
  fluent: FluentId,
  args: readonly number[],
  time: number,
): number | undefined {
  const declaration = chronicle.world.fluents[fluent];
  if (declaration?.storage === "quantity") return quantityAt(chronicle, declaration, args, time);
  let value: number | undefined;
  for (let id = 0; id < chronicle.count && chronicle.timeOf(id) <= time; id++) {
    for (const write of chronicle.writesOf(id)) {
      const same = write.fluent === fluent && write.args.every((arg, at) => arg === args[at]);
      if (same) value = write.value;
    }
  }
  return value;
}
