/** Value vectors, each stored once: equal vectors have equal numbers. */
import { type MemoryMeter, mix } from "./int-table.js";

/** Value indexes must stay below this. */
export const valuesMax = 65_536;

export class VectorStore {
  /** Uint16Array[capacity * width], row-major by vector: value indexes. */
  cells: Uint16Array;
  /** Int32Array[capacity]: exclusive or of `mix(fluent, value)` over the vector. */
  private hashes: Int32Array;
  /** Int32Array[power of two]: vector + 1, 0 free. */
  private slots: Int32Array;
  private count = 0;
  private capacity = 1024;

  constructor(
    /** Fluents a vector. */
    readonly width: number,
    private readonly meter: MemoryMeter,
  ) {
    meter.add(this.capacity * (width * 2 + 12));
    this.cells = new Uint16Array(this.capacity * width);
    this.hashes = new Int32Array(this.capacity);
    this.slots = new Int32Array(this.capacity * 2);
  }

  get size(): number {
    return this.count;
  }

  get(vector: number, fluent: number): number {
    return this.cells[vector * this.width + fluent]!;
  }

  /** Number of the vector that differs from `vector` in one value. */
  with(vector: number, fluent: number, value: number): number {
    const base = vector * this.width;
    const before = this.cells[base + fluent]!;
    if (before === value) return vector;
    const scratch = this.scratch(vector);
    const hash = this.hashes[vector]! ^ mix(fluent, before) ^ mix(fluent, value);
    scratch[fluent] = value;
    return this.intern(hash);
  }

  /** Copy of a vector to change; then `commit`. Valid until the next call of `scratch`. */
  scratch(vector: number): Uint16Array {
    const base = vector * this.width;
    this.buffer.set(this.cells.subarray(base, base + this.width));
    this.source = vector;
    return this.buffer;
  }

  /** Number of the changed copy. */
  commit(): number {
    const base = this.source * this.width;
    let hash = this.hashes[this.source]!;
    for (let fluent = 0; fluent < this.width; fluent += 1) {
      const before = this.cells[base + fluent]!;
      const after = this.buffer[fluent]!;
      if (before !== after) hash ^= mix(fluent, before) ^ mix(fluent, after);
    }
    return this.intern(hash);
  }

  add(values: readonly number[]): number {
    this.buffer.set(values);
    let hash = 0;
    for (let fluent = 0; fluent < this.width; fluent += 1) hash ^= mix(fluent, values[fluent]!);
    return this.intern(hash);
  }

  private source = 0;
  private bufferArray: Uint16Array | undefined;

  private get buffer(): Uint16Array {
    this.bufferArray ??= new Uint16Array(this.width);
    return this.bufferArray;
  }

  private intern(hash: number): number {
    const { width, cells, buffer } = this;
    const mask = this.slots.length - 1;
    let at = (hash ^ (hash >>> 16)) & mask;
    for (; ; at = (at + 1) & mask) {
      const found = this.slots[at]! - 1;
      if (found < 0) break;
      if (this.hashes[found] !== hash) continue;
      const base = found * width;
      let fluent = 0;
      while (fluent < width && cells[base + fluent] === buffer[fluent]) fluent += 1;
      if (fluent === width) return found;
    }
    if (this.count === this.capacity) {
      this.grow();
      return this.intern(hash);
    }
    const vector = this.count;
    this.count += 1;
    this.cells.set(buffer, vector * width);
    this.hashes[vector] = hash;
    this.slots[at] = vector + 1;
    return vector;
  }

  private grow(): void {
    this.meter.add(this.capacity * (this.width * 2 + 12));
    this.capacity *= 2;
    const cells = new Uint16Array(this.capacity * this.width);
    cells.set(this.cells);
    this.cells = cells;
    const hashes = new Int32Array(this.capacity);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Int32Array(this.capacity * 2);
    const mask = this.slots.length - 1;
    for (let vector = 0; vector < this.count; vector += 1) {
      const hash = hashes[vector]!;
      let at = (hash ^ (hash >>> 16)) & mask;
      while (this.slots[at] !== 0) at = (at + 1) & mask;
      this.slots[at] = vector + 1;
    }
  }
}
