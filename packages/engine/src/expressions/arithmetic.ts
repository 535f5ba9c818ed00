/**
 * What the operations on numbers give. Unknown numbers are NaN: a comparison with one is false, but
 * for `=` of two unknowns.
 */

import { RunFault } from "../run/run-fault.js";
import { Op } from "./bytecode.js";

/** Of two operands: arithmetic, or a comparison as 0 or 1. */
export function binary(op: number, a: number, b: number): number {
  switch (op) {
    case Op.add:
      return a + b;
    case Op.sub:
      return a - b;
    case Op.mul:
      return a * b;
    case Op.div:
      if (b === 0) throw new RunFault("FAB5103", "a division by zero", {});
      return a / b;
    case Op.min:
      return a < b ? a : b < a ? b : a === b ? a : Number.NaN;
    case Op.max:
      return a > b ? a : b > a ? b : a === b ? a : Number.NaN;
    case Op.eq:
      return a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 1 : 0;
    case Op.ne:
      return a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 0 : 1;
    case Op.lt:
      return a < b ? 1 : 0;
    case Op.le:
      return a <= b ? 1 : 0;
    case Op.gt:
      return a > b ? 1 : 0;
    default:
      return a >= b ? 1 : 0;
  }
}

/** The value of a quantifier once everything was taken. */
export function quantified(kind: number, state: { value: number; count: number }): number {
  switch (kind) {
    case 0: // some
      return state.count > 0 ? 1 : 0;
    case 1: // every
    case 2: // none
      return state.count > 0 ? 0 : 1;
    case 3: // the
      return state.count > 0 ? state.value : -1;
    case 4: // sum
      return state.count > 0 ? state.value : 0;
    case 7:
      return state.count;
    default:
      return state.value;
  }
}
