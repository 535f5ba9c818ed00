/** Arithmetic on value indexes. */

export class DivisionByZeroError extends Error {
  override readonly name = "DivisionByZeroError";
}

/** `?` with anything is `?`, but nothing times 0 is 0; dividing by zero is an error. */
export function calculateValues(
  values: { toNumber(value: number): number; number(value: number): number },
  operator: "+" | "-" | "*" | "/",
  left: number,
  right: number,
): number {
  const a = values.toNumber(left);
  const b = values.toNumber(right);
  if (operator === "+") return values.number(a + b);
  if (operator === "-") return values.number(a - b);
  if (operator === "*") return a === 0 || b === 0 ? values.number(0) : values.number(a * b);
  if (b === 0) throw new DivisionByZeroError("division by zero");
  return values.number(a / b);
}
