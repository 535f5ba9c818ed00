/** A set of numbers that mostly stays small: a list, and once it has grown a hash table beside it. */

import { bySize, sortFew } from "./order.js";

const LIST_MAX = 24;

export class NumberSet {
  /** As far as `#count`; what is behind is of no matter. */
  readonly #list: number[] = [];
  #count = 0;
  #table: Set<number> | undefined;

  get count(): number {
    return this.#table?.size ?? this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#table = undefined;
  }

  has(value: number): boolean {
    return this.#table?.has(value) ?? this.#placeOf(value) >= 0;
  }

  /** False where it was in there. */
  add(value: number): boolean {
    if (this.#table !== undefined) {
      const before = this.#table.size;
      return this.#table.add(value).size > before;
    }
    if (this.#placeOf(value) >= 0) return false;
    this.#list[this.#count++] = value;
    if (this.#count > LIST_MAX) this.#table = new Set(this.#list.slice(0, this.#count));
    return true;
  }

  /** Adds all that is in there to another. */
  addTo(other: NumberSet): void {
    if (this.#table !== undefined) for (const value of this.#table) other.add(value);
    else for (let index = 0; index < this.#count; index++) other.add(this.#list[index] as number);
  }

  /** All that is in there, by size. */
  sorted(): number[] {
    return sortFew(
      this.#table === undefined ? this.#list.slice(0, this.#count) : [...this.#table],
      bySize,
    );
  }

  delete(value: number): void {
    if (this.#table !== undefined) {
      this.#table.delete(value);
      return;
    }
    const place = this.#placeOf(value);
    if (place < 0) return;
    this.#count--;
    this.#list[place] = this.#list[this.#count] as number;
  }

  #placeOf(value: number): number {
    const list = this.#list;
    for (let index = this.#count - 1; index >= 0; index--) if (list[index] === value) return index;
    return -1;
  }
}
