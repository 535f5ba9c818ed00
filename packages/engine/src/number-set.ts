/** A set of numbers that mostly stays small: a list, and once it has grown a hash table beside it. */

const LIST_MAX = 24;

export class NumberSet {
  readonly #list: number[] = [];
  #table: Set<number> | undefined;

  get count(): number {
    return this.#table?.size ?? this.#list.length;
  }

  /** False where it was in there. */
  add(value: number): boolean {
    if (this.#table !== undefined) {
      const before = this.#table.size;
      return this.#table.add(value).size > before;
    }
    if (this.#list.includes(value)) return false;
    this.#list.push(value);
    if (this.#list.length > LIST_MAX) this.#table = new Set(this.#list);
    return true;
  }
}
