/** Every plan of every length, shortest first, by the naive world and naive reasons. */
import type { DiscreteProblem, SeekLimits } from "@fabula/model";
import { NaiveReasons } from "../../src/validate/naive-reasons.js";
import { type NaiveEvent, type NaiveMind, NaiveWorld } from "../../src/validate/naive-world.js";
import { naiveDepth } from "../../src/validate/validate.js";

/**
 * The shortest valid plan as action names, or undefined if there is none. `more` levels of minds
 * are kept beyond what is needed.
 */
export function naiveSeek(
  problem: DiscreteProblem,
  limits: SeekLimits,
  budget: number,
  more = 0,
): readonly string[] | undefined {
  const world = new NaiveWorld(problem, naiveDepth(problem, limits) + more);
  const reasons = new NaiveReasons(world, limits, budget);
  const start = world.initial();
  const before = world.utility(start, undefined);
  const { authorTemporalLimit, goal } = limits;
  /** The shortest explained plan is minimal: a part of it that did as well would be shorter. */
  const extend = (
    state: NaiveMind,
    plan: readonly NaiveEvent[],
    length: number,
  ): readonly NaiveEvent[] | undefined => {
    if (plan.length === length) {
      const utility = world.utility(state, undefined);
      return utility >= goal && utility > before ? plan : undefined;
    }
    for (const action of world.actions) {
      if (!world.isPossible(state, action) || !reasons.agree(state, action)) continue;
      const found = extend(world.step(state, action), [...plan, action], length);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (let length = 1; length <= authorTemporalLimit; length += 1) {
    const plan = extend(start, [], length);
    if (plan !== undefined) return plan.map((action) => action.name);
  }
  return undefined;
}
