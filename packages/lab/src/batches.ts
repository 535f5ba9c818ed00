/** Seeds dealt out in batches: by their number alone, so that any machine deals alike. */

/** Seeds `from` .. `to` - 1. */
export interface Batch {
  readonly from: number;
  readonly to: number;
}

/** Largest number of runs in one batch: some seconds of work for a talk-driven story. */
const runsMax = 50;
const batchesWanted = 128;

/** Without the seeds that are `known` already; batches may then be smaller. */
export function dealSeeds(seeds: Batch, known: (seed: number) => boolean = () => false): Batch[] {
  const total = seeds.to - seeds.from;
  const size = Math.min(runsMax, Math.max(1, Math.ceil(total / batchesWanted)));
  const batches: Batch[] = [];
  for (let from = seeds.from; from < seeds.to; from += size) {
    const to = Math.min(from + size, seeds.to);
    let start = from;
    for (let seed = from; seed <= to; seed += 1) {
      if (seed < to && !known(seed)) continue;
      if (seed > start) batches.push({ from: start, to: seed });
      start = seed + 1;
    }
  }
  return batches;
}
