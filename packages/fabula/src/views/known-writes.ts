/** What one person came to know of what an occurrence changed. */
import type { BeliefChange, Occurrence, Write } from "@fabula/chronicle";
import { childrenOf, type ExprId, type World } from "@fabula/model";

/**
 * Whether the person knows of it: of what is their own, where such is felt; of the rest, where they
 * came to believe something about it because of this occurrence. `learned`: what they came to
 * believe then.
 */
export function knowsOfWrite(
  world: World,
  person: number,
  write: Write,
  learned: readonly Occurrence[],
): boolean {
  const own = write.args[0] === person;
  const perceptions = world.fluents[write.fluent]?.perceptions ?? [];
  if (own && perceptions.some(({ sense }) => sense === "felt")) return true;
  return learned.some(({ belief }) => belief !== undefined && isAbout(world, belief, write));
}

function isAbout(world: World, { claim }: BeliefChange, { fluent, args }: Write): boolean {
  const { expressions } = world;
  const entityOf = (arg: ExprId) => {
    const node = expressions.get(arg);
    return node.op === "entity" ? node.entity : -1;
  };
  const looksAt = (expr: ExprId): boolean => {
    const node = expressions.get(expr);
    const is = node.op === "fluent" && node.fluent === fluent;
    if (is && node.args.every((arg, at) => entityOf(arg) === args[at])) return true;
    return childrenOf(node).some(looksAt);
  };
  return looksAt(claim);
}
