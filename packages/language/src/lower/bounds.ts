/** Values that can be seen to be out of bounds before anything runs. */
import type { Draw, ExprId } from "@fabula/model";
import type { AstNode } from "langium";
import type { Context } from "./context.js";
import type { FieldMember } from "./member.js";

/** A constant (or the ends of a range) given to a field with bounds. */
export function checkValue(
  context: Context,
  node: AstNode,
  member: FieldMember,
  value: Draw,
): void {
  const { low, high } = member;
  if (low === undefined || high === undefined) return;
  const ends = value.high === undefined ? [value.low] : [value.low, value.high];
  const outside = ends
    .map((end) => context.build.constantOf(end))
    .find((end) => end !== undefined && (end < low || end > high));
  if (outside === undefined) return;
  const range = rangeText(member);
  context.reporter.error(
    "FAB5004",
    node,
    `\`${member.name}\` lies between ${range}; this is out of it.`,
    "Give a value within, or widen the range where the field is declared.",
    [{ message: "declared here", span: context.reporter.spanOf(member.node) }],
  );
}

/** `0% and 100%`, as the author wrote it. */
function rangeText(member: FieldMember): string {
  const range = member.node.$type === "Field" ? member.node.type?.range : undefined;
  if (range === undefined) return `${member.low} and ${member.high}`;
  return `${range.low.$cstNode?.text ?? ""} and ${range.high.$cstNode?.text ?? ""}`;
}

/** A constant that is to be a share: 0 .. 1. */
export function checkShare(context: Context, node: AstNode, value: ExprId, what: string): void {
  const constant = context.build.constantOf(value);
  if (constant === undefined || (constant >= 0 && constant <= 1)) return;
  context.reporter.error(
    "FAB3019",
    node,
    `${what} lies between 0% and 100%.`,
    "Write a share such as `40%` or `0.4`.",
  );
}

/** A constant that must not be negative: weights, lengths of time. */
export function checkNotNegative(
  context: Context,
  node: AstNode,
  value: ExprId,
  what: string,
): void {
  const constant = context.build.constantOf(value);
  if (constant === undefined || constant >= 0) return;
  context.reporter.error(
    "FAB3019",
    node,
    `${what} cannot be below 0.`,
    "Write a number from 0 up.",
  );
}

/** A constant factor on odds must be above 0. */
export function checkFactor(context: Context, node: AstNode, value: ExprId, what: string): void {
  const constant = context.build.constantOf(value);
  if (constant === undefined || constant > 0) return;
  context.reporter.error(
    "FAB3019",
    node,
    `${what} must be above 0: odds are multiplied by it.`,
    "Below 1 speaks against, above 1 speaks for: `times 0.5`, `times 3`.",
  );
}
