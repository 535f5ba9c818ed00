/** Facts in the block of a type: what each of them starts with. */
import type { Fluent, FluentId, InitialOfType } from "@fabula/model";
import type { AstNode } from "langium";
import type { Fact } from "../generated/ast.js";
import { typeBlocks } from "./collect-members.js";
import type { Context } from "./context.js";
import { lowerFact } from "./fact.js";
import { quote } from "./reporter.js";
import { Scope } from "./scope.js";
import type { TypeEntry } from "./type-table.js";

export interface InitialOfFluent extends InitialOfType {
  readonly fluent: FluentId;
}

/** In the order of the texts. `isIn`: whether a declaration is one of this part. */
export function lowerInitials(
  context: Context,
  isIn: (node: AstNode) => boolean,
): readonly InitialOfFluent[] {
  return typeBlocks(context).flatMap(({ item, owner }) =>
    (isIn(item) ? item.members : []).flatMap((member) => {
      const initial = member.$type === "Fact" ? lowerInitial(context, owner, member) : undefined;
      return initial === undefined ? [] : [initial];
    }),
  );
}

/** Each fluent with what was said of it. */
export function withInitials(
  fluents: readonly Fluent[],
  said: readonly InitialOfFluent[],
): readonly Fluent[] {
  const found = new Map<FluentId, InitialOfType[]>();
  for (const { fluent, ...initial } of said) {
    const known = found.get(fluent);
    if (known === undefined) found.set(fluent, [initial]);
    else known.push(initial);
  }
  return fluents.map((fluent) => {
    const initials = found.get(fluent.id);
    return initials === undefined ? fluent : { ...fluent, initials };
  });
}

function lowerInitial(context: Context, owner: TypeEntry, node: Fact): InitialOfFluent | undefined {
  const { build, pool } = context;
  const type = { kind: "entity", type: owner.id } as const;
  const self = build.local(0, type);
  const scope = Scope.empty().bind("self", type).withSelf({ expr: self, type: owner.id });
  const effect = lowerFact(context, scope, node);
  if (effect?.kind !== "set") return undefined;
  const { place, value, span } = effect;
  const [of, ...others] = place.args;
  const isOwn = of === self || (owner.id === context.worldType && isEntity(pool.get(of!), 0));
  if (!isOwn) return reportOther(context, owner, node);
  const schema = context.fields[place.fluent];
  if (schema?.node.$type === "Field" && schema.node.both) return reportBoth(context, node);
  const given: number[] = [];
  for (const each of others) {
    const fixed = pool.get(each);
    if (fixed.op === "entity") given.push(fixed.entity);
    else if (fixed.op === "constant") given.push(fixed.value);
    else return reportOpen(context, node);
  }
  return { fluent: place.fluent, type: owner.id, given, value, span };
}

function isEntity(node: { readonly op: string; readonly entity?: number }, id: number): boolean {
  return node.op === "entity" && node.entity === id;
}

function reportOther(context: Context, owner: TypeEntry, node: Fact): undefined {
  context.reporter.error(
    "FAB3017",
    node,
    `\`${quote(node.target)}\` is not of each \`${owner.name}\`: this block says what they start with.`,
    "Say it in the block of whose field it is, or under `facts`.",
  );
}

function reportBoth(context: Context, node: Fact): undefined {
  context.reporter.error(
    "FAB3017",
    node,
    `\`${quote(node.target)}\` is the same from both sides, and the other may be of another type.`,
    "Say it in the block of one of the two, or under `facts`.",
  );
}

function reportOpen(context: Context, node: Fact): undefined {
  context.reporter.error(
    "FAB3013",
    node,
    `\`${quote(node.target)}\` is not fixed: in brackets there may be any of several.`,
    "Name who or what is meant, or give the field its start value where it is declared.",
  );
}
