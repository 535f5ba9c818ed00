/**
 * What was read to work something out, so that it can be kept until one of those things changes.
 * Scopes nest: what an inner one read, the outer one read too.
 *
 *   stack | outer's reads ... | inner's reads ... |
 *                             ^ start of the inner scope
 *
 * Within a scope each key stands once: `#place` says where it was last put, which counts if that
 * is in the scope and still holds the key. When an inner scope closes, what the outer one had
 * already is taken off again.
 *
 * Keys are those of a belief space. Key 0 is the time; keys 1 and up name the lists of atoms of a
 * pseudo-fluent, which grow.
 */
import type { BeliefSpace } from "./belief-space.js";

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
  /** By place on the stack: where the same key had stood before. */
  #before = new Int32Array(4096);
  #place = new Int32Array(1024);
  #top = 0;
  readonly #starts: number[] = [];
  #start = 0;
  /** While true nothing holds: everything is worked out anew. For tests of what is kept. */
  forgetful = false;

  constructor(readonly space: BeliefSpace) {}

  get isOpen(): boolean {
    return this.#starts.length > 0;
  }

  note(key: number): void {
    if (this.#starts.length === 0) return;
    if (key >= this.#place.length) this.#place = wider(this.#place, key + 1);
    const place = this.#place[key] as number;
    if (place >= this.#start && place < this.#top && this.#stack[place] === key) return;
    if (this.#top === this.#stack.length) {
      this.#stack = wider(this.#stack, 0);
      this.#before = wider(this.#before, 0);
    }
    this.#stack[this.#top] = key;
    this.#before[this.#top] = place;
    this.#place[key] = this.#top++;
  }

  noteAll(keys: Int32Array): void {
    if (this.#starts.length === 0) return;
    for (let index = 0; index < keys.length; index++) this.note(keys[index] as number);
  }

  /** Opens a scope; give the result to `close`. */
  open(): number {
    this.#starts.push(this.#top);
    this.#start = this.#top;
    return this.#top;
  }

  /** The keys read since the scope was opened, each once. */
  close(start: number): Int32Array {
    const reads = this.#stack.slice(start, this.#top);
    this.#starts.pop();
    const outer = this.#starts.at(-1);
    this.#start = outer ?? 0;
    let top = start;
    if (outer !== undefined) {
      for (let index = start; index < this.#top; index++) {
        const key = this.#stack[index] as number;
        const before = this.#before[index] as number;
        const had = before >= outer && before < start && this.#stack[before] === key;
        if (had) this.#place[key] = before;
        else {
          this.#stack[top] = key;
          this.#before[top] = before;
          this.#place[key] = top++;
        }
      }
    }
    this.#top = outer === undefined ? 0 : top;
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
}

function wider(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(least, array.length * 2));
  copy.set(array);
  return copy;
}
