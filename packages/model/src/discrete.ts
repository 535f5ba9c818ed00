/**
 * The discrete problem: a world without quantities, durations and chance, with minds.
 *
 * A reader (Sabre's language, or Fabula's own) produces it; the planner and the validator
 * each consume it by themselves. Everything is still lifted: actions have parameters.
 * Its meaning is written out in docs/planner.md.
 */
import type { Span } from "./diagnostic.js";
import type {
  DiscreteExpression,
  DiscreteTerm,
  DiscreteValue,
  DiscreteVariable,
} from "./discrete-expression.js";

export interface DiscreteType {
  readonly name: string;
  /** Direct parents, in the order written. */
  readonly parents: readonly string[];
}

export interface DiscreteEntity {
  readonly name: string;
  readonly types: readonly string[];
}

/** A parameter ranges over a type, or is one constant value. */
export type DiscreteParameter =
  | { readonly kind: "variable"; readonly variable: DiscreteVariable }
  | { readonly kind: "constant"; readonly value: DiscreteValue };

/** Several properties may share a name when no ground fluent is covered twice. */
export interface DiscreteProperty {
  readonly name: string;
  readonly parameters: readonly DiscreteParameter[];
  /** "boolean", "number" or the name of an entity type. */
  readonly range: string;
  readonly span?: Span;
}

export interface DiscreteAction {
  readonly name: string;
  readonly parameters: readonly DiscreteParameter[];
  readonly precondition: DiscreteExpression;
  readonly effect: DiscreteExpression;
  /** Who must have a reason; empty: only the author makes it happen. */
  readonly consenting: readonly DiscreteTerm[];
  /** Absent: everybody observes. */
  readonly observing?: DiscreteObserving;
  readonly span?: Span;
}

export interface DiscreteObserving {
  readonly variable: DiscreteVariable;
  readonly condition: DiscreteExpression;
}

export interface DiscreteTrigger {
  readonly name: string;
  readonly parameters: readonly DiscreteParameter[];
  readonly precondition: DiscreteExpression;
  readonly effect: DiscreteExpression;
  readonly span?: Span;
}

export interface DiscreteUtility {
  readonly character: string;
  readonly value: DiscreteExpression;
}

export interface DiscreteProblem {
  readonly name: string;
  readonly types: readonly DiscreteType[];
  /** All characters first; this order numbers entities, values and bindings. */
  readonly entities: readonly DiscreteEntity[];
  readonly properties: readonly DiscreteProperty[];
  readonly actions: readonly DiscreteAction[];
  readonly triggers: readonly DiscreteTrigger[];
  /** Imposed in order; a later one wins. */
  readonly initial: readonly DiscreteExpression[];
  /** The author's utility. */
  readonly utility: DiscreteExpression;
  /** One who is not listed has the constant 0. */
  readonly utilities: readonly DiscreteUtility[];
}

/** The limits of a search, as Sabre's benchmark names them. */
export interface SeekLimits {
  /** The author's utility must reach it and be above the initial one. */
  readonly goal: number;
  /** Most actions in the story. */
  readonly authorTemporalLimit: number;
  /** Most actions in a character's plan, the explained one included, summed through nesting. */
  readonly characterTemporalLimit: number;
  /** How deep reasons about reasons go; one level more for reasons of a single step. */
  readonly epistemicLimit: number;
}

/** Everything that is a `type` or below it, itself included. Types that nobody named are empty. */
export function entitiesOfType(problem: DiscreteProblem, type: string): string[] {
  const below = typesBelow(problem, type);
  return problem.entities
    .filter((entity) => type === "entity" || entity.types.some((name) => below.has(name)))
    .map((entity) => entity.name);
}

/** The names of `type` and of all its descendants. */
export function typesBelow(problem: DiscreteProblem, type: string): Set<string> {
  const below = new Set([type]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const candidate of problem.types) {
      if (candidate.parents.some((parent) => below.has(parent))) below.add(candidate.name);
    }
  }
  return below;
}
