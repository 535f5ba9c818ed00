/**
 * Records of one size inside the arena, with a free list that is itself state: what a fork takes
 * and gives back is as it was when the fork is dropped. Addresses of records never move.
 */
import { assert } from "@fabula/model";
import { type Arena, PAGE_WORDS } from "./arena.js";

export class RecordPool {
  readonly #pages: number[] = [];
  readonly #perPage: number;

  /** `words` divides a page; two words at `control` (first free, count ever used) are its own. */
  constructor(
    readonly arena: Arena,
    readonly words: number,
    readonly control: number,
  ) {
    assert(PAGE_WORDS % words === 0, `records of ${words} words do not fill a page`);
    this.#perPage = PAGE_WORDS / words;
  }

  /** Address of a record, with whatever stood there before. */
  takeAsIs(): number {
    const free = this.arena.read(this.control);
    if (free === 0) return this.#fresh();
    this.arena.write(this.control, this.arena.read(free));
    return free;
  }

  /** Address of a record of zeros. */
  take(): number {
    const free = this.arena.read(this.control);
    if (free === 0) return this.#fresh();
    this.arena.write(this.control, this.arena.read(free));
    for (let word = 0; word < this.words; word++) {
      this.arena.write(free + word, 0);
      this.arena.setHead(free + word, 0);
    }
    return free;
  }

  give(address: number): void {
    this.arena.write(address, this.arena.read(this.control));
    this.arena.write(this.control, address);
  }

  #fresh(): number {
    const index = this.arena.read(this.control + 1);
    this.arena.write(this.control + 1, index + 1);
    const page = Math.floor(index / this.#perPage);
    if (page >= this.#pages.length) this.#pages.push(this.arena.allocatePage());
    return (this.#pages[page] as number) + (index % this.#perPage) * this.words;
  }
}

/** Words handed out once and for all, for what is interned by name: never freed, no state. */
export class WordAllocator {
  #next = 0;
  #left = 0;

  constructor(readonly arena: Arena) {}

  /** Address of `count` (at most a page of) words side by side, 0 before anybody wrote there. */
  take(count: number): number {
    assert(count <= PAGE_WORDS, "more words than a page has");
    if (count > this.#left) {
      this.#next = this.arena.allocatePage();
      this.#left = PAGE_WORDS;
    }
    const address = this.#next;
    this.#next += count;
    this.#left -= count;
    return address;
  }
}
