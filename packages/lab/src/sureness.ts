/**
 * When a test may stop asking: a rate whose interval lies on one side of what is asked is not
 * expected to change its mind. Looked at after 50, 100, 200 ... runs, so seldom that looking does
 * not become a second chance.
 */
import { oddsOf } from "./interval.js";
import type { Tally } from "./story-test.js";

const firstLook = 50;
/** What must hold always can never be sure; a hundred runs without exception come to this. */
const alwaysMost = 0.95;

/** The last seeds of each round, ascending; the last of all is `runs`. 200: 50, 100, 200. */
export function looksOf(runs: number): number[] {
  const looks: number[] = [];
  for (let look = firstLook; look < runs; look *= 2) looks.push(look);
  return [...looks, runs];
}

/** Whether the 95 % interval of its rate lies above `share`, or below. `share`: 0 .. 1. */
export function isSure({ held, tried }: Tally, share: number): boolean {
  if (tried === 0) return false;
  const { low, high } = oddsOf(held, tried);
  return low >= Math.min(share, alwaysMost) || high < share;
}
