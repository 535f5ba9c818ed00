/**
 * A deed carried out in a believed world: its needs, what it changes at the start, what flows while
 * it lasts, what it changes at the end. The same effects as in truth; a lasting act runs for as
 * long as it takes, or until the first of its comparisons is reached at the believed rates.
 */
import type { ActionSchema, ExprId, Flow } from "@fabula/model";
import { runEffects } from "../../kernel/effects.js";
import { purposeOf } from "../../kernel/purpose.js";
import { Op } from "../reading/code.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { ForeseenState } from "./foreseen-state.js";

/** Seconds that something lasts of which nobody can say when it ends. */
const LASTS_UNSAID = 600;

/** A deed with its action and the values of its arguments. */
export interface Deed {
  readonly id: ExprId;
  readonly action: ActionSchema;
  readonly args: readonly number[];
}

export class Carrying {
  readonly #deeds = new Map<ExprId, Deed>();

  /** What the deed says, taken in by those who would hear it, as its doer supposes them. */
  utter: (perspective: number, deed: Deed) => void = () => {};

  constructor(
    readonly reader: Evaluator,
    readonly state: ForeseenState,
  ) {
    state.carry = (deed) => {
      this.carry(this.deedOf(deed));
    };
  }

  /** A ground deed taken apart. */
  deedOf(id: ExprId): Deed {
    const known = this.#deeds.get(id);
    if (known !== undefined) return known;
    const { code, world } = this.reader;
    if (id >= code.op.length) code.grow();
    const args = (code.args[id] as readonly ExprId[]).map((arg) => this.reader.evaluate(arg, []));
    const action = world.actions[code.a[id] as number] as ActionSchema;
    const deed = { id, action, args };
    this.#deeds.set(id, deed);
    return deed;
  }

  /** In the perspective at hand; false where its needs do not hold there. */
  carry(deed: Deed): boolean {
    const { reader } = this;
    const was = reader.splitting;
    reader.splitting = true;
    const can = reader.evaluate(deed.action.needs, deed.args.slice()) > 0.5;
    if (can) this.suppose(deed);
    reader.splitting = was;
    return can;
  }

  /** As if its needs held. */
  suppose({ action, args }: Deed): void {
    const { reader, state } = this;
    const locals = args.slice();
    const was = reader.splitting;
    reader.splitting = true;
    const site = { purpose: purposeOf("action", action), who: args };
    runEffects(state, action.atStart, locals, site);
    this.#last(action, locals);
    runEffects(state, action.atEnd, locals, site);
    reader.splitting = was;
  }

  #last(action: ActionSchema, locals: number[]): void {
    const { reader } = this;
    const flows = action.whileLasting;
    const least = action.takes === undefined ? Number.NaN : this.#soft(action.takes, locals);
    const most = action.takesAtMost === undefined ? least : this.#soft(action.takesAtMost, locals);
    let seconds = Number.isNaN(least) ? 0 : (least + most) / 2;
    if (action.until !== undefined) {
      const rates = this.#ratesOf(flows, locals);
      const reached = this.#timeUntil(action.until, locals, rates);
      const bound = action.takes === undefined ? LASTS_UNSAID : seconds;
      seconds = Math.min(reached, bound);
    }
    if (seconds > 0) {
      for (const flow of flows) this.#flow(flow, locals, seconds);
      reader.elapsed += seconds * 1000;
    }
  }

  #soft(expr: ExprId, locals: number[]): number {
    return this.reader.soft(this.reader.perspective, expr, locals);
  }

  #flow(flow: Flow, locals: number[], seconds: number): void {
    const atomArgs = flow.place.args.map((arg) => this.#soft(arg, locals));
    if (!atomArgs.every((arg) => arg >= 0)) return;
    if (flow.kind === "rate") {
      const rate = this.#soft(flow.rate, locals);
      if (!Number.isNaN(rate)) {
        this.state.shift(flow.place.fluent, atomArgs, flow.sign * rate * seconds);
      }
      return;
    }
    const goal = this.#soft(flow.goal, locals);
    const over = this.#soft(flow.over, locals);
    const value = this.reader.read(this.reader.atoms.of(flow.place.fluent, atomArgs));
    const share = seconds / (seconds + over);
    if (!Number.isNaN(value + goal + share)) {
      this.state.shift(flow.place.fluent, atomArgs, (goal - value) * share);
    }
  }

  /** Per second, by atom. */
  #ratesOf(flows: readonly Flow[], locals: number[]): Map<number, number> {
    const rates = new Map<number, number>();
    for (const flow of flows) {
      if (flow.kind !== "rate") continue;
      const args = flow.place.args.map((arg) => this.#soft(arg, locals));
      if (!args.every((arg) => arg >= 0)) continue;
      const atom = this.reader.atoms.of(flow.place.fluent, args);
      const rate = this.#soft(flow.rate, locals);
      if (!Number.isNaN(rate)) rates.set(atom, (rates.get(atom) ?? 0) + flow.sign * rate);
    }
    return rates;
  }

  /** Seconds until the condition holds at these rates; infinite where it never does. */
  #timeUntil(expr: ExprId, locals: number[], rates: Map<number, number>): number {
    const { code } = this.reader;
    const a = code.a[expr] as number;
    const b = code.b[expr] as number;
    switch (code.op[expr]) {
      case Op.or:
        return Math.min(this.#timeUntil(a, locals, rates), this.#timeUntil(b, locals, rates));
      case Op.and:
        return Math.max(this.#timeUntil(a, locals, rates), this.#timeUntil(b, locals, rates));
      case Op.eq:
      case Op.lt:
      case Op.le:
      case Op.gt:
      case Op.ge: {
        if (this.#soft(expr, locals) > 0.5) return 0;
        const gap = this.#soft(b, locals) - this.#soft(a, locals);
        const closing = this.#rateOf(a, locals, rates) - this.#rateOf(b, locals, rates);
        const seconds = gap / closing;
        return seconds > 0 ? seconds : Number.POSITIVE_INFINITY;
      }
      default:
        return this.#soft(expr, locals) > 0.5 ? 0 : Number.POSITIVE_INFINITY;
    }
  }

  #rateOf(expr: ExprId, locals: number[], rates: Map<number, number>): number {
    const { code, atoms } = this.reader;
    const op = code.op[expr];
    const a = code.a[expr] as number;
    const b = code.b[expr] as number;
    if (op === Op.owned || op === Op.paired || op === Op.fluent) {
      const args = (code.args[expr] as readonly number[]).map((arg) => this.#soft(arg, locals));
      return args.every((arg) => arg >= 0) ? (rates.get(atoms.of(a, args)) ?? 0) : 0;
    }
    if (op === Op.neg) return -this.#rateOf(a, locals, rates);
    if (op === Op.add) return this.#rateOf(a, locals, rates) + this.#rateOf(b, locals, rates);
    if (op === Op.sub) return this.#rateOf(a, locals, rates) - this.#rateOf(b, locals, rates);
    return 0;
  }
}
