/**
 * Numbers from 0 on for lists of numbers, in the order in which they were first seen. For what is
 * looked up all the time: nothing is put together to look it up by.
 *
 *   slots | number + 1 | 0 free | ...        a power of two, half of them free; open addressing
 */

const MIX = 0x9e3779b1 | 0;
const SLOTS_FIRST = 8;

export class TupleTable {
  #slots = new Int32Array(SLOTS_FIRST);
  readonly #tuples: (readonly number[])[] = [];

  get count(): number {
    return this.#tuples.length;
  }

  /** The number of the tuple; -1 where it was never added. */
  find(tuple: readonly number[]): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = hashOf(tuple) & mask; ; at = (at + 1) & mask) {
      const number = (slots[at] as number) - 1;
      if (number < 0 || isSame(this.#tuples[number] as readonly number[], tuple)) return number;
    }
  }

  /** The number of a tuple, which is kept; what is found already keeps its own. */
  add(tuple: readonly number[]): number {
    const known = this.find(tuple);
    if (known >= 0) return known;
    const number = this.#tuples.push(tuple.slice()) - 1;
    if (this.#tuples.length * 2 > this.#slots.length) this.#widen();
    else this.#enter(number);
    return number;
  }

  /** The tuple of a number that was given out. */
  get(number: number): readonly number[] {
    return this.#tuples[number] as readonly number[];
  }

  #widen(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#tuples.length; number++) this.#enter(number);
  }

  #enter(number: number): void {
    const mask = this.#slots.length - 1;
    let at = hashOf(this.#tuples[number] as readonly number[]) & mask;
    while (this.#slots[at] !== 0) at = (at + 1) & mask;
    this.#slots[at] = number + 1;
  }
}

function hashOf(tuple: readonly number[]): number {
  let hash = tuple.length;
  for (let index = 0; index < tuple.length; index++) {
    hash = Math.imul(hash ^ ((tuple[index] as number) | 0), MIX);
    hash ^= hash >>> 15;
  }
  return hash >>> 1;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const left = a[index] as number;
    const right = b[index] as number;
    if (left !== right && !(Number.isNaN(left) && Number.isNaN(right))) return false;
  }
  return true;
}
