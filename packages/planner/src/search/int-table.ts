/**
 * Hash tables of integers in typed arrays: open addressing, linear probing, power-of-two sizes,
 * rehashed at 60 % full. About 1/30 of the memory of a Map with string keys.
 */

/** Memory that all tables of one search may take together. Thrown by whoever grows beyond. */
export class MemoryLimitError extends Error {
  override readonly name = "MemoryLimitError";
}

/** Counts the bytes of typed arrays against a limit, so that a search ends before the heap does. */
export class MemoryMeter {
  private bytes = 0;

  constructor(readonly bytesMax: number) {}

  get used(): number {
    return this.bytes;
  }

  add(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes <= this.bytesMax) return;
    throw new MemoryLimitError(`the search needs more than ${Math.round(this.bytesMax / 1e6)} MB`);
  }
}

export function mix(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** Map from pairs of non-negative integers to integers. */
export class PairTable {
  /** Int32Array[size * 3]: first + 1 (0: free), second, value. */
  private cells: Int32Array;
  private mask: number;
  private count = 0;

  constructor(
    private readonly meter: MemoryMeter,
    size = 1024,
  ) {
    meter.add(size * 12);
    this.cells = new Int32Array(size * 3);
    this.mask = size - 1;
  }

  get size(): number {
    return this.count;
  }

  /** The value, or `absent` (any number the caller never stores). */
  get(first: number, second: number, absent: number): number {
    const { cells, mask } = this;
    for (let at = mix(first, second) & mask; ; at = (at + 1) & mask) {
      const cell = at * 3;
      const key = cells[cell]!;
      if (key === 0) return absent;
      if (key === first + 1 && cells[cell + 1] === second) return cells[cell + 2]!;
    }
  }

  set(first: number, second: number, value: number): void {
    if (this.count * 5 > this.mask * 3) this.grow();
    this.put(first, second, value);
  }

  private put(first: number, second: number, value: number): void {
    const { cells, mask } = this;
    for (let at = mix(first, second) & mask; ; at = (at + 1) & mask) {
      const cell = at * 3;
      const key = cells[cell]!;
      if (key === first + 1 && cells[cell + 1] === second) {
        cells[cell + 2] = value;
        return;
      }
      if (key === 0) {
        cells[cell] = first + 1;
        cells[cell + 1] = second;
        cells[cell + 2] = value;
        this.count += 1;
        return;
      }
    }
  }

  private grow(): void {
    const old = this.cells;
    const size = (this.mask + 1) * 2;
    this.meter.add(size * 12 - old.byteLength);
    this.cells = new Int32Array(size * 3);
    this.mask = size - 1;
    this.count = 0;
    for (let cell = 0; cell < old.length; cell += 3) {
      if (old[cell] !== 0) this.put(old[cell]! - 1, old[cell + 1]!, old[cell + 2]!);
    }
  }
}
