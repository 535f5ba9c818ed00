/**
 * Who has whom: of a fluent by whose value somebody is searched for, the entities that have each
 * value, and those that had it. What a fork changed is taken back when it is dropped.
 *
 * Each list has a word of the arena that stands for who is in it: whoever asked is told there when
 * that changes. Whoever left it has a word of its own, whose head is the record of its leaving: that
 * is why it was not found. Who is in a list says so itself.
 */
import type { FluentId } from "@fabula/model";
import type { WordAllocator } from "./pool.js";

/** Do not keep: it changes when they do. */
export interface ReferrerList {
  /** The word that stands for who is in it. */
  readonly address: number;
  /** Birth numbers, ascending. */
  readonly births: readonly number[];
  /** Birth numbers, ascending, of those who were in it and are not. */
  readonly left: readonly number[];
  /** The word of one who left. */
  wordOf(birth: number): number;
}

class List implements ReferrerList {
  readonly address: number;
  readonly births: number[] = [];
  readonly left: number[] = [];
  readonly #words = new Map<number, number>();

  constructor(readonly allocator: WordAllocator) {
    this.address = allocator.take(1);
  }

  wordOf(birth: number): number {
    let word = this.#words.get(birth);
    if (word === undefined) {
      word = this.allocator.take(1);
      this.#words.set(birth, word);
    }
    return word;
  }
}

interface Step {
  readonly list: List;
  readonly birth: number;
  /** Who joined may have left before. */
  readonly done: "joined" | "returned" | "left";
}

export class Referrers {
  /** By fluent and value. */
  readonly #lists: Map<number, List>[] = [];
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
    const done = take(list.left, birth) ? "returned" : "joined";
    if (this.#forks > 0) this.#steps.push({ list, birth, done });
    return list;
  }

  leave(fluent: FluentId, value: number, birth: number): ReferrerList {
    const list = this.#list(fluent, value);
    take(list.births, birth);
    insert(list.left, birth);
    if (this.#forks > 0) this.#steps.push({ list, birth, done: "left" });
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
      const { list, birth, done } = this.#steps.pop() as Step;
      if (done === "left") {
        take(list.left, birth);
        insert(list.births, birth);
        continue;
      }
      take(list.births, birth);
      if (done === "returned") insert(list.left, birth);
    }
  }

  #list(fluent: FluentId, value: number): List {
    let lists = this.#lists[fluent];
    if (lists === undefined) {
      lists = new Map();
      this.#lists[fluent] = lists;
    }
    let list = lists.get(value);
    if (list === undefined) {
      list = new List(this.allocator);
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

/** False where it was not among them. */
function take(births: number[], birth: number): boolean {
  const place = placeOf(births, birth);
  if (births[place] !== birth) return false;
  births.splice(place, 1);
  return true;
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
