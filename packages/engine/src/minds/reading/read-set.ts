import type { Reads } from "./kept.js";
import type { ReadLog } from "./read-log.js";

/** What was read on several paths, to be asked for keys. */
export class ReadSet {
  readonly #reads = new Set<number>();
  #keys: ReadonlySet<number> = new Set();
  #shape = -1;

  constructor(readonly log: ReadLog) {}

  add(reads: Reads): void {
    for (let index = 0; index < reads.length; index++) this.#reads.add(reads[index] as number);
    this.#shape = -1;
  }

  /** Keys behind what was read. */
  get keys(): ReadonlySet<number> {
    if (this.#shape !== this.log.reshaped) {
      this.#keys = new Set(this.log.keysOf([...this.#reads]));
      this.#shape = this.log.reshaped;
    }
    return this.#keys;
  }

  /** Whether the key is behind anything that was read. */
  has(key: number): boolean {
    return this.keys.has(key);
  }
}
