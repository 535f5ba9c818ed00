/** From plans of numbers to a story with its tree of reasons. */
import { lastGrade, type Reasons } from "../search/reasons.js";
import type { World } from "../search/world.js";
import type { Story, StoryReason, StoryStep } from "./story.js";

export class StoryBuilder {
  constructor(
    private readonly world: World,
    private readonly reasons: Reasons,
  ) {}

  /** The story of an author's plan; undefined if somebody turns out to have no reason. */
  build(plan: readonly number[]): Story | undefined {
    const { transitions, limits } = this.world;
    const steps: StoryStep[] = [];
    let state = transitions.root;
    for (const action of plan) {
      const { characterTemporalLimit, epistemicLimit } = limits;
      const step = this.step(state, action, -1, characterTemporalLimit, epistemicLimit - 1);
      if (step === undefined) return undefined;
      steps.push(step);
      state = transitions.step(state, action);
    }
    return { steps };
  }

  private step(
    state: number,
    action: number,
    owner: number,
    depth: number,
    level: number,
  ): StoryStep | undefined {
    const { ground, transitions } = this.world;
    const { name, consenting } = ground.actions[action]!;
    const reasons: StoryReason[] = [];
    for (const who of consenting) {
      if (who === owner) continue;
      const mind = transitions.minds.inner(state, who);
      const found = this.reasons.find(who, mind, action, depth, level, lastGrade);
      const plan = found < 0 ? undefined : this.reasons.plans[found]!;
      const steps = plan === undefined ? undefined : this.plan(mind, plan, who, depth, level);
      if (steps === undefined) return undefined;
      reasons.push({ character: ground.entityNames[who]!, plan: steps });
    }
    return { action: name, reasons };
  }

  /** The steps of a character's plan after the first. */
  private plan(
    mind: number,
    plan: readonly number[],
    who: number,
    depth: number,
    level: number,
  ): StoryStep[] | undefined {
    const { transitions } = this.world;
    const steps: StoryStep[] = [];
    let state = transitions.step(mind, plan[0]!);
    for (const [index, action] of plan.slice(1).entries()) {
      const step = this.step(state, action, who, depth - index - 1, level - 1);
      if (step === undefined) return undefined;
      steps.push(step);
      state = transitions.step(state, action);
    }
    return steps;
  }
}
