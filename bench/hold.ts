/**
 * The hold model of event schedulers (Jones 1986): with n pending, take the first and put it back a
 * random while later. Delays are a fixed seeded table of whole milliseconds: three of four short,
 * one long, as in a world where wounds bleed by seconds and promises fall due in hours.
 */
import { BinaryHeap } from "./binary-heap.js";
import type { Comparison, Contender } from "./comparison.js";

/** What a scheduler must do to be held. `firstTime` is asked just before `pop`. */
export interface Scheduler {
  push(time: number, id: number): void;
  pop(): number;
  readonly firstTime: number;
}

export interface SchedulerMaker {
  readonly name: string;
  readonly create: (capacity: number) => Scheduler;
}

export const bareHeap: SchedulerMaker = {
  name: "bare typed binary heap",
  create: (capacity) => new BinaryHeap(capacity),
};

const holdsARound = 400_000;
const delays = createDelays(1 << 16);

export function compareSchedulers(pending: number, others: readonly SchedulerMaker[]): Comparison {
  return {
    name: `hold-${pending}`,
    operation: `pop and push with ${pending} pending`,
    operations: holdsARound,
    baseline: hold(bareHeap, pending),
    contenders: others.map((maker) => hold(maker, pending)),
    mustAgree: true,
  };
}

function hold(maker: SchedulerMaker, pending: number): Contender {
  return {
    name: maker.name,
    prepare: () => {
      const scheduler = maker.create(pending);
      let next = 0;
      for (let id = 0; id < pending; id += 1) {
        scheduler.push(delays[next] as number, id);
        next = (next + 1) & (delays.length - 1);
      }
      return () => {
        let checksum = 0;
        for (let count = 0; count < holdsARound; count += 1) {
          const time = scheduler.firstTime;
          const id = scheduler.pop();
          checksum = (Math.imul(checksum, 31) + id) | 0;
          scheduler.push(time + (delays[next] as number), id);
          next = (next + 1) & (delays.length - 1);
        }
        return checksum;
      };
    },
  };
}

/** Int32Array[count]: delays in milliseconds, 1 to 2,000 or 1 to 2,000,000; xorshift32, seed 1. */
function createDelays(count: number): Int32Array {
  const table = new Int32Array(count);
  let state = 1;
  for (let index = 0; index < count; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const isLong = (state & 3) === 0;
    table[index] = 1 + ((state >>> 2) % (isLong ? 2_000_000 : 2_000));
  }
  return table;
}
