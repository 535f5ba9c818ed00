/** Conditions and expressions read in stored minds: atoms as parallel arrays, no closures. */

import { calculateValues } from "../ground/calculate.js";
import type { Condition, GroundExpression } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";
import { compareValues } from "../ground/values.js";
import { MemoryLimitError } from "./int-table.js";
import type { MindStore } from "./mind-store.js";
import { valuesMax } from "./vector-store.js";

export class MindReader {
  /** By atom: index of the path, or -1 for a general atom. */
  private readonly atomPath: Int32Array;
  private readonly atomFluent: Int32Array;
  private readonly atomOperator: Int32Array;
  private readonly atomValue: Int32Array;

  constructor(
    readonly ground: GroundProblem,
    readonly minds: MindStore,
  ) {
    const { atoms } = ground;
    this.atomPath = new Int32Array(atoms.length).fill(-1);
    this.atomFluent = new Int32Array(atoms.length);
    this.atomOperator = new Int32Array(atoms.length);
    this.atomValue = new Int32Array(atoms.length);
    atoms.forEach((atom, id) => {
      this.atomOperator[id] = atom.operator;
      if (atom.kind !== "plain") return;
      this.atomPath[id] = atom.path;
      this.atomFluent[id] = atom.fluent;
      this.atomValue[id] = atom.value;
    });
  }

  /** The mind at the end of a chain of believers that starts in `mind`. */
  follow(mind: number, path: number): number {
    let found = mind;
    for (const who of this.ground.paths[path]!) found = this.minds.inner(found, who);
    return found;
  }

  value(mind: number, fluent: number): number {
    const { vectors } = this.minds;
    return vectors.cells[this.minds.vector(mind) * vectors.width + fluent]!;
  }

  holds(mind: number, condition: Condition): boolean {
    for (let i = 0; i < condition.length; i += 1) {
      const clause = condition[i]!;
      let at = 0;
      while (at < clause.length && this.holdsAtom(mind, clause[at]!)) at += 1;
      if (at === clause.length) return true;
    }
    return false;
  }

  holdsAtom(mind: number, atom: number): boolean {
    const path = this.atomPath[atom]!;
    if (path < 0) return this.holdsGeneral(mind, atom);
    const value = this.value(path === 0 ? mind : this.follow(mind, path), this.atomFluent[atom]!);
    const operator = this.atomOperator[atom]!;
    if (operator === 0) return value === this.atomValue[atom];
    if (operator === 1) return value !== this.atomValue[atom];
    return compareValues(this.ground.values, operator, value, this.atomValue[atom]!);
  }

  evaluate(mind: number, expression: GroundExpression): number {
    switch (expression.kind) {
      case "constant":
        return expression.value;
      case "read":
        return this.value(this.follow(mind, expression.path), expression.fluent);
      case "arithmetic": {
        const left = this.evaluate(mind, expression.left);
        const right = this.evaluate(mind, expression.right);
        const value = calculateValues(this.ground.values, expression.operator, left, right);
        if (value < valuesMax) return value;
        throw new MemoryLimitError(`more than ${valuesMax} different numbers`);
      }
      case "choice":
        return this.holds(mind, expression.condition)
          ? this.evaluate(mind, expression.then)
          : this.evaluate(mind, expression.otherwise);
    }
  }

  private holdsGeneral(mind: number, id: number): boolean {
    const atom = this.ground.atoms[id]!;
    if (atom.kind !== "general") return false;
    const left = this.evaluate(mind, atom.left);
    return compareValues(this.ground.values, atom.operator, left, this.evaluate(mind, atom.right));
  }
}
