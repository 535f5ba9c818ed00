/**
 * What was read to work something out, so that it can be kept until one of those things changes.
 * Scopes nest: what an inner one read, the outer one read too.
 *
 *   stack | outer's reads ... | inner's reads ... |
 *                             ^ start of the inner scope
 *
 * Within a scope each read stands once: `#place` says where it was last put, which counts if that
 * is in the scope and still holds the same. When an inner scope closes, what the outer one had
 * already is taken off again.
 *
 *   read  > 0   a key of a belief space; keys 1 and up name the lists of atoms of a
 *               pseudo-fluent, which grow
 *           0   the time
 *         < 0   less its number: a node, something worked out that is read as one thing. What
 *               reads it hangs on its value alone, not on all that the value was made from.
 */
import { tooManyMinds } from "../../run/run-fault.js";
import { type BeliefSpace, NOBODYS, SEVERALS } from "../beliefs/belief-space.js";
import type { Derived, Node, NodeMaker, Reads } from "./kept.js";

const QUICK_WORDS = 4;
const NO_READS: Reads = [];
/** All that minds can keep of what they made up: some 2 GB, of fifty who are all together. */
const NODES_MAX = 2_000_000;
/** Among very many who each know little, so many of each. */
const NODES_OF_EACH = 1_000;

export class ReadLog {
  #stack = new Int32Array(4096);
  /** By place on the stack: where the same read had stood before. */
  #before = new Int32Array(4096);
  /** By key, and by number of a node. */
  #place = new Int32Array(1024);
  #placeOfNode = new Int32Array(256);
  #top = 0;
  readonly #starts: number[] = [];
  #start = 0;
  readonly #nodes: Node[] = [];
  /**
   * By number of a node, side by side: `checked` (-1 where it reads the time), `root`, `changedAt`.
   * Millions of times in a run nothing else is asked, and the nodes themselves lie far apart.
   */
  #quick = new Int32Array(1024);
  /** By key, and by number of a node: the last `#epoch` in which it needed not be named. */
  #covered = new Int32Array(1024);
  #coveredNodes = new Int32Array(256);
  #epoch = 0;
  #made = 0;
  /** Counts the nodes that came to be made from other reads than before. */
  reshaped = 0;
  /** While true nothing holds: everything is worked out anew. For tests of what is kept. */
  forgetful = false;

  constructor(
    readonly space: BeliefSpace,
    /** How many take things in. */
    readonly minds: () => number,
  ) {}

  get isOpen(): boolean {
    return this.#starts.length > 0;
  }

  note(read: number): void {
    if (this.#starts.length === 0) return;
    const place = this.#placeOf(read);
    if (place >= this.#start && place < this.#top && this.#stack[place] === read) return;
    if (this.#top === this.#stack.length) {
      this.#stack = wider(this.#stack, 0);
      this.#before = wider(this.#before, 0);
    }
    this.#stack[this.#top] = read;
    this.#before[this.#top] = place;
    this.#put(read, this.#top++);
  }

  noteAll(reads: Reads): void {
    if (this.#starts.length === 0) return;
    for (let index = 0; index < reads.length; index++) this.note(reads[index] as number);
  }

  /** What reads the time is never read as one thing: it changes without anybody's writing. */
  noteNode(node: Node): void {
    if (this.#starts.length === 0) return;
    if (node.timed) this.noteAll(node.reads);
    else {
      if (node.number === 0) this.#number(node);
      this.note(-node.number);
    }
  }

  #placeOf(read: number): number {
    if (read >= 0) {
      if (read >= this.#place.length) {
        this.#place = wider(this.#place, read + 1);
        this.#covered = wider(this.#covered, read + 1);
      }
      return this.#place[read] as number;
    }
    if (-read >= this.#placeOfNode.length) {
      this.#placeOfNode = wider(this.#placeOfNode, 1 - read);
      this.#coveredNodes = wider(this.#coveredNodes, 1 - read);
    }
    return this.#placeOfNode[-read] as number;
  }

  #put(read: number, place: number): void {
    if (read >= 0) this.#place[read] = place;
    else this.#placeOfNode[-read] = place;
  }

  /** Opens a scope; give the result to `close` or `drop`. */
  open(): number {
    this.#starts.push(this.#top);
    this.#start = this.#top;
    return this.#top;
  }

  /** What was read since the scope was opened, each once. */
  since(start: number): Reads {
    const reads = new Array<number>(this.#top - start);
    for (let index = 0; index < reads.length; index++) {
      reads[index] = this.#stack[start + index] as number;
    }
    return reads;
  }

  /** Whether what was read since the scope was opened is just this, in the same order. */
  isSince(start: number, reads: Reads): boolean {
    if (this.#top - start !== reads.length) return false;
    for (let index = 0; index < reads.length; index++) {
      if (this.#stack[start + index] !== reads[index]) return false;
    }
    return true;
  }

  /** Closes the scope: what was read in it the outer one read too. */
  close(start: number): Reads {
    const reads = this.since(start);
    this.merge(start);
    return reads;
  }

  /** As `close`, for who does not ask what it was. */
  merge(start: number): void {
    this.#starts.pop();
    const outer = this.#starts.at(-1);
    this.#start = outer ?? 0;
    let top = start;
    if (outer !== undefined) {
      for (let index = start; index < this.#top; index++) {
        const read = this.#stack[index] as number;
        const before = this.#before[index] as number;
        const had = before >= outer && before < start && this.#stack[before] === read;
        if (had) this.#put(read, before);
        else {
          this.#stack[top] = read;
          this.#before[top] = before;
          this.#put(read, top++);
        }
      }
    }
    this.#top = outer === undefined ? 0 : top;
  }

  /** Closes the scope: the outer one read nothing of it. */
  drop(start: number): void {
    for (let index = this.#top - 1; index >= start; index--) {
      this.#put(this.#stack[index] as number, this.#before[index] as number);
    }
    this.#starts.pop();
    this.#start = this.#starts.at(-1) ?? 0;
    this.#top = this.#starts.length === 0 ? 0 : start;
  }

  /** Worked out just now from these reads. */
  derived<T>(reads: Reads, now: number, value: T): Derived<T> {
    const { serial } = this.space;
    const root = this.rootOf(reads);
    const checked = this.space.pulseOf(root);
    return { at: serial, now, timed: reads.includes(0), reads, value, root, checked };
  }

  /** In whose mind all of it was read. */
  rootOf(reads: Reads): number {
    let root = NOBODYS;
    for (let index = 0; index < reads.length; index++) {
      const read = reads[index] as number;
      const one = read < 0 ? (this.#nodes[-read] as Node).root : this.space.rootOf(read);
      if (one === NOBODYS || one === root) continue;
      if (root !== NOBODYS) return SEVERALS;
      root = one;
    }
    return root;
  }

  /** Whether what it was worked out from is as it was then, and the time fits. */
  holds(derived: Derived<unknown>, now: number): boolean {
    const { space } = this;
    if (derived.at <= space.floor || this.forgetful) return false;
    if (derived.timed && derived.now !== now) return false;
    const pulse = space.pulseOf(derived.root);
    if (derived.checked === pulse) return true;
    const { reads, at, root } = derived;
    for (let index = 0; index < reads.length; index++) {
      const read = reads[index] as number;
      if (read >= 0) {
        if (space.storedAt(read) > at) return false;
        continue;
      }
      const quick = this.#quick;
      const place = -read * QUICK_WORDS;
      const whose = quick[place + 1] as number;
      const found = quick[place] === (whose === root ? pulse : space.pulseOf(whose));
      if (found ? (quick[place + 2] as number) > at : !this.#isSame(read, at)) return false;
    }
    derived.checked = pulse;
    return true;
  }

  /** What most look-ups ask of a node stands in `#quick` too. Call when any of it has changed. */
  publish(node: Node): void {
    if (node.number === 0) return;
    const place = node.number * QUICK_WORDS;
    if (place + QUICK_WORDS > this.#quick.length) {
      this.#quick = wider(this.#quick, place + QUICK_WORDS);
    }
    this.#quick[place] = node.timed || this.forgetful ? -1 : node.checked;
    this.#quick[place + 1] = node.root;
    this.#quick[place + 2] = node.changedAt;
  }

  /** Whether the node's value is what it was at this serial number: it may be worked out again. */
  #isSame(read: number, at: number): boolean {
    const node = this.#nodes[-read] as Node;
    if (node.busy || node.timed) return false;
    node.busy = true;
    let holds = this.holds(node, node.now);
    // Under an overlay it would come out as foreseen.
    if (!holds && node.maker !== undefined && !this.space.isForeseeing) {
      node.maker.remake(node.place);
      holds = !node.timed && node.checked === this.space.pulseOf(node.root);
    }
    node.busy = false;
    this.publish(node);
    return holds && node.changedAt <= at;
  }

  /** Whether the overlay touches none of what it was worked out from. */
  isClean(reads: Reads): boolean {
    const { space } = this;
    if (!space.isForeseeing) return true;
    for (let index = 0; index < reads.length; index++) {
      const read = reads[index] as number;
      const clean = read >= 0 ? !space.isOverlaid(read) : this.#isNodeClean(read);
      if (!clean) return false;
    }
    return true;
  }

  /** `isClean` of what was read since the scope was opened. */
  isCleanSince(start: number): boolean {
    const { space } = this;
    if (!space.isForeseeing) return true;
    for (let index = start; index < this.#top; index++) {
      const read = this.#stack[index] as number;
      const clean = read >= 0 ? !space.isOverlaid(read) : this.#isNodeClean(read);
      if (!clean) return false;
    }
    return true;
  }

  #isNodeClean(read: number): boolean {
    const node = this.#nodes[-read] as Node;
    if (node.cleanAt !== this.space.version) {
      node.cleanAt = this.space.version;
      node.clean = true;
      node.clean = this.isClean(node.reads);
    }
    return node.clean;
  }

  /** A node that was never worked out. */
  newNode(maker: NodeMaker | undefined, place: number): Node {
    if (++this.#made > NODES_MAX && this.#made > NODES_OF_EACH * this.minds()) throw tooManyMinds();
    return {
      number: 0,
      at: -1,
      // Not 0: times are no small integers (see Evaluator.elapsed).
      now: -0,
      timed: false,
      reads: NO_READS,
      value: undefined,
      root: NOBODYS,
      checked: -1,
      changedAt: -1,
      busy: false,
      clean: false,
      cleanAt: -1,
      maker,
      place,
    };
  }

  /**
   * What was read since the scope was opened, less what something else that was read and kept whole
   * hangs on: that says so too. A third of all reads are left.
   */
  #keepReads(node: Node, start: number): void {
    const epoch = ++this.#epoch;
    for (let at = start; at < this.#top; at++) {
      const read = this.#stack[at] as number;
      const kept = read < 0 ? (this.#nodes[-read] as Node) : undefined;
      if (kept === undefined || kept.maker !== undefined) continue;
      for (let index = 0; index < kept.reads.length; index++) {
        this.#cover(kept.reads[index] as number, epoch);
      }
    }
    const reads: number[] = [];
    for (let at = start; at < this.#top; at++) {
      const read = this.#stack[at] as number;
      if (!this.#isCovered(read, epoch)) reads.push(read);
    }
    node.reads = reads;
    node.timed = reads.includes(0);
  }

  #cover(read: number, epoch: number): void {
    if (read >= 0) this.#covered[read] = epoch;
    else this.#coveredNodes[-read] = epoch;
  }

  #isCovered(read: number, epoch: number): boolean {
    return (read >= 0 ? this.#covered[read] : this.#coveredNodes[-read]) === epoch;
  }

  #number(node: Node): void {
    // Number 0 is no node: there is no less than zero of it.
    if (this.#nodes.length === 0) this.#nodes.push(node);
    node.number = this.#nodes.push(node) - 1;
    this.publish(node);
  }

  /**
   * Closes the scope in which the value was worked out anew: the node keeps it, and the outer
   * scope read the node.
   */
  keep(node: Node, start: number, now: number, value: unknown): void {
    const { space } = this;
    this.#keepReads(node, start);
    node.root = this.rootOf(node.reads);
    node.value = value;
    node.changedAt = space.nextSerial();
    node.at = space.serial;
    node.now = now;
    node.checked = space.pulseOf(node.root);
    node.cleanAt = -1;
    this.publish(node);
    if (node.timed) this.merge(start);
    else {
      this.drop(start);
      this.noteNode(node);
    }
  }

  /** The keys behind the reads, in the order in which they were read, each once. */
  keysOf(reads: Reads): Reads {
    if (reads.every((read) => read >= 0)) return reads;
    const keys = new Set<number>();
    this.#collect(reads, keys, new Set());
    return [...keys];
  }

  #collect(reads: Reads, keys: Set<number>, nodes: Set<number>): void {
    for (let index = 0; index < reads.length; index++) {
      const read = reads[index] as number;
      if (read >= 0) keys.add(read);
      else if (!nodes.has(read)) {
        nodes.add(read);
        this.#collect((this.#nodes[-read] as Node).reads, keys, nodes);
      }
    }
  }
}

function wider(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(least, array.length * 2));
  copy.set(array);
  return copy;
}
