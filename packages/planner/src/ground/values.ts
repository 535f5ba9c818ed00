/**
 * Values as small integers, in the canonical order False < True < ? < entities < numbers met.
 * Numbers get an index when they are first met, so equality of values is equality of integers.
 */
import type { DiscreteValue } from "@fabula/model";

export const valueFalse = 0;
export const valueTrue = 1;
export const valueUnknown = 2;
/** Index of the value of entity 0. */
export const firstEntity = 3;

export class ValueTable {
  /** Index of the first number. */
  readonly firstNumber: number;
  private readonly entityIndex = new Map<string, number>();
  private readonly numbers: number[] = [];
  private readonly numberIndex = new Map<number, number>();

  constructor(readonly entityNames: readonly string[]) {
    this.firstNumber = firstEntity + entityNames.length;
    entityNames.forEach((name, index) => {
      this.entityIndex.set(name, index);
    });
  }

  /** How many values there are so far. */
  get count(): number {
    return this.firstNumber + this.numbers.length;
  }

  entity(name: string): number {
    const index = this.entityIndex.get(name);
    if (index === undefined) throw new RangeError(`unknown entity ${name}`);
    return firstEntity + index;
  }

  number(value: number): number {
    if (Number.isNaN(value)) return valueUnknown;
    const plain = value === 0 ? 0 : value;
    let index = this.numberIndex.get(plain);
    if (index === undefined) {
      index = this.firstNumber + this.numbers.length;
      this.numbers.push(plain);
      this.numberIndex.set(plain, index);
    }
    return index;
  }

  isNumber(value: number): boolean {
    return value >= this.firstNumber;
  }

  /** The number that a value stands for; NaN if it is none. */
  toNumber(value: number): number {
    return value >= this.firstNumber ? this.numbers[value - this.firstNumber]! : Number.NaN;
  }

  of(value: DiscreteValue): number {
    if (value.kind === "boolean") return value.value ? valueTrue : valueFalse;
    if (value.kind === "unknown") return valueUnknown;
    return value.kind === "number" ? this.number(value.value) : this.entity(value.name);
  }

  text(value: number): string {
    if (value === valueFalse) return "False";
    if (value === valueTrue) return "True";
    if (value === valueUnknown) return "?";
    if (value < this.firstNumber) return this.entityNames[value - firstEntity]!;
    return String(this.toNumber(value));
  }

  /** Order for choosing between overlapping guarded effects: numbers before entities. */
  compare(left: number, right: number): number {
    const leftNumber = this.isNumber(left);
    const rightNumber = this.isNumber(right);
    if (leftNumber && rightNumber) return this.toNumber(left) - this.toNumber(right);
    const rank = (value: number, isNumber: boolean) =>
      isNumber ? 3 : value < firstEntity ? value : value + 1;
    return rank(left, leftNumber) - rank(right, rightNumber);
  }
}

/** Codes of the comparison operators; `negate(op) === op ^ 1`. */
export const operatorCodes = { "==": 0, "!=": 1, ">": 2, "<=": 3, "<": 4, ">=": 5 } as const;
export const operatorTexts = ["==", "!=", ">", "<=", "<", ">="] as const;
export const opEqual = 0;
export const opDiffer = 1;

/** Comparison as in docs/planner.md: `?` equals only itself, and is neither above nor below. */
export function compareValues(
  table: ValueTable,
  operator: number,
  left: number,
  right: number,
): boolean {
  if (operator === opEqual) return left === right;
  if (operator === opDiffer) return left !== right;
  const orEqual = operator === 3 || operator === 5;
  if (orEqual && left === right) return true;
  if (!table.isNumber(left) || !table.isNumber(right)) return false;
  const a = table.toNumber(left);
  const b = table.toNumber(right);
  if (operator === 2 || operator === 5) return orEqual ? a >= b : a > b;
  return orEqual ? a <= b : a < b;
}
