/** What a ground fluent starts with where its owner's own block says nothing. */
import type { Draw, Fluent, TypeDeclaration, TypeId } from "./types.js";

/**
 * Undefined: 0, none, unknown. `owner`: type of the owner, -1 where it is not known; what the
 * nearest of its types says counts, and of one type what was said last. `args`: values of the
 * fluent's parameters.
 */
export function initialOf(
  types: readonly Pick<TypeDeclaration, "ancestors">[],
  fluent: Pick<Fluent, "initial" | "initials">,
  owner: TypeId,
  args: readonly number[],
): Draw | undefined {
  const { initial, initials } = fluent;
  if (initials === undefined) return initial;
  for (const type of types[owner]?.ancestors ?? []) {
    const found = initials.findLast((one) => one.type === type && isSame(one.given, args));
    if (found !== undefined) return found.value;
  }
  return initial;
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
