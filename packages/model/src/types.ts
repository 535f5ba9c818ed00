/**
 * The types of a world: what may stand in a fluent, an argument, an expression.
 * Every value is one number at run time; the type says how to read it.
 */
import type { Span } from "./diagnostic.js";
import type { Wording } from "./wording.js";

export type TypeId = number;
export type FluentId = number;
export type ActionId = number;
export type EntityId = number;
export type ExprId = number;

/**
 * Powers of the base units, as declared with `unit NAME of DIMENSION`. Empty: a plain number.
 * `m per s` is `{ length: 1, time: -1 }`. Zero powers are left out; keys are in code unit order.
 */
export type Dimension = Readonly<Record<string, number>>;

export type ValueType =
  /** 0 or 1. */
  | { readonly kind: "boolean" }
  /** In base units. */
  | { readonly kind: "number"; readonly dimension: Dimension }
  /** Index into the symbols of a `type X is one of ...`. */
  | { readonly kind: "symbol"; readonly type: TypeId }
  /** Birth number of an entity; -1 is none. */
  | { readonly kind: "entity"; readonly type: TypeId }
  /** Index into the world's texts. */
  | { readonly kind: "text" }
  /** A ground proposition, as the id of its expression in the pool. */
  | { readonly kind: "claim" }
  /** A ground action, as the id of its `deed` expression in the pool. */
  | { readonly kind: "deed" }
  /** A point in time: milliseconds since the epoch of the story's calendar. */
  | { readonly kind: "time" };

/** A type of entities or of symbols. Entities may have several parents; parents come first in ids. */
export interface TypeDeclaration {
  readonly id: TypeId;
  readonly name: string;
  readonly parents: readonly TypeId[];
  /** This type, its parents and theirs, nearest first. */
  readonly ancestors: readonly TypeId[];
  /** Names of the symbols of a `one of` type; undefined for a type of entities. */
  readonly symbols?: readonly string[];
  /** Whether its entities have a mind of their own (the nearest `mind` block of the ancestors). */
  readonly minded: boolean;
  /** Who can know that one exists. Empty: everybody who perceives it come to be, or all at start. */
  readonly perceptions: readonly Perception[];
}

export type Sense = "seen" | "heard" | "felt";

/**
 * Who perceives a fluent's value, an entity's existence or an act. Locals: see the holder;
 * the last local is always `observer`.
 */
export interface Perception {
  readonly sense: Sense;
  /** What it looks or sounds like instead of what it is (a symbol or entity); -1: it shows itself. */
  readonly as: ExprId | -1;
  /** Only these; undefined: everyone for whom `when` holds. */
  readonly by?: readonly ExprId[];
  /** Boolean over the locals of the holder and `observer`; undefined: always. */
  readonly when?: ExprId;
  /** Where the clause stands. */
  readonly span?: Span;
}

/**
 * Who does not notice an act though they take part in it. Locals: those of the action, and
 * `observer` last.
 */
export interface Unnoticed {
  /** Only these; undefined: everyone for whom `when` holds. */
  readonly by?: readonly ExprId[];
  /** Boolean; undefined: always. */
  readonly when?: ExprId;
}

export interface Parameter {
  readonly name: string;
  readonly type: ValueType;
}

/**
 * A typed variable of the state. `owner` is the type it belongs to; its value for an entity and
 * arguments is a ground fluent. Locals in expressions: 0 the owner (`self`), then the parameters.
 */
export interface Fluent {
  readonly id: FluentId;
  readonly name: string;
  /** See Declared. */
  readonly module?: string;
  readonly owner: TypeId;
  readonly parameters: readonly Parameter[];
  readonly type: ValueType;
  /**
   * `fixed`: no effect, process or change of any declaration writes it.
   * `state`: written by effects. `quantity`: also moves with time. `derived`: computed (`means`).
   */
  readonly storage: "fixed" | "state" | "quantity" | "derived";
  /** Something is searched for by its value (see Lookup): a run keeps who has which. */
  readonly indexed?: true;
  /** Inclusive, in base units; only numbers. Every quantity has bounds. */
  readonly low?: number;
  readonly high?: number;
  /** Step of the dyadic grid values and rates lie on: a power of two. Quantities only. */
  readonly quantum?: number;
  /**
   * Of a number that does not move: its values are whole multiples of it. A range drawn for it gives
   * one of those in the range, each as likely; what else is set is rounded, halves up.
   */
  readonly step?: number;
  /** Start value over locals; a draw range where it has `high`. Absent: 0, none, unknown. */
  readonly initial?: Draw;
  /** What those of some types start with instead; see `initialOf`. Absent: nothing. */
  readonly initials?: readonly InitialOfType[];
  /** Of `derived`. */
  readonly means?: ExprId;
  /** `both ways`: f(a, b) is f(b, a). */
  readonly symmetric: boolean;
  /** Nobody knows it unless they perceive it, are told or infer it. Quantities are private. */
  readonly private: boolean;
  /** How likely a private boolean is taken to be, 0 .. 1, by who knows nothing; default 0. */
  readonly prior?: ExprId;
  readonly perceptions: readonly Perception[];
  /** How a claim about it reads. */
  readonly wording?: Wording;
  /** Where it is declared. */
  readonly span?: Span;
}

/** `wolf has` `fear(fire) = 1`: a start value of all of a type. */
export interface InitialOfType {
  readonly type: TypeId;
  /** Values of the fluent's parameters: birth numbers, symbols by their places. */
  readonly given: readonly number[];
  /** Over local 0, the owner. */
  readonly value: Draw;
  readonly span: Span;
}

/** A value, or a range of which a value is drawn by key: uniform in [low, high]. */
export interface Draw {
  readonly low: ExprId;
  readonly high?: ExprId;
}
