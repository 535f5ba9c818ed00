/**
 * The state of the world: entities, ground fluents, quantities that move. Nothing here knows of
 * causes, rules or minds; whoever watches hangs on `onChange`.
 *
 * Invariants: an entity is its birth number, its row may be anywhere; `address` of a ground fluent
 * holds while the entity lives; a quantity's value is exact at any time (see grid.ts).
 */
import type { Fluent, FluentId, TypeId, World } from "@fabula/model";
import { assert } from "@fabula/model";
import { Arena, type ArenaMark, PAGE_BITS, PAGE_WORDS } from "./arena.js";
import { clamp, createGrid, type Grid, moved, onStep, toGrid } from "./grid.js";
import { layoutsOf, subtypesOf, type TypeLayout } from "./layout.js";
import { RecordPool, WordAllocator } from "./pool.js";
import { Referrers } from "./referrers.js";

const ENTITIES_MAX = 1 << 22;
/** Words of a type's population record: first, last, count, stamp. */
const POPULATION_WORDS = 4;

export interface StoreMark {
  readonly arena: ArenaMark;
  readonly now: number;
  readonly births: number;
  readonly referrers: number;
}

/** Computes the start value of a ground fluent that nobody has set. */
export type Initializer = (fluent: Fluent, args: readonly number[]) => number;

export class Store {
  readonly arena = new Arena();
  readonly allocator = new WordAllocator(this.arena);
  readonly referrers = new Referrers(this.allocator);
  readonly layouts: readonly TypeLayout[];
  readonly subtypes: readonly (readonly TypeId[])[];
  /** Milliseconds since the epoch. */
  now: number;
  /** The next birth number. */
  births = 0;
  /** Called after a ground fluent changed: `rateOnly` where only its rate did. */
  onChange: (address: number, rateOnly: boolean) => void = () => {};
  initializer: Initializer = () => Number.NaN;

  readonly #grids: (Grid | undefined)[];
  readonly #pools = new Map<number, RecordPool>();
  readonly #directory: number[] = [];
  readonly #cells: Map<number | string, number>[];
  readonly #population: number[];
  readonly #stamped: { stamps: number[]; births: number[] }[] = [];
  #stamp = 0;

  constructor(readonly world: World) {
    this.now = world.story.begins;
    this.layouts = layoutsOf(world);
    this.subtypes = subtypesOf(world);
    this.#cells = world.fluents.map(() => new Map());
    this.#grids = world.fluents.map((fluent) =>
      fluent.storage === "quantity"
        ? createGrid(fluent.low ?? Number.NaN, fluent.high ?? Number.NaN, fluent.quantum)
        : undefined,
    );
    this.#population = world.types.map(() => this.allocator.take(POPULATION_WORDS));
    for (const words of [16, 32, 64, 128]) {
      this.#pools.set(words, new RecordPool(this.arena, words, this.allocator.take(2)));
    }
  }

  mark(): StoreMark {
    const referrers = this.referrers.mark();
    return { arena: this.arena.mark(), now: this.now, births: this.births, referrers };
  }

  drop(mark: StoreMark): void {
    this.arena.drop(mark.arena);
    this.referrers.drop(mark.referrers);
    this.now = mark.now;
    this.births = mark.births;
  }

  // ---- entities

  /** A new entity without facts. Its birth number is the next one. */
  createEntity(type: TypeId): number {
    const birth = this.births++;
    assert(birth < ENTITIES_MAX, `more than ${ENTITIES_MAX} entities`);
    const layout = this.layouts[type] as TypeLayout;
    const row = (this.#pools.get(layout.words) as RecordPool).take();
    this.arena.write(row, type + 1);
    this.arena.write(row + 1, birth);
    this.arena.write(this.#directoryWord(birth), row);
    this.#enlist(type, row, birth);
    return birth;
  }

  /** Sets every fluent that stands in its row (call once the entity can be read). */
  initializeEntity(birth: number): void {
    const type = this.typeOf(birth);
    const layout = this.layouts[type] as TypeLayout;
    for (const fluent of layout.unary) {
      const offset = layout.offsets[fluent.id] as number;
      if (offset > 0)
        this.#put(this.rowOf(birth) + offset, fluent, this.initializer(fluent, [birth]));
    }
  }

  /** From now on it is found by what it has (once all its fluents can be read). */
  indexEntity(birth: number): void {
    for (const fluent of (this.layouts[this.typeOf(birth)] as TypeLayout).indexed) {
      const value = this.arena.read(this.addressOf(fluent, birth));
      if (value >= 0) this.onChange(this.referrers.join(fluent, value, birth).address, false);
    }
  }

  /** Takes an entity out of the world. Its birth number is never used again. */
  removeEntity(birth: number): void {
    const row = this.rowOf(birth);
    assert(row !== 0, `entity ${birth} is not there`);
    const type = this.typeOf(birth);
    const layout = this.layouts[type] as TypeLayout;
    for (const fluent of layout.indexed) {
      const value = this.arena.read(this.addressOf(fluent, birth));
      if (value >= 0) this.onChange(this.referrers.leave(fluent, value, birth).address, false);
    }
    this.#delist(type, row);
    this.arena.write(this.#directoryWord(birth), 0);
    for (const fluent of layout.unary) {
      const offset = layout.offsets[fluent.id] as number;
      if (offset > 0) this.onChange(row + offset, false);
    }
    (this.#pools.get(layout.words) as RecordPool).give(row);
  }

  /** Address of the entity's row; 0 where there is no such entity (any more). */
  rowOf(birth: number): number {
    if (birth < 0 || birth >= this.births) return 0;
    return this.arena.read(this.#directoryWord(birth));
  }

  isThere(birth: number): boolean {
    return this.rowOf(birth) !== 0;
  }

  /** Type of a living entity; -1 of none. */
  typeOf(birth: number): TypeId {
    const row = this.rowOf(birth);
    return row === 0 ? -1 : this.arena.read(row) - 1;
  }

  isA(birth: number, type: TypeId): boolean {
    const own = this.typeOf(birth);
    return own >= 0 && (own === type || (this.world.types[own]?.ancestors ?? []).includes(type));
  }

  /** Those of the type and its subtypes, in the same order. Do not keep. */
  ofType(births: readonly number[], type: TypeId): readonly number[] {
    for (let index = 0; index < births.length; index++) {
      if (!this.isA(births[index] as number, type)) {
        return births.filter((birth) => this.isA(birth, type));
      }
    }
    return births;
  }

  /** Where coming and going of entities of exactly this type is told. */
  populationAddress(type: TypeId): number {
    return (this.#population[type] as number) + 3;
  }

  /** Birth numbers, ascending, of the living entities of the type and its subtypes. Do not keep. */
  entitiesOf(type: TypeId): readonly number[] {
    const below = this.subtypes[type] as readonly TypeId[];
    const known = this.#stamped[type];
    if (known !== undefined && this.#isFresh(below, known.stamps)) return known.births;
    const births: number[] = [];
    for (const one of below) this.#collect(one, births);
    if (below.length > 1) births.sort((a, b) => a - b);
    const stamps = below.map((one) => this.arena.read(this.populationAddress(one)));
    this.#stamped[type] = { stamps, births };
    return births;
  }

  // ---- ground fluents

  gridOf(fluent: FluentId): Grid | undefined {
    return this.#grids[fluent];
  }

  /** Address of a stored ground fluent; 0 where its owner is not there or has no such fluent. */
  address(fluent: FluentId, args: readonly number[]): number {
    const owner = args[0] as number;
    const row = this.rowOf(owner);
    if (row === 0) return 0;
    const layout = this.layouts[this.arena.read(row) - 1] as TypeLayout;
    const offset = layout.offsets[fluent] as number;
    if (offset > 0) return row + offset;
    if (layout.has[fluent] === 0) return 0;
    return this.#cell(this.world.fluents[fluent] as Fluent, args);
  }

  /** `address` of a fluent without arguments. */
  addressOf(fluent: FluentId, owner: number): number {
    const row = this.rowOf(owner);
    if (row === 0) return 0;
    const layout = this.layouts[this.arena.read(row) - 1] as TypeLayout;
    const offset = layout.offsets[fluent] as number;
    return offset > 0 ? row + offset : this.address(fluent, [owner]);
  }

  /** Value now of what stands at `address`. */
  valueAt(address: number, fluent: FluentId): number {
    const value = this.arena.read(address);
    const grid = this.#grids[fluent];
    if (grid === undefined) return value;
    const rate = this.arena.read(address + 1);
    return rate === 0 ? value : moved(grid, value, rate, this.now - this.arena.read(address + 2));
  }

  /** Rate per millisecond at which the quantity moves now: 0 where it is held at a bound. */
  rateAt(address: number, fluent: FluentId): number {
    const grid = this.#grids[fluent];
    if (grid === undefined) return 0;
    const rate = this.arena.read(address + 1);
    if (rate === 0) return 0;
    const value = this.valueAt(address, fluent);
    if (rate < 0 ? value <= grid.low : value >= grid.high) return 0;
    return rate;
  }

  /** Value of a ground fluent: NaN, none or false where there is none. */
  read(fluent: FluentId, args: readonly number[]): number {
    const address = this.address(fluent, args);
    return address === 0 ? this.missing(fluent) : this.valueAt(address, fluent);
  }

  /** What a fluent of nobody is: 0 for booleans, none (-1), unknown (NaN). */
  missing(fluent: FluentId): number {
    switch ((this.world.fluents[fluent] as Fluent).type.kind) {
      case "boolean":
        return 0;
      case "entity":
      case "claim":
      case "deed":
        return -1;
      default:
        return Number.NaN;
    }
  }

  /** Writes a value of `owner`, clamped to the bounds; gives what stands there now. */
  setAt(address: number, fluent: FluentId, value: number, owner: number): number {
    const declaration = this.world.fluents[fluent] as Fluent;
    const before = this.valueAt(address, fluent);
    const after = this.#put(address, declaration, value);
    if (Object.is(before, after)) return after;
    this.onChange(address, false);
    if (declaration.indexed === true) {
      const { referrers } = this;
      if (before >= 0) this.onChange(referrers.leave(fluent, before, owner).address, false);
      if (after >= 0) this.onChange(referrers.join(fluent, after, owner).address, false);
    }
    return after;
  }

  /** Adds to the rate (per millisecond, on the grid) of a quantity. */
  addRate(address: number, fluent: FluentId, delta: number): void {
    const grid = this.#grids[fluent];
    assert(grid !== undefined, "this fluent does not move");
    const value = this.valueAt(address, fluent);
    this.arena.write(address, value);
    this.arena.write(address + 1, this.arena.read(address + 1) + delta);
    this.arena.write(address + 2, this.now);
    this.onChange(address, true);
  }

  /** Every ground fluent that has a cell, as [args, address], in order of interning. */
  *cellsOf(fluent: FluentId): Generator<[readonly number[], number]> {
    for (const [key, address] of this.#cells[fluent] as Map<number | string, number>) {
      const args = typeof key === "number" ? unpack(key) : key.split(",").map(Number);
      const words = wordsIn(this.world.fluents[fluent] as Fluent);
      if (this.arena.read(address + words - 1) === 1) yield [args, address];
    }
  }

  #cell(fluent: Fluent, given: readonly number[]): number {
    const args = canonical(fluent, given);
    const cells = this.#cells[fluent.id] as Map<number | string, number>;
    const key = pack(args);
    let address = cells.get(key);
    const words = wordsIn(fluent);
    if (address === undefined) {
      address = this.allocator.take(words);
      cells.set(key, address);
    }
    if (this.arena.read(address + words - 1) === 0) {
      this.arena.write(address + words - 1, 1);
      this.#put(address, fluent, this.initializer(fluent, args));
    }
    return address;
  }

  /** Gives what stands there now. */
  #put(address: number, fluent: Fluent, given: number): number {
    const grid = this.#grids[fluent.id];
    if (grid === undefined) {
      const value = bounded(fluent, given);
      this.arena.write(address, value);
      return value;
    }
    const nearest = Number.isNaN(given) ? grid.low : toGrid(grid, clamp(grid, given));
    const value = clamp(grid, nearest);
    this.arena.write(address, value);
    this.arena.write(address + 2, this.now);
    return value;
  }

  // ---- lists

  #directoryWord(birth: number): number {
    const page = birth >> PAGE_BITS;
    while (page >= this.#directory.length) this.#directory.push(this.arena.allocatePage());
    return (this.#directory[page] as number) + (birth & (PAGE_WORDS - 1));
  }

  #enlist(type: TypeId, row: number, _birth: number): void {
    const list = this.#population[type] as number;
    const last = this.arena.read(list + 1);
    this.arena.write(row + 2, last);
    this.arena.write(row + 3, 0);
    if (last === 0) this.arena.write(list, row);
    else this.arena.write(last + 3, row);
    this.arena.write(list + 1, row);
    this.#count(list, 1);
  }

  #delist(type: TypeId, row: number): void {
    const list = this.#population[type] as number;
    const before = this.arena.read(row + 2);
    const after = this.arena.read(row + 3);
    if (before === 0) this.arena.write(list, after);
    else this.arena.write(before + 3, after);
    if (after === 0) this.arena.write(list + 1, before);
    else this.arena.write(after + 2, before);
    this.#count(list, -1);
  }

  #count(list: number, by: number): void {
    this.arena.write(list + 2, this.arena.read(list + 2) + by);
    this.arena.write(list + 3, ++this.#stamp);
    this.onChange(list + 3, false);
  }

  #collect(type: TypeId, into: number[]): void {
    let row = this.arena.read(this.#population[type] as number);
    for (; row !== 0; row = this.arena.read(row + 3)) into.push(this.arena.read(row + 1));
  }

  #isFresh(types: readonly TypeId[], stamps: readonly number[]): boolean {
    for (let index = 0; index < types.length; index++) {
      const stamp = this.arena.read(this.populationAddress(types[index] as TypeId));
      if (stamp !== stamps[index]) return false;
    }
    return true;
  }
}

/** Words of a cell: the fluent's own and one that says whether it has a value. */
function wordsIn(fluent: Fluent): number {
  return fluent.storage === "quantity" ? 4 : 2;
}

function bounded(fluent: Fluent, given: number): number {
  const value = fluent.step === undefined ? given : onStep(fluent.step, given);
  if (fluent.low !== undefined && value < fluent.low) return fluent.low;
  if (fluent.high !== undefined && value > fluent.high) return fluent.high;
  return value;
}

/** `both ways`: the smaller of the two ends first. */
export function canonical(fluent: Fluent, args: readonly number[]): readonly number[] {
  if (!fluent.symmetric || args.length !== 2) return args;
  const [first, second] = args as readonly [number, number];
  return first <= second ? args : [second, first];
}

const PACKED = 67108864; // 2^26

function pack(args: readonly number[]): number | string {
  if (args.length === 1) return args[0] as number;
  // Not taken apart by `const [first, second]`: that makes an iterator.
  const first = args[0] as number;
  const second = args[1] as number;
  const fits = args.length === 2 && first < PACKED && second < PACKED && second >= 0;
  return fits && Number.isInteger(second) ? first + (second + 1) * PACKED : args.join(",");
}

function unpack(key: number): readonly number[] {
  return key < PACKED ? [key] : [key % PACKED, Math.floor(key / PACKED) - 1];
}
