/**
 * What expressions on the truth ask of others: what somebody believes, wants or intends, and what
 * has happened so far. Asking a mind is a read like any other: of the person's word for that claim,
 * where it was ever written, else of whatever the person came to believe.
 */
import type { EventPattern, ExprId } from "@fabula/model";
import type { Locals } from "./effects.js";
import type { Kernel } from "./kernel.js";
import type { ExpressionHost } from "./machine.js";

export class AskedByExpressions implements ExpressionHost {
  readonly #beliefWords = new Map<string, number>();

  /** `mindWord`: what everything hangs on that asks a mind; no state, nobody writes there. */
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
    this.#readMind(subject, claim);
    return this.kernel.minds?.confidence(subject, claim) ?? Number.NaN;
  }

  according(subject: number, expr: ExprId): number {
    this.#readMind(subject, expr);
    return this.kernel.minds?.according(subject, expr) ?? Number.NaN;
  }

  wants(subject: number, claim: ExprId): boolean {
    this.#readMind(subject, claim);
    return this.kernel.minds?.wants(subject, claim) ?? false;
  }

  intends(subject: number, deed: ExprId): boolean {
    this.#readMind(subject, deed);
    return this.kernel.minds?.intends(subject, deed) ?? false;
  }

  outlook(subject: number): number {
    this.#readMind(subject, -1);
    return this.kernel.minds?.outlook(subject) ?? Number.NaN;
  }

  #readMind(subject: number, claim: ExprId | -1): void {
    this.kernel.machine.note(this.mindWord);
    const direct = this.beliefWord(subject, claim);
    // A computed or nested claim was never written itself: then whatever came to be believed.
    const told = this.kernel.store.arena.head(direct) > 0 ? direct : this.beliefWord(subject, -1);
    this.kernel.machine.note(told);
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
