/**
 * Reasons that were found, and whether they would also hold in another mind: the plan possible,
 * everybody better off by it, nothing in it needless, and the reasons it gives to others holding
 * in their turn. Nothing is searched for, so asking is cheap; answers are remembered.
 */
import { type MemoryMeter, PairTable } from "./int-table.js";
import type { World } from "./world.js";

export interface ReasonRecord {
  readonly who: number;
  /** Actions; the first is the one explained. */
  readonly plan: readonly number[];
  /** By step: numbers of the reasons of the others who consent, in their order. */
  readonly given: readonly (readonly number[])[];
}

export class HeldReasons {
  readonly records: ReasonRecord[] = [];
  private readonly memo: PairTable;

  constructor(
    private readonly world: World,
    meter: MemoryMeter,
  ) {
    this.memo = new PairTable(meter);
  }

  add(record: ReasonRecord): number {
    this.records.push(record);
    return this.records.length - 1;
  }

  /** Whether these reasons hold in what their owners believe in the mind `state`. */
  allHold(reasons: readonly number[], state: number): boolean {
    return reasons.every((reason) => {
      const { who } = this.records[reason]!;
      return this.holds(reason, this.world.transitions.minds.inner(state, who));
    });
  }

  holds(reason: number, mind: number): boolean {
    const known = this.memo.get(mind, reason, -1);
    if (known >= 0) return known === 1;
    const answer = this.check(this.records[reason]!, mind);
    this.memo.set(mind, reason, answer ? 1 : 0);
    return answer;
  }

  /** The same reason without the later steps that it can do without. */
  shrink(record: ReasonRecord, mind: number): ReasonRecord {
    for (let current = record; ; ) {
      const shorter = this.shorten(current, mind);
      if (shorter === undefined) return current;
      current = shorter;
    }
  }

  private check(record: ReasonRecord, mind: number): boolean {
    const { transitions } = this.world;
    const { given, plan, who } = record;
    const states = [mind];
    for (const [index, action] of plan.entries()) {
      const state = states[index]!;
      if (!transitions.isPossible(state, action)) return false;
      if (index > 0 && !this.allHold(given[index]!, state)) return false;
      states.push(transitions.step(state, action));
    }
    const goal = this.world.utility(states[plan.length]!, who);
    for (let index = 0; index < plan.length; index += 1) {
      if (!(goal > this.world.utility(states[index]!, who))) return false;
      if (this.findRest(record, states[index]!, index + 1, goal) !== undefined) return false;
    }
    return true;
  }

  /** The reason with one later step dropped, and perhaps more after it, if it does as well. */
  private shorten(record: ReasonRecord, mind: number): ReasonRecord | undefined {
    const { transitions } = this.world;
    const { given, plan, who } = record;
    const states = [mind];
    for (const action of plan) states.push(transitions.step(states[states.length - 1]!, action));
    const goal = this.world.utility(states[plan.length]!, who);
    for (let drop = 1; drop < plan.length; drop += 1) {
      const rest = this.findRest(record, states[drop]!, drop + 1, goal);
      if (rest === undefined) continue;
      const kept = [...plan.keys()].slice(0, drop).concat(rest);
      return { who, plan: kept.map((at) => plan[at]!), given: kept.map((at) => given[at]!) };
    }
    return undefined;
  }

  /** Steps from `from` on that reach `goal` from `state`, the reasons given holding there. */
  private findRest(
    record: ReasonRecord,
    state: number,
    from: number,
    goal: number,
  ): number[] | undefined {
    const { given, plan, who } = record;
    if (this.world.utility(state, who) >= goal) return [];
    if (from >= plan.length) return undefined;
    const skipped = this.findRest(record, state, from + 1, goal);
    if (skipped !== undefined) return skipped;
    const { transitions } = this.world;
    const action = plan[from]!;
    if (!transitions.isPossible(state, action)) return undefined;
    if (!this.allHold(given[from]!, state)) return undefined;
    const rest = this.findRest(record, transitions.step(state, action), from + 1, goal);
    return rest === undefined ? undefined : [from, ...rest];
  }
}
