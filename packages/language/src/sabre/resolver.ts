/**
 * Turns the shape of an expression into a discrete expression: names resolved, types checked.
 * Conditions and values here, effects in `effect-resolver`.
 */
import type {
  DiscreteExpression,
  DiscreteProperty,
  DiscreteTerm,
  DiscreteValue,
  DiscreteVariable,
  Span,
} from "@fabula/model";
import { findSimilar, misread } from "./diagnostics.js";
import { didYouMean, type Scope } from "./scope.js";
import type { Syntax } from "./syntax.js";

/** What an expression stands for. `unknown` is the literal `?`, which fits numbers and entities. */
export type Sort = "boolean" | "number" | "entity" | "unknown";

export interface Typed {
  readonly expression: DiscreteExpression;
  readonly sort: Sort;
  /** For sort "entity": what it can be. */
  readonly members?: readonly string[];
}

export type Environment = ReadonlyMap<string, DiscreteVariable>;

const unknownValue: DiscreteValue = { kind: "unknown" };

export class Resolver {
  constructor(readonly scope: Scope) {}

  condition(syntax: Syntax, environment: Environment): DiscreteExpression {
    const typed = this.resolve(syntax, environment);
    if (typed.sort === "boolean") return typed.expression;
    misread("FAB4116", `a condition is needed here, not ${sortText(typed.sort)}`, syntax.span);
  }

  /** A utility: a number, or a condition that counts as 1 or 0. */
  utility(syntax: Syntax): DiscreteExpression {
    const typed = this.resolve(syntax, new Map());
    if (typed.sort === "boolean" || typed.sort === "number") return typed.expression;
    misread("FAB4116", `a utility is a number or a condition`, syntax.span);
  }

  term(syntax: Syntax, environment: Environment): DiscreteTerm {
    const { expression } = this.resolve(syntax, environment);
    if (expression.kind === "value" || expression.kind === "variable") return expression;
    misread("FAB4116", "a name or a value is needed here", syntax.span);
  }

  character(syntax: Syntax, environment: Environment): DiscreteTerm {
    const typed = this.resolve(syntax, environment);
    const people = this.scope.characters;
    const fits = typed.members?.every((name) => people.includes(name)) ?? false;
    if (fits && (typed.expression.kind === "value" || typed.expression.kind === "variable")) {
      return typed.expression;
    }
    misread("FAB4118", "only a character can believe or consent", syntax.span);
  }

  resolve(syntax: Syntax, environment: Environment): Typed {
    switch (syntax.kind) {
      case "number":
        return {
          expression: { kind: "value", value: { kind: "number", value: syntax.value } },
          sort: "number",
        };
      case "name":
        return this.name(syntax.name, syntax.span, environment);
      case "use":
        return this.use(syntax, environment);
      case "believes": {
        const character = this.character(syntax.character, environment);
        const body = this.resolve(syntax.body, environment);
        const { span } = syntax;
        return {
          ...body,
          expression: { kind: "believes", character, body: body.expression, span },
        };
      }
      case "and":
      case "or": {
        const parts = syntax.parts.map((part) => this.condition(part, environment));
        return { expression: { kind: syntax.kind, parts }, sort: "boolean" };
      }
      case "not": {
        const body = this.condition(syntax.body, environment);
        return { expression: { kind: "not", body, span: syntax.span }, sort: "boolean" };
      }
      case "if":
        return this.conditional(syntax, environment);
      case "forall":
      case "exists":
      case "sum":
      case "product":
        return this.quantified(syntax, environment);
      case "compare":
        return this.comparison(syntax, environment);
      case "isType": {
        this.scope.assertType(syntax.type, syntax.span, "test");
        const body = this.resolve(syntax.body, environment).expression;
        const expression = { kind: "isType", body, type: syntax.type, span: syntax.span } as const;
        return { expression, sort: "boolean" };
      }
      case "arithmetic": {
        const left = this.number(syntax.left, environment);
        const right = this.number(syntax.right, environment);
        const { operator, span } = syntax;
        return { expression: { kind: "arithmetic", operator, left, right, span }, sort: "number" };
      }
      case "assign":
        misread("FAB4119", 'an assignment "=" cannot stand in a condition', syntax.span, {
          remedy: 'compare with "=="',
        });
    }
  }

  /** The property that a use names, with its arguments. */
  use(syntax: Extract<Syntax, { kind: "use" }>, environment: Environment): Typed {
    const args = syntax.arguments.map((argument) => this.resolve(argument, environment));
    const property = this.scope.findProperty(syntax.name, syntax.span, (candidate) =>
      this.fits(candidate, args),
    );
    const terms = syntax.arguments.map((argument) => this.term(argument, environment));
    const { span } = syntax;
    const expression = { kind: "fluent", property: property.name, arguments: terms, span } as const;
    if (property.range === "boolean" || property.range === "number") {
      return { expression, sort: property.range };
    }
    return { expression, sort: "entity", members: this.scope.membersOf(property.range) };
  }

  bind(environment: Environment, name: string, type: string, span: Span): Environment {
    this.scope.assertType(type, span, "variable");
    return new Map([...environment, [name, { name, type }]]);
  }

  private name(name: string, span: Span, environment: Environment): Typed {
    const variable = environment.get(name);
    if (variable !== undefined) {
      const expression = { kind: "variable", name, span } as const;
      if (variable.type === "boolean") return { expression, sort: "boolean" };
      return { expression, sort: "entity", members: this.scope.membersOf(variable.type) };
    }
    if (name === "True" || name === "False") {
      const value = { kind: "boolean", value: name === "True" } as const;
      return { expression: { kind: "value", value, span }, sort: "boolean" };
    }
    if (name === "?") {
      return { expression: { kind: "value", value: unknownValue, span }, sort: "unknown" };
    }
    if (this.scope.entities.has(name)) {
      const value = { kind: "entity", name } as const;
      return { expression: { kind: "value", value, span }, sort: "entity", members: [name] };
    }
    const near = findSimilar(name, [...environment.keys(), ...this.scope.entities.keys()]);
    misread("FAB4110", `unknown name "${name}"`, span, near ? didYouMean(near) : {});
  }

  private fits(property: DiscreteProperty, args: readonly Typed[]): boolean {
    if (property.parameters.length !== args.length) return false;
    return property.parameters.every((parameter, index) => {
      const given = args[index]!;
      if (parameter.kind === "constant") return isSameConstant(parameter.value, given);
      const { type } = parameter.variable;
      if (type === "boolean") return given.sort === "boolean";
      const members = this.scope.membersOf(type);
      return (
        given.sort === "entity" && (given.members ?? []).every((name) => members.includes(name))
      );
    });
  }

  private number(syntax: Syntax, environment: Environment): DiscreteExpression {
    const typed = this.resolve(syntax, environment);
    if (typed.sort === "number") return typed.expression;
    if (typed.sort === "unknown") {
      misread("FAB4117", "the unknown value ? cannot be calculated with", syntax.span, {
        remedy: "assign ? to the property instead",
      });
    }
    misread("FAB4116", `a number is needed here, not ${sortText(typed.sort)}`, syntax.span);
  }

  private conditional(syntax: Extract<Syntax, { kind: "if" }>, environment: Environment): Typed {
    const sorts: Typed[] = [];
    const branches = syntax.branches.map((branch) => {
      const then = this.resolve(branch.then, environment);
      sorts.push(then);
      return { condition: this.condition(branch.condition, environment), then: then.expression };
    });
    const { span } = syntax;
    const last =
      syntax.otherwise === undefined ? undefined : this.resolve(syntax.otherwise, environment);
    if (last === undefined && sorts[0]!.sort !== "boolean") {
      misread("FAB4116", '"if" needs an "else" here', span);
    }
    if (last !== undefined) sorts.push(last);
    const known = sorts.filter((typed) => typed.sort !== "unknown");
    if (known.some((typed) => typed.sort !== known[0]!.sort)) {
      misread("FAB4116", 'the branches of "if" are of different kinds', span);
    }
    const members = known.flatMap((typed) => typed.members ?? []);
    const expression =
      last === undefined
        ? ({ kind: "if", branches, span } as const)
        : ({ kind: "if", branches, otherwise: last.expression, span } as const);
    return { expression, sort: known[0]?.sort ?? "unknown", members };
  }

  private quantified(
    syntax: Extract<Syntax, { kind: "forall" | "exists" | "sum" | "product" }>,
    environment: Environment,
  ): Typed {
    const { kind, span } = syntax;
    const inner = this.bind(environment, syntax.variable, syntax.type, syntax.typeSpan);
    const variable = { name: syntax.variable, type: syntax.type };
    const logical = kind === "forall" || kind === "exists";
    const body = logical ? this.condition(syntax.body, inner) : this.number(syntax.body, inner);
    return { expression: { kind, variable, body, span }, sort: logical ? "boolean" : "number" };
  }

  private comparison(
    syntax: Extract<Syntax, { kind: "compare" }>,
    environment: Environment,
  ): Typed {
    const left = this.resolve(syntax.left, environment);
    const right = this.resolve(syntax.right, environment);
    const { operator, span } = syntax;
    const equality = operator === "==" || operator === "!=";
    const sorts = [left.sort, right.sort].filter((sort) => sort !== "unknown");
    if (sorts.length === 2 && sorts[0] !== sorts[1]) {
      misread("FAB4116", `${sortText(left.sort)} is compared with ${sortText(right.sort)}`, span);
    }
    if (!equality && sorts.some((sort) => sort !== "number")) {
      misread("FAB4116", `"${operator}" compares numbers only`, span);
    }
    const expression = {
      kind: "compare",
      operator,
      left: left.expression,
      right: right.expression,
      span,
    } as const;
    return { expression, sort: "boolean" };
  }
}

export function sortText(sort: Sort): string {
  if (sort === "boolean") return "a condition";
  if (sort === "unknown") return "the unknown value";
  return sort === "number" ? "a number" : "an entity";
}

function isSameConstant(value: DiscreteValue, given: Typed): boolean {
  const { expression } = given;
  if (expression.kind !== "value") return false;
  const other = expression.value;
  if (value.kind === "entity") return other.kind === "entity" && other.name === value.name;
  if (value.kind === "unknown" || other.kind === "unknown") return value.kind === other.kind;
  return value.kind === other.kind && value.value === (other as { value: unknown }).value;
}
