/** A set of numbers that mostly stays small: a list, and once it has grown a hash table beside it. */

const LIST_MAX = 24;

export class NumberSet {
  readonly #list: number[] = [];
  #table: Set<number> | undefined;

  get count(): number {
    return this.#table?.size ?? this.#list.length;
  }

  has(value: number): boolean {
    return this.#table?.has(value) ?? this.#isListed(value);
  }

  /** False where it was in there. */
  add(value: number): boolean {
    if (this.#table !== undefined) {
      const before = this.#table.size;
      return this.#table.add(value).size > before;
    }
    if (this.#isListed(value)) return false;
    this.#list.push(value);
    if (this.#list.length > LIST_MAX) this.#table = new Set(this.#list);
    return true;
  }

  delete(value: number): void {
    if (this.#table !== undefined) {
      this.#table.delete(value);
      return;
    }
    const place = this.#list.indexOf(value);
    if (place < 0) return;
    const last = this.#list.pop() as number;
    if (place < this.#list.length) this.#list[place] = last;
  }

  #isListed(value: number): boolean {
    const list = this.#list;
    for (let index = 0; index < list.length; index++) if (list[index] === value) return true;
    return false;
  }
}
