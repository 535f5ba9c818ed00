/** What was worked out from what was read, and is kept while that stays as it was: read-log.ts. */

/** A list of reads; never changed once made. A plain one: most are short, and there are many. */
export type Reads = readonly number[];

/** Worked out at a serial number of the space, from these reads. */
export interface Derived<T> {
  readonly at: number;
  /** Milliseconds since the epoch, for what read the time. */
  readonly now: number;
  /** It read the time. */
  readonly timed: boolean;
  readonly reads: Reads;
  readonly value: T;
  /** In whose mind it was read: what was written in others' does not touch it. */
  readonly root: number;
  /** The pulse of its root when it was last found to hold. */
  checked: number;
}

/**
 * Kept under a number of its own, and worked out again in place: see nodes.ts and remembered.ts.
 * What reads it notes that number alone: a choice hangs on hundreds of beliefs, and each of its
 * options on the same ones.
 */
export interface Node {
  /** 0: nobody has read it as one thing yet. */
  number: number;
  at: number;
  now: number;
  timed: boolean;
  reads: Reads;
  value: unknown;
  root: number;
  checked: number;
  /** The serial number at which its value last became another, or was worked out anew. */
  changedAt: number;
  /** It is being looked at: it hangs on itself. */
  busy: boolean;
  /** Whether the overlay left it alone when that was last looked at. */
  clean: boolean;
  cleanAt: number;
  /** Who works it out again, on what is believed, and as what; none: another time is another. */
  readonly maker: NodeMaker | undefined;
  readonly place: number;
}

export interface NodeMaker {
  remake(place: number): void;
}
