/**
 * Is this plan a story? For a plan without reasons the search is asked for them first; the verdict
 * on possibility, goal, gain and minimality is always the validator's own.
 */
import type { DiscreteProblem, SeekLimits } from "@fabula/model";
import { ground } from "./ground/ground.js";
import { lastGrade, Reasons, undecided } from "./search/reasons.js";
import { InterruptedError, World } from "./search/world.js";
import { defaultBytesMax } from "./seek.js";
import { StoryBuilder } from "./story/build-story.js";
import type { Story, StoryStep } from "./story/story.js";
import { NaiveText } from "./validate/naive-text.js";
import { type Failure, type Verdict, validate } from "./validate/validate.js";

export interface CheckOptions {
  readonly bytesMax?: number;
  readonly mayGoOn?: () => boolean;
}

export interface CheckResult extends Verdict {
  /** The story with its reasons, as far as there are any. */
  readonly story: Story;
}

/** Checks a plan; steps that come with reasons keep them if all do. */
export function checkPlan(
  problem: DiscreteProblem,
  plan: Story,
  limits: SeekLimits,
  options: CheckOptions = {},
): CheckResult {
  const given = plan.steps.some(({ reasons }) => reasons.length > 0);
  if (given) return { ...validate(problem, plan, limits), story: plan };
  const bare = validate(problem, plan, limits);
  const first = bare.failures[0];
  if (first !== undefined && first.kind !== "no reason" && first.kind !== "goal") {
    return { ...bare, story: plan };
  }
  return new PlanCheck(problem, plan, limits, options).run();
}

class PlanCheck {
  private readonly steps: StoryStep[] = [];

  constructor(
    private readonly problem: DiscreteProblem,
    private readonly plan: Story,
    private readonly limits: SeekLimits,
    private readonly options: CheckOptions,
  ) {}

  run(): CheckResult {
    const { limits, options, plan, problem } = this;
    const grounding = ground(problem);
    if (grounding.ground === undefined) throw new RangeError(grounding.diagnostics[0]?.message);
    const names = grounding.ground.actions.map(({ name }) => plain(name));
    const actions = plan.steps.map(({ action }) => names.indexOf(plain(action)));
    const missing = actions.indexOf(-1);
    if (missing >= 0) return this.failMissing(missing, plan.steps[missing]?.action ?? "");
    const { bytesMax = defaultBytesMax, mayGoOn = () => true } = options;
    const world = new World(grounding.ground, { limits, bytesMax, mayGoOn });
    const reasons = new Reasons(world, world.meter);
    const builder = new StoryBuilder(world, reasons);
    const { transitions } = world;
    let state = transitions.root;
    for (const [index, action] of actions.entries()) {
      const unexplained = this.findUnexplained(world, reasons, state, action);
      if (unexplained !== undefined) return this.fail(index, ...unexplained);
      state = transitions.step(state, action);
    }
    const story = builder.build(actions) ?? plan;
    return { ...validate(problem, story, limits), story };
  }

  private findUnexplained(
    world: World,
    reasons: Reasons,
    state: number,
    action: number,
  ): readonly [Failure["kind"], string, string] | undefined {
    const { ground: grounded, transitions } = world;
    const { consenting, name } = grounded.actions[action]!;
    const { characterTemporalLimit: depth, epistemicLimit } = this.limits;
    for (const who of consenting) {
      const character = grounded.entityNames[who]!;
      const mind = transitions.minds.inner(state, who);
      if (!transitions.isPossible(mind, action)) {
        return [
          "not believed possible",
          `${character} does not believe ${name} possible`,
          character,
        ];
      }
      try {
        let found: number = undecided;
        for (let grade = 0; grade <= lastGrade && found === undecided; grade += 1) {
          found = reasons.find(who, mind, action, depth, epistemicLimit - 1, grade);
        }
        if (found >= 0) continue;
        const why =
          found === undecided ? "could not be decided" : "every plan within the limits was tried";
        return ["no reason", `${character} has no reason for ${name}: ${why}`, character];
      } catch (error) {
        if (!(error instanceof InterruptedError)) throw error;
        const message = `no reason of ${character} for ${name} was found within the budget`;
        return ["no reason", message, character];
      }
    }
    return undefined;
  }

  /** Grounding leaves out what never happens: only the text tells that from a wrong name. */
  private failMissing(step: number, action: string): CheckResult {
    if (new NaiveText(this.problem).findAction(action) === undefined) {
      return this.fail(step, "unknown action", `there is no action ${action}`);
    }
    return this.fail(step, "impossible", "it can never happen or change anything");
  }

  private fail(
    step: number,
    kind: Failure["kind"],
    message: string,
    character?: string,
  ): CheckResult {
    const { problem, plan, limits } = this;
    const { after, before, isComplete } = validate(problem, plan, limits);
    const base = { step, kind, message };
    const failure = character === undefined ? base : { ...base, character };
    const story = { steps: this.steps };
    return { valid: false, failures: [failure], isComplete, before, after, story };
  }
}

function plain(name: string): string {
  return name.replace(/\s/g, "");
}
