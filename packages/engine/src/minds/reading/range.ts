/** Quantifiers over who is there as far as is known: how likely, who, how many, how much. */
import type { ExprId } from "@fabula/model";
import { degree } from "../beliefs/odds.js";
import { Op } from "./code.js";
import type { Evaluator } from "./evaluator.js";

export function evaluateRange(reader: Evaluator, expr: ExprId, locals: number[]): number {
  const { code } = reader;
  const op = code.op[expr] as number;
  const where = code.b[expr] as number;
  const body = code.c[expr] as number;
  const slot = code.slot[expr] as number;
  let none = 1;
  let total = 0;
  let best = Number.NaN;
  for (const entity of reader.entitiesOf(code.a[expr] as number)) {
    locals[slot] = entity;
    const weight = degree(reader.evaluate(where, locals));
    if (weight === 0 && !reader.undisputed.leavesOpen(reader, where, locals)) continue;
    if (op === Op.the) {
      if (weight > 0.5) return entity;
      continue;
    }
    const value = op === Op.count ? 1 : reader.evaluate(body, locals);
    if (op === Op.some || op === Op.none) none *= 1 - weight * degree(value);
    else if (op === Op.every) none *= 1 - weight * (1 - degree(value));
    else if (op === Op.sum || op === Op.count) total += weight * value;
    else if (weight > 0.5 && (Number.isNaN(best) || (op === Op.most ? value > best : value < best)))
      best = value;
  }
  if (op === Op.some) return 1 - none;
  if (op === Op.every || op === Op.none) return none;
  if (op === Op.the) return -1;
  return op === Op.sum || op === Op.count ? total : best;
}
