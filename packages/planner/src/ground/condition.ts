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
  private readonly plainIndex = new Map<number, number>();
  private readonly generalIndex = new Map<string, number>();

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
    const key = ((path * 6 + operator) * 65_536 + fluent) * 65_536 + value;
    let found = this.plainIndex.get(key);
    if (found === undefined) {
      found = this.atoms.length;
      this.atoms.push({ kind: "plain", path, fluent, operator, value });
      this.plainIndex.set(key, found);
    }
    return found;
  }

  general(operator: number, left: GroundExpression, right: GroundExpression): number {
    const key = `${expressionKey(left)} ${operatorTexts[operator]} ${expressionKey(right)}`;
    let found = this.generalIndex.get(key);
    if (found === undefined) {
      found = this.atoms.length;
      this.atoms.push({ kind: "general", operator, left, right });
      this.generalIndex.set(key, found);
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
    const atoms: number[] = [];
    const others: Formula[] = [];
    flattenAnd(formula.parts, atoms, others);
    const clause = this.mergeClause(atoms);
    if (clause === undefined) return conditionFalse;
    let clauses: Condition = clause.length === 0 ? conditionTrue : [clause];
    for (const part of others) clauses = this.conjoin(clauses, this.toCondition(part));
    return clauses;
  }

  unite(conditions: readonly Condition[]): Condition {
    if (conditions.length === 1 && conditions[0]!.length === 1) {
      return conditions[0]![0]!.length === 0 ? conditionTrue : conditions[0]!;
    }
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
    const sorted = [...atoms].sort((a, b) => a - b).filter((atom, at, all) => atom !== all[at - 1]);
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

/** Atoms and nested conjunctions of atoms into `atoms`, everything else into `others`. */
function flattenAnd(parts: readonly Formula[], atoms: number[], others: Formula[]): void {
  for (const part of parts) {
    if (typeof part === "number") atoms.push(part);
    else if (typeof part === "object" && part.kind === "and") flattenAnd(part.parts, atoms, others);
    else if (part !== true) others.push(part);
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
