/** What one person in particular is after: what a reader must know who is to choose for them. */

import { ground } from "@fabula/model";
import type { English, Scene } from "@fabula/telling";

/**
 * The wants of a person's own block as clauses, in the order of the text: `you have the key`. What
 * all of a type want is left out, and so is a degree of something: no clause says it.
 */
export function ownWants(english: English, person: number): string[] {
  const { world } = english.reading;
  const pool = world.expressions;
  const scene: Scene = { at: 0, speaker: -1, hearer: -1, said: false, you: person };
  const clause = (claim: number) =>
    english.claims.clause(ground(pool, claim, [person]), true, scene);
  return world.wants.flatMap((want) => {
    const isOwn = "entity" in want.holder && want.holder.entity === person;
    if (!isOwn || want.binders.length > 0) return [];
    if (pool.typeOf(want.claim).kind !== "boolean") return [];
    const condition = pool.get(want.while);
    if (condition.op === "constant") return [clause(want.claim)];
    return [`${clause(want.claim)}, as long as ${clause(want.while)}`];
  });
}
