/**
 * The shortest part of an author's plan that does as well, every kept action still explained. Where
 * the effort allowed does not decide a reason, the action counts as unexplained there. Of a long
 * plan not all parts can be tried; then it stays, and the validator has the last word.
 */
import type { Reasons } from "./reasons.js";
import type { World } from "./world.js";

const shortenGrade = 2;

/** Parts of a plan that are tried before it is left as it is; 2 to the power of 14. */
const partsMax = 16_384;

export function shortenPlan(
  world: World,
  reasons: Reasons,
  plan: readonly number[],
): readonly number[] {
  const { transitions, limits } = world;
  const { characterTemporalLimit, epistemicLimit } = limits;
  const end = plan.reduce((state, action) => transitions.step(state, action), transitions.root);
  const goal = world.utility(end, -1);
  const depth = characterTemporalLimit;
  let tried = 0;
  /** By state and position: parts tried in vain with so many actions allowed. */
  const failed = new Map<string, number>();
  const find = (state: number, from: number, left: number): number[] | undefined => {
    if (world.utility(state, -1) >= goal) return [];
    tried += 1;
    if (left === 0 || from >= plan.length || tried > partsMax) return undefined;
    const key = `${state} ${from}`;
    if ((failed.get(key) ?? -1) >= left) return undefined;
    const action = plan[from]!;
    if (transitions.isPossible(state, action)) {
      const level = epistemicLimit - 1;
      if (reasons.othersAgree(state, action, -1, depth, level, shortenGrade) >= 0) {
        const rest = find(transitions.step(state, action), from + 1, left - 1);
        if (rest !== undefined) return [action, ...rest];
      }
    }
    const skipped = find(state, from + 1, left);
    if (skipped === undefined) failed.set(key, left);
    return skipped;
  };
  for (let length = 1; length < plan.length && tried <= partsMax; length += 1) {
    const shorter = find(transitions.root, 0, length);
    if (shorter !== undefined) return shorter;
  }
  return plan;
}
