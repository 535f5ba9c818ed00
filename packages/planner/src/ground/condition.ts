/**
 * Ground conditions. Every distinct comparison is one atom with a number; a clause is a sorted
 * list of atoms that all hold; a condition is a list of clauses (disjunctive normal form).
 */
import type { DiscreteArithmetic } from "@fabula/model";
import { compareValues, opDiffer, opEqual, operatorTexts, type ValueTable } from "./values.js";

/** Disjunction of conjunctions of atom numbers, each conjunction ascending. `[]` is False. */
export type Condition = readonly (readonly number[])[];

export const conditionTrue: Condition = [[]];
export const conditionFalse: Condition = [];

export type GroundExpression =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "read"; readonly path: number; readonly fluent: number }
  | {
      readonly kind: "arithmetic";
      readonly operator: DiscreteArithmetic;
      readonly left: GroundExpression;
      readonly right: GroundExpression;
    }
  | {
      readonly kind: "choice";
      readonly condition: Condition;
      readonly then: GroundExpression;
      readonly otherwise: GroundExpression;
    };

/** `fluent operator constant` in the mind at `path`; the usual case. */
export interface PlainAtom {
  readonly kind: "plain";
  readonly path: number;
  readonly fluent: number;
  readonly operator: number;
  readonly value: number;
}

export interface GeneralAtom {
  readonly kind: "general";
  readonly operator: number;
  readonly left: GroundExpression;
  readonly right: GroundExpression;
}

export type Atom = PlainAtom | GeneralAtom;

/** A condition is refused when it would take more clauses than this. */
export const clausesMax = 4096;

export class TooBigError extends Error {
  override readonly name = "TooBigError";
}

export type Formula =
  | boolean
  | number
  | { readonly kind: "and" | "or"; readonly parts: readonly Formula[] };

/** Interned atoms and paths. Path 0 is the state itself, others are chains of believers. */
export class AtomTable {
  readonly atoms: Atom[] = [];
  readonly paths: (readonly number[])[] = [[]];
  private readonly pathIndex = new Map<string, number>([["", 0]]);
  private readonly index = new Map<string, number>();

  constructor(readonly values: ValueTable) {}

  extendPath(path: number, character: number): number {
    const chain = [...this.paths[path]!, character];
    const key = chain.join(",");
    let found = this.pathIndex.get(key);
    if (found === undefined) {
      found = this.paths.length;
      this.paths.push(chain);
      this.pathIndex.set(key, found);
    }
    return found;
  }

  plain(path: number, fluent: number, operator: number, value: number): number {
    const key = `${path} ${fluent} ${operator} ${value}`;
    return this.intern(key, () => ({ kind: "plain", path, fluent, operator, value }));
  }

  general(operator: number, left: GroundExpression, right: GroundExpression): number {
    const key = `${expressionKey(left)} ${operatorTexts[operator]} ${expressionKey(right)}`;
    return this.intern(key, () => ({ kind: "general", operator, left, right }));
  }

  private intern(key: string, create: () => Atom): number {
    let found = this.index.get(key);
    if (found === undefined) {
      found = this.atoms.length;
      this.atoms.push(create());
      this.index.set(key, found);
    }
    return found;
  }

  /** The clauses of a formula: contradictions gone, implied atoms merged. */
  toCondition(formula: Formula): Condition {
    if (formula === true) return conditionTrue;
    if (formula === false) return conditionFalse;
    if (typeof formula === "number") return [[formula]];
    if (formula.kind === "or") {
      return this.unite(formula.parts.map((part) => this.toCondition(part)));
    }
    let clauses: Condition = conditionTrue;
    for (const part of formula.parts) clauses = this.conjoin(clauses, this.toCondition(part));
    return clauses;
  }

  unite(conditions: readonly Condition[]): Condition {
    const clauses = new Map<string, readonly number[]>();
    for (const condition of conditions) {
      for (const clause of condition) clauses.set(clause.join(","), clause);
    }
    if (clauses.size > clausesMax) throw new TooBigError(`more than ${clausesMax} clauses`);
    return clauses.has("") ? conditionTrue : [...clauses.values()];
  }

  conjoin(left: Condition, right: Condition): Condition {
    if (left === conditionTrue) return right;
    if (right === conditionTrue) return left;
    if (left.length * right.length > clausesMax) {
      throw new TooBigError(`more than ${clausesMax} clauses`);
    }
    const clauses: (readonly number[])[] = [];
    for (const one of left) {
      for (const other of right) {
        const clause = this.mergeClause([...one, ...other]);
        if (clause !== undefined) clauses.push(clause);
      }
    }
    return clauses.length > 1 ? this.unite([clauses]) : clauses;
  }

  /** Sorted atoms without those implied by an `==` on the same fluent; undefined if impossible. */
  mergeClause(atoms: readonly number[]): readonly number[] | undefined {
    const sorted = [...new Set(atoms)].sort((a, b) => a - b);
    const kept: number[] = [];
    for (const id of sorted) {
      const atom = this.atoms[id]!;
      if (atom.kind === "plain") {
        const fixed = this.findFixed(sorted, atom);
        if (fixed !== undefined) {
          if (!compareValues(this.values, atom.operator, fixed.value, atom.value)) return undefined;
          if (fixed !== atom) continue;
        } else if (this.contradicts(sorted, atom)) {
          return undefined;
        }
      }
      kept.push(id);
    }
    return kept;
  }

  private findFixed(clause: readonly number[], atom: PlainAtom): PlainAtom | undefined {
    for (const id of clause) {
      const other = this.atoms[id]!;
      if (other.kind !== "plain" || other.operator !== opEqual) continue;
      if (other.path === atom.path && other.fluent === atom.fluent) return other;
    }
    return undefined;
  }

  /** Whether the clause also holds the exact opposite of `atom`. */
  private contradicts(clause: readonly number[], atom: PlainAtom): boolean {
    if (atom.operator === opDiffer) return false;
    return clause.some((id) => {
      const other = this.atoms[id]!;
      return (
        other.kind === "plain" &&
        other.path === atom.path &&
        other.fluent === atom.fluent &&
        other.value === atom.value &&
        other.operator === (atom.operator ^ 1)
      );
    });
  }
}

export function and(parts: readonly Formula[]): Formula {
  const kept = parts.filter((part) => part !== true);
  if (kept.includes(false)) return false;
  if (kept.length === 0) return true;
  return kept.length === 1 ? kept[0]! : { kind: "and", parts: kept };
}

export function or(parts: readonly Formula[]): Formula {
  const kept = parts.filter((part) => part !== false);
  if (kept.includes(true)) return true;
  if (kept.length === 0) return false;
  return kept.length === 1 ? kept[0]! : { kind: "or", parts: kept };
}

export function expressionKey(expression: GroundExpression): string {
  switch (expression.kind) {
    case "constant":
      return `#${expression.value}`;
    case "read":
      return `${expression.path}@${expression.fluent}`;
    case "arithmetic": {
      const { left, operator, right } = expression;
      return `(${expressionKey(left)}${operator}${expressionKey(right)})`;
    }
    case "choice": {
      const { condition, then, otherwise } = expression;
      return `[${condition.join("|")}?${expressionKey(then)}:${expressionKey(otherwise)}]`;
    }
  }
}
