/**
 * Chance by what it is for: seed, purpose, those concerned, and how often that was drawn before.
 * The counts are state; everything else is a function.
 */
import { hashText, TupleTable } from "@fabula/model";
import type { Arena } from "../state/arena.js";
import type { WordAllocator } from "../state/pool.js";
import { threefry2x32 } from "./threefry.js";

const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;

/** Told of each draw: what it is for, those concerned, how often that was drawn before, the value. */
export type DrawListener = (
  purpose: string,
  who: readonly number[],
  nth: number,
  value: number,
) => void;

/** Draws of one purpose: by those concerned, where it is counted how often they drew. */
interface Purpose {
  readonly key: number;
  readonly tuples: TupleTable;
  /** By number of the tuple: words. */
  readonly counters: number[];
}

export class Chance {
  /** Hears every draw and changes none. */
  listener: DrawListener | undefined;
  readonly #purposes = new Map<string, Purpose>();
  readonly #block = new Int32Array(2);

  constructor(
    /** Of the run; another in a branch with chances of its own. */
    public seed: number,
    readonly arena: Arena,
    readonly allocator: WordAllocator,
  ) {}

  /** Uniform in [0, 1), multiples of 2^-53. `who` names claims and deeds by `expressionKey`. */
  draw(purpose: string, who: readonly number[]): number {
    const known = this.#purposeOf(purpose);
    const counter = this.#counterOf(known, who);
    const nth = this.arena.read(counter);
    this.arena.write(counter, nth + 1);
    const value = drawOf(this.seed, known.key, who, nth, this.#block);
    this.listener?.(purpose, who, nth, value);
    return value;
  }

  /** The seed of a branch: other chances from here on, the same for the same number. */
  seedOfBranch(number: number): number {
    return Math.floor(keyedDraw(this.seed, "branch", [number], 0) * TWO_53);
  }

  #purposeOf(name: string): Purpose {
    let purpose = this.#purposes.get(name);
    if (purpose === undefined) {
      purpose = { key: hashText(name), tuples: new TupleTable(), counters: [] };
      this.#purposes.set(name, purpose);
    }
    return purpose;
  }

  #counterOf({ tuples, counters }: Purpose, who: readonly number[]): number {
    const known = tuples.find(who);
    if (known >= 0) return counters[known] as number;
    const counter = this.allocator.take(1);
    counters[tuples.add(who)] = counter;
    return counter;
  }
}

/** The draw itself: no state at all. `nth` counts from 0. */
export function keyedDraw(
  seed: number,
  purpose: string,
  who: readonly number[],
  nth: number,
  block = new Int32Array(2),
): number {
  return drawOf(seed, hashText(purpose), who, nth, block);
}

/** `purpose`: its key, of 53 bits. */
function drawOf(
  seed: number,
  purpose: number,
  who: readonly number[],
  nth: number,
  block: Int32Array,
): number {
  block[0] = (purpose % TWO_32) | 0;
  block[1] = Math.floor(purpose / TWO_32) ^ (who.length << 24);
  threefry2x32(block, (seed % TWO_32) | 0, Math.floor(seed / TWO_32) | 0);
  for (let index = 0; index < who.length; index++) {
    const one = who[index] as number;
    const key0 = block[0] as number;
    const key1 = block[1] as number;
    block[0] = (one % TWO_32) | 0;
    block[1] = Math.floor(one / TWO_32) | 0;
    threefry2x32(block, key0, key1);
  }
  const key0 = block[0] as number;
  const key1 = block[1] as number;
  block[0] = nth | 0;
  block[1] = who.length;
  threefry2x32(block, key0, key1);
  const high = (block[0] as number) >>> 0;
  const low = (block[1] as number) >>> 11;
  return (high * 2097152 + low) / TWO_53;
}
