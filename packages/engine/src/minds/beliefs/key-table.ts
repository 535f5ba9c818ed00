/**
 * From atoms to keys in one perspective. Where a mind holds something about most of what there is,
 * a plain table; where it holds little of much (one soldier of many), a hash table with open
 * addressing, so that many minds in a large world do not cost the square of it.
 *
 *   hashed | atom + 1, key | atom + 1, key | ...        a power of two of pairs, half of them free
 */

/** Up to here the plain table is always small enough. */
const PLAIN_MAX = 4096;
/** One of so many places must be taken for a larger plain table. */
const SPARSE = 64;
const MIX = 0x9e3779b1 | 0;

export class KeyTable {
  #cells = new Int32Array(64);
  #isHashed = false;
  /** Of pairs in the hashed table, less one. */
  #mask = 0;
  #count = 0;

  /** Words of memory it takes. */
  get words(): number {
    return this.#cells.length;
  }

  /** The key of the atom; 0 where there is none. */
  find(atom: number): number {
    if (!this.#isHashed) return this.#cells[atom] ?? 0;
    return this.#cells[this.#placeOf(atom) + 1] as number;
  }

  /** `atoms`: how many there are in all. */
  set(atom: number, key: number, atoms: number): void {
    if (!this.#isHashed && atom >= this.#cells.length) this.#widen(atom, atoms);
    if (this.#isHashed) this.#put(atom, key);
    else {
      this.#cells[atom] = key;
      this.#count++;
    }
  }

  #widen(atom: number, atoms: number): void {
    const plain = this.#cells;
    const length = Math.max(64, atom + 1, 2 * atoms);
    if (length <= PLAIN_MAX || this.#count * SPARSE >= length) {
      this.#cells = new Int32Array(length);
      this.#cells.set(plain);
      return;
    }
    this.#isHashed = true;
    this.#allocate(this.#count);
    this.#count = 0;
    for (let one = 0; one < plain.length; one++) {
      if (plain[one] !== 0) this.#put(one, plain[one] as number);
    }
  }

  #allocate(count: number): void {
    let pairs = 64;
    while (pairs < count * 4) pairs *= 2;
    this.#cells = new Int32Array(pairs * 2);
    this.#mask = pairs - 1;
  }

  #put(atom: number, key: number): void {
    if (this.#count * 2 > this.#mask) this.#rehash();
    const place = this.#placeOf(atom);
    if (this.#cells[place] === 0) this.#count++;
    this.#cells[place] = atom + 1;
    this.#cells[place + 1] = key;
  }

  #rehash(): void {
    const before = this.#cells;
    this.#allocate(this.#count);
    this.#count = 0;
    for (let place = 0; place < before.length; place += 2) {
      const atom = (before[place] as number) - 1;
      if (atom >= 0) this.#put(atom, before[place + 1] as number);
    }
  }

  /** Where the atom stands, or the free pair where it would. */
  #placeOf(atom: number): number {
    const cells = this.#cells;
    const mask = this.#mask;
    let pair = (Math.imul(atom, MIX) >>> 8) & mask;
    for (;;) {
      const there = cells[pair * 2] as number;
      if (there === 0 || there === atom + 1) return pair * 2;
      pair = (pair + 1) & mask;
    }
  }
}
