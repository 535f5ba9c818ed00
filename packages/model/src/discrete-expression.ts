/**
 * Expressions of a discrete world: conditions, values, effects, one tree for all three.
 *
 * Names are resolved by the reader; variables are bound when the planner grounds an action.
 * Comparison, negation and the unknown value mean what docs/planner.md says under "Values".
 */
import type { Span } from "./diagnostic.js";

/** What a fluent can hold. `unknown` equals only itself; a boolean is never unknown. */
export type DiscreteValue =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "entity"; readonly name: string }
  | { readonly kind: "unknown" };

/** A value written out, or a variable bound by a parameter or quantifier. */
export type DiscreteTerm =
  | { readonly kind: "value"; readonly value: DiscreteValue; readonly span?: Span }
  | { readonly kind: "variable"; readonly name: string; readonly span?: Span };

export type DiscreteComparison = "==" | "!=" | ">" | ">=" | "<" | "<=";
export type DiscreteArithmetic = "+" | "-" | "*" | "/";

export interface DiscreteVariable {
  readonly name: string;
  /** Name of an entity type, or "boolean". */
  readonly type: string;
}

/** The use of a property: with all arguments bound it names one fluent. */
export interface FluentUse {
  readonly kind: "fluent";
  readonly property: string;
  readonly arguments: readonly DiscreteTerm[];
  readonly span?: Span;
}

export interface DiscreteBranch {
  readonly condition: DiscreteExpression;
  readonly then: DiscreteExpression;
}

export type DiscreteExpression =
  | DiscreteTerm
  | FluentUse
  | {
      readonly kind: "believes";
      readonly character: DiscreteTerm;
      readonly body: DiscreteExpression;
      readonly span?: Span;
    }
  | { readonly kind: "and"; readonly parts: readonly DiscreteExpression[] }
  | { readonly kind: "or"; readonly parts: readonly DiscreteExpression[] }
  | { readonly kind: "not"; readonly body: DiscreteExpression; readonly span?: Span }
  | {
      readonly kind: "if";
      readonly branches: readonly DiscreteBranch[];
      /** Absent: True, so only conditions and effects may leave it out. */
      readonly otherwise?: DiscreteExpression;
      readonly span?: Span;
    }
  | {
      readonly kind: "forall" | "exists" | "sum" | "product";
      readonly variable: DiscreteVariable;
      readonly body: DiscreteExpression;
      readonly span?: Span;
    }
  | {
      readonly kind: "compare";
      readonly operator: DiscreteComparison;
      readonly left: DiscreteExpression;
      readonly right: DiscreteExpression;
      readonly span?: Span;
    }
  | {
      readonly kind: "isType";
      readonly body: DiscreteExpression;
      readonly type: string;
      readonly span?: Span;
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: DiscreteArithmetic;
      readonly left: DiscreteExpression;
      readonly right: DiscreteExpression;
      readonly span?: Span;
    }
  | {
      /** Only in effects and in the initial state. The target is a fluent, perhaps believed. */
      readonly kind: "assign";
      readonly target: DiscreteExpression;
      readonly value: DiscreteExpression;
      readonly span?: Span;
    };

export const discreteTrue: DiscreteExpression = {
  kind: "value",
  value: { kind: "boolean", value: true },
};
