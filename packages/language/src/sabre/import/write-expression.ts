/** Expressions of a Sabre problem in Fabula's language. Brackets stand wherever one could doubt. */
import type { DiscreteExpression, DiscreteTerm, DiscreteValue, FluentUse } from "@fabula/model";
import { entitiesOfType } from "@fabula/model";
import { type ImportNames, type Locals, Unsayable } from "./names.js";

export class ExpressionWriter {
  constructor(readonly names: ImportNames) {}

  /** A condition or value; in brackets where it is more than a name. */
  inner(expression: DiscreteExpression, locals: Locals): string {
    const text = this.write(expression, locals);
    return /^[\p{L}\p{N}_.]+(\([^()]*\))?$/u.test(text) || /^\([^()]*\)$/.test(text)
      ? text
      : `(${text})`;
  }

  /** Without brackets around the whole. */
  write(expression: DiscreteExpression, locals: Locals): string {
    switch (expression.kind) {
      case "value":
      case "variable":
        return this.term(expression, locals);
      case "fluent":
        return this.use(expression, locals);
      case "believes":
        return this.believes(expression, locals);
      case "and":
      case "or": {
        if (expression.parts.length === 0) return expression.kind === "and" ? "true" : "false";
        return expression.parts
          .map((part) => this.inner(part, locals))
          .join(` ${expression.kind} `);
      }
      case "not":
        return `not ${this.inner(expression.body, locals)}`;
      case "if":
        return this.conditional(expression, locals);
      case "forall":
      case "exists": {
        const inner = this.names.bind([expression.variable], locals);
        const { text } = inner.get(expression.variable.name)!;
        const type = this.names.type(expression.variable.type);
        const body = this.inner(expression.body, inner);
        if (type === "boolean") throw new Unsayable("a quantifier over truth values");
        if (expression.kind === "exists") return `some ${text}: ${type} where ${body}`;
        return `every ${text}: ${type} has ${body}`;
      }
      case "sum": {
        const inner = this.names.bind([expression.variable], locals);
        const { text } = inner.get(expression.variable.name)!;
        const type = this.names.type(expression.variable.type);
        return `sum of ${this.number(expression.body, inner)} for ${text}: ${type}`;
      }
      case "product": {
        const { name, type } = expression.variable;
        const factors = entitiesOfType(this.names.problem, type).map((entity) => {
          const local = { type, text: this.names.entity(entity) };
          return this.number(expression.body, new Map([...locals, [name, local]]));
        });
        return factors.length === 0 ? "1" : factors.join(" * ");
      }
      case "compare":
        return this.comparison(expression, locals);
      case "isType":
        return `${this.inner(expression.body, locals)} is ${this.names.type(expression.type)}`;
      case "arithmetic": {
        const left = this.number(expression.left, locals);
        return `${left} ${expression.operator} ${this.number(expression.right, locals)}`;
      }
      case "assign":
        throw new TypeError("an assignment is no value");
    }
  }

  /** As a number: a condition counts 1 or 0. */
  number(expression: DiscreteExpression, locals: Locals): string {
    if (!this.names.isBoolean(expression, locals)) return this.inner(expression, locals);
    return `(if ${this.inner(expression, locals)} then 1 else 0)`;
  }

  term(term: DiscreteTerm, locals: Locals): string {
    if (term.kind === "value") return this.value(term.value);
    return locals.get(term.name)!.text;
  }

  value(value: DiscreteValue): string {
    switch (value.kind) {
      case "unknown":
        return "unknown";
      case "entity":
        return this.names.entity(value.name);
      default:
        return String(value.value);
    }
  }

  use(use: FluentUse, locals: Locals): string {
    const property = this.names.propertyOf(use, locals);
    const isOwned = this.names.ownerOf(property) !== undefined;
    const args = use.arguments.map((argument) => this.term(argument, locals));
    const rest = isOwned ? args.slice(1) : args;
    const list = rest.length === 0 ? "" : `(${rest.join(", ")})`;
    return `${isOwned ? `${args[0]}.` : ""}${this.names.field(property)}${list}`;
  }

  private believes(
    { body, character }: Extract<DiscreteExpression, { kind: "believes" }>,
    locals: Locals,
  ): string {
    const who = this.term(character, locals);
    if (this.names.isBoolean(body, locals)) return `${who} believes ${this.inner(body, locals)}`;
    return `${this.inner(body, locals)} according to ${who}`;
  }

  private comparison(
    { left, operator, right }: Extract<DiscreteExpression, { kind: "compare" }>,
    locals: Locals,
  ): string {
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (side.kind !== "value" || side.value.kind !== "boolean") continue;
      const isYes = side.value.value === (operator === "==");
      return isYes ? this.write(other, locals) : `not ${this.inner(other, locals)}`;
    }
    const [mine, others] = [left, right].map((side) => this.names.membersOf(side, locals));
    // Never the same: the language takes such a comparison for a mistake.
    if (mine !== undefined && others !== undefined && !mine.some((one) => others.includes(one))) {
      if (operator === "!=") return "true";
      if (operator === "==" && isName(left) !== isName(right)) return "false";
      if (operator === "==" && isName(left)) return "false";
    }
    const sign = operator === "==" ? "=" : operator;
    return `${this.inner(left, locals)} ${sign} ${this.inner(right, locals)}`;
  }

  private conditional(
    { branches, otherwise }: Extract<DiscreteExpression, { kind: "if" }>,
    locals: Locals,
  ): string {
    const last = otherwise === undefined ? "true" : this.inner(otherwise, locals);
    return branches.reduceRight((rest, { condition, then }, index) => {
      const text = `if ${this.inner(condition, locals)} then ${this.inner(then, locals)} else ${rest}`;
      return index === 0 ? text : `(${text})`;
    }, last);
  }
}

function isName({ kind }: DiscreteExpression): boolean {
  return kind === "value" || kind === "variable";
}
