/**
 * Lifted expressions to ground ones: variables replaced, quantifiers and type tests expanded,
 * negation pushed inwards, `believes` carried down to the fluents, whatever never changes decided.
 */
import type { DiscreteExpression, DiscreteTerm } from "@fabula/model";
import { typesBelow } from "@fabula/model";
import { calculateValues } from "./calculate.js";
import { type AtomTable, and, type Formula, type GroundExpression, or } from "./condition.js";
import type { Domain } from "./domain.js";
import {
  compareValues,
  firstEntity,
  opDiffer,
  opEqual,
  operatorCodes,
  valueFalse,
  valueTrue,
} from "./values.js";

/** Values of the variables in scope. */
export type Binding = ReadonlyMap<string, number>;

/** A value by cases; the guards exclude each other and cover everything. */
interface Case {
  readonly guard: Formula;
  readonly value: GroundExpression;
}

export class Evaluator {
  private readonly typeTests = new Map<string, ReadonlySet<number>>();

  constructor(
    readonly domain: Domain,
    readonly atoms: AtomTable,
    /** Value of a fluent that never changes, in no mind; undefined if it may. */
    private readonly fixedValue: (fluent: number) => number | undefined,
  ) {}

  /** The formula of a condition read in the mind at `path`; of its opposite if not `positive`. */
  condition(expression: DiscreteExpression, binding: Binding, path = 0, positive = true): Formula {
    switch (expression.kind) {
      case "value":
      case "variable":
        return (this.term(expression, binding) === valueTrue) === positive;
      case "fluent":
        return this.atom(opEqual, this.read(expression, binding, path), positive);
      case "believes": {
        const inner = this.extend(path, expression.character, binding);
        return this.condition(expression.body, binding, inner, positive);
      }
      case "not":
        return this.condition(expression.body, binding, path, !positive);
      case "and":
      case "or": {
        const parts = expression.parts.map((part) => this.condition(part, binding, path, positive));
        return (expression.kind === "and") === positive ? and(parts) : or(parts);
      }
      case "forall":
      case "exists": {
        const parts = this.expand(expression.variable, binding).map((inner) =>
          this.condition(expression.body, inner, path, positive),
        );
        return (expression.kind === "forall") === positive ? and(parts) : or(parts);
      }
      case "if":
        return this.conditional(expression, binding, path, positive);
      case "compare": {
        const code = operatorCodes[expression.operator];
        const operator = positive ? code : code ^ 1;
        return this.comparison(operator, expression.left, expression.right, binding, path);
      }
      case "isType":
        return this.typeTest(expression, binding, path, positive);
      default:
        throw new TypeError(`${expression.kind} is no condition`);
    }
  }

  /** The value of an expression by cases, read in the mind at `path`. */
  cases(expression: DiscreteExpression, binding: Binding, path: number): readonly Case[] {
    switch (expression.kind) {
      case "value":
      case "variable":
        return [{ guard: true, value: constant(this.term(expression, binding)) }];
      case "fluent":
        return [{ guard: true, value: this.read(expression, binding, path) }];
      case "believes": {
        const inner = this.extend(path, expression.character, binding);
        return this.cases(expression.body, binding, inner);
      }
      case "if":
        return this.conditionalCases(expression, binding, path);
      case "arithmetic":
      case "sum":
      case "product":
        return this.choiceCases(this.number(expression, binding, path));
      default: {
        const yes = this.condition(expression, binding, path, true);
        const no = this.condition(expression, binding, path, false);
        const cases: Case[] = [];
        if (yes !== false) cases.push({ guard: yes, value: constant(valueTrue) });
        if (no !== false) cases.push({ guard: no, value: constant(valueFalse) });
        return cases;
      }
    }
  }

  /** A utility or numeric value with its conditionals kept inside. A condition counts 1 or 0. */
  number(expression: DiscreteExpression, binding: Binding, path = 0): GroundExpression {
    switch (expression.kind) {
      case "value":
      case "variable": {
        const value = this.term(expression, binding);
        return value <= valueTrue ? this.literal(value) : constant(value);
      }
      case "fluent": {
        const read = this.read(expression, binding, path);
        const fluent = read.kind === "read" ? this.domain.fluents[read.fluent]! : undefined;
        if (fluent?.sort === "boolean") return this.asNumber(expression, binding, path);
        return read;
      }
      case "believes": {
        const inner = this.extend(path, expression.character, binding);
        return this.number(expression.body, binding, inner);
      }
      case "arithmetic": {
        const left = this.number(expression.left, binding, path);
        const right = this.number(expression.right, binding, path);
        return this.calculate(expression.operator, left, right);
      }
      case "sum":
      case "product": {
        const operator = expression.kind === "sum" ? "+" : "*";
        const parts = this.expand(expression.variable, binding).map((inner) =>
          this.number(expression.body, inner, path),
        );
        const start = this.literal(expression.kind === "sum" ? 0 : 1);
        return parts.reduceRight((right, left) => this.calculate(operator, left, right), start);
      }
      case "if": {
        const last = expression.otherwise;
        let result = last === undefined ? this.literal(1) : this.number(last, binding, path);
        for (const { condition, then } of [...expression.branches].reverse()) {
          const test = this.condition(condition, binding, path);
          if (test === false) continue;
          const value = this.number(then, binding, path);
          result = this.choose(test, value, result);
        }
        return result;
      }
      default:
        return this.asNumber(expression, binding, path);
    }
  }

  term(term: DiscreteTerm, binding: Binding): number {
    if (term.kind === "value") return this.domain.values.of(term.value);
    const value = binding.get(term.name);
    if (value === undefined) throw new RangeError(`unbound variable ${term.name}`);
    return value;
  }

  extend(path: number, character: DiscreteTerm, binding: Binding): number {
    return this.atoms.extendPath(path, this.domain.character(this.term(character, binding)));
  }

  expand(variable: { name: string; type: string }, binding: Binding): Binding[] {
    return this.domain
      .membersOf(variable.type)
      .map((value) => new Map([...binding, [variable.name, value]]));
  }

  fluentOf(use: Extract<DiscreteExpression, { kind: "fluent" }>, binding: Binding): number {
    const args = use.arguments.map((argument) => this.term(argument, binding));
    return this.domain.findFluent(use.property, args);
  }

  private read(
    use: Extract<DiscreteExpression, { kind: "fluent" }>,
    binding: Binding,
    path: number,
  ): GroundExpression {
    const fluent = this.fluentOf(use, binding);
    const fixed = this.fixedValue(fluent);
    return fixed === undefined ? { kind: "read", path, fluent } : constant(fixed);
  }

  private atom(operator: number, left: GroundExpression, positive: boolean): Formula {
    return this.compare(operator, left, constant(positive ? valueTrue : valueFalse));
  }

  private literal(value: number): GroundExpression {
    return constant(this.domain.values.number(value));
  }

  private asNumber(
    expression: DiscreteExpression,
    binding: Binding,
    path: number,
  ): GroundExpression {
    const test = this.condition(expression, binding, path);
    return this.choose(test, this.literal(1), this.literal(0));
  }

  private choose(test: Formula, then: GroundExpression, otherwise: GroundExpression) {
    const condition = this.atoms.toCondition(test);
    if (condition.length === 0) return otherwise;
    if (condition[0]!.length === 0) return then;
    return { kind: "choice", condition, then, otherwise } as const;
  }

  private calculate(
    operator: "+" | "-" | "*" | "/",
    left: GroundExpression,
    right: GroundExpression,
  ): GroundExpression {
    const { values } = this.domain;
    if (left.kind === "constant" && right.kind === "constant") {
      return constant(calculateValues(values, operator, left.value, right.value));
    }
    const zero = values.number(0);
    const isZero = (side: GroundExpression) => side.kind === "constant" && side.value === zero;
    if (operator === "*" && (isZero(left) || isZero(right))) return constant(zero);
    if (operator === "+" && isZero(left)) return right;
    if ((operator === "+" || operator === "-") && isZero(right)) return left;
    return { kind: "arithmetic", operator, left, right };
  }

  private conditional(
    expression: Extract<DiscreteExpression, { kind: "if" }>,
    binding: Binding,
    path: number,
    positive: boolean,
  ): Formula {
    const parts: Formula[] = [];
    const denied: Formula[] = [];
    for (const { condition, then } of expression.branches) {
      const test = this.condition(condition, binding, path);
      parts.push(and([...denied, test, this.condition(then, binding, path, positive)]));
      denied.push(this.condition(condition, binding, path, false));
    }
    const last = expression.otherwise;
    const rest = last === undefined ? positive : this.condition(last, binding, path, positive);
    return or([...parts, and([...denied, rest])]);
  }

  private conditionalCases(
    expression: Extract<DiscreteExpression, { kind: "if" }>,
    binding: Binding,
    path: number,
  ): readonly Case[] {
    const cases: Case[] = [];
    const denied: Formula[] = [];
    const add = (tests: readonly Formula[], value: DiscreteExpression) => {
      for (const inner of this.cases(value, binding, path)) {
        const guard = and([...tests, inner.guard]);
        if (guard !== false) cases.push({ guard, value: inner.value });
      }
    };
    for (const { condition, then } of expression.branches) {
      add([...denied, this.condition(condition, binding, path)], then);
      denied.push(this.condition(condition, binding, path, false));
    }
    if (expression.otherwise !== undefined) add(denied, expression.otherwise);
    return cases;
  }

  /** Splits a number with conditionals inside into cases without. */
  private choiceCases(expression: GroundExpression): readonly Case[] {
    if (expression.kind === "choice") {
      const yes = conditionFormula(expression.condition);
      const no = this.denyFormula(yes);
      return [
        ...this.guarded(yes, this.choiceCases(expression.then)),
        ...this.guarded(no, this.choiceCases(expression.otherwise)),
      ];
    }
    if (expression.kind !== "arithmetic") return [{ guard: true, value: expression }];
    const { operator } = expression;
    const rights = this.choiceCases(expression.right);
    return this.choiceCases(expression.left).flatMap((left) =>
      rights.map((right) => ({
        guard: and([left.guard, right.guard]),
        value: this.calculate(operator, left.value, right.value),
      })),
    );
  }

  private guarded(guard: Formula, cases: readonly Case[]): Case[] {
    return cases.map((inner) => ({ guard: and([guard, inner.guard]), value: inner.value }));
  }

  private denyFormula(formula: Formula): Formula {
    if (typeof formula === "boolean") return !formula;
    if (typeof formula === "number") return this.denyAtom(formula);
    const parts = formula.parts.map((part) => this.denyFormula(part));
    return formula.kind === "and" ? or(parts) : and(parts);
  }

  private denyAtom(id: number): Formula {
    const atom = this.atoms.atoms[id]!;
    const operator = atom.operator ^ 1;
    if (atom.kind === "general") return this.atoms.general(operator, atom.left, atom.right);
    const read = { kind: "read", path: atom.path, fluent: atom.fluent } as const;
    return this.compare(operator, read, constant(atom.value));
  }

  private comparison(
    operator: number,
    left: DiscreteExpression,
    right: DiscreteExpression,
    binding: Binding,
    path: number,
  ): Formula {
    const rights = this.cases(right, binding, path);
    const parts = this.cases(left, binding, path).flatMap((a) =>
      rights.map((b) => and([a.guard, b.guard, this.compare(operator, a.value, b.value)])),
    );
    return or(parts);
  }

  private compare(operator: number, left: GroundExpression, right: GroundExpression): Formula {
    const { values } = this.domain;
    if (left.kind === "constant" && right.kind === "constant") {
      return compareValues(values, operator, left.value, right.value);
    }
    if (left.kind === "constant") return this.compare(mirrored(operator), right, left);
    if (left.kind !== "read" || right.kind !== "constant") {
      return this.atoms.general(operator, left, right);
    }
    return this.plain(operator, left.path, left.fluent, right.value);
  }

  private plain(operator: number, path: number, fluent: number, value: number): Formula {
    const { sort, range } = this.domain.fluents[fluent]!;
    if (sort === "boolean") {
      if (value > valueTrue) return operator === opDiffer;
      const wanted = operator === opEqual ? value : 1 - value;
      return this.atoms.plain(path, fluent, opEqual, wanted);
    }
    if (sort === "entity" && value >= firstEntity && !range.includes(value)) {
      return operator === opDiffer;
    }
    return this.atoms.plain(path, fluent, operator, value);
  }

  private typeTest(
    expression: Extract<DiscreteExpression, { kind: "isType" }>,
    binding: Binding,
    path: number,
    positive: boolean,
  ): Formula {
    const members = this.membersBelow(expression.type);
    const parts = this.cases(expression.body, binding, path).map(({ guard, value }) => {
      if (value.kind === "constant") return and([guard, members.has(value.value) === positive]);
      const tests = [...members].map((member) =>
        this.compare(positive ? opEqual : opDiffer, value, constant(member)),
      );
      return and([guard, positive ? or(tests) : and(tests)]);
    });
    return or(parts);
  }

  private membersBelow(type: string): ReadonlySet<number> {
    let found = this.typeTests.get(type);
    if (found === undefined) {
      const { domain } = this;
      found = new Set(
        [...typesBelow(domain.problem, type)].flatMap((name) => domain.membersOf(name)),
      );
      this.typeTests.set(type, found);
    }
    return found;
  }
}

function constant(value: number): GroundExpression {
  return { kind: "constant", value };
}

export function conditionFormula(clauses: readonly (readonly number[])[]): Formula {
  return or(clauses.map((clause) => and(clause)));
}

function mirrored(operator: number): number {
  if (operator === 2) return 4;
  if (operator === 4) return 2;
  if (operator === 3) return 5;
  return operator === 5 ? 3 : operator;
}
