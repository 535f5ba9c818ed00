/**
 * Is this story valid? Checked step by step against the text of the problem: what is possible,
 * what everybody gains, that every reason given is a good plan in its owner's mind, that nothing
 * could be left out. It searches for nothing: the reasons must be given.
 */
import type { DiscreteExpression, DiscreteProblem, SeekLimits } from "@fabula/model";
import type { Story, StoryReason, StoryStep } from "../story/story.js";
import { type NaiveEvent, type NaiveMind, NaiveWorld } from "./naive-world.js";

export interface Failure {
  /** Index of the author's step, from 0; the number of steps for what concerns the end. */
  readonly step: number;
  /** The character whose reason fails; absent for the author. */
  readonly character?: string;
  readonly kind: FailureKind;
  readonly message: string;
}

export type FailureKind =
  | "unknown action"
  | "impossible"
  | "no reason"
  | "not believed possible"
  | "counts on the author"
  | "too long"
  | "too deep"
  | "no gain"
  | "not minimal"
  | "goal"
  | "empty";

export interface Verdict {
  readonly valid: boolean;
  readonly failures: readonly Failure[];
  /** Whether every part of every plan was tried; of very long ones only so many are. */
  readonly isComplete: boolean;
  /** The author's utility before and after. */
  readonly before: number;
  readonly after: number;
}

/** Parts of plans that are tried to see whether something could be left out. */
const partsMax = 50_000;

/** Checks a story against the limits. `depth` of minds follows from them unless given. */
export function validate(problem: DiscreteProblem, story: Story, limits: SeekLimits): Verdict {
  const world = new NaiveWorld(problem, naiveDepth(problem, limits));
  return new Validation(world, limits).check(story);
}

/** Levels of minds that a check may look at. */
export function naiveDepth(problem: DiscreteProblem, limits: SeekLimits): number {
  const nesting = nestingOf(problem);
  const feedback = nesting > 0 && beliefsFeedBack(problem);
  const events = limits.authorTemporalLimit + limits.characterTemporalLimit;
  const more = feedback ? nesting * (events + problem.triggers.length) : 0;
  return Math.min(48, limits.epistemicLimit + 1 + nesting + more);
}

class Validation {
  private readonly failures: Failure[] = [];
  private partsTried = 0;
  private isComplete = true;

  constructor(
    private readonly world: NaiveWorld,
    private readonly limits: SeekLimits,
  ) {}

  check(story: Story): Verdict {
    const { world, limits } = this;
    let state = world.initial();
    const before = world.utility(state, undefined);
    const plan: NaiveEvent[] = [];
    const start = state;
    for (const [index, step] of story.steps.entries()) {
      const action = this.findAction(step.action, index);
      if (action === undefined || !this.checkStep(state, action, step, index)) break;
      plan.push(action);
      state = world.step(state, action);
    }
    const after = world.utility(state, undefined);
    const end = story.steps.length;
    if (end === 0) this.fail(0, "empty", "a story has at least one step");
    if (end > limits.authorTemporalLimit) {
      this.fail(end, "too long", `${end} steps, allowed are ${limits.authorTemporalLimit}`);
    }
    if (this.failures.length === 0) this.checkEnd(start, story.steps, plan, before, after);
    const { failures, isComplete } = this;
    return { valid: failures.length === 0, failures, isComplete, before, after };
  }

  private checkEnd(
    start: NaiveMind,
    steps: readonly StoryStep[],
    plan: readonly NaiveEvent[],
    before: number,
    after: number,
  ): void {
    const end = steps.length;
    if (!(after >= this.limits.goal) || !(after > before)) {
      this.fail(
        end,
        "goal",
        `the author's utility ends at ${after}, needed is ${this.limits.goal}`,
      );
      return;
    }
    const shorter = this.findShorter(start, plan, steps, undefined, after);
    if (shorter === undefined) return;
    const text = shorter.map((action) => action.name).join("; ") || "doing nothing";
    this.fail(end, "not minimal", `a part of it does as well: ${text}`);
  }

  private checkStep(state: NaiveMind, action: NaiveEvent, step: StoryStep, index: number): boolean {
    if (!this.world.isPossible(state, action)) {
      this.fail(index, "impossible", `${action.name} is not possible then`);
      return false;
    }
    const { characterTemporalLimit, epistemicLimit } = this.limits;
    for (const who of action.consenting) {
      const reason = step.reasons.find(({ character }) => character === who);
      if (reason === undefined) {
        this.fail(index, "no reason", `${who} has no reason for ${action.name}`, who);
        return false;
      }
      const mind = this.world.inner(state, who);
      const wrong = this.findWrong(
        mind,
        action,
        reason,
        characterTemporalLimit,
        epistemicLimit - 1,
      );
      if (wrong === undefined) continue;
      const [kind, message] = wrong;
      this.fail(index, kind, `${who}'s reason for ${action.name}: ${message}`, who);
      return false;
    }
    return true;
  }

  /** What is wrong with a reason for `action` in its owner's mind; undefined if nothing is. */
  private findWrong(
    mind: NaiveMind,
    action: NaiveEvent,
    reason: StoryReason,
    depth: number,
    level: number,
  ): readonly [FailureKind, string] | undefined {
    const { world } = this;
    const { character: who, plan: steps } = reason;
    if (!world.isPossible(mind, action)) {
      return ["not believed possible", `${who} does not believe it possible`];
    }
    const length = steps.length + 1;
    if (length > Math.max(1, depth)) return ["too long", `${length} actions, left are ${depth}`];
    if (level < 0 && length > 1) return ["too deep", "reasons about reasons go too deep"];
    const plan = [action];
    const states = [mind];
    let state = world.step(mind, action);
    for (const [index, step] of steps.entries()) {
      const next = world.findAction(step.action);
      if (next === undefined) return ["unknown action", `there is no action ${step.action}`];
      const wrong = this.findWrongStep(state, next, step, who, depth - index - 1, level - 1);
      if (wrong !== undefined) return wrong;
      plan.push(next);
      states.push(state);
      state = world.step(state, next);
    }
    const goal = world.utility(state, who);
    for (const [index, from] of states.entries()) {
      if (!(goal > world.utility(from, who)))
        return ["no gain", "it does not leave them better off"];
      const shorter = this.findShorter(from, plan.slice(index), this.tail(steps, index), who, goal);
      if (shorter !== undefined) return ["not minimal", `${plan[index]!.name} is not needed`];
    }
    return undefined;
  }

  /** The reasons of the steps of a plan from `index` on; the explained action itself has none. */
  private tail(steps: readonly StoryStep[], index: number): readonly (StoryStep | undefined)[] {
    return index === 0 ? [undefined, ...steps] : steps.slice(index - 1);
  }

  private findWrongStep(
    state: NaiveMind,
    action: NaiveEvent,
    step: StoryStep,
    who: string | undefined,
    depth: number,
    level: number,
  ): readonly [FailureKind, string] | undefined {
    const { world } = this;
    if (!world.isPossible(state, action)) return ["impossible", `${action.name} is not possible`];
    if (action.consenting.length === 0) {
      return ["counts on the author", `nobody decides ${action.name}`];
    }
    for (const other of action.consenting) {
      if (other === who) continue;
      const reason = step.reasons.find(({ character }) => character === other);
      if (reason === undefined) {
        return ["no reason", `${other} has no reason for ${action.name}`];
      }
      const wrong = this.findWrong(world.inner(state, other), action, reason, depth, level);
      if (wrong !== undefined) return [wrong[0], `${other}'s ${action.name}: ${wrong[1]}`];
    }
    return undefined;
  }

  /** A part of `plan` without its first action that reaches `goal`, by the reasons given. */
  private findShorter(
    start: NaiveMind,
    plan: readonly NaiveEvent[],
    steps: readonly (StoryStep | undefined)[],
    who: string | undefined,
    goal: number,
  ): readonly NaiveEvent[] | undefined {
    const { world } = this;
    const works = (state: NaiveMind, from: number): readonly NaiveEvent[] | undefined => {
      this.partsTried += 1;
      if (this.partsTried > partsMax) {
        this.isComplete = false;
        return undefined;
      }
      if (world.utility(state, who) >= goal) return [];
      const action = plan[from];
      if (action === undefined) return undefined;
      const skipped = works(state, from + 1);
      if (skipped !== undefined) return skipped;
      const step = steps[from];
      if (step === undefined || !world.isPossible(state, action)) return undefined;
      if (!this.stillAgreed(state, action, step, who)) return undefined;
      const rest = works(world.step(state, action), from + 1);
      return rest === undefined ? undefined : [action, ...rest];
    };
    let state = start;
    const deepest = who === undefined ? plan.length : 1;
    const kept: NaiveEvent[] = [];
    for (let drop = 0; drop < deepest; drop += 1) {
      const rest = works(state, drop + 1);
      if (rest !== undefined) return [...kept, ...rest];
      kept.push(plan[drop]!);
      state = world.step(state, plan[drop]!);
    }
    return undefined;
  }

  /** Whether the reasons given for a step would also be good ones in another state. */
  private stillAgreed(
    state: NaiveMind,
    action: NaiveEvent,
    step: StoryStep,
    who: string | undefined,
  ): boolean {
    const { characterTemporalLimit, epistemicLimit } = this.limits;
    return action.consenting.every((other) => {
      if (other === who) return true;
      const reason = step.reasons.find(({ character }) => character === other);
      if (reason === undefined) return false;
      const mind = this.world.inner(state, other);
      const wrong = this.findWrong(
        mind,
        action,
        reason,
        characterTemporalLimit,
        epistemicLimit - 1,
      );
      return wrong === undefined;
    });
  }

  private findAction(name: string, index: number): NaiveEvent | undefined {
    const action = this.world.findAction(name);
    if (action === undefined) this.fail(index, "unknown action", `there is no action ${name}`);
    return action;
  }

  private fail(step: number, kind: FailureKind, message: string, character?: string): void {
    const base = { step, kind, message };
    this.failures.push(character === undefined ? base : { ...base, character });
  }
}

/** How many `believes` stand inside each other in the text, at most. */
function nestingOf(problem: DiscreteProblem): number {
  let deepest = 0;
  const visit = (node: unknown, depth: number): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item, depth);
      return;
    }
    const inside = (node as { kind?: unknown }).kind === "believes" ? depth + 1 : depth;
    deepest = Math.max(deepest, inside);
    for (const [key, value] of Object.entries(node)) if (key !== "span") visit(value, inside);
  };
  const { actions, triggers, utility, utilities } = problem;
  visit([actions, triggers, utility, utilities], 0);
  return deepest;
}

/** Whether what somebody believes can change what is true, so that deeper minds count later. */
function beliefsFeedBack(problem: DiscreteProblem): boolean {
  const nested = nestingOf(problem) > 1;
  const inEffects = problem.actions.some(({ effect }) => readsBeliefs(effect, false));
  const inTriggers = problem.triggers.some(({ effect, precondition }) => {
    return readsBeliefs(effect, mentionsBeliefs(precondition));
  });
  const inChoices = problem.actions.some(({ precondition }) => {
    return mentionsBeliefs(precondition) && JSON.stringify(precondition).includes('"kind":"or"');
  });
  return nested || inEffects || inTriggers || inChoices;
}

function mentionsBeliefs(node: unknown): boolean {
  return JSON.stringify(node).includes('"kind":"believes"');
}

/** Whether an effect on the state itself depends on what somebody believes. */
function readsBeliefs(effect: DiscreteExpression, guarded: boolean): boolean {
  switch (effect.kind) {
    case "and":
      return effect.parts.some((part) => readsBeliefs(part, guarded));
    case "forall":
      return readsBeliefs(effect.body, guarded);
    case "if": {
      const inside = guarded || effect.branches.some((branch) => mentionsBeliefs(branch.condition));
      const bodies = effect.branches.map(({ then }) => then);
      if (effect.otherwise !== undefined) bodies.push(effect.otherwise);
      return bodies.some((body) => readsBeliefs(body, inside));
    }
    case "assign":
      if (effect.target.kind === "believes") return false;
      return guarded || mentionsBeliefs(effect.value);
    default:
      return false;
  }
}
