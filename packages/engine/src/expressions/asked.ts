/**
 * What expressions on the truth ask of others: what somebody believes, wants or intends, and what
 * has happened so far. Asking a mind reads the beliefs that its answer was worked out from. Who
 * asked is looked at again when one of those changes, and what comes of it is caused by whatever
 * they are held for.
 */
import type { EventPattern, ExprId } from "@fabula/model";
import type { MindHooks } from "../host.js";
import type { Locals } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import type { ExpressionHost } from "./machine.js";

export class AskedByExpressions implements ExpressionHost {
  readonly #hangsOn = (key: number): void => {
    this.kernel.machine.note(key === 0 ? this.mindWord : -1 - key);
  };

  /**
   * `mindWord`: what everything hangs on that asks a mind what it answers by the clock, so that it
   * is looked at again with whatever any mind takes in; no state, nobody writes there.
   */
  constructor(
    readonly kernel: Kernel,
    readonly mindWord: number,
  ) {}

  confidence(subject: number, claim: ExprId): number {
    return this.#ask(Number.NaN, (minds) => minds.confidence(subject, claim));
  }

  canTell(subject: number, claim: ExprId): boolean {
    return this.#ask(0, (minds) => (minds.canTell(subject, claim) ? 1 : 0)) === 1;
  }

  according(subject: number, expr: ExprId): number {
    return this.#ask(Number.NaN, (minds) => minds.according(subject, expr));
  }

  wants(subject: number, claim: ExprId): boolean {
    return this.#ask(0, (minds) => (minds.wants(subject, claim) ? 1 : 0)) === 1;
  }

  intends(subject: number, deed: ExprId): boolean {
    return this.#ask(0, (minds) => (minds.intends(subject, deed) ? 1 : 0)) === 1;
  }

  outlook(subject: number): number {
    return this.#ask(Number.NaN, (minds) => minds.outlook(subject));
  }

  /** The answer; `mindless`: where there are no minds (yet). */
  #ask(mindless: number, answer: (minds: MindHooks) => number): number {
    const { machine, minds } = this.kernel;
    if (minds === undefined) {
      machine.note(this.mindWord);
      return mindless;
    }
    return minds.reading(() => answer(minds), this.#hangsOn);
  }

  countOf(expr: ExprId, locals: Locals, reads: (address: number) => void): number {
    const event = this.#eventOf(expr);
    if (event.kind === "action" || event.kind === "rule") {
      return this.kernel.counters.countOf(event, locals, reads);
    }
    return this.kernel.watches.countOf(this.kernel.watches.ofEvent(event, locals), reads);
  }

  timeSince(expr: ExprId, locals: Locals, reads: (address: number) => void): number {
    const event = this.#eventOf(expr);
    const last =
      event.kind === "action" || event.kind === "rule"
        ? this.kernel.counters.lastTime(event, locals, reads)
        : this.kernel.watches.lastTime(this.kernel.watches.ofEvent(event, locals), reads);
    return (this.kernel.now - last) / 1000;
  }

  #eventOf(expr: ExprId): EventPattern {
    const node = this.kernel.world.expressions.get(expr);
    if (node.op === "count-of" || node.op === "time-since") return node.event;
    throw new RangeError(`expression ${expr} counts nothing`);
  }
}
