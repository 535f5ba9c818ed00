/**
 * The agenda: a hierarchical timing wheel of 64 slots a level, 1 ms a slot at the bottom (Varghese
 * and Lauck 1987), with its nodes in the arena. What is due in one instant comes in the order of
 * the keys, whatever the order in which it was put there.
 *
 * A key names what is due ([kind, ...]); it is interned once and may have any number of times.
 *
 *   node   | 0 time | 1 key | 2 next in slot | 3 previous | 4 next of the key | ...
 */
import { TupleTable } from "@fabula/model";
import { sortFew } from "../kernel/order.js";
import type { Arena } from "./arena.js";
import { RecordPool, type WordAllocator } from "./pool.js";

const LEVELS = 9;
const SLOTS = 64;
const NODE_WORDS = 8;
/** Times below it are digits of 32-bit integers: 12 days from the beginning. */
const SMALL = 1 << 30;
const POWERS: number[] = [1];
for (let level = 1; level <= LEVELS; level++) POWERS.push((POWERS[level - 1] as number) * SLOTS);

export class Agenda {
  readonly #keys = new TupleTable();
  readonly #keyWords: number[] = [];
  /** Addresses of the 64 slot heads of each level. */
  readonly #levels: number[] = [];
  readonly #bits: number;
  readonly #nodes: RecordPool;

  /** Nothing before `begins` can be put in. */
  constructor(
    readonly arena: Arena,
    readonly allocator: WordAllocator,
    readonly begins: number,
  ) {
    for (let level = 0; level < LEVELS; level++) this.#levels.push(allocator.take(SLOTS));
    this.#bits = allocator.take(LEVELS * 2 + 1);
    this.#nodes = new RecordPool(arena, NODE_WORDS, allocator.take(2));
  }

  /** The id of a key, for as long as this agenda lives. */
  key(parts: readonly number[]): number {
    const known = this.#keys.find(parts);
    if (known >= 0) return known;
    this.#keyWords.push(this.allocator.take(1));
    return this.#keys.add(parts);
  }

  partsOf(key: number): readonly number[] {
    return this.#keys.get(key);
  }

  /** One more time for the key. `time`: whole milliseconds, not before the last instant opened. */
  add(key: number, time: number): void {
    const node = this.#nodes.takeAsIs();
    this.arena.write(node, this.#placeOf(time));
    this.arena.write(node + 1, key);
    const word = this.#keyWords[key] as number;
    this.arena.write(node + 4, this.arena.read(word));
    this.arena.write(word, node);
    this.#link(node);
  }

  /** The only time of the key from now on; Infinity takes it out. */
  put(key: number, time: number): void {
    const node = this.arena.read(this.#keyWords[key] as number);
    if (node !== 0 && time !== Number.POSITIVE_INFINITY && this.arena.read(node + 4) === 0) {
      this.#move(node, time);
      return;
    }
    if (node !== 0) this.clear(key);
    if (time !== Number.POSITIVE_INFINITY) this.add(key, time);
  }

  #move(node: number, time: number): void {
    const before = this.arena.read(node);
    if (before === time - this.begins) return;
    const place = this.#placeOf(time);
    this.#unlink(node);
    this.arena.write(node, place);
    this.#link(node);
  }

  /** Milliseconds from `begins`, no earlier than the instant that is open. */
  #placeOf(time: number): number {
    if (!Number.isInteger(time)) throw new RangeError(`a time is whole milliseconds: ${time}`);
    return Math.max(time - this.begins, this.#current);
  }

  /** Takes out every time of the key. */
  clear(key: number): void {
    const word = this.#keyWords[key] as number;
    let node = this.arena.read(word);
    if (node === 0) return;
    this.arena.write(word, 0);
    while (node !== 0) {
      const next = this.arena.read(node + 4);
      this.#unlink(node);
      this.#nodes.give(node);
      node = next;
    }
  }

  /** The earliest time of the key; Infinity where it has none. */
  timeOf(key: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    let node = this.arena.read(this.#keyWords[key] as number);
    for (; node !== 0; node = this.arena.read(node + 4)) {
      earliest = Math.min(earliest, this.arena.read(node) + this.begins);
    }
    return earliest;
  }

  /** The next instant at which something is due, if not after `limit`; Infinity otherwise. */
  nextTime(limit: number): number {
    const last = limit - this.begins;
    for (;;) {
      const slot = this.#firstSlot(0, this.#digit(this.#current, 0));
      if (slot >= 0) {
        const time = this.#blockStart(0) + slot;
        return time > last ? Number.POSITIVE_INFINITY : time + this.begins;
      }
      if (!this.#cascadeNext(last)) return Number.POSITIVE_INFINITY;
    }
  }

  /** Takes out all that is due at `time` (from `nextTime`): keys, in order of their parts. */
  open(time: number): number[] {
    const at = time - this.begins;
    this.arena.write(this.#currentWord, at);
    const head = this.#head(0, at);
    const first = this.arena.read(head);
    this.arena.write(head, 0);
    this.#setBit(0, this.#digit(at, 0), false);
    if (first === 0) return [];
    const keys = [this.#release(first)];
    for (let node = this.#after; node !== 0; node = this.#after) keys.push(this.#release(node));
    if (keys.length === 1) return keys;
    return sortFew(keys, (a, b) => compareParts(this.partsOf(a), this.partsOf(b)));
  }

  // ---- slots

  /** The node behind the one released last. */
  #after = 0;

  /** The key of a node that is due, which is free from now on. */
  #release(node: number): number {
    const key = this.arena.read(node + 1);
    this.#after = this.arena.read(node + 2);
    this.#unchain(node);
    this.#nodes.give(node);
    return key;
  }

  get #currentWord(): number {
    return this.#bits + LEVELS * 2;
  }

  get #current(): number {
    return this.arena.read(this.#currentWord);
  }

  #digit(time: number, level: number): number {
    if (time < SMALL && level < 5) return (time >> (6 * level)) & 63;
    return Math.floor(time / (POWERS[level] as number)) % SLOTS;
  }

  #blockStart(level: number): number {
    const size = POWERS[level + 1] as number;
    return Math.floor(this.#current / size) * size;
  }

  #levelOf(time: number): number {
    const current = this.#current;
    if (time < SMALL && current < SMALL) {
      const differing = time ^ current;
      return differing < 64 ? 0 : ((31 - Math.clz32(differing)) / 6) | 0;
    }
    for (let level = 0; level < LEVELS; level++) {
      const size = POWERS[level + 1] as number;
      if (Math.floor(time / size) === Math.floor(current / size)) return level;
    }
    throw new RangeError(`a time out of reach of the agenda: ${time + this.begins}`);
  }

  #head(level: number, time: number): number {
    return (this.#levels[level] as number) + this.#digit(time, level);
  }

  #link(node: number): void {
    const time = this.arena.read(node);
    const level = this.#levelOf(time);
    const head = this.#head(level, time);
    const first = this.arena.read(head);
    this.arena.write(node + 2, first);
    this.arena.write(node + 3, 0);
    if (first !== 0) this.arena.write(first + 3, node);
    else this.#setBit(level, this.#digit(time, level), true);
    this.arena.write(head, node);
  }

  #unlink(node: number): void {
    const time = this.arena.read(node);
    const level = this.#levelOf(time);
    const head = this.#head(level, time);
    const next = this.arena.read(node + 2);
    const previous = this.arena.read(node + 3);
    if (next !== 0) this.arena.write(next + 3, previous);
    if (previous !== 0) this.arena.write(previous + 2, next);
    else this.arena.write(head, next);
    if (next === 0 && previous === 0) this.#setBit(level, this.#digit(time, level), false);
  }

  /** Takes a node out of the list of its key. */
  #unchain(node: number): void {
    const word = this.#keyWords[this.arena.read(node + 1)] as number;
    const after = this.arena.read(node + 4);
    let before = this.arena.read(word);
    if (before === node) {
      this.arena.write(word, after);
      return;
    }
    while (this.arena.read(before + 4) !== node) before = this.arena.read(before + 4);
    this.arena.write(before + 4, after);
  }

  #setBit(level: number, slot: number, on: boolean): void {
    const word = this.#bits + level * 2 + (slot >> 5);
    const bit = 1 << (slot & 31);
    const before = this.arena.read(word) | 0;
    this.arena.write(word, on ? before | bit : before & ~bit);
  }

  /** First occupied slot of a level at or after `from`; -1 none. */
  #firstSlot(level: number, from: number): number {
    if (from >= SLOTS) return -1;
    const low = this.arena.read(this.#bits + level * 2) | 0;
    const high = this.arena.read(this.#bits + level * 2 + 1) | 0;
    if (from < 32) {
      const bits = low & (-1 << from);
      if (bits !== 0) return lowestBit(bits);
      return high === 0 ? -1 : 32 + lowestBit(high);
    }
    const bits = high & (-1 << (from - 32));
    return bits === 0 ? -1 : 32 + lowestBit(bits);
  }

  #earliestIn(head: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (let node = this.arena.read(head); node !== 0; node = this.arena.read(node + 2)) {
      earliest = Math.min(earliest, this.arena.read(node));
    }
    return earliest;
  }

  /** Moves the nearest later slot of a higher level down; false where there is none by `last`. */
  #cascadeNext(last: number): boolean {
    for (let level = 1; level < LEVELS; level++) {
      const slot = this.#firstSlot(level, this.#digit(this.#current, level) + 1);
      if (slot < 0) continue;
      const start = this.#blockStart(level) + slot * (POWERS[level] as number);
      const head = (this.#levels[level] as number) + slot;
      // Not before it must: what is put in next may still be earlier than the slot.
      const end = start + (POWERS[level] as number);
      if (start > last || (end > last && this.#earliestIn(head) > last)) return false;
      this.arena.write(this.#currentWord, start);
      let node = this.arena.read(head);
      this.arena.write(head, 0);
      this.#setBit(level, slot, false);
      while (node !== 0) {
        const next = this.arena.read(node + 2);
        this.#link(node);
        node = next;
      }
      return true;
    }
    return false;
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** Numbers by size, position by position; the shorter first where one begins the other. */
export function compareParts(a: readonly number[], b: readonly number[]): number {
  const count = Math.min(a.length, b.length);
  for (let index = 0; index < count; index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
