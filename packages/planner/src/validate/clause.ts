/**
 * The validator's conditions: lists of clauses of ground comparisons, expanded from the lifted
 * text by itself. Only what surprise needs is kept as data; the rest is read off directly.
 */
import type {
  DiscreteComparison,
  DiscreteExpression,
  DiscreteProblem,
  DiscreteTerm,
} from "@fabula/model";
import { entitiesOfType, typesBelow } from "@fabula/model";
import { calculateScalars, compareScalars, denied, type Scalar, toScalar } from "./scalar.js";

export type Term =
  | { readonly kind: "value"; readonly value: Scalar }
  | { readonly kind: "read"; readonly chain: readonly string[]; readonly fluent: string }
  | {
      readonly kind: "calculation";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Term;
      readonly right: Term;
    };

export interface Test {
  readonly operator: DiscreteComparison;
  readonly left: Term;
  readonly right: Term;
}

export type Clause = readonly Test[];
export type Binding = ReadonlyMap<string, Scalar>;

export interface GuardedTerm {
  readonly guard: readonly Clause[];
  readonly term: Term;
}

const always: readonly Clause[] = [[]];

export class Expander {
  /** Properties that nothing ever sets, in no mind. */
  private readonly settable = new Set<string>();

  constructor(
    readonly problem: DiscreteProblem,
    /** Value at the start, for properties that nothing sets; undefined before it is known. */
    public fixed: (fluent: string) => Scalar | undefined,
  ) {
    for (const { effect } of [...problem.actions, ...problem.triggers]) this.note(effect, true);
    for (const effect of problem.initial) this.note(effect, false);
  }

  members(type: string): Scalar[] {
    return type === "boolean" ? [false, true] : entitiesOfType(this.problem, type);
  }

  scalar(term: DiscreteTerm, binding: Binding): Scalar {
    return term.kind === "value" ? toScalar(term.value) : binding.get(term.name)!;
  }

  fluent(use: Extract<DiscreteExpression, { kind: "fluent" }>, binding: Binding): string {
    return `${use.property}(${use.arguments.map((a) => String(this.scalar(a, binding))).join(",")})`;
  }

  /** The clauses of a condition as read by the last believer of `chain`. */
  clauses(
    expression: DiscreteExpression,
    binding: Binding,
    chain: readonly string[] = [],
    positive = true,
  ): readonly Clause[] {
    switch (expression.kind) {
      case "value":
      case "variable":
        return (this.scalar(expression, binding) === true) === positive ? always : [];
      case "not":
        return this.clauses(expression.body, binding, chain, !positive);
      case "believes": {
        const who = String(this.scalar(expression.character, binding));
        return this.clauses(expression.body, binding, [...chain, who], positive);
      }
      case "and":
      case "or": {
        const all = (expression.kind === "and") === positive;
        const parts: (readonly Clause[])[] = [];
        for (const part of expression.parts) {
          const clauses = this.clauses(part, binding, chain, positive);
          if (all && clauses.length === 0) return [];
          parts.push(clauses);
        }
        return all ? every(parts) : parts.flat();
      }
      case "forall":
      case "exists": {
        const parts = this.members(expression.variable.type).map((value) => {
          const inner = new Map([...binding, [expression.variable.name, value]]);
          return this.clauses(expression.body, inner, chain, positive);
        });
        return (expression.kind === "forall") === positive ? every(parts) : parts.flat();
      }
      case "fluent":
        return this.test("==", this.read(expression, binding, chain), positive);
      case "compare": {
        const { left, operator, right } = expression;
        const rights = this.terms(right, binding, chain);
        return this.terms(left, binding, chain).flatMap((a) =>
          rights.flatMap((b) =>
            every([
              a.guard,
              b.guard,
              this.comparison(positive ? operator : denied[operator], a.term, b.term),
            ]),
          ),
        );
      }
      case "isType": {
        const names = [...typesBelow(this.problem, expression.type)];
        const all = [...new Set(names.flatMap((name) => this.members(name)))];
        return this.terms(expression.body, binding, chain).flatMap(({ guard, term }) => {
          const operator = positive ? "==" : "!=";
          const tests = all.map((value) => {
            return this.comparison(operator, term, { kind: "value", value });
          });
          return every([guard, positive ? tests.flat() : every(tests)]);
        });
      }
      case "if":
        return this.branches(expression, binding, chain).flatMap(({ guard, body }) =>
          every([
            guard,
            body === undefined
              ? positive
                ? always
                : []
              : this.clauses(body, binding, chain, positive),
          ]),
        );
      default:
        throw new TypeError(`${expression.kind} is no condition`);
    }
  }

  /** The value of an expression by cases. */
  terms(
    expression: DiscreteExpression,
    binding: Binding,
    chain: readonly string[],
  ): readonly GuardedTerm[] {
    switch (expression.kind) {
      case "value":
      case "variable": {
        const value = this.scalar(expression, binding);
        return [{ guard: always, term: { kind: "value", value } }];
      }
      case "fluent":
        return [{ guard: always, term: this.read(expression, binding, chain) }];
      case "believes": {
        const who = String(this.scalar(expression.character, binding));
        return this.terms(expression.body, binding, [...chain, who]);
      }
      case "if":
        return this.branches(expression, binding, chain).flatMap(({ guard, body }) =>
          body === undefined
            ? []
            : this.terms(body, binding, chain).map((inner) => {
                return { guard: every([guard, inner.guard]), term: inner.term };
              }),
        );
      case "arithmetic":
        return this.calculations(
          expression.operator,
          this.terms(expression.left, binding, chain),
          this.terms(expression.right, binding, chain),
        );
      case "sum":
      case "product": {
        const sum = expression.kind === "sum";
        let result: readonly GuardedTerm[] = [
          { guard: always, term: { kind: "value", value: sum ? 0 : 1 } },
        ];
        for (const value of [...this.members(expression.variable.type)].reverse()) {
          const inner = new Map([...binding, [expression.variable.name, value]]);
          const part = this.terms(expression.body, inner, chain);
          result = this.calculations(sum ? "+" : "*", part, result);
        }
        return result;
      }
      default: {
        const value = (positive: boolean): GuardedTerm => ({
          guard: this.clauses(expression, binding, chain, positive),
          term: { kind: "value", value: positive },
        });
        return [value(true), value(false)].filter(({ guard }) => guard.length > 0);
      }
    }
  }

  private calculations(
    operator: "+" | "-" | "*" | "/",
    lefts: readonly GuardedTerm[],
    rights: readonly GuardedTerm[],
  ): readonly GuardedTerm[] {
    return lefts.flatMap((left) =>
      rights.map((right) => ({
        guard: every([left.guard, right.guard]),
        term: calculation(operator, left.term, right.term),
      })),
    );
  }

  branches(
    expression: Extract<DiscreteExpression, { kind: "if" }>,
    binding: Binding,
    chain: readonly string[],
  ): { guard: readonly Clause[]; body: DiscreteExpression | undefined }[] {
    const found: { guard: readonly Clause[]; body: DiscreteExpression | undefined }[] = [];
    let before: readonly Clause[] = always;
    for (const { condition, then } of expression.branches) {
      found.push({ guard: every([before, this.clauses(condition, binding, chain)]), body: then });
      before = every([before, this.clauses(condition, binding, chain, false)]);
    }
    found.push({ guard: before, body: expression.otherwise });
    return found.filter(({ guard }) => guard.length > 0);
  }

  private read(
    use: Extract<DiscreteExpression, { kind: "fluent" }>,
    binding: Binding,
    chain: readonly string[],
  ): Term {
    const fluent = this.fluent(use, binding);
    const value = this.settable.has(use.property) ? undefined : this.fixed(fluent);
    return value === undefined ? { kind: "read", chain, fluent } : { kind: "value", value };
  }

  private test(operator: DiscreteComparison, left: Term, value: Scalar): readonly Clause[] {
    return this.comparison(operator, left, { kind: "value", value });
  }

  private comparison(operator: DiscreteComparison, left: Term, right: Term): readonly Clause[] {
    if (left.kind === "value" && right.kind === "value") {
      return compareScalars(operator, left.value, right.value) ? always : [];
    }
    if (left.kind === "value") return this.comparison(turned[operator], right, left);
    if (right.kind === "value" && operator === "!=" && typeof right.value === "boolean") {
      return [[{ operator: "==", left, right: { kind: "value", value: !right.value } }]];
    }
    return [[{ operator, left, right }]];
  }

  private note(effect: DiscreteExpression, real: boolean): void {
    if (effect.kind === "and") for (const part of effect.parts) this.note(part, real);
    if (effect.kind === "forall") this.note(effect.body, real);
    if (effect.kind === "believes") this.note(effect.body, true);
    if (effect.kind === "if") {
      for (const { then } of effect.branches) this.note(then, real);
      if (effect.otherwise !== undefined) this.note(effect.otherwise, real);
    }
    if (effect.kind !== "assign") return;
    let { target } = effect;
    const believed = target.kind === "believes";
    while (target.kind === "believes") target = target.body;
    if (target.kind === "fluent" && (real || believed)) this.settable.add(target.property);
  }
}

const turned: Readonly<Record<DiscreteComparison, DiscreteComparison>> = {
  "==": "==",
  "!=": "!=",
  ">": "<",
  "<": ">",
  ">=": "<=",
  "<=": ">=",
};

function calculation(operator: "+" | "-" | "*" | "/", left: Term, right: Term): Term {
  if (left.kind === "value" && right.kind === "value") {
    return { kind: "value", value: calculateScalars(operator, left.value, right.value) };
  }
  return { kind: "calculation", operator, left, right };
}

export function testKey(test: Test): string {
  return `${termKey(test.left)} ${test.operator} ${termKey(test.right)}`;
}

function termKey(term: Term): string {
  if (term.kind === "value") return `${typeof term.value} ${term.value}`;
  if (term.kind === "read") return `${term.chain.join("/")}@${term.fluent}`;
  return `(${termKey(term.left)} ${term.operator} ${termKey(term.right)})`;
}

/** All conditions at once; doubles and contradictions are left for `tidy`. */
export function every(conditions: readonly (readonly Clause[])[]): readonly Clause[] {
  let result: readonly Clause[] = always;
  for (const condition of conditions) {
    if (condition === always) continue;
    const next: Clause[] = [];
    for (const left of result) {
      for (const right of condition) {
        next.push(left.length === 0 ? right : [...left, ...right]);
      }
    }
    result = next;
  }
  return result;
}

/** A clause without doubles and without what an `==` in it implies; undefined if impossible. */
export function tidy(clause: Clause): Clause | undefined {
  const unique = [...new Map(clause.map((test) => [testKey(test), test])).values()];
  const kept: Test[] = [];
  for (const test of unique) {
    const fixed = unique.find((other) => isEquality(other) && isSameRead(other, test));
    if (fixed !== undefined && fixed.right.kind === "value" && test.right.kind === "value") {
      if (!compareScalars(test.operator, fixed.right.value, test.right.value)) return undefined;
      if (fixed !== test) continue;
    }
    kept.push(test);
  }
  return kept;
}

function isEquality(test: Test): boolean {
  return test.operator === "==" && test.left.kind === "read" && test.right.kind === "value";
}

function isSameRead(a: Test, b: Test): boolean {
  if (a.left.kind !== "read" || b.left.kind !== "read") return false;
  return a.left.fluent === b.left.fluent && a.left.chain.join() === b.left.chain.join();
}
