/** A ground problem: no variables left, only what can happen. Input of the search. */
import type { Atom, Condition, GroundExpression } from "./condition.js";
import type { GroundFluent } from "./domain.js";
import type { ValueTable } from "./values.js";

/** In the mind at `path` (0: the state itself), `fluent` becomes `value` if `guard` holds. */
export interface GroundEffect {
  readonly guard: Condition;
  readonly path: number;
  readonly fluent: number;
  readonly value: GroundExpression;
}

export interface GroundAction {
  /** `name(argument, argument)`, as in plans. */
  readonly name: string;
  readonly schema: string;
  readonly arguments: readonly number[];
  readonly precondition: Condition;
  /** In canonical order: of several for one fluent the first whose guard holds counts. */
  readonly effects: readonly GroundEffect[];
  /** Characters, ascending. */
  readonly consenting: readonly number[];
  /** By character. */
  readonly observing: readonly Condition[];
}

export interface GroundTrigger {
  readonly name: string;
  readonly precondition: Condition;
  readonly effects: readonly GroundEffect[];
}

export interface ReachableValues {
  readonly values: readonly number[];
  readonly anyNumber: boolean;
}

/** A mind before the story: its values, and the index of the mind of each character in it. */
export interface InitialMind {
  /** By fluent. */
  readonly values: readonly number[];
  /** By character, indexes of `InitialMind`s; the mind a character ascribes to itself included. */
  readonly minds: readonly number[];
}

export interface GroundProblem {
  readonly name: string;
  readonly values: ValueTable;
  readonly characterCount: number;
  readonly entityNames: readonly string[];
  readonly fluents: readonly GroundFluent[];
  /** By fluent: what it can hold in any mind; numbers aside where `anyNumber`. */
  readonly reachable: readonly ReachableValues[];
  /** Fluents that can only ever hold one value, by name. */
  readonly constants: ReadonlyMap<string, number>;
  readonly atoms: readonly Atom[];
  /** Chains of believers; path 0 is empty. */
  readonly paths: readonly (readonly number[])[];
  readonly actions: readonly GroundAction[];
  /** In the order in which they are tried. */
  readonly triggers: readonly GroundTrigger[];
  /** Index 0 is the state itself; before any trigger has run. */
  readonly initial: readonly InitialMind[];
  readonly utility: GroundExpression;
  /** By character. */
  readonly utilities: readonly GroundExpression[];
}
