/**
 * What happened, as one reads it. The chronicle stores occurrences compactly and append-only;
 * these are the views of its records. Ids count from 1 in order of happening; 0 is the beginning.
 */
import type { ExprId, FluentId, Sense, TypeId } from "@fabula/model";

export type OccurrenceId = number;

export type OccurrenceKind =
  /** The beginning of the story: everything that is there at the start. Always id 0. */
  | "beginning"
  /** An action begins, is done, is cut short, or could not be done. `schema`: action id. */
  | "started"
  | "ended"
  | "interrupted"
  | "failed"
  /** A rule fired. `schema`: rule id. */
  | "rule"
  /** Something from outside (`at ...` in a story). `schema`: index in story.outside. */
  | "outside"
  /** A change made from outside (an intervention). `schema`: index in the run's changes. */
  | "intervention"
  /** A person came to believe, doubt or forget something. `belief` says what. */
  | "belief"
  /** A person chose. `decision` holds what was weighed. */
  | "decision"
  /** A person did not say something because of a want. `decision` holds the option kept back. */
  | "kept-back";

export type CauseKind =
  | "enabled"
  | "triggered"
  | "motivated"
  | "revealed"
  | "interrupted"
  | "by-chance";

export interface Cause {
  readonly from: OccurrenceId;
  readonly to: OccurrenceId;
  readonly kind: CauseKind;
}

/** A fluent written by an occurrence. `accumulates`: a step or rate on top of what was there. */
export interface Write {
  readonly fluent: FluentId;
  /** Birth numbers of owner and arguments (or claim, deed ids). */
  readonly args: readonly number[];
  readonly value: number;
  readonly accumulates: boolean;
  /**
   * Only how fast it moves was changed, and `value` is where it stood then: perhaps after the
   * occurrence, whose share in it was to set it going. Absent: false.
   */
  readonly rateOnly?: true;
}

/** Something came to be. `title`: what it is called, of `World.texts`; -1 as its type is. */
export interface Birth {
  readonly entity: number;
  readonly type: TypeId;
  readonly title: number;
}

export type BeliefSource =
  | "start"
  | "saw"
  | "heard"
  | "felt"
  | "told"
  | "inferred"
  | "did"
  | "reasoned";

/** `holder` changes their confidence in the (maybe nested) ground claim `claim`. */
export interface BeliefChange {
  readonly holder: number;
  readonly claim: ExprId;
  /** Confidence 0 .. 1. */
  readonly before: number;
  readonly after: number;
  readonly source: BeliefSource;
  /** Who told it; -1 nobody. */
  readonly by: number;
}

/** An action a person could take now, and what speaks for and against it. */
export interface Reason {
  /** Ground deed; -1: doing nothing. */
  readonly deed: ExprId;
  /** The deeds it is to be followed by, in order, where it is the first step of a plan. */
  readonly plan?: readonly ExprId[];
  readonly gain: number;
  readonly urge: number;
  readonly reluctance: number;
  /** What it would do to each want, largest change first. */
  readonly wants: readonly WantChange[];
}

/** What an option would do to a want, over all it stands for. */
export interface WantChange {
  /** Id of the want. */
  readonly want: number;
  readonly gain: number;
  /** Holder and binders of the one that makes up at least half of it; absent where none does. */
  readonly locals?: readonly number[];
}

export type DecisionOutcome =
  | "acts"
  | "intends"
  /** Gives up what they were set on: `request` is the deed. */
  | "drops"
  | "waits"
  | "grants"
  | "refuses"
  | "hesitates"
  | "silent"
  | "answers";

export interface Decision {
  readonly who: number;
  readonly outcome: DecisionOutcome;
  /** What was asked for, where this answers a request; -1 otherwise. */
  readonly request: ExprId;
  readonly asker: number;
  /** Chosen; -1 nothing. */
  readonly chosen: ExprId;
  /** All that was weighed, best first, the chosen one among them. */
  readonly reasons: readonly Reason[];
  /** Of a request: stakes, care, reluctance, concession that made up the margin. */
  readonly margin?: Readonly<Record<string, number>>;
}

export interface Perceived {
  readonly who: number;
  readonly sense: Sense;
  /** Whether who also knows the actor and the words, not only that something was there. */
  readonly whole: boolean;
}

export interface Occurrence {
  readonly id: OccurrenceId;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly kind: OccurrenceKind;
  readonly schema: number;
  /** Ground arguments of the schema's parameters (birth numbers, claim and deed ids, numbers). */
  readonly args: readonly number[];
  readonly perceived: readonly Perceived[];
  readonly writes: readonly Write[];
  readonly causes: readonly Cause[];
  readonly belief?: BeliefChange;
  readonly decision?: Decision;
}

/** The record of a run, as readers (why, telling, sifting, expectations) see it. */
export interface ChronicleReader {
  /** Number of occurrences; ids are 0 .. count - 1. */
  readonly count: number;
  get(id: OccurrenceId): Occurrence;
  /** What came to be by the occurrence, in order of birth. */
  bornOf(id: OccurrenceId): readonly Birth[];
  /** Milliseconds since the epoch when the run ended. */
  readonly endTime: number;
  /** 16 hexadecimal digits over all records, the same on every machine. */
  hash(): string;
}
