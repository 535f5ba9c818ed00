/**
 * One question of speed: a baseline with a name that a reader knows, and what is compared with it.
 * All contenders do the same work; where that work has a result, their checksums must agree.
 */
export interface Contender {
  readonly name: string;
  /** Builds the state and returns one round: it does `operations` operations, gives a checksum. */
  readonly prepare: () => () => number;
  /**
   * How often a measured round is run, for contenders too fast for the clock; 1 if absent. Each
   * time must give the same checksum.
   */
  readonly repeats?: number;
}

export interface Comparison {
  readonly name: string;
  /** What one operation is, in words: "pop and push". */
  readonly operation: string;
  /** Operations of one round. */
  readonly operations: number;
  readonly baseline: Contender;
  readonly contenders: readonly Contender[];
  /** False where contenders make different things by nature (a copy, a fork). */
  readonly mustAgree: boolean;
}
