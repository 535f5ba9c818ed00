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
    const { ground, limits, transitions } = this.world;
    const { characterTemporalLimit: depth, epistemicLimit } = limits;
    const steps: StoryStep[] = [];
    let state = transitions.root;
    for (const action of plan) {
      const given = this.reasons.givenBy(state, action, -1, depth, epistemicLimit - 1, lastGrade);
      if (given === undefined) return undefined;
      const reasons = given.map((reason) => this.reason(reason));
      steps.push({ action: ground.actions[action]!.name, reasons });
      state = transitions.step(state, action);
    }
    return { steps };
  }

  private reason(reason: number): StoryReason {
    const { ground } = this.world;
    const { given, plan, who } = this.reasons.held.records[reason]!;
    const steps = plan.slice(1).map((action, index): StoryStep => {
      const reasons = given[index + 1]!.map((other) => this.reason(other));
      return { action: ground.actions[action]!.name, reasons };
    });
    return { character: ground.entityNames[who]!, plan: steps };
  }
}
