/** The space between two neighbours on a line. */
import type { IToken } from "chevrotain";
import { endsValue } from "../syntax/keyword-place.js";

const operators: ReadonlySet<string> = new Set([
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "+",
  "-",
  "*",
  "/",
  "..",
]);

/**
 * `gap`: how wide it is now. `beforeLeft`: what stands before `left`, to tell a sign from a
 * subtraction. Two spaces or more between words are the author's columns.
 */
export function gapBetween(
  left: IToken,
  right: IToken,
  gap: number,
  beforeLeft: IToken | undefined,
): string {
  if (right.tokenType.name === "COMMENT") return " ".repeat(Math.max(gap, 1));
  // `w (` and `w(` are two things: a bracket after a name is a call only without a space.
  if (right.image === "(" && !isSign(left.image)) return gap === 0 ? "" : " ";
  if (isGlued(left, right, beforeLeft)) return "";
  if (gap >= 2 && left.image !== "," && !operators.has(left.image)) return " ".repeat(gap);
  return " ";
}

function isGlued(left: IToken, right: IToken, beforeLeft: IToken | undefined): boolean {
  if (left.image === "(" || left.image === ".") return true;
  if ([")", ",", ".", ":"].includes(right.image)) return true;
  if (/^TEXT_(START|MID)$/.test(left.tokenType.name)) return true;
  if (/^TEXT_(MID|END)$/.test(right.tokenType.name)) return true;
  if (right.image === "%" && left.tokenType.name === "NUMBER") return true;
  return left.image === "-" && !isValueEnd(beforeLeft);
}

function isValueEnd(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  const { name } = token.tokenType;
  if (/^TEXT_(START|MID)$/.test(name)) return false;
  return /^[A-Z]/.test(name) || endsValue(token.image);
}

function isSign(image: string): boolean {
  return !/^[\p{L}_]/u.test(image);
}
