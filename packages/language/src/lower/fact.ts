/**
 * The one form in which something holds or is made to hold: `flag`, `not flag`, `x = v`,
 * `knows(y)`. In entities, `facts`, effects and `set` alike.
 */
import type { Effect } from "@fabula/model";
import type { Fact } from "../generated/ast.js";
import { checkValue } from "./bounds.js";
import type { Context } from "./context.js";
import { lowerDraw } from "./draw.js";
import type { ChangeNode } from "./effect.js";
import { lowerPlace } from "./place.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";

type FactNode = Fact | ChangeNode;

/** `outside`: where values are read, in a `create` block. */
export function lowerFact(
  context: Context,
  scope: Scope,
  node: FactNode,
  outside: Scope = scope,
): Effect | undefined {
  const { reporter, build } = context;
  const target = lowerPlace(context, scope, node.target, outside);
  const span = reporter.spanOf(node);
  if (target === undefined) return undefined;
  const { place, type, member } = target;
  if (node.value !== undefined) {
    if (node.not) {
      reporter.error(
        "FAB3017",
        node,
        "`not` and `=` do not go together: a fact says what is so.",
        "Leave `not` out and give the value that holds.",
      );
      return undefined;
    }
    const value = lowerDraw(context, outside, node.value, type, `\`${member.name}\``);
    if (value === undefined) return undefined;
    checkValue(context, node, member, value);
    return { kind: "set", place, value, span };
  }
  if (type.kind !== "boolean") {
    reporter.error(
      "FAB3001",
      node,
      `\`${quote(node.target)}\` is ${context.types.describe(type)}: it is not just so or not.`,
      `Give its value: \`${quote(node.target)} = ...\`.`,
    );
    return undefined;
  }
  return { kind: "set", place, value: { low: build.boolean(!node.not) }, span };
}
