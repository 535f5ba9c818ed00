/**
 * Computed fields (`means`). Their types follow from their definitions, which are lowered when
 * first asked for; one that needs itself is told with the way round.
 */
import type { Context, Typed } from "./context.js";
import { lowerExpression } from "./expression.js";
import type { FieldMember } from "./member.js";
import { Scope } from "./scope.js";

/** Locals of a field: the owner (`self`), then its parameters. */
export function scopeOfField(context: Context, member: FieldMember): Scope {
  const ownerType = { kind: "entity", type: member.owner } as const;
  let scope = Scope.empty().bind("self", ownerType);
  scope = scope.withSelf({ expr: context.build.local(0, ownerType), type: member.owner });
  for (const { name, type } of member.parameters) scope = scope.bind(name, type);
  return scope;
}

/** Undefined where it was told to be wrong. */
export function definitionOf(context: Context, member: FieldMember): Typed | undefined {
  const known = context.definitions.get(member.id);
  if (known === "failed") return undefined;
  if (known === "open") return reportCircle(context, member);
  if (known !== undefined) return known;
  if (member.node.$type !== "Field") return undefined;
  context.definitions.set(member.id, "open");
  const lowered = lowerExpression(context, scopeOfField(context, member), member.node.value);
  const again = context.definitions.get(member.id);
  const failed = lowered === undefined || again === "failed";
  context.definitions.set(member.id, failed ? "failed" : lowered);
  return failed ? undefined : lowered;
}

function reportCircle(context: Context, member: FieldMember): undefined {
  const open = [...context.definitions]
    .filter(([, state]) => state === "open")
    .map(([id]) => context.fields[id]?.name ?? "");
  context.reporter.error(
    "FAB3021",
    member.node,
    `\`${member.name}\` is defined through itself: ${open.join(", then ")}, then ${member.name}.`,
    "Make one of them a field that is set instead of computed.",
  );
  context.definitions.set(member.id, "failed");
  return undefined;
}
