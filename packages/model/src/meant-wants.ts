/**
 * Which wants somebody means who names a person and a claim: `ann wants ben.fed` may be a want of
 * hers alone, or what everybody wants of whomever they are fond of, for this one.
 */
import type { ExpressionPool, ExprNode } from "./expression.js";
import { childrenOf } from "./subexpressions.js";
import type { EntityId, ExprId, Parameter } from "./types.js";
import type { World } from "./world.js";

export interface MeantWant {
  /** Its id. */
  readonly want: number;
  /** Whose it is, and what its binders are then. */
  readonly locals: readonly EntityId[];
}

type Wanting = Pick<World, "wants" | "expressions"> & {
  readonly types: readonly { readonly ancestors: readonly number[] }[];
  /** By birth number. */
  readonly entities: readonly { readonly type: number }[];
};

/** `claim` is ground. Of each want at most one: where a claim names it all, its binders are given. */
export function meantWants(world: Wanting, person: EntityId, claim: ExprId): MeantWant[] {
  const isA = (entity: EntityId, type: number): boolean => {
    const own = world.entities[entity]?.type ?? -1;
    return own === type || (world.types[own]?.ancestors.includes(type) ?? false);
  };
  return world.wants.flatMap(({ id, holder, claim: wanted, binders }) => {
    const theirs = "entity" in holder ? holder.entity === person : isA(person, holder.type);
    if (!theirs) return [];
    const locals: (EntityId | undefined)[] = [person];
    if (!matches(world.expressions, wanted, claim, locals)) return [];
    const given = locals.slice(0, binders.length + 1);
    const whole = given.length === binders.length + 1 && given.every((one) => one !== undefined);
    const fits = binders.every((binder, index) => isOf(binder, given[index + 1], isA));
    return whole && fits ? [{ want: id, locals: given as EntityId[] }] : [];
  });
}

function isOf(
  { type }: Parameter,
  entity: EntityId | undefined,
  isA: (entity: EntityId, type: number) => boolean,
): boolean {
  return type.kind === "entity" && entity !== undefined && isA(entity, type.type);
}

/** Whether the two are alike with these locals; finds those that are not known yet. */
function matches(
  pool: ExpressionPool,
  expr: ExprId,
  ground: ExprId,
  locals: (EntityId | undefined)[],
): boolean {
  const [node, other] = [pool.get(expr), pool.get(ground)];
  if (node.op === "local" && other.op === "entity") {
    locals[node.slot] ??= other.entity;
    return locals[node.slot] === other.entity;
  }
  if (headOf(node) !== headOf(other)) return false;
  const [parts, others] = [childrenOf(node), childrenOf(other)];
  return (
    parts.length === others.length &&
    parts.every((part, index) => matches(pool, part, others[index] as ExprId, locals))
  );
}

const partNames = new Set(["args", "where", "body", "condition", "subject"]);

/** Everything of a node but what is inside it. */
function headOf(node: ExprNode): string {
  return JSON.stringify(node, (name, value) => (partNames.has(name) ? undefined : value));
}
