/** A beginning, what comes from outside, and what is asked of what follows. */
import type { Span } from "./diagnostic.js";
import type { Effect, EntityDeclaration } from "./effect.js";
import type { EventPattern } from "./expression.js";
import type { Told, Want } from "./schema.js";
import type { Draw, EntityId, ExprId } from "./types.js";

export interface Story {
  readonly name: string;
  readonly title: string;
  /** Milliseconds since the epoch of the calendar. */
  readonly begins: number;
  readonly entities: readonly EntityDeclaration[];
  /** What each person starts with: a claim and how sure, in order of declaration. */
  readonly beliefs: readonly StartBelief[];
  readonly outside: readonly OutsideEvent[];
  readonly endsWhen: readonly ExprId[];
  /** Seconds after the beginning; the story ends then at the latest. */
  readonly endsAfter?: number;
  readonly questions: readonly Question[];
  readonly expects: readonly Expect[];
  readonly whatifs: readonly WhatIf[];
  /** Of a row: what carries it. Each switched off, something the row expects must fail. */
  readonly mechanisms: readonly Mechanism[];
  readonly patterns: readonly Pattern[];
  readonly tellings: readonly Telling[];
  readonly circumstances: readonly Circumstance[];
  readonly span: Span;
}

/** `holder` believes the proposition; nested beliefs are `believes` expressions inside it. */
export interface StartBelief {
  readonly holder: EntityId;
  readonly claim: ExprId;
  readonly negated: boolean;
  /** 0 .. 1; absent: certain. A range is drawn. */
  readonly sure?: Draw;
  /** `believes X wants C weight W`: how strongly, where the claim is a `wants`. At least 0. */
  readonly weight?: ExprId;
  readonly span: Span;
}

/** A point in a run. */
export type Moment =
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  /** Seconds after the beginning. */
  | { readonly kind: "after"; readonly seconds: ExprId }
  /** First time this happens or becomes true. */
  | { readonly kind: "when"; readonly event: EventPattern };

export interface OutsideEvent {
  readonly moment: Moment;
  /** A range of seconds is drawn where `high` is set. */
  readonly high?: ExprId;
  readonly effects: readonly Effect[];
  readonly told: readonly Told[];
  readonly span: Span;
}

/**
 * A condition on a whole run. Plain conditions hold at the end, or `at` a moment; a temporal
 * condition is false where its moment never comes.
 */
export type Timed =
  | { readonly kind: "at"; readonly condition: ExprId; readonly moment: Moment }
  | { readonly kind: "and" | "or"; readonly parts: readonly Timed[] }
  | { readonly kind: "not"; readonly part: Timed }
  | { readonly kind: "happens"; readonly event: EventPattern }
  | {
      readonly kind: "ever" | "always" | "never";
      readonly event: EventPattern;
      readonly until?: Moment;
    }
  /** first `event` before (after) first `other`, at most `withinSeconds` apart. */
  | {
      readonly kind: "before" | "after";
      readonly event: EventPattern;
      readonly other: EventPattern;
      readonly withinSeconds?: ExprId;
    }
  /** In a what-if: against the same seed without the change. At least `bySeconds` (default 1 ms). */
  | {
      readonly kind: "later" | "earlier";
      readonly event: EventPattern;
      readonly bySeconds?: ExprId;
    }
  | { readonly kind: "interrupted"; readonly event: EventPattern; readonly by?: EventPattern }
  /** The causes of (the first) `event` lead back to `cause`. */
  | { readonly kind: "why"; readonly event: EventPattern; readonly cause: EventPattern }
  /** `kept back`: the person held this claim back, and this want was among the reasons. */
  | {
      readonly kind: "kept-back";
      readonly who: ExprId;
      readonly claim: ExprId;
      readonly because?: ExprId;
    };

export interface Question {
  readonly id: string;
  readonly title: string;
  readonly asks: Timed;
  readonly span: Span;
}

export interface Expect {
  /** `D7`, or "" where the author gave none. */
  readonly id: string;
  readonly title: string;
  readonly conditions: readonly Timed[];
  /** Every line must hold in at least this share (0 .. 1) of `runs` seeds. */
  readonly share: number;
  readonly runs: number;
  readonly span: Span;
}

/** An intervention: a change made from outside ("change" in text for people). */
export type Intervention =
  | {
      readonly kind: "effects";
      readonly moment: Moment;
      readonly effects: readonly Effect[];
      readonly span: Span;
    }
  /** `holder believes C`, from the start or a moment. */
  | { readonly kind: "make"; readonly moment: Moment; readonly deed: ExprId; readonly span: Span }
  /** No such action (locals -1 match anything) is chosen or carried out. */
  | { readonly kind: "forbid"; readonly event: EventPattern; readonly span: Span }
  | {
      readonly kind: "switch-off";
      /**
       * `definition`: a computed fluent, which has the plain value of its type from then on.
       * `outside`: by place among the story's events from outside; it never comes.
       */
      readonly what:
        | "rule"
        | "process"
        | "inference"
        | "expectation"
        | "reflex"
        | "definition"
        | "outside";
      readonly id: number;
      readonly span: Span;
    }
  | { readonly kind: "remove"; readonly entity: EntityId; readonly span: Span }
  /**
   * The person wants this claim (ground) as `want` says, in place of whatever they wanted of it;
   * without `want`, no longer.
   */
  | {
      readonly kind: "want";
      readonly person: EntityId;
      readonly claim: ExprId;
      readonly want?: NewWant;
      readonly span: Span;
    }
  | {
      readonly kind: "add";
      readonly entity: EntityDeclaration;
      readonly beliefs: readonly StartBelief[];
      readonly wants: readonly NewWant[];
      readonly span: Span;
    };

/** A want that a change brings: its number follows on those there are. */
export type NewWant = Omit<Want, "id">;

/** `rests on NAME`: what carries a row, and how to do without it. */
export interface Mechanism {
  readonly name: string;
  readonly off: Intervention;
  readonly span: Span;
}

export interface WhatIf {
  readonly kind: "whatif" | "control";
  readonly id: string;
  readonly title: string;
  readonly changes: readonly Intervention[];
  readonly expects: readonly Expect[];
  /** A control: nothing may differ but these fluents and schemas. */
  readonly mayChange: readonly { readonly fluent?: number; readonly event?: EventPattern }[];
  readonly span: Span;
}

/** What may be otherwise where the least change is sought: `may change`. */
export type Circumstance =
  /** All of this together: lines as in a what-if. */
  | {
      readonly kind: "lines";
      readonly title: string;
      readonly lines: readonly string[];
      readonly span: Span;
    }
  /** Another value of a field: within `to`, or else whatever its type allows. */
  | {
      readonly kind: "value";
      /** Reads the field: a `fluent` of an entity that has a name. */
      readonly value: ExprId;
      readonly to?: Draw;
      readonly span: Span;
    };

/** A sifting pattern: a query for a micro-story in a chronicle. Locals: binders. */
export interface Pattern {
  readonly id: string;
  readonly title: string;
  readonly binders: readonly { readonly name: string; readonly type: number }[];
  readonly steps: readonly {
    readonly name: string;
    readonly event: EventPattern;
    readonly where: ExprId;
    readonly withinSeconds?: ExprId;
  }[];
  readonly without: readonly {
    readonly event: EventPattern;
    readonly from: number;
    readonly to: number;
  }[];
  readonly told: readonly Told[];
  readonly span: Span;
}

export interface Telling {
  readonly id: string;
  readonly title: string;
  readonly eyes: readonly {
    readonly who: EntityId;
    readonly from?: Moment;
    readonly until?: Moment;
  }[];
  readonly withhold: readonly { readonly what: readonly ExprId[]; readonly until: Moment }[];
  readonly show: readonly ExprId[];
  readonly span: Span;
}
