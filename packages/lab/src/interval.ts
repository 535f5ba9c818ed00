/** Shares and means of runs with the interval so many runs give, at 95 %. Only + - * / and sqrt. */

/** The 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

export interface Odds {
  readonly runs: number;
  readonly yes: number;
  readonly estimate: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval (1927), z = 1.96: 8 of 10 gives 0.490 .. 0.943. `runs`: at least 1. */
export function oddsOf(yes: number, runs: number): Odds {
  const share = yes / runs;
  const scale = 1 + (z * z) / runs;
  const middle = share + (z * z) / (2 * runs);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * runs)) / runs);
  // At the ends the formula is exact, and its rounding is not.
  const low = yes === 0 ? 0 : Math.max(0, (middle - spread) / scale);
  const high = yes === runs ? 1 : Math.min(1, (middle + spread) / scale);
  return { runs, yes, estimate: share, low, high };
}

/** Two answers to each of the same runs: how often which pair. */
export interface PairCounts {
  readonly both: number;
  /** Yes with the change alone. */
  readonly gained: number;
  /** Yes without the change alone. */
  readonly lost: number;
  readonly neither: number;
}

export interface PairedDifference {
  /** Share with the change less share without it, -1 .. 1. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /**
   * How many times as many runs independent seeds would need for an interval as narrow; Infinity
   * where the pairs left nothing open.
   */
  readonly saved: number;
}

/**
 * Shares of the same runs, compared pair by pair: the interval of Agresti and Min (2005), which adds
 * half a run to each of the four kinds of pair. 20 both, 10 gained, 2 lost, 8 neither: 0.032 .. 0.349.
 */
export function pairedDifference({ both, gained, lost, neither }: PairCounts): PairedDifference {
  const runs = both + gained + lost + neither;
  const more = runs + 2;
  const [up, down] = [gained + 0.5, lost + 0.5];
  const middle = (up - down) / more;
  const spread = (z * Math.sqrt(up + down - ((up - down) * (up - down)) / more)) / more;
  const [base, changed] = [(both + lost) / runs, (both + gained) / runs];
  const difference = changed - base;
  const independent = base * (1 - base) + changed * (1 - changed);
  const paired = (gained + lost) / runs - difference * difference;
  return {
    difference,
    low: Math.max(-1, middle - spread),
    high: Math.min(1, middle + spread),
    saved: paired > 0 ? independent / paired : Number.POSITIVE_INFINITY,
  };
}

export interface Mean {
  readonly count: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Normal interval of a mean from the spread of the values; the whole line for fewer than two. */
export function meanOf(values: readonly number[]): Mean {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  if (count < 2) {
    return { count, mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const spread = z * Math.sqrt(squares / (count - 1) / count);
  return { count, mean, low: mean - spread, high: mean + spread };
}
