/**
 * Who hangs on what: from the address of a ground fluent, a population or a counter to the units
 * that read it. Lists only grow while a run goes on; what a fork added is taken back when it is
 * dropped, so that a fork leaves no trace, not even a needless second look.
 *
 * There are as many links as numbers that units read, in a battle hundreds a fighter: so they are
 * columns of numbers, and no unit keeps a set of its own.
 *
 *   address --#last--> the newest link of its list; #next of that: less the oldest
 *   link | unit | address | next, < 0: it was the newest | the one before
 *   #slots: by unit and address, the link
 */
import type { Unit } from "./unit.js";

type Step =
  | { readonly kind: "added"; readonly link: number }
  | { readonly kind: "forgotten"; readonly address: number; readonly last: number };

export class Dependencies {
  /** By address; by -1 less the address, where it is below 0. Number of a link; 0 none. */
  #last = new Int32Array(1024);
  #lastOfMinds = new Int32Array(64);
  /** By link, from 1 on; its address, its unit. */
  #addresses = new Int32Array(1024);
  #ids = new Int32Array(1024);
  #next = new Int32Array(1024);
  #before = new Int32Array(1024);
  /** By link: what its unit read after it when it was last looked at; a guess, to be checked. */
  #follows = new Int32Array(1024);
  /** By unit: what it read first. A guess too. */
  #firstOf = new Int32Array(64);
  /** By link: 1 where it is in a list. */
  #isLive = new Int32Array(1024);
  #count = 0;
  /** First of the links that are free again, by `#next`; 0 none. */
  #free = 0;
  #live = 0;
  /** Twice as many as there are links at most, at least. */
  #slots = new Int32Array(2048);
  /** What was done since the oldest fork under way. */
  readonly #steps: Step[] = [];
  #forks = 0;

  /** `units`: by their ids. */
  constructor(readonly units: readonly Unit[]) {}

  /** The first link of those that hang on it, in the order in which they came to; 0 none. */
  first(address: number): number {
    const last = this.#lastAt(address);
    return last === 0 ? 0 : -(this.#next[last] as number);
  }

  /** The link after it; 0 none. */
  after(link: number): number {
    const next = this.#next[link] as number;
    return next > 0 ? next : 0;
  }

  unitOf(link: number): Unit {
    return this.units[this.#ids[link] as number] as Unit;
  }

  /**
   * The unit hangs on `reads[from .. to]`. Mostly it read the same in the same order the last time:
   * then each link leads to the next, and none is looked up.
   */
  addAll(unit: Unit, reads: Int32Array, from: number, to: number): void {
    const { id } = unit;
    if (id >= this.#firstOf.length) this.#firstOf = wider(this.#firstOf, id);
    let next = this.#firstOf[id] as number;
    let before = 0;
    for (let index = from; index < to; index++) {
      const address = reads[index] as number;
      const isIt =
        this.#isLive[next] === 1 && this.#ids[next] === id && this.#addresses[next] === address;
      const link = isIt ? next : this.add(unit, address);
      if (before === 0) this.#firstOf[id] = link;
      else this.#follows[before] = link;
      before = link;
      next = this.#follows[link] as number;
    }
  }

  /** The unit hangs on the address. Gives the link that says so. */
  add(unit: Unit, address: number): number {
    const slot = this.#slotOf(unit.id, address);
    if (this.#slots[slot] !== 0) return this.#slots[slot] as number;
    const link = this.#take();
    this.#isLive[link] = 1;
    this.#ids[link] = unit.id;
    this.#addresses[link] = address;
    this.#append(link);
    this.#slots[slot] = link;
    this.#live++;
    if (this.#live * 2 > this.#slots.length) this.#rehash();
    if (this.#forks > 0) this.#steps.push({ kind: "added", link });
    return link;
  }

  /** The address means something else from now on. */
  forget(address: number): void {
    const last = this.#lastAt(address);
    if (last === 0) return;
    for (let link = this.first(address); link !== 0; link = this.after(link)) this.#unslot(link);
    this.#put(address, 0);
    if (this.#forks > 0) this.#steps.push({ kind: "forgotten", address, last });
    else {
      const first = -(this.#next[last] as number);
      this.#next[last] = this.#free;
      this.#free = first;
    }
  }

  mark(): number {
    this.#forks++;
    return this.#steps.length;
  }

  /** Back to how it was at the mark. */
  drop(mark: number): void {
    this.#forks--;
    while (this.#steps.length > mark) {
      const step = this.#steps.pop() as Step;
      if (step.kind === "added") this.#takeBack(step.link);
      else {
        this.#put(step.address, step.last);
        for (let link = this.first(step.address); link !== 0; link = this.after(link)) {
          this.#slots[this.#slotOf(this.#ids[link] as number, step.address)] = link;
          this.#isLive[link] = 1;
          this.#live++;
        }
      }
    }
  }

  /** The newest of its list. */
  #takeBack(link: number): void {
    this.#unslot(link);
    const address = this.#addresses[link] as number;
    const before = this.#before[link] as number;
    if (before !== 0) this.#next[before] = this.#next[link] as number;
    this.#put(address, before);
    this.#next[link] = this.#free;
    this.#free = link;
  }

  #append(link: number): void {
    const address = this.#addresses[link] as number;
    const last = this.#lastAt(address);
    this.#before[link] = last;
    if (last === 0) this.#next[link] = -link;
    else {
      this.#next[link] = this.#next[last] as number;
      this.#next[last] = link;
    }
    this.#put(address, link);
  }

  #take(): number {
    const free = this.#free;
    if (free !== 0) {
      this.#free = this.#next[free] as number;
      return free;
    }
    const link = ++this.#count;
    if (link === this.#ids.length) {
      this.#ids = wider(this.#ids, link);
      this.#addresses = wider(this.#addresses, link);
      this.#next = wider(this.#next, link);
      this.#before = wider(this.#before, link);
      this.#follows = wider(this.#follows, link);
      this.#isLive = wider(this.#isLive, link);
    }
    return link;
  }

  #lastAt(address: number): number {
    return (address < 0 ? this.#lastOfMinds[-1 - address] : this.#last[address]) ?? 0;
  }

  #put(address: number, last: number): void {
    if (address < 0) {
      const place = -1 - address;
      if (place >= this.#lastOfMinds.length) this.#lastOfMinds = wider(this.#lastOfMinds, place);
      this.#lastOfMinds[place] = last;
    } else {
      if (address >= this.#last.length) this.#last = wider(this.#last, address);
      this.#last[address] = last;
    }
  }

  /** Where it stands, or the empty slot where it would. */
  #slotOf(id: number, address: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(id, address) & mask; ; slot = (slot + 1) & mask) {
      const link = this.#slots[slot] as number;
      if (link === 0 || (this.#ids[link] === id && this.#addresses[link] === address)) return slot;
    }
  }

  /** Those behind it move up, so that no search ends too early. */
  #unslot(link: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#slotOf(this.#ids[link] as number, this.#addresses[link] as number);
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = slots[slot] as number;
      const home = hashOf(this.#ids[other] as number, this.#addresses[other] as number) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots[hole] = other;
      hole = slot;
    }
    slots[hole] = 0;
    this.#isLive[link] = 0;
    this.#live--;
  }

  #rehash(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot++) {
      const link = old[slot] as number;
      if (link === 0) continue;
      this.#slots[this.#slotOf(this.#ids[link] as number, this.#addresses[link] as number)] = link;
    }
  }
}

function hashOf(id: number, address: number): number {
  let hash = Math.imul(id, 0x9e3779b1) ^ Math.imul(address, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function wider(column: Int32Array<ArrayBuffer>, place: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(place + 1, column.length * 2));
  copy.set(column);
  return copy;
}
