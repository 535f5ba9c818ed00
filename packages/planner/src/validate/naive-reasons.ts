/**
 * Reasons by trying every plan with every choice of the others' reasons; nothing is remembered but
 * results and the minds' own steps. Exponential: for tiny problems, where it is the meaning against
 * which the search is tested.
 */
import type { SeekLimits } from "@fabula/model";
import type { NaiveEvent, NaiveMind, NaiveWorld } from "./naive-world.js";

export interface NaiveReason {
  readonly who: string;
  /** The first action is the one explained. */
  readonly plan: readonly NaiveEvent[];
  /** By step: the reasons of the others who consent. */
  readonly given: readonly (readonly NaiveReason[])[];
}

export class NaiveBudgetError extends Error {
  override readonly name = "NaiveBudgetError";
}

export class NaiveReasons {
  private spent = 0;
  private readonly memo = new Map<NaiveMind, Map<string, readonly NaiveReason[]>>();

  constructor(
    private readonly world: NaiveWorld,
    private readonly limits: SeekLimits,
    /** Plans tried before it gives up with a NaiveBudgetError. */
    private readonly budget: number,
  ) {}

  /** All reasons of `who` for `action` in its mind. */
  all(
    who: string,
    mind: NaiveMind,
    action: NaiveEvent,
    depth: number,
    level: number,
  ): readonly NaiveReason[] {
    const key = `${who} ${action.name} ${depth} ${level}`;
    const known = this.memo.get(mind) ?? new Map<string, readonly NaiveReason[]>();
    this.memo.set(mind, known);
    let found = known.get(key);
    if (found === undefined) {
      const reasons: NaiveReason[] = [];
      if (this.world.isPossible(mind, action)) {
        const most = level < 0 ? 1 : Math.max(1, depth);
        const first = { who, plan: [action], given: [[]] };
        this.extend(mind, first, this.world.step(mind, action), most, depth, level, reasons);
      }
      found = reasons;
      known.set(key, found);
    }
    return found;
  }

  /** Whether all who consent to `action` have a reason for it in the author's state. */
  agree(state: NaiveMind, action: NaiveEvent): boolean {
    const { characterTemporalLimit: depth, epistemicLimit } = this.limits;
    return action.consenting.every((who) => {
      const mind = this.world.inner(state, who);
      return this.all(who, mind, action, depth, epistemicLimit - 1).length > 0;
    });
  }

  private extend(
    mind: NaiveMind,
    reason: NaiveReason,
    state: NaiveMind,
    most: number,
    depth: number,
    level: number,
    into: NaiveReason[],
  ): void {
    this.spent += 1;
    if (this.spent > this.budget) throw new NaiveBudgetError("too many plans to try");
    const { given, plan, who } = reason;
    if (this.isGood(reason, mind)) into.push(reason);
    if (plan.length >= most) return;
    for (const action of this.world.actions) {
      if (action.consenting.length === 0 || !this.world.isPossible(state, action)) continue;
      const next = this.world.step(state, action);
      for (const choice of this.choices(state, action, who, depth - plan.length, level - 1)) {
        const longer = { who, plan: [...plan, action], given: [...given, choice] };
        this.extend(mind, longer, next, most, depth, level, into);
      }
    }
  }

  /** Every way to give each of the others one of their reasons. */
  private choices(
    state: NaiveMind,
    action: NaiveEvent,
    who: string,
    depth: number,
    level: number,
  ): readonly (readonly NaiveReason[])[] {
    let found: (readonly NaiveReason[])[] = [[]];
    for (const other of action.consenting) {
      if (other === who) continue;
      const reasons = this.all(other, this.world.inner(state, other), action, depth, level);
      found = found.flatMap((chosen) => reasons.map((reason) => [...chosen, reason]));
    }
    return found;
  }

  /** Better off after every part of the plan, and no part could be left out. */
  private isGood(reason: NaiveReason, mind: NaiveMind): boolean {
    const { given, plan, who } = reason;
    const states = [mind];
    for (const [index, action] of plan.entries()) {
      const state = states[index]!;
      if (!this.world.isPossible(state, action)) return false;
      if (!given[index]!.every((other) => this.holds(other, state))) return false;
      states.push(this.world.step(state, action));
    }
    const goal = this.world.utility(states[plan.length]!, who);
    const works = (at: NaiveMind, from: number): boolean => {
      if (this.world.utility(at, who) >= goal) return true;
      const action = plan[from];
      if (action === undefined) return false;
      if (works(at, from + 1)) return true;
      if (!this.world.isPossible(at, action)) return false;
      if (!given[from]!.every((other) => this.holds(other, at))) return false;
      return works(this.world.step(at, action), from + 1);
    };
    return plan.every((_, index) => {
      const state = states[index]!;
      return goal > this.world.utility(state, who) && !works(state, index + 1);
    });
  }

  private holds(reason: NaiveReason, state: NaiveMind): boolean {
    return this.isGood(reason, this.world.inner(state, reason.who));
  }
}
