/**
 * A number that says what an expression *is*, not when it was interned: two runs that make the same
 * claims in another order give them the same key. Ties, draws and hashes use it; ids are for
 * looking things up within one pool.
 */
import { InvariantError } from "./diagnostic.js";
import type { EventPattern, ExpressionPool, ExprNode } from "./expression.js";
import type { ExprId } from "./types.js";

const NESTING_MAX = 2_000;
const known = new WeakMap<ExpressionPool, number[]>();

/** 53 bits of hash over the structure; never negative. Equal structures have equal keys. */
export function expressionKey(pool: ExpressionPool, id: ExprId): number {
  let keys = known.get(pool);
  if (keys === undefined) {
    keys = [];
    known.set(pool, keys);
  }
  return keyOf(pool, keys, id, 0);
}

function keyOf(pool: ExpressionPool, keys: number[], id: ExprId, depth: number): number {
  const before = keys[id];
  if (before !== undefined) return before;
  if (depth > NESTING_MAX) throw new InvariantError("expression nested too deep");
  const of = (inner: ExprId): number => keyOf(pool, keys, inner, depth + 1);
  const key = hashText(describe(pool.get(id), of));
  keys[id] = key;
  return key;
}

/** The node as text, its subexpressions by their keys. */
function describe(node: ExprNode, of: (id: ExprId) => number): string {
  switch (node.op) {
    case "constant":
      return `constant ${node.value}`;
    case "entity":
      return `entity ${node.entity}`;
    case "local":
      return `local ${node.slot}`;
    case "now":
    case "unknown":
      return node.op;
    case "fluent":
      return `fluent ${node.fluent} ${node.args.map(of).join(" ")}`;
    case "deed":
      return `deed ${node.action} ${node.args.map(of).join(" ")}`;
    case "isa":
      return `isa ${node.type} ${of(node.args[0])}`;
    case "quantified":
      return `${node.quantifier} ${node.slot} ${node.type} ${of(node.where)} ${of(node.body)}`;
    case "count-of":
    case "time-since":
      return `${node.op} ${describePattern(node.event, of)}`;
    default:
      return `${node.op} ${node.args.map(of).join(" ")}`;
  }
}

function describePattern(event: EventPattern, of: (id: ExprId) => number): string {
  switch (event.kind) {
    case "action":
      return `action ${event.id} ${event.phase} ${event.args.map(of).join(" ")}`;
    case "rule":
      return `rule ${event.id} ${event.args.map(of).join(" ")}`;
    case "becomes":
      return `becomes ${of(event.condition)}`;
    case "learns":
      return `learns ${of(event.subject)} ${of(event.condition)}`;
  }
}

/** 53 bits of a text, the same on every machine (cyrb53: two lanes of 32-bit multiplication). */
export function hashText(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
