/**
 * What expressions on the truth ask of others: what somebody believes, wants or intends, and what
 * has happened so far. Asking a mind is two kinds of read. What it *causes* goes back to the
 * person's word for that claim, where it was ever written, else to whatever the person came to
 * believe. What is *looked at again* hangs on the beliefs that the answer was worked out from, and
 * on nothing else that minds hold.
 */
import type { EventPattern, ExprId } from "@fabula/model";
import type { Locals } from "./effects.js";
import type { MindHooks } from "./host.js";
import type { Kernel } from "./kernel.js";
import type { ExpressionHost } from "./machine.js";

export class AskedByExpressions implements ExpressionHost {
  readonly #beliefWords = new Map<string, number>();
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

  /** Where beliefs of this holder in this claim are told. */
  beliefWord(holder: number, claim: ExprId | -1): number {
    const name = `${holder},${claim}`;
    let word = this.#beliefWords.get(name);
    if (word === undefined) {
      word = this.kernel.store.allocator.take(1);
      this.#beliefWords.set(name, word);
    }
    return word;
  }

  confidence(subject: number, claim: ExprId): number {
    return this.#ask(subject, claim, Number.NaN, (minds) => minds.confidence(subject, claim));
  }

  according(subject: number, expr: ExprId): number {
    return this.#ask(subject, expr, Number.NaN, (minds) => minds.according(subject, expr));
  }

  wants(subject: number, claim: ExprId): boolean {
    return this.#ask(subject, claim, 0, (minds) => (minds.wants(subject, claim) ? 1 : 0)) === 1;
  }

  intends(subject: number, deed: ExprId): boolean {
    return this.#ask(subject, deed, 0, (minds) => (minds.intends(subject, deed) ? 1 : 0)) === 1;
  }

  outlook(subject: number): number {
    return this.#ask(subject, -1, Number.NaN, (minds) => minds.outlook(subject));
  }

  /** The answer; `mindless`: where there are no minds (yet). */
  #ask(
    subject: number,
    claim: ExprId | -1,
    mindless: number,
    answer: (minds: MindHooks) => number,
  ): number {
    const { machine, minds, store } = this.kernel;
    const direct = this.beliefWord(subject, claim);
    // A computed or nested claim was never written itself: then whatever came to be believed.
    const told = store.arena.head(direct) > 0 ? direct : this.beliefWord(subject, -1);
    machine.noteCause(direct);
    machine.noteCause(told);
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
