/**
 * Minds, each stored once. A mind of level k is a value vector and, for every character, a mind of
 * level k-1: what that character is believed to believe. Level 0 has values only; levels are
 * chosen so that nothing deeper is ever read (see docs/planner.md).
 */
import { type MemoryMeter, mix } from "./int-table.js";
import { VectorStore } from "./vector-store.js";

export class MindStore {
  readonly vectors: VectorStore;
  /** Int32Array[capacity * stride]: vector, level, then the mind of each character (level > 0). */
  cells: Int32Array;
  readonly stride: number;
  private slots: Int32Array;
  private count = 0;
  private capacity = 1024;

  constructor(
    fluentCount: number,
    readonly characterCount: number,
    private readonly meter: MemoryMeter,
  ) {
    this.stride = characterCount + 2;
    this.vectors = new VectorStore(fluentCount, meter);
    meter.add(this.capacity * (this.stride * 4 + 8));
    this.cells = new Int32Array(this.capacity * this.stride);
    this.slots = new Int32Array(this.capacity * 2);
  }

  get size(): number {
    return this.count;
  }

  vector(mind: number): number {
    return this.cells[mind * this.stride]!;
  }

  level(mind: number): number {
    return this.cells[mind * this.stride + 1]!;
  }

  /** What `character` is believed to believe; at level 0 the mind itself. */
  inner(mind: number, character: number): number {
    const base = mind * this.stride;
    return this.cells[base + 1] === 0 ? mind : this.cells[base + 2 + character]!;
  }

  /** `inner` is Int32Array[characterCount], read only when level > 0. */
  intern(vector: number, level: number, inner: Int32Array): number {
    const { stride, characterCount } = this;
    let hash = mix(vector, level);
    if (level > 0) for (let who = 0; who < characterCount; who += 1) hash = mix(hash, inner[who]!);
    const mask = this.slots.length - 1;
    let at = hash & mask;
    for (; ; at = (at + 1) & mask) {
      const found = this.slots[at]! - 1;
      if (found < 0) break;
      const base = found * stride;
      if (this.cells[base] !== vector || this.cells[base + 1] !== level) continue;
      if (level === 0 || this.isSame(base + 2, inner)) return found;
    }
    if (this.count === this.capacity) {
      this.grow();
      return this.intern(vector, level, inner);
    }
    const mind = this.count;
    const base = mind * stride;
    this.count += 1;
    this.cells[base] = vector;
    this.cells[base + 1] = level;
    if (level > 0) this.cells.set(inner, base + 2);
    this.slots[at] = mind + 1;
    return mind;
  }

  private isSame(base: number, inner: Int32Array): boolean {
    for (let who = 0; who < this.characterCount; who += 1) {
      if (this.cells[base + who] !== inner[who]) return false;
    }
    return true;
  }

  private grow(): void {
    this.meter.add(this.capacity * (this.stride * 4 + 8));
    this.capacity *= 2;
    const cells = new Int32Array(this.capacity * this.stride);
    cells.set(this.cells);
    this.cells = cells;
    this.slots = new Int32Array(this.capacity * 2);
    const mask = this.slots.length - 1;
    const { stride, characterCount } = this;
    for (let mind = 0; mind < this.count; mind += 1) {
      const base = mind * stride;
      const level = cells[base + 1]!;
      let hash = mix(cells[base]!, level);
      if (level > 0) {
        for (let who = 0; who < characterCount; who += 1) hash = mix(hash, cells[base + 2 + who]!);
      }
      let at = hash & mask;
      while (this.slots[at] !== 0) at = (at + 1) & mask;
      this.slots[at] = mind + 1;
    }
  }
}
