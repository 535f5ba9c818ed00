/**
 * Which values every fluent can ever hold, in any mind: ignoring what actions take away, everybody
 * may do everything, all minds together. Over-approximates, so nothing possible is lost.
 */
import type { Atom, AtomTable, Condition, GroundExpression } from "./condition.js";
import type { Domain } from "./domain.js";
import type { GroundAction, GroundEffect, GroundTrigger } from "./ground-problem.js";
import { compareValues, opDiffer, opEqual, valueUnknown } from "./values.js";

/** A numeric fluent that takes more values than this is taken to take any. */
const numericValuesMax = 24;

type Event = GroundAction | GroundTrigger;

export class Reachable {
  /** By fluent. */
  readonly values: Set<number>[];
  /** By fluent: whether any number at all is possible. */
  readonly anyNumber: boolean[];
  private readonly events = new Set<Event>();
  private changed = false;

  constructor(
    private readonly domain: Domain,
    private readonly atoms: AtomTable,
    initial: (fluent: number) => Set<number>,
  ) {
    this.values = domain.fluents.map((_, fluent) => initial(fluent));
    this.anyNumber = domain.fluents.map(() => false);
  }

  /** Grows the sets to the fixed point over these events. */
  run(actions: readonly GroundAction[], triggers: readonly GroundTrigger[]): void {
    do {
      this.changed = false;
      for (const action of actions) this.visit(action);
      for (const trigger of triggers) this.visit(trigger);
      for (const action of actions) if (this.events.has(action)) this.addSurprises(action);
    } while (this.changed);
  }

  isReached(event: Event): boolean {
    return this.events.has(event);
  }

  constantValue(fluent: number): number | undefined {
    if (this.anyNumber[fluent] || this.values[fluent]!.size !== 1) return undefined;
    return [...this.values[fluent]!][0]!;
  }

  canHold(condition: Condition): boolean {
    return condition.some((clause) => this.canHoldClause(clause));
  }

  canHoldClause(clause: readonly number[]): boolean {
    return clause.every((id) => this.canHoldAtom(this.atoms.atoms[id]!));
  }

  /** Whether the atom holds whatever its fluent holds. */
  alwaysHolds(atom: Atom): boolean {
    if (atom.kind !== "plain" || this.anyNumber[atom.fluent]) return false;
    for (const value of this.values[atom.fluent]!) {
      if (!compareValues(this.domain.values, atom.operator, value, atom.value)) return false;
    }
    return true;
  }

  private canHoldAtom(atom: Atom): boolean {
    if (atom.kind !== "plain") return true;
    if (this.anyNumber[atom.fluent]) {
      const asked = atom.value !== valueUnknown || atom.operator !== opEqual;
      if (asked) return true;
    }
    for (const value of this.values[atom.fluent]!) {
      if (compareValues(this.domain.values, atom.operator, value, atom.value)) return true;
    }
    return false;
  }

  private visit(event: Event): void {
    if (!this.events.has(event)) {
      if (!this.canHold(event.precondition)) return;
      this.events.add(event);
      this.changed = true;
    }
    for (const effect of event.effects) if (this.canHold(effect.guard)) this.addEffect(effect);
  }

  private addEffect(effect: GroundEffect): void {
    const { fluent, value } = effect;
    if (value.kind === "constant") this.add(fluent, value.value);
    else if (value.kind === "read") this.addAll(fluent, value.fluent);
    else this.addAny(fluent, value);
  }

  private addAll(target: number, source: number): void {
    for (const value of this.values[source]!) this.add(target, value);
    if (this.anyNumber[source]) this.setAny(target);
  }

  private addAny(target: number, expression: GroundExpression): void {
    if (this.mayBeNumber(expression)) this.setAny(target);
    if (this.mayBeUnknown(expression)) this.add(target, valueUnknown);
  }

  private mayBeNumber(expression: GroundExpression): boolean {
    if (expression.kind === "constant") return this.domain.values.isNumber(expression.value);
    if (expression.kind === "read") {
      if (this.anyNumber[expression.fluent]) return true;
      return [...this.values[expression.fluent]!].some((value) =>
        this.domain.values.isNumber(value),
      );
    }
    if (expression.kind === "choice") {
      return this.mayBeNumber(expression.then) || this.mayBeNumber(expression.otherwise);
    }
    return this.mayBeNumber(expression.left) && this.mayBeNumber(expression.right);
  }

  private mayBeUnknown(expression: GroundExpression): boolean {
    if (expression.kind === "constant") return expression.value === valueUnknown;
    if (expression.kind === "read") return this.values[expression.fluent]!.has(valueUnknown);
    if (expression.kind === "choice") {
      return this.mayBeUnknown(expression.then) || this.mayBeUnknown(expression.otherwise);
    }
    return this.mayBeUnknown(expression.left) || this.mayBeUnknown(expression.right);
  }

  /** One who is surprised no longer knows what other than `==` was wrongly believed. */
  private addSurprises(action: GroundAction): void {
    for (const clause of action.precondition) {
      for (const id of clause) {
        const atom = this.atoms.atoms[id]!;
        if (atom.operator === opEqual) continue;
        if (atom.kind === "plain") this.addSurprise(atom.fluent, atom);
        else for (const fluent of fluentsOf(atom)) this.addSurprise(fluent, atom);
      }
    }
  }

  private addSurprise(fluent: number, atom: Atom): void {
    if (this.domain.fluents[fluent]!.sort === "boolean") return;
    if (this.values[fluent]!.has(valueUnknown)) return;
    if (atom.kind === "plain" && this.alwaysHolds(atom)) return;
    if (atom.kind === "plain" && atom.operator === opDiffer && atom.value === valueUnknown) return;
    this.add(fluent, valueUnknown);
  }

  private add(fluent: number, value: number): void {
    const known = this.values[fluent]!;
    if (known.has(value)) return;
    if (this.anyNumber[fluent] && this.domain.values.isNumber(value)) return;
    known.add(value);
    this.changed = true;
    if (this.domain.fluents[fluent]!.sort === "number" && known.size > numericValuesMax) {
      this.setAny(fluent);
    }
  }

  private setAny(fluent: number): void {
    if (this.anyNumber[fluent]) return;
    this.anyNumber[fluent] = true;
    this.changed = true;
  }
}

export function fluentsOf(atom: Atom): Set<number> {
  const found = new Set<number>();
  const visit = (expression: GroundExpression): void => {
    if (expression.kind === "read") found.add(expression.fluent);
    else if (expression.kind === "arithmetic") {
      visit(expression.left);
      visit(expression.right);
    }
  };
  if (atom.kind === "plain") found.add(atom.fluent);
  else {
    visit(atom.left);
    visit(atom.right);
  }
  return found;
}
