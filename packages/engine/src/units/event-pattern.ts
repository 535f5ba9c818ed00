/** Which occurrences an event pattern means, and the locals it binds on the way. */

import type { OccurrenceKind } from "@fabula/chronicle";
import type { EventPattern, ExpressionPool } from "@fabula/model";

export type HappeningPattern = Extract<EventPattern, { kind: "action" | "rule" }>;

/** More than a world has actions or rules. */
const SCHEMAS = 1_048_576;
/** A number each; the order means nothing. */
const KINDS: Readonly<Record<OccurrenceKind, number>> = {
  beginning: 0,
  started: 1,
  ended: 2,
  interrupted: 3,
  failed: 4,
  rule: 5,
  outside: 6,
  intervention: 7,
  belief: 8,
  decision: 9,
  "kept-back": 10,
};

/** Names the occurrences a pattern can mean, arguments aside. */
export function patternTopic(pattern: HappeningPattern): number {
  return pattern.kind === "rule" ? topicOf("rule", pattern.id) : topicOf(pattern.phase, pattern.id);
}

export function topicOf(kind: OccurrenceKind, schema: number): number {
  return KINDS[kind] * SCHEMAS + schema;
}

/**
 * Whether the occurrence's arguments fit, binding locals that stand alone in the pattern and have
 * no value yet (in place). `evaluate` gives the value of everything else.
 */
export function matchArguments(
  pool: ExpressionPool,
  pattern: HappeningPattern,
  args: readonly number[],
  locals: number[],
  evaluate: (expr: number, locals: readonly number[]) => number,
): boolean {
  if (pattern.args.length > args.length) return false;
  for (const [index, expr] of pattern.args.entries()) {
    const node = pool.get(expr);
    const actual = args[index] as number;
    if (node.op === "entity" && node.entity === -1) continue;
    if (node.op === "local" && locals[node.slot] === undefined) locals[node.slot] = actual;
    else if (evaluate(expr, locals) !== actual) return false;
  }
  return true;
}
