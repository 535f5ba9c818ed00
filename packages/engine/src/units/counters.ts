/**
 * How often something has happened and when last: for `count of` and `time since`. One pair of
 * words for each kind of occurrence with its arguments that has happened; a question with gaps
 * (`any`) adds up those that fit.
 */

import type { Chronicle, OccurrenceKind } from "@fabula/chronicle";
import type { EventPattern, ExprId, World } from "@fabula/model";
import type { Locals } from "../kernel/effects.js";
import type { Store } from "../state/store.js";
import { type HappeningPattern, matchArguments, patternTopic, topicOf } from "./event-pattern.js";

const NOTHING: readonly number[] = [];

interface Counter {
  readonly args: readonly number[];
  /** Words: how often, and the time of the last. */
  readonly address: number;
}

interface Topic {
  /** Changes whenever anything of this kind happens. */
  readonly address: number;
  readonly counters: Counter[];
  readonly byArgs: Map<string, Counter>;
}

export class Counters {
  readonly #topics = new Map<number, Topic>();

  constructor(
    readonly world: World,
    readonly store: Store,
    readonly chronicle: Chronicle,
    readonly evaluate: (expr: ExprId, locals: Locals) => number,
  ) {
    for (let id = 0; id < world.expressions.count; id++) {
      const node = world.expressions.get(id);
      if (node.op === "count-of" || node.op === "time-since") this.#watch(node.event);
    }
  }

  #watch(event: EventPattern): void {
    if (event.kind !== "action" && event.kind !== "rule") return;
    const name = patternTopic(event);
    if (this.#topics.has(name)) return;
    const address = this.store.allocator.take(1);
    this.#topics.set(name, { address, counters: [], byArgs: new Map() });
  }

  /** Counts an occurrence, if anybody ever asks; gives the addresses that changed. */
  count(kind: OccurrenceKind, schema: number, args: readonly number[]): readonly number[] {
    if (this.#topics.size === 0) return NOTHING;
    const topic = this.#topics.get(topicOf(kind, schema));
    if (topic === undefined) return NOTHING;
    const name = args.join(",");
    let counter = topic.byArgs.get(name);
    if (counter === undefined) {
      counter = { args: args.slice(), address: this.store.allocator.take(2) };
      topic.byArgs.set(name, counter);
      topic.counters.push(counter);
    }
    const { arena } = this.store;
    arena.write(counter.address, arena.read(counter.address) + 1);
    arena.write(counter.address + 1, this.store.now);
    arena.write(topic.address, arena.read(topic.address) + 1);
    return [topic.address];
  }

  /** How often what the pattern means has happened. */
  countOf(pattern: HappeningPattern, locals: Locals, reads: (address: number) => void): number {
    let count = 0;
    this.#matching(pattern, locals, reads, (times) => {
      count += times;
    });
    return count;
  }

  /** Milliseconds since the epoch of the last; NaN where there was none. */
  lastTime(pattern: HappeningPattern, locals: Locals, reads: (address: number) => void): number {
    let last = Number.NaN;
    this.#matching(pattern, locals, reads, (_, time) => {
      if (!(last > time)) last = time;
    });
    return last;
  }

  #matching(
    pattern: HappeningPattern,
    locals: Locals,
    reads: (address: number) => void,
    take: (times: number, last: number) => void,
  ): void {
    const { arena } = this.store;
    const topic = this.#topics.get(patternTopic(pattern));
    if (topic === undefined) {
      this.#scan(pattern, locals, take);
      return;
    }
    reads(topic.address);
    for (const counter of topic.counters) {
      const times = arena.read(counter.address);
      if (times > 0 && this.#fits(pattern, counter.args, locals)) {
        take(times, arena.read(counter.address + 1));
      }
    }
  }

  /** Asked only after the run was made, so nobody counted: what the chronicle says. */
  #scan(
    pattern: HappeningPattern,
    locals: Locals,
    take: (times: number, last: number) => void,
  ): void {
    const kind = pattern.kind === "rule" ? "rule" : pattern.phase;
    const { chronicle } = this;
    for (let id = 0; id < chronicle.count; id++) {
      if (chronicle.kindOf(id) !== kind || chronicle.schemaOf(id) !== pattern.id) continue;
      if (this.#fits(pattern, chronicle.argsOf(id), locals)) take(1, chronicle.timeOf(id));
    }
  }

  #fits(pattern: HappeningPattern, args: readonly number[], locals: Locals): boolean {
    const bound = locals.slice();
    return matchArguments(this.world.expressions, pattern, args, bound, this.evaluate);
  }
}
