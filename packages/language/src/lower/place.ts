/** What an effect or a fact writes: a field with its owner and arguments; never a computed one. */
import type { Place, ValueType } from "@fabula/model";
import type { Expression } from "../generated/ast.js";
import { lowerFieldArguments, typeOfField } from "./call.js";
import type { Context } from "./context.js";
import type { FieldMember } from "./member.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";
import { ownField, resolve } from "./target.js";
import { withArticle } from "./type-table.js";

export interface LoweredPlace {
  readonly place: Place;
  readonly member: FieldMember;
  readonly type: ValueType;
}

/**
 * `argumentScope`: where the arguments are read (outside, in a `create` block). There a bare name
 * is a field of what comes to be before anything else: `giver = giver`.
 */
export function lowerPlace(
  context: Context,
  scope: Scope,
  node: Expression,
  argumentScope: Scope = scope,
): LoweredPlace | undefined {
  const { reporter } = context;
  if (node.$type !== "NameRef" && node.$type !== "MemberCall") {
    reporter.error(
      "FAB3005",
      node,
      `\`${quote(node)}\` cannot be changed: it is no field.`,
      "Name a field: `x.field` or `x.field(y)`.",
    );
    return undefined;
  }
  const own = argumentScope === scope ? undefined : ownField(context, scope, node);
  const target = own ?? resolve(context, scope, node);
  if (target === undefined) return undefined;
  if (target.kind === "action" || target.kind === "schema") {
    reporter.error(
      "FAB3005",
      node,
      `\`${quote(node)}\` is ${withArticle(target.member.kind)}, no field.`,
      target.kind === "action" ? `Write \`do ${quote(node)}\` to have it done.` : "Name a field.",
    );
    return undefined;
  }
  if (target.kind !== "field") {
    reporter.error(
      "FAB3005",
      node,
      `\`${quote(node)}\` cannot be changed: it is no field.`,
      "Name a field: `x.field` or `x.field(y)`.",
    );
    return undefined;
  }
  const { member } = target;
  if (member.declared === undefined) {
    reporter.error(
      "FAB3005",
      node,
      `\`${member.name}\` is computed: it cannot be changed.`,
      "Change what it is computed from.",
      [{ message: "computed here", span: reporter.spanOf(member.node) }],
    );
    return undefined;
  }
  const args = lowerFieldArguments(context, argumentScope, node, target);
  const type = typeOfField(context, member);
  if (args === undefined || type === undefined) return undefined;
  return { place: { fluent: member.id, args }, member, type };
}
