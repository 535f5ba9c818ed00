/**
 * What was read to work something out, so that it can be kept until one of those things changes.
 * Scopes nest: what an inner one read, the outer one read too.
 *
 *   stack | outer's reads ... | inner's reads ... |
 *                             ^ start of the inner scope
 *
 * Keys are those of a belief space. Key 0 is the time; keys 1 and up name the lists of atoms of a
 * pseudo-fluent, which grow.
 */
import type { BeliefSpace } from "./belief-space.js";

const FEW = 12;

/** Worked out at a serial number of the space, from these keys. */
export interface Derived<T> {
  readonly at: number;
  /** Milliseconds since the epoch, for what read the time. */
  readonly now: number;
  readonly reads: Int32Array;
  readonly value: T;
}

export class ReadLog {
  #stack = new Int32Array(4096);
  #top = 0;
  #depth = 0;
  #scope = 0;
  #seen = new Int32Array(1024);

  /** While true nothing holds: everything is worked out anew. For tests of what is kept. */
  forgetful = false;

  constructor(readonly space: BeliefSpace) {}

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  note(key: number): void {
    if (this.#depth === 0) return;
    if (this.#top === this.#stack.length) this.#compact();
    this.#stack[this.#top++] = key;
  }

  noteAll(keys: Int32Array): void {
    if (this.#depth === 0) return;
    for (let index = 0; index < keys.length; index++) this.note(keys[index] as number);
  }

  /** Opens a scope; give the result to `close`. */
  open(): number {
    this.#depth++;
    return this.#top;
  }

  /** The keys read since the scope was opened; many of them each once. */
  close(start: number): Int32Array {
    this.#depth--;
    // A few reads are not worth the look for the same among them.
    const top = this.#top - start < FEW ? this.#top : this.#dedupe(start);
    const reads = this.#stack.slice(start, top);
    this.#top = this.#depth === 0 ? 0 : top;
    return reads;
  }

  /** Whether nothing it was worked out from was written for good since, and the time fits. */
  holds(derived: Derived<unknown>, now: number): boolean {
    const { space } = this;
    if (derived.at <= space.floor || this.forgetful) return false;
    const { reads, at } = derived;
    for (let index = 0; index < reads.length; index++) {
      const key = reads[index] as number;
      if (key === 0 ? derived.now !== now : space.storedAt(key) > at) return false;
    }
    return true;
  }

  /** Whether the overlay touches none of what it was worked out from. */
  isClean(reads: Int32Array): boolean {
    const { space } = this;
    for (let index = 0; index < reads.length; index++) {
      if (space.isOverlaid(reads[index] as number)) return false;
    }
    return true;
  }

  #dedupe(start: number): number {
    const scope = ++this.#scope;
    let top = start;
    for (let index = start; index < this.#top; index++) {
      const key = this.#stack[index] as number;
      if (key >= this.#seen.length) this.#growSeen(key);
      if (this.#seen[key] === scope) continue;
      this.#seen[key] = scope;
      this.#stack[top++] = key;
    }
    return top;
  }

  #growSeen(key: number): void {
    const wider = new Int32Array(Math.max(key + 1, this.#seen.length * 2));
    wider.set(this.#seen);
    this.#seen = wider;
  }

  #compact(): void {
    const wider = new Int32Array(this.#stack.length * 2);
    wider.set(this.#stack);
    this.#stack = wider;
  }
}
