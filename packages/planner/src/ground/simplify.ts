/**
 * Takes out of a ground problem what can never matter: fluents with one value, atoms that always
 * or never hold, effects that never change anything, events that can never happen or do nothing.
 * Fluents are numbered anew. Preserves every state, mind, utility and explanation exactly.
 */

import { calculateValues } from "./calculate.js";
import {
  type Atom,
  AtomTable,
  and,
  type Condition,
  conditionFalse,
  type Formula,
  type GroundExpression,
  or,
} from "./condition.js";
import type { Domain } from "./domain.js";
import type { GroundAction, GroundEffect, GroundTrigger } from "./ground-problem.js";
import type { Reachable } from "./reachable.js";
import { compareValues, opEqual } from "./values.js";

export class Simplifier {
  readonly atoms: AtomTable;
  /** Old numbers of the fluents that are left. */
  readonly kept: readonly number[];
  private readonly renumbered: readonly number[];
  private readonly memo = new Map<number, Formula>();
  private readonly conditions = new Map<Condition, Condition>();

  constructor(
    private readonly domain: Domain,
    private readonly old: AtomTable,
    private readonly reachable: Reachable,
  ) {
    this.atoms = new AtomTable(domain.values);
    const all = domain.fluents.map((_, fluent) => fluent);
    this.kept = all.filter((fluent) => reachable.constantValue(fluent) === undefined);
    const numbers = new Map(this.kept.map((fluent, index) => [fluent, index]));
    this.renumbered = all.map((fluent) => numbers.get(fluent) ?? -1);
  }

  action(action: GroundAction): GroundAction | undefined {
    if (!this.reachable.isReached(action)) return undefined;
    const precondition = this.condition(action.precondition);
    const effects = this.effects(action.effects, precondition);
    if (precondition.length === 0 || effects.length === 0) return undefined;
    const observing = action.observing.map((condition) => this.condition(condition));
    return { ...action, precondition, effects, observing };
  }

  trigger(trigger: GroundTrigger): GroundTrigger | undefined {
    if (!this.reachable.isReached(trigger)) return undefined;
    const precondition = this.condition(trigger.precondition);
    const effects = this.effects(trigger.effects, precondition);
    if (precondition.length === 0 || effects.length === 0) return undefined;
    return { name: trigger.name, precondition, effects };
  }

  expression(expression: GroundExpression): GroundExpression {
    switch (expression.kind) {
      case "constant":
        return expression;
      case "read": {
        const value = this.reachable.constantValue(expression.fluent);
        if (value !== undefined) return { kind: "constant", value };
        const fluent = this.renumbered[expression.fluent]!;
        return { kind: "read", path: this.path(expression.path), fluent };
      }
      case "arithmetic": {
        const left = this.expression(expression.left);
        const right = this.expression(expression.right);
        const { operator } = expression;
        if (left.kind === "constant" && right.kind === "constant") {
          const value = calculateValues(this.domain.values, operator, left.value, right.value);
          return { kind: "constant", value };
        }
        return { kind: "arithmetic", operator, left, right };
      }
      case "choice": {
        const condition = this.condition(expression.condition);
        const then = this.expression(expression.then);
        const otherwise = this.expression(expression.otherwise);
        if (condition.length === 0) return otherwise;
        if (condition[0]!.length === 0) return then;
        return { kind: "choice", condition, then, otherwise };
      }
    }
  }

  private condition(condition: Condition): Condition {
    let found = this.conditions.get(condition);
    if (found === undefined) {
      const clauses = condition.filter((clause) => this.reachable.canHoldClause(clause));
      const formula = or(clauses.map((clause) => and(clause.map((atom) => this.atom(atom)))));
      found = formula === false ? conditionFalse : this.atoms.toCondition(formula);
      this.conditions.set(condition, found);
    }
    return found;
  }

  private atom(id: number): Formula {
    let found = this.memo.get(id);
    if (found === undefined) {
      found = this.simplifyAtom(this.old.atoms[id]!);
      this.memo.set(id, found);
    }
    return found;
  }

  private simplifyAtom(atom: Atom): Formula {
    if (atom.kind === "plain") {
      if (this.reachable.alwaysHolds(atom)) return true;
      const fluent = this.renumbered[atom.fluent]!;
      return this.atoms.plain(this.path(atom.path), fluent, atom.operator, atom.value);
    }
    const left = this.expression(atom.left);
    const right = this.expression(atom.right);
    if (left.kind === "constant" && right.kind === "constant") {
      return compareValues(this.domain.values, atom.operator, left.value, right.value);
    }
    if (left.kind === "read" && right.kind === "constant") {
      return this.atoms.plain(left.path, left.fluent, atom.operator, right.value);
    }
    return this.atoms.general(atom.operator, left, right);
  }

  private path(path: number): number {
    return this.old.paths[path]!.reduce((found, who) => this.atoms.extendPath(found, who), 0);
  }

  private effects(effects: readonly GroundEffect[], precondition: Condition): GroundEffect[] {
    const left: GroundEffect[] = [];
    for (const effect of effects) {
      if (this.reachable.constantValue(effect.fluent) !== undefined) continue;
      const guard = this.condition(effect.guard);
      if (guard.length === 0) continue;
      const fluent = this.renumbered[effect.fluent]!;
      const value = this.expression(effect.value);
      const made = { guard, path: this.path(effect.path), fluent, value };
      if (this.isIdle(made, precondition) && !this.isContested(effect, effects)) continue;
      left.push(made);
    }
    return left;
  }

  /** Whether the precondition already demands what the effect sets. */
  private isIdle(effect: GroundEffect, precondition: Condition): boolean {
    const { path, fluent, value } = effect;
    if (path !== 0 || value.kind !== "constant") return false;
    return precondition.every((clause) =>
      clause.some((id) => {
        const atom = this.atoms.atoms[id]!;
        return (
          atom.kind === "plain" &&
          atom.path === 0 &&
          atom.fluent === fluent &&
          atom.operator === opEqual &&
          atom.value === value.value
        );
      }),
    );
  }

  /** Whether another effect on the same fluent could win if this one were gone. */
  private isContested(effect: GroundEffect, effects: readonly GroundEffect[]): boolean {
    return effects.some(
      (other) => other !== effect && other.fluent === effect.fluent && other.path === effect.path,
    );
  }
}
