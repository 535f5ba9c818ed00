/**
 * Who has whom: of a fluent by whose value somebody is searched for, the entities that have each
 * value. What a fork changed is taken back when it is dropped.
 *
 * Each list has a word of the arena, which stands for who is in it: whoever asked is told there
 * when that changes, and its head is the record of who changed it last.
 */
import type { FluentId } from "@fabula/model";
import type { WordAllocator } from "./pool.js";

export interface ReferrerList {
  /** The word that stands for who is in it. */
  readonly address: number;
  /** Birth numbers, ascending. Do not keep. */
  readonly births: readonly number[];
}

interface MutableList extends ReferrerList {
  readonly births: number[];
}

interface Step {
  readonly births: number[];
  readonly birth: number;
  readonly joined: boolean;
}

export class Referrers {
  /** By fluent and value. */
  readonly #lists: Map<number, MutableList>[] = [];
  /** What was done since the oldest fork under way. */
  readonly #steps: Step[] = [];
  #forks = 0;

  constructor(readonly allocator: WordAllocator) {}

  /** Those whose `fluent` is `value`, an entity. */
  of(fluent: FluentId, value: number): ReferrerList {
    return this.#list(fluent, value);
  }

  join(fluent: FluentId, value: number, birth: number): ReferrerList {
    const list = this.#list(fluent, value);
    insert(list.births, birth);
    this.#note(list.births, birth, true);
    return list;
  }

  leave(fluent: FluentId, value: number, birth: number): ReferrerList {
    const list = this.#list(fluent, value);
    take(list.births, birth);
    this.#note(list.births, birth, false);
    return list;
  }

  mark(): number {
    this.#forks++;
    return this.#steps.length;
  }

  /** Back to how it was at the mark. */
  drop(mark: number): void {
    this.#forks--;
    while (this.#steps.length > mark) {
      const { births, birth, joined } = this.#steps.pop() as Step;
      if (joined) take(births, birth);
      else insert(births, birth);
    }
  }

  #note(births: number[], birth: number, joined: boolean): void {
    if (this.#forks > 0) this.#steps.push({ births, birth, joined });
  }

  #list(fluent: FluentId, value: number): MutableList {
    let lists = this.#lists[fluent];
    if (lists === undefined) {
      lists = new Map();
      this.#lists[fluent] = lists;
    }
    let list = lists.get(value);
    if (list === undefined) {
      list = { address: this.allocator.take(1), births: [] };
      lists.set(value, list);
    }
    return list;
  }
}

function insert(births: number[], birth: number): void {
  const last = births.at(-1);
  if (last === undefined || last < birth) births.push(birth);
  else births.splice(placeOf(births, birth), 0, birth);
}

function take(births: number[], birth: number): void {
  births.splice(placeOf(births, birth), 1);
}

/** The first place whose number is not below it. */
function placeOf(births: readonly number[], birth: number): number {
  let low = 0;
  let high = births.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((births[middle] as number) < birth) low = middle + 1;
    else high = middle;
  }
  return low;
}
