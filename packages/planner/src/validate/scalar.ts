/** Values and comparisons of the validator: plain JavaScript, nothing shared with the search. */
import type { DiscreteComparison, DiscreteValue } from "@fabula/model";

/** An entity is its name; null is the unknown value. */
export type Scalar = boolean | number | string | null;

export function toScalar(value: DiscreteValue): Scalar {
  if (value.kind === "unknown") return null;
  return value.kind === "entity" ? value.name : value.value;
}

export function scalarText(value: Scalar): string {
  if (value === null) return "?";
  if (value === true) return "True";
  return value === false ? "False" : String(value);
}

export function compareScalars(operator: DiscreteComparison, a: Scalar, b: Scalar): boolean {
  if (operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  if ((operator === ">=" || operator === "<=") && a === b) return true;
  if (typeof a !== "number" || typeof b !== "number") return false;
  if (operator === ">" || operator === ">=") return operator === ">" ? a > b : a >= b;
  return operator === "<" ? a < b : a <= b;
}

export const denied: Readonly<Record<DiscreteComparison, DiscreteComparison>> = {
  "==": "!=",
  "!=": "==",
  ">": "<=",
  "<=": ">",
  "<": ">=",
  ">=": "<",
};

export function calculateScalars(operator: "+" | "-" | "*" | "/", a: Scalar, b: Scalar): Scalar {
  if (operator === "*" && (a === 0 || b === 0)) return 0;
  if (typeof a !== "number" || typeof b !== "number") return null;
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") return a * b;
  if (b === 0) throw new RangeError("division by zero");
  return a / b;
}
