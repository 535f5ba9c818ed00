/**
 * What is held of which atom in which perspective: odds and a value. Beliefs lie in the host's
 * cells, so they fork and undo with the run; a foresight writes to an overlay above them, with a
 * trail to take it back. Nothing is copied.
 *
 *   perspective x atom --tables--> key --cells--> odds, value, source, by, cause, time
 *                                      --over---> odds, value          (while foreseeing)
 *
 * Odds of 0: nothing held. Overlay odds below 0: forgotten, as if nothing were stored.
 */
import type { BeliefSource } from "@fabula/chronicle";
import { assert } from "@fabula/model";
import type { Cells } from "../../host.js";
import type { Undisputed } from "../reading/undisputed.js";
import type { Atoms } from "./atoms.js";
import { KeyTable } from "./key-table.js";
import { Perspectives } from "./perspectives.js";

export const SOURCES: readonly BeliefSource[] = [
  "start",
  "saw",
  "heard",
  "felt",
  "told",
  "inferred",
  "did",
  "reasoned",
];

const FIELDS = 6;
/** Keys kept free for the time and for lists of atoms: see read-log.ts. */
const RESERVED = 32;
/** The last of them: all that was ever worked out. */
export const EVERYTHING = RESERVED - 1;
/** Of which types others may be there than those declared, and who takes things in. */
export const SETTLED_TYPES = RESERVED - 2;
/** Hangs on nobody's beliefs. */
export const NOBODYS = -2;
/** Hangs on what several hold. */
export const SEVERALS = -1;
const FORGOTTEN = -1;
const TRAIL_START = 1024;

/** Where a stored belief came from. */
export interface Provenance {
  readonly source: BeliefSource;
  /** Birth number of who told it; -1 nobody. */
  readonly by: number;
  /** The occurrence behind it. */
  readonly cause: number;
}

export class BeliefSpace {
  readonly perspectives = new Perspectives();
  /** While true, reads do not look at the overlay: what I believe, not what I foresee. */
  withoutOverlay = false;
  /** Counts what changed for good; what was worked out up to `floor` holds no more. */
  serial = 1;
  floor = 0;
  /** Counts what was written for good, and that alone. */
  stores = 0;
  /** Another number whenever the overlay is another. */
  version = 0;
  /** Told of each key that was written for good, and of `EVERYTHING`. */
  onHeld: (key: number) => void = () => {};
  /** By key: the perspective and the atom. Key 0 is none; the next name lists of atoms. */
  readonly #perspectiveOf: number[] = reserved(0);
  readonly #atomOf: number[] = reserved(0);
  readonly #cellOf: number[] = reserved(-1);
  readonly #storedAt: number[] = reserved(0);
  /** By person: how much was written in their mind; and of the keys below `RESERVED`. */
  readonly #pulses: number[] = [];
  #pulseOfLists = 0;
  /** By atom of a pseudo-fluent: the cell that is 1 once anybody held it in this branch. */
  readonly #wasHeld: (number | undefined)[] = [];
  readonly #tables: KeyTable[] = [];
  #overOdds = new Float64Array(TRAIL_START);
  #overValue = new Float64Array(TRAIL_START);
  /** By key: 1 where the overlay only answers what was uncertain on this path. */
  #overSettled = new Uint8Array(TRAIL_START);
  #trailKeys = new Int32Array(TRAIL_START);
  #trailOdds = new Float64Array(TRAIL_START);
  #trailValues = new Float64Array(TRAIL_START);
  #trailSettled = new Uint8Array(TRAIL_START);
  #trail = 0;
  /** Of each key ever stored: atoms and perspectives held, for whoever asks what is held. */
  readonly #cells: number[] = [];

  constructor(
    readonly atoms: Atoms,
    readonly cells: Cells,
    readonly undisputed: Undisputed,
  ) {}

  /** The key of a perspective and an atom, or 0. */
  find(perspective: number, atom: number): number {
    return this.#tables[perspective]?.find(atom) ?? 0;
  }

  /** Odds held, or 0 where nothing is. */
  odds(key: number): number {
    if (key === 0) return 0;
    if (!this.withoutOverlay) {
      const over = this.#overOdds[key] as number;
      if (over !== 0) return over > 0 ? over : 0;
    }
    const cell = this.#cellOf[key] as number;
    return cell < 0 ? 0 : this.cells.get(this.#cells[cell] as number);
  }

  /** Value held; only where odds are. */
  value(key: number): number {
    if (!this.withoutOverlay && (this.#overOdds[key] as number) > 0) {
      return this.#overValue[key] as number;
    }
    return this.#stored(key, 1);
  }

  /** The serial number at which it was last written for good. */
  storedAt(key: number): number {
    return this.#storedAt[key] as number;
  }

  /** Another number whenever anything was written that such a root hangs on. */
  pulseOf(root: number): number {
    if (root === SEVERALS) return this.stores;
    return root === NOBODYS ? this.#pulseOfLists : (this.#pulses[root] ?? 0) + this.#pulseOfLists;
  }

  /** In whose mind what was read stands; `NOBODYS` for what stands in none. */
  rootOf(key: number): number {
    return key < RESERVED ? NOBODYS : this.perspectives.rootOf(this.#perspectiveOf[key] as number);
  }

  /** What a key below `RESERVED` names is another list now. */
  relist(key: number): void {
    this.#storedAt[key] = ++this.serial;
    this.stores++;
    this.#pulseOfLists++;
    this.onHeld(key);
  }

  #beat(perspective: number): void {
    this.stores++;
    const root = this.perspectives.rootOf(perspective);
    while (this.#pulses.length <= root) this.#pulses.push(0);
    (this.#pulses[root] as number)++;
  }

  /** Whether reads look at anything foreseen. */
  get isForeseeing(): boolean {
    return this.#trail > 0 && !this.withoutOverlay;
  }

  /** The number of a change. */
  nextSerial(): number {
    return ++this.serial;
  }

  isOverlaid(key: number): boolean {
    return !this.withoutOverlay && (this.#overOdds[key] as number) !== 0;
  }

  /** Whether a foresight changed it: more than an answer to what was uncertain. */
  isForeseen(key: number): boolean {
    return this.isOverlaid(key) && this.#overSettled[key] === 0;
  }

  /** The state was put back: nothing that was worked out holds any more. */
  restored(): void {
    this.floor = this.serial++;
    this.stores++;
    this.#pulseOfLists++;
  }

  /** Beliefs are read otherwise than so far: nothing that was worked out holds any more. */
  outgrown(): void {
    this.restored();
    this.onHeld(EVERYTHING);
  }

  sourceOf(key: number): BeliefSource {
    return SOURCES[this.#stored(key, 2)] as BeliefSource;
  }

  byOf(key: number): number {
    return this.#stored(key, 3) - 1;
  }

  causeOf(key: number): number {
    return this.#stored(key, 4);
  }

  timeOf(key: number): number {
    return this.#stored(key, 5);
  }

  hasStored(key: number): boolean {
    const cell = this.#cellOf[key] as number;
    return cell >= 0 && this.cells.get(this.#cells[cell] as number) !== 0;
  }

  perspectiveOf(key: number): number {
    return this.#perspectiveOf[key] as number;
  }

  atomOf(key: number): number {
    return this.#atomOf[key] as number;
  }

  /** Writes for good. Odds 0 takes the belief away. */
  store(
    perspective: number,
    atom: number,
    odds: number,
    value: number,
    from: Provenance,
    time: number,
  ): number {
    assert(this.#trail === 0, "stored a belief while foreseeing");
    if (this.undisputed.dispute(this.atoms.fluentOf(atom))) this.outgrown();
    const key = this.make(perspective, atom);
    const list = this.atoms.specialOf(atom) + 1;
    // Whoever looked through the list since then has read this atom by itself.
    if (list > 0 && this.#isFirst(atom)) this.relist(list);
    this.#storedAt[key] = ++this.serial;
    this.#beat(perspective);
    this.onHeld(key);
    let cell = this.#cellOf[key] as number;
    if (cell < 0) {
      cell = this.#cells.length;
      for (let field = 0; field < FIELDS; field++) this.#cells.push(this.cells.allocate());
      this.#cellOf[key] = cell;
    }
    const fields = this.#cells;
    this.cells.set(fields[cell] as number, odds);
    this.cells.set(fields[cell + 1] as number, value);
    this.cells.set(fields[cell + 2] as number, SOURCES.indexOf(from.source));
    this.cells.set(fields[cell + 3] as number, from.by + 1);
    this.cells.set(fields[cell + 4] as number, from.cause);
    this.cells.set(fields[cell + 5] as number, time);
    return key;
  }

  /** Whether nobody held this atom of a pseudo-fluent so far; from now on somebody did. */
  #isFirst(atom: number): boolean {
    const cell = this.#wasHeld[atom] ?? this.cells.allocate();
    this.#wasHeld[atom] = cell;
    if (this.cells.get(cell) === 1) return false;
    this.cells.set(cell, 1);
    return true;
  }

  /** What is held was found to be so again. */
  renew(key: number, time: number): void {
    assert(this.#trail === 0, "renewed a belief while foreseeing");
    this.cells.set(this.#cells[(this.#cellOf[key] as number) + 5] as number, time);
    this.#storedAt[key] = ++this.serial;
    this.#beat(this.#perspectiveOf[key] as number);
    this.onHeld(key);
  }

  /** Writes what is foreseen. Odds of 0 forget. */
  foresee(perspective: number, atom: number, odds: number, value: number): void {
    if (this.undisputed.dispute(this.atoms.fluentOf(atom))) this.outgrown();
    const list = this.atoms.specialOf(atom) + 1;
    if (list > 0) this.#over(list, 1, 0);
    this.#over(this.make(perspective, atom), odds === 0 ? FORGOTTEN : odds, value);
  }

  /** As `foresee`, of what is taken to be so on this path because it was uncertain. */
  settle(perspective: number, atom: number, odds: number, value: number): void {
    const key = this.make(perspective, atom);
    const wasForeseen = this.isForeseen(key);
    this.foresee(perspective, atom, odds, value);
    if (!wasForeseen) this.#overSettled[key] = 1;
  }

  #over(key: number, odds: number, value: number, settled = 0): void {
    const at = this.#trail;
    if (at === this.#trailKeys.length) this.#growTrail();
    this.#trailKeys[at] = key;
    this.#trailOdds[at] = this.#overOdds[key] as number;
    this.#trailValues[at] = this.#overValue[key] as number;
    this.#trailSettled[at] = this.#overSettled[key] as number;
    this.#trail = at + 1;
    this.#overOdds[key] = odds;
    this.#overValue[key] = value;
    this.#overSettled[key] = settled;
    this.version++;
  }

  /** How far the trail has come: give it to `undo`. */
  mark(): number {
    return this.#trail;
  }

  /** Takes back all that was foreseen since the mark. */
  undo(mark: number): void {
    for (let at = this.#trail - 1; at >= mark; at--) {
      const key = this.#trailKeys[at] as number;
      this.#overOdds[key] = this.#trailOdds[at] as number;
      this.#overValue[key] = this.#trailValues[at] as number;
      this.#overSettled[key] = this.#trailSettled[at] as number;
    }
    this.#trail = mark;
    this.version++;
  }

  /** Runs `body` as things were at the mark, then puts what was foreseen since back. */
  asAt(mark: number, body: () => number): number {
    const count = this.#trail - mark;
    if (count === 0) return body();
    const keys = this.#trailKeys.slice(mark, this.#trail);
    const odds = new Float64Array(count);
    const values = new Float64Array(count);
    const settled = new Uint8Array(count);
    for (let at = this.#trail - 1; at >= mark; at--) {
      const key = this.#trailKeys[at] as number;
      odds[at - mark] = this.#overOdds[key] as number;
      values[at - mark] = this.#overValue[key] as number;
      settled[at - mark] = this.#overSettled[key] as number;
      this.#overOdds[key] = this.#trailOdds[at] as number;
      this.#overValue[key] = this.#trailValues[at] as number;
      this.#overSettled[key] = this.#trailSettled[at] as number;
    }
    this.#trail = mark;
    this.version++;
    const result = body();
    this.undo(mark);
    for (let index = 0; index < count; index++) {
      const was = settled[index] as number;
      this.#over(keys[index] as number, odds[index] as number, values[index] as number, was);
    }
    return result;
  }

  /** Whether one of the keys written since the mark fits. */
  someSince(mark: number, fits: (key: number) => boolean): boolean {
    for (let at = mark; at < this.#trail; at++) {
      if (fits(this.#trailKeys[at] as number)) return true;
    }
    return false;
  }

  #stored(key: number, field: number): number {
    const cell = this.#cellOf[key] as number;
    return cell < 0 ? 0 : this.cells.get(this.#cells[cell + field] as number);
  }

  /** The key of a perspective and an atom, made where there is none yet. */
  make(perspective: number, atom: number): number {
    let table = this.#tables[perspective];
    if (table === undefined) this.#tables[perspective] = table = new KeyTable();
    const known = table.find(atom);
    if (known !== 0) return known;
    const key = this.#atomOf.length;
    this.#atomOf.push(atom);
    this.#perspectiveOf.push(perspective);
    this.#cellOf.push(-1);
    this.#storedAt.push(0);
    if (key >= this.#overOdds.length) this.#growOverlay();
    table.set(atom, key, this.atoms.count);
    return key;
  }

  #growOverlay(): void {
    this.#overOdds = wider(this.#overOdds);
    this.#overValue = wider(this.#overValue);
    this.#overSettled = widerFlags(this.#overSettled);
  }

  #growTrail(): void {
    const keys = new Int32Array(this.#trailKeys.length * 2);
    keys.set(this.#trailKeys);
    this.#trailKeys = keys;
    this.#trailOdds = wider(this.#trailOdds);
    this.#trailValues = wider(this.#trailValues);
    this.#trailSettled = widerFlags(this.#trailSettled);
  }
}

function widerFlags(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(array.length * 2);
  copy.set(array);
  return copy;
}

function wider(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(array.length * 2);
  copy.set(array);
  return copy;
}

function reserved(value: number): number[] {
  return Array.from({ length: RESERVED }, () => value);
}
