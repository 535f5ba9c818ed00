/**
 * Nodes by place: what a mind makes up out of other things, kept until one of those changes, and
 * then worked out again. As long as the same comes out, whatever was worked out from a node still
 * holds: a wound that closes a little changes what hangs on how deep it is, and nothing that only
 * asks whether it bleeds.
 */
import type { Evaluator } from "./evaluator.js";
import type { Node, NodeMaker } from "./kept.js";

export class Nodes<T> implements NodeMaker {
  /** Int32Array[places]: place in `#nodes` + 1; 0 none. */
  #places = new Int32Array(1024);
  readonly #nodes: Node[] = [];

  constructor(
    readonly reader: Evaluator,
    /** Works out what stands at a place, on what is believed now. */
    readonly make: (place: number) => T,
    readonly isSame: (a: T, b: T) => boolean,
  ) {}

  /** What stands at a place: kept, or worked out as `make` does. It is noted as one thing read. */
  get(place: number): T {
    const { log } = this.reader;
    const known = this.find(place);
    if (known !== undefined) {
      log.noteNode(known);
      return known.value as T;
    }
    const start = log.open();
    return this.close(start, place, this.make(place));
  }

  /** What is kept there, if it still holds and nothing foreseen touches it; it is not noted yet. */
  find(place: number): Node | undefined {
    const { log } = this.reader;
    const node = this.#nodes[(this.#places[place] ?? 0) - 1];
    if (node === undefined || !log.holds(node, this.reader.now)) return undefined;
    return log.isClean(node.reads) ? node : undefined;
  }

  /**
   * Closes the scope in which the value was worked out, and keeps it unless something foreseen is
   * in it. The outer scope read the node, or, where it is none, all that was read. Returns what
   * stands for the value: the same thing as before where the two are equal.
   */
  close(start: number, place: number, value: T): T {
    const { log } = this.reader;
    if (!log.isCleanSince(start)) {
      log.merge(start);
      return value;
    }
    const node = this.#keep(place, start, value);
    if (node.timed) log.merge(start);
    else {
      log.drop(start);
      log.noteNode(node);
    }
    return node.value as T;
  }

  #keep(place: number, start: number, value: T): Node {
    const { log, space, now } = this.reader;
    const node = this.#nodeAt(place);
    // Mostly it was made from the same as before: then no list is made of it.
    const alike = log.isSince(start, node.reads);
    const reads = alike ? node.reads : log.since(start);
    const root = log.rootOf(reads);
    // Whatever read it hangs on another mind from now on.
    const changed = node.at < 0 || node.root !== root || !this.isSame(node.value as T, value);
    if (changed) {
      node.value = value;
      node.root = root;
      node.changedAt = space.nextSerial();
    }
    if (!alike) {
      node.reads = reads;
      node.timed = reads.includes(0);
      node.cleanAt = -1;
      log.reshaped++;
    }
    node.at = space.serial;
    node.now = now;
    node.checked = space.pulseOf(node.root);
    log.publish(node);
    return node;
  }

  #nodeAt(place: number): Node {
    if (place >= this.#places.length) {
      const wider = new Int32Array(Math.max(place + 1, this.#places.length * 2));
      wider.set(this.#places);
      this.#places = wider;
    }
    const known = this.#nodes[(this.#places[place] as number) - 1];
    if (known !== undefined) return known;
    const made = this.reader.log.newNode(this, place);
    this.#places[place] = this.#nodes.push(made);
    return made;
  }

  /** Works out anew what stands there, on what is believed. */
  remake(place: number): void {
    const { reader } = this;
    const { log, perspective, splitting, tracer, outlooksInside, elapsed } = reader;
    reader.splitting = false;
    reader.tracer = undefined;
    reader.elapsed = 0;
    const start = log.open();
    const value = this.make(place);
    this.#keep(place, start, value);
    log.drop(start);
    reader.perspective = perspective;
    reader.splitting = splitting;
    reader.tracer = tracer;
    reader.outlooksInside = outlooksInside;
    reader.elapsed = elapsed;
  }
}

/** Whether both hold the same numbers in the same order. */
export function isSameList(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
