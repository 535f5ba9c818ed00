/**
 * Reasons by trying every plan, shortest first, with nothing remembered but the minds' own steps.
 * Exponential: for tiny problems, where it is the meaning against which the search is tested.
 */
import type { SeekLimits } from "@fabula/model";
import type { StoryStep } from "../story/story.js";
import type { NaiveEvent, NaiveMind, NaiveWorld } from "./naive-world.js";

export class NaiveBudgetError extends Error {
  override readonly name = "NaiveBudgetError";
}

export class NaiveReasons {
  private spent = 0;
  private readonly memo = new Map<NaiveMind, Map<string, readonly NaiveEvent[] | null>>();

  constructor(
    private readonly world: NaiveWorld,
    private readonly limits: SeekLimits,
    /** Plans tried before it gives up with a NaiveBudgetError. */
    private readonly budget: number,
  ) {}

  /** The shortest plan of `who` for `action` in its mind, or undefined. */
  find(
    who: string,
    mind: NaiveMind,
    action: NaiveEvent,
    depth: number,
    level: number,
  ): readonly NaiveEvent[] | undefined {
    const key = `${who} ${action.name} ${depth} ${level}`;
    let known = this.memo.get(mind);
    if (known === undefined) {
      known = new Map();
      this.memo.set(mind, known);
    }
    let plan = known.get(key);
    if (plan === undefined) {
      plan = this.search(who, mind, action, depth, level) ?? null;
      known.set(key, plan);
    }
    return plan ?? undefined;
  }

  /** Whether all who consent to `action`, `who` aside, have a reason in the state. */
  agree(
    state: NaiveMind,
    action: NaiveEvent,
    who: string | undefined,
    depth: number,
    level: number,
  ): boolean {
    return action.consenting.every((other) => {
      if (other === who) return true;
      return this.find(other, this.world.inner(state, other), action, depth, level) !== undefined;
    });
  }

  /** Whether no part of the plan that leaves something out does as well; `author`: no `who`. */
  isMinimal(
    state: NaiveMind,
    plan: readonly NaiveEvent[],
    who: string | undefined,
    depth: number,
    level: number,
  ): boolean {
    const end = plan.reduce((at, action) => this.world.step(at, action), state);
    const goal = this.world.utility(end, who);
    const works = (at: NaiveMind, rest: readonly NaiveEvent[]): boolean => {
      if (this.world.utility(at, who) >= goal) return true;
      const [action, ...later] = rest;
      if (action === undefined) return false;
      if (works(at, later)) return true;
      if (!this.world.isPossible(at, action)) return false;
      if (!this.agree(at, action, who, depth, level)) return false;
      return works(this.world.step(at, action), later);
    };
    let at = state;
    for (let index = 0; index < plan.length; index += 1) {
      if (works(at, plan.slice(index + 1))) return false;
      at = this.world.step(at, plan[index]!);
    }
    return true;
  }

  /** A character's plan as steps of a story, with the reasons of the others. */
  explain(who: string, mind: NaiveMind, plan: readonly NaiveEvent[], depth: number, level: number) {
    const steps: StoryStep[] = [];
    let at = this.world.step(mind, plan[0]!);
    plan.slice(1).forEach((action, index) => {
      const left = depth - index - 1;
      const reasons = action.consenting
        .filter((other) => other !== who)
        .map((other) => {
          const inner = this.world.inner(at, other);
          const theirs = this.find(other, inner, action, left, level - 1)!;
          return { character: other, plan: this.explain(other, inner, theirs, left, level - 1) };
        });
      steps.push({ action: action.name, reasons });
      at = this.world.step(at, action);
    });
    return steps;
  }

  private search(
    who: string,
    mind: NaiveMind,
    action: NaiveEvent,
    depth: number,
    level: number,
  ): readonly NaiveEvent[] | undefined {
    if (!this.world.isPossible(mind, action)) return undefined;
    const most = level < 0 ? 1 : Math.max(1, depth);
    for (let length = 1; length <= most; length += 1) {
      const plan = this.extend(
        who,
        mind,
        [action],
        this.world.step(mind, action),
        length,
        depth,
        level,
      );
      if (plan !== undefined) return plan;
    }
    return undefined;
  }

  private extend(
    who: string,
    mind: NaiveMind,
    plan: readonly NaiveEvent[],
    state: NaiveMind,
    length: number,
    depth: number,
    level: number,
  ): readonly NaiveEvent[] | undefined {
    this.spent += 1;
    if (this.spent > this.budget) throw new NaiveBudgetError("too many plans to try");
    if (plan.length === length) {
      if (!(this.world.utility(state, who) > this.world.utility(mind, who))) return undefined;
      return this.isMinimal(mind, plan, who, depth - 1, level - 1) ? plan : undefined;
    }
    for (const action of this.world.actions) {
      if (action.consenting.length === 0 || !this.world.isPossible(state, action)) continue;
      if (!this.agree(state, action, who, depth - plan.length, level - 1)) continue;
      const next = this.world.step(state, action);
      const found = this.extend(who, mind, [...plan, action], next, length, depth, level);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Level of reasons for the author's own steps. */
  get topLevel(): number {
    return this.limits.epistemicLimit - 1;
  }
}
