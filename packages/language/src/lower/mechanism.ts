/** What can be switched off: for a what-if, and to prove what a row rests on. */
import type { Intervention, Mechanism as ModelMechanism } from "@fabula/model";
import type { Mechanism } from "../generated/ast.js";
import { ownerOf } from "../names/level.js";
import { viewAt } from "../names/view.js";
import type { Context } from "./context.js";
import { definitionOf } from "./definition.js";
import { itemsOf } from "./items.js";
import type { FieldMember, Member } from "./member.js";
import { quote } from "./reporter.js";

/** `switch off NAME`. */
export function lowerSwitchOff(context: Context, node: Mechanism): Intervention | undefined {
  const member = memberNamed(context, node);
  if (member?.kind !== "action") return member && withoutMember(context, node, member);
  context.reporter.error(
    "FAB5007",
    node,
    `\`${quote(node)}\` is something that somebody does: it is forbidden, not switched off.`,
    `Write \`forbid x.${member.name}(any)\`, or \`forbid ${member.name}\` for everybody.`,
  );
  return undefined;
}

/** `rests on NAME, NAME`: of a row, in order. */
export function lowerMechanisms(context: Context): ModelMechanism[] {
  return itemsOf(context, "RestsOn").flatMap((item) =>
    item.mechanisms.flatMap((node) => {
      const member = memberNamed(context, node);
      const off = member && withoutMember(context, node, member);
      return off === undefined ? [] : [{ name: quote(node), off, span: off.span }];
    }),
  );
}

function withoutMember(
  context: Context,
  node: Mechanism,
  member: Member,
): Intervention | undefined {
  const span = context.reporter.spanOf(node);
  if (member.kind === "action") {
    const args = member.parameters.map(() => context.build.any());
    const event = { kind: "action", id: member.id, phase: "started", args } as const;
    return { kind: "forbid", event, span };
  }
  if (member.kind !== "field")
    return { kind: "switch-off", what: member.kind, id: member.id, span };
  if (hasPlainValue(context, member)) {
    return { kind: "switch-off", what: "definition", id: member.id, span };
  }
  context.reporter.error(
    "FAB5007",
    node,
    `\`${quote(node)}\` is nothing that can be switched off.`,
    "Name a rule, process, inference, expectation, reflex or definition (`x means ...`).",
  );
  return undefined;
}

/** A definition of a yes or no, a number, a symbol or a thing: what it is where nothing says so. */
function hasPlainValue(context: Context, member: FieldMember): boolean {
  if (!isComputed(member)) return false;
  const definition = definitionOf(context, member);
  return (
    definition !== undefined &&
    ["boolean", "number", "symbol", "entity"].includes(definition.type.kind)
  );
}

/** The member of this name: of the type before the dot, or of the only type that has one. */
function memberNamed(context: Context, node: Mechanism): Member | undefined {
  const named = node.mechanism.ref;
  if (named === undefined) return undefined;
  const found = viewAt(node).mechanismsNamed(named.name);
  if (node.type !== undefined || found.length < 2) return context.members.get(named);
  const types = found.map((member) => ownerOf(member)?.name ?? "");
  context.reporter.error(
    "FAB3016",
    node,
    `\`${named.name}\` is there in ${types.join(" and ")}: which is meant?`,
    `Write the type before it: \`${types[0]}.${named.name}\`.`,
  );
  return undefined;
}

function isComputed(member: FieldMember): boolean {
  return member.node.$type === "Field" && member.node.means;
}
