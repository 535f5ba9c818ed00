/**
 * A story explained for people: for each step who wants what, what they count on, what they
 * believe, and where that is false. Worked out from the problem's text by the naive world.
 */
import type { DiscreteProblem, SeekLimits } from "@fabula/model";
import type { Term } from "../validate/clause.js";
import { type NaiveEvent, type NaiveMind, NaiveWorld } from "../validate/naive-world.js";
import { type Scalar, scalarText } from "../validate/scalar.js";
import { naiveDepth } from "../validate/validate.js";
import type { Story, StoryReason, StoryStep } from "./story.js";

/** A fluent by its printed name and what it was and became, or is believed and is. */
export interface Difference {
  readonly fluent: string;
  readonly from: string;
  readonly to: string;
  /** `to` as a value. */
  readonly value: Scalar;
}

export interface ExplainedReason {
  readonly character: string;
  /** The character's utility as it believes it now, and as it foresees it. */
  readonly utility: { readonly now: number; readonly hoped: number };
  /** What the plan means to change, of what the character cares about. */
  readonly wants: readonly Difference[];
  /** What it counts on after this step, with the others' reasons as it imagines them. */
  readonly plan: readonly ExplainedStep[];
  /** What it wrongly believes, of what the plan builds on: `from` believed, `to` true. */
  readonly wrong: readonly Difference[];
}

export interface ExplainedStep {
  readonly action: string;
  readonly reasons: readonly ExplainedReason[];
}

/** Somebody who comes to believe what is not so. */
export interface Misled {
  readonly character: string;
  /** `from` believed, `to` true. */
  readonly wrong: readonly Difference[];
}

export interface ToldStep extends ExplainedStep {
  readonly changes: readonly Difference[];
  /** Who comes to believe something false by it: lies, and what is wrongly concluded. */
  readonly misled: readonly Misled[];
}

export interface Explanation {
  readonly steps: readonly ToldStep[];
  readonly utility: { readonly before: number; readonly after: number };
}

export function explain(problem: DiscreteProblem, story: Story, limits: SeekLimits): Explanation {
  const world = new NaiveWorld(problem, naiveDepth(problem, limits));
  const explainer = new Explainer(world);
  let state = world.initial();
  const before = world.utility(state, undefined);
  const steps = story.steps.map((step) => {
    const action = explainer.find(step);
    const next = world.step(state, action);
    const explained = explainer.step(state, action, step, undefined);
    const all = [...state.values.keys()];
    const changes = differences(state, next, all);
    const misled = world.characters.flatMap((character): Misled[] => {
      const [before, after] = [world.inner(state, character), world.inner(next, character)];
      const learned = all.filter(
        (fluent) => before.values.get(fluent) !== after.values.get(fluent),
      );
      const wrong = differences(after, next, learned);
      return wrong.length === 0 ? [] : [{ character, wrong }];
    });
    state = next;
    return { ...explained, changes, misled };
  });
  return { steps, utility: { before, after: world.utility(state, undefined) } };
}

class Explainer {
  constructor(private readonly world: NaiveWorld) {}

  find(step: StoryStep): NaiveEvent {
    const action = this.world.findAction(step.action);
    if (action === undefined) throw new RangeError(`there is no action ${step.action}`);
    return action;
  }

  step(
    state: NaiveMind,
    action: NaiveEvent,
    step: StoryStep,
    owner: string | undefined,
  ): ExplainedStep {
    const reasons = step.reasons
      .filter(({ character }) => character !== owner)
      .map((reason) => this.reason(state, action, reason));
    return { action: action.name, reasons };
  }

  private reason(state: NaiveMind, action: NaiveEvent, reason: StoryReason): ExplainedReason {
    const { character } = reason;
    const { world } = this;
    const mind = world.inner(state, character);
    const used = new Set(readsOf(action, character));
    let at = world.step(mind, action);
    const plan = reason.plan.map((step) => {
      const next = this.find(step);
      for (const fluent of readsOf(next, character)) used.add(fluent);
      const explained = this.step(at, next, step, character);
      at = world.step(at, next);
      return explained;
    });
    const cares = this.caresAbout(character);
    const wants = this.decisive(mind, differences(mind, at, cares), character);
    for (const { fluent } of wants) used.add(fluent.replaceAll(", ", ","));
    return {
      character,
      utility: { now: world.utility(mind, character), hoped: world.utility(at, character) },
      wants,
      plan,
      wrong: differences(mind, state, [...used].sort()),
    };
  }

  /** Of these changes the ones that by themselves make the character better off, or else all. */
  private decisive(
    mind: NaiveMind,
    changes: readonly Difference[],
    character: string,
  ): readonly Difference[] {
    const now = this.world.utility(mind, character);
    const alone = changes.filter(({ fluent, value }) => {
      const values = new Map([...mind.values, [fluent.replaceAll(", ", ","), value]]);
      return this.world.utility({ ...mind, values }, character) > now;
    });
    return alone.length > 0 ? alone : changes;
  }

  /** The fluents that a character's utility mentions. */
  private caresAbout(character: string): string[] {
    const utility = this.world.problem.utilities.find((one) => one.character === character)?.value;
    if (utility === undefined) return [];
    return [...this.world.initial().values.keys()].filter((fluent) => {
      return JSON.stringify(utility).includes(
        `"property":"${fluent.slice(0, fluent.indexOf("("))}"`,
      );
    });
  }
}

/** The fluents that an event looks at in the state itself, or as `who` believes them. */
function readsOf(event: NaiveEvent, who: string): string[] {
  const found: string[] = [];
  const visit = (term: Term): void => {
    if (term.kind === "read" && term.chain.every((one) => one === who)) found.push(term.fluent);
    if (term.kind === "calculation") {
      visit(term.left);
      visit(term.right);
    }
  };
  const guards = event.effects.flatMap(({ guard }) => guard);
  for (const clause of [...event.precondition, ...guards]) {
    for (const { left, right } of clause) {
      visit(left);
      visit(right);
    }
  }
  return found;
}

function differences(from: NaiveMind, to: NaiveMind, fluents: readonly string[]): Difference[] {
  return fluents
    .filter((fluent) => from.values.get(fluent) !== to.values.get(fluent))
    .map((fluent) => ({
      fluent: fluent.replaceAll(",", ", "),
      from: scalarText(from.values.get(fluent) ?? null),
      to: scalarText(to.values.get(fluent) ?? null),
      value: to.values.get(fluent) ?? null,
    }));
}
