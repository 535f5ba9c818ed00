/**
 * All mutable state is numbers in one arena of pages, so that a fork is a mark and dropping it puts
 * back the pages touched since. Beside each word stands a head: the last record of the chronicle
 * that wrote there (see packages/chronicle), which forks with it.
 *
 * Pages are handed out append-only: what a page is *for* is no state, what stands in it is.
 * Writes cost the check of a page's owner; reads cost nothing. Forks are stack-shaped.
 *
 *   address = page << 7 | word        128 words of 8 bytes: a page is 1 KiB
 */
import { assert } from "@fabula/model";

export const PAGE_BITS = 7;
export const PAGE_WORDS = 1 << PAGE_BITS;
const PAGES_MAX = 1 << 23;

export interface ArenaMark {
  readonly epoch: number;
  readonly saved: number;
}

export class Arena {
  /** Float64Array[pages * PAGE_WORDS]; fresh words are 0. Read through `read`, write by `write`. */
  #words = new Float64Array(64 * PAGE_WORDS);
  /** Int32Array[pages * PAGE_WORDS]: last write record of each word, 0 none. */
  #heads = new Int32Array(64 * PAGE_WORDS);
  /** Int32Array[pages]: the epoch in which the page was last saved. */
  #owners = new Int32Array(64).fill(-1);
  #pageCount = 1;
  #epoch = 0;
  #nextEpoch = 1;
  #depth = 0;
  readonly #savedPages: number[] = [];
  readonly #savedOwners: number[] = [];
  #savedWords = new Float64Array(16 * PAGE_WORDS);
  #savedHeads = new Int32Array(16 * PAGE_WORDS);

  get pageCount(): number {
    return this.#pageCount;
  }

  /** Forks under way. */
  get depth(): number {
    return this.#depth;
  }

  /** Pages copied since the oldest mark under way. */
  get savedCount(): number {
    return this.#savedPages.length;
  }

  read(address: number): number {
    return this.#words[address] as number;
  }

  write(address: number, value: number): void {
    if (this.#owners[address >> PAGE_BITS] !== this.#epoch) this.#save(address >> PAGE_BITS);
    this.#words[address] = value;
  }

  head(address: number): number {
    return this.#heads[address] as number;
  }

  setHead(address: number, record: number): void {
    if (this.#owners[address >> PAGE_BITS] !== this.#epoch) this.#save(address >> PAGE_BITS);
    this.#heads[address] = record;
  }

  /** Address of the first word of a page that nobody else uses. */
  allocatePage(): number {
    const page = this.#pageCount++;
    assert(page < PAGES_MAX, `the state is larger than ${PAGES_MAX} pages`);
    if (page >= this.#owners.length) this.#grow(page);
    return page << PAGE_BITS;
  }

  mark(): ArenaMark {
    const mark = { epoch: this.#epoch, saved: this.#savedPages.length };
    this.#epoch = this.#nextEpoch++;
    this.#depth++;
    return mark;
  }

  /** Puts everything back as it was at the mark; later marks are gone with it. */
  drop(mark: ArenaMark): void {
    assert(this.#depth > 0, "no fork to drop");
    for (let index = this.#savedPages.length - 1; index >= mark.saved; index--) {
      const page = this.#savedPages[index] as number;
      const from = index << PAGE_BITS;
      const to = page << PAGE_BITS;
      this.#words.set(this.#savedWords.subarray(from, from + PAGE_WORDS), to);
      this.#heads.set(this.#savedHeads.subarray(from, from + PAGE_WORDS), to);
      this.#owners[page] = this.#savedOwners[index] as number;
    }
    this.#savedPages.length = mark.saved;
    this.#savedOwners.length = mark.saved;
    this.#epoch = mark.epoch;
    this.#depth--;
  }

  /** FNV-1a over every word and head: for tests of forks, within one process. */
  rawHash(): number {
    const end = this.#pageCount << PAGE_BITS;
    const bits = new Int32Array(this.#words.buffer, 0, end * 2);
    let hash = 0x811c9dc5 | 0;
    for (const word of bits) hash = Math.imul(hash ^ word, 0x01000193);
    for (let index = 0; index < end; index++) {
      hash = Math.imul(hash ^ (this.#heads[index] as number), 0x01000193);
    }
    return hash >>> 0;
  }

  #save(page: number): void {
    if (this.#depth > 0) {
      const index = this.#savedPages.length;
      const to = index << PAGE_BITS;
      if (to >= this.#savedWords.length) {
        this.#savedWords = grown(this.#savedWords, Float64Array);
        this.#savedHeads = grown(this.#savedHeads, Int32Array);
      }
      const from = page << PAGE_BITS;
      this.#savedWords.set(this.#words.subarray(from, from + PAGE_WORDS), to);
      this.#savedHeads.set(this.#heads.subarray(from, from + PAGE_WORDS), to);
      this.#savedPages.push(page);
      this.#savedOwners.push(this.#owners[page] as number);
    }
    this.#owners[page] = this.#epoch;
  }

  #grow(page: number): void {
    this.#words = grown(this.#words, Float64Array);
    this.#heads = grown(this.#heads, Int32Array);
    const owners = new Int32Array(this.#owners.length * 2).fill(-1);
    owners.set(this.#owners);
    this.#owners = owners;
    assert(page < owners.length, "arena grown too little");
  }
}

function grown<T extends Float64Array | Int32Array>(array: T, kind: new (length: number) => T): T {
  const larger = new kind(array.length * 2);
  larger.set(array as never);
  return larger;
}
