/**
 * The seam between the kernel (truth, time, carrying out) and the minds (belief, choice).
 * Choice never sees truth: only `perceive.ts` may use `MindHost.truth`; everything that weighs or
 * chooses gets beliefs alone (lint and types keep it so).
 */
import type { BeliefChange, Decision, OccurrenceId, OccurrenceKind } from "@fabula/chronicle";
import type { ActionId, Effect, ExprId, FluentId, Perception, World } from "@fabula/model";

/** Numbers kept in the arena: they fork, undo and hash with the state. */
export interface Cells {
  /** A new cell holding 0; never freed. The same run allocates in any order. */
  allocate(): number;
  get(cell: number): number;
  set(cell: number, value: number): void;
}

/** Reads the truth. */
export interface Truth {
  /** Value of an expression with these locals; booleans are 0 and 1, unknown is NaN. */
  evaluate(expr: ExprId, locals: readonly number[]): number;
  /** Birth numbers, in birth order, of the living entities of a type and its subtypes. */
  entitiesOf(type: number): readonly number[];
  typeOf(entity: number): number;
  /** Who perceives a ground fluent, by birth; with -1, that the entity args[0] is there. */
  perceivers(fluent: FluentId | -1, args: readonly number[]): readonly Perceiver[];
}

/**
 * Chance by what it is for: the draw depends on the run's seed, `purpose`, `who` and how many times
 * that pair has drawn before, nothing else.
 */
export interface DrawKey {
  /** Names what is drawn: a schema, "pause", "react". */
  readonly purpose: string;
  /** Birth numbers (claims, deeds) of those it concerns. */
  readonly who: readonly number[];
}

export interface MindHost {
  readonly world: World;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly cells: Cells;
  readonly truth: Truth;
  /** Uniform in [0, 1). */
  draw(key: DrawKey): number;
  /** Calls `MindHooks.due(kind, a, b)` at `time`; ties in order of (kind, a, b). */
  schedule(time: number, kind: number, a: number, b: number): void;
  /** Takes back every pending call with these three. */
  cancel(kind: number, a: number, b: number): void;
  /**
   * Carries the ground deed out, needs checked in truth. Returns false where it failed (an
   * occurrence of kind `failed` tells the actor).
   */
  carryOut(deed: ExprId, decision: OccurrenceId): boolean;
  /** Actions under way of this person, oldest first. */
  underWay(person: number): readonly { readonly deed: ExprId; readonly startedBy: OccurrenceId }[];
  /** Whether anything is. */
  isBusy(person: number): boolean;
  /** Cuts short what the person is doing (`speech`: only what is being said). */
  interrupt(person: number, speech: boolean, cause: OccurrenceId): void;
  /** Runs effects on the truth as part of the given occurrence (appraisal and the like). */
  applyEffects(effects: readonly Effect[], locals: readonly number[], cause: OccurrenceId): void;
  isForbidden(action: ActionId, args: readonly number[]): boolean;
  /** What is held under this key (as named by `MindHooks.reading`) is no longer what it was. */
  held(key: number): void;
  /** `earlier`: the occurrence of what was held before and goes into it; 0 none. */
  recordBelief(change: BeliefChange, cause: OccurrenceId, earlier: OccurrenceId): OccurrenceId;
  recordDecision(
    kind: "decision" | "kept-back",
    decision: Decision,
    causes: readonly OccurrenceId[],
  ): OccurrenceId;
}

/** What an occurrence was, as the kernel hands it to the minds in the instant it happens. */
export interface Happening {
  readonly id: OccurrenceId;
  readonly kind: OccurrenceKind;
  readonly schema: number;
  readonly args: readonly number[];
  readonly writes: readonly {
    readonly fluent: FluentId;
    readonly args: readonly number[];
    readonly value: number;
  }[];
  /** Entities that came to be or are gone. */
  readonly born: readonly number[];
  readonly gone: readonly number[];
}

export type ActionPhase = "started" | "ended" | "interrupted" | "failed";

/** Whether it is an action that came this far. */
export function isOfAction(kind: OccurrenceKind): kind is ActionPhase {
  return kind === "started" || kind === "ended" || kind === "interrupted" || kind === "failed";
}

/** Why somebody did what they did, as another supposes. */
export interface Account {
  /** The other was taken to be set on it. */
  readonly intends: boolean;
  /** Wants the other was taken to have that the deed serves: ground claims, what serves most first. */
  readonly wants: readonly { readonly claim: ExprId; readonly gain: number }[];
}

/** Who perceives something, and by which of its clauses. */
export interface Perceiver {
  readonly who: number;
  readonly clause: Perception;
}

/** What the kernel asks of the minds. */
export interface MindHooks {
  /** Once, after facts are set: start beliefs, first perception, first deliberation. */
  begin(): void;
  /**
   * After an occurrence's effects, before rules fire: who perceives it, and what they make of it.
   * Returns who did.
   */
  happened(happening: Happening): readonly {
    readonly who: number;
    readonly sense: "seen" | "heard" | "felt";
    readonly whole: boolean;
  }[];
  /** `p believes C` and the like inside effects on the truth. */
  believe(
    subject: number,
    claim: ExprId,
    negated: boolean,
    strength: { readonly sure?: number; readonly times?: number },
    cause: OccurrenceId,
  ): void;
  forget(subject: number, claim: ExprId, cause: OccurrenceId): void;
  intend(subject: number, deed: ExprId, dropped: boolean, cause: OccurrenceId): void;
  /**
   * Runs `ask`, which asks of minds what stands below, and names what its answer was worked out
   * from: keys above 0, of which the host is told when they change, and 0 for the time.
   */
  reading(ask: () => number, hangsOn: (key: number) => void): number;
  /** The occurrence for which what stands under the key is held; 0 the beginning, or nothing is. */
  behind(key: number): OccurrenceId;
  /** Mind expressions inside conditions on the truth (`p believes C`, `p.sure_of(C)` ...). */
  confidence(subject: number, claim: ExprId): number;
  canTell(subject: number, claim: ExprId): boolean;
  according(subject: number, expr: ExprId): number;
  /**
   * What the subject would answer: yes 1, no 0, a value; NaN where they could not say, also where
   * their mind goes by nothing but a default.
   */
  answer(subject: number, expr: ExprId): number;
  /** How the subject would account for a ground deed of somebody else. */
  accountForDeed(subject: number, deed: ExprId): Account;
  /** What the subject believes from which they expect the ground fluent to come to this value. */
  accountForEvent(
    subject: number,
    fluent: FluentId,
    args: readonly number[],
    value: number,
  ): readonly ExprId[];
  wants(subject: number, claim: ExprId): boolean;
  intends(subject: number, deed: ExprId): boolean;
  outlook(subject: number): number;
  /**
   * These ground fluents may have changed for perception: value or who can perceive them. Fluent
   * -1: whether the entity args[0] is there, or who can perceive that it is.
   */
  perceptible(
    fluent: FluentId,
    args: readonly number[],
    perceivers: readonly Perceiver[],
    cause: () => OccurrenceId,
  ): void;
  /** The instant has settled: infer, appraise, then decide who looks at things anew. */
  settled(): void;
  due(kind: number, a: number, b: number): void;
  /** The state was put back to an earlier one (undo, fork): forget what was worked out. */
  restored(): void;
}
