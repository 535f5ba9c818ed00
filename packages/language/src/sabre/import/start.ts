/** The initial state of a Sabre problem worked out: values in truth and in minds, as stated. */
import type { DiscreteExpression, DiscreteProblem, DiscreteTerm, FluentUse } from "@fabula/model";
import { entitiesOfType } from "@fabula/model";
import { Unsayable } from "./names.js";

type Value = boolean | number | string | null;
type Binding = ReadonlyMap<string, Value>;

export interface StartValue {
  /** Who believes it of whom ...; empty: the truth. */
  readonly chain: readonly string[];
  readonly use: FluentUse;
  /** An entity is its name; null is unknown. */
  readonly value: Value;
}

export function startValues(problem: DiscreteProblem): StartValue[] {
  const start = new Start(problem);
  for (const expression of problem.initial) start.impose(expression);
  return [...start.stated.values()];
}

class Start {
  readonly stated = new Map<string, StartValue>();

  constructor(private readonly problem: DiscreteProblem) {}

  impose(effect: DiscreteExpression): void {
    const sets: StartValue[] = [];
    this.collect(effect, new Map(), [], sets);
    for (const set of sets) {
      const key = keyOf(set.chain, set.use);
      this.stated.delete(key);
      this.stated.set(key, set);
    }
  }

  private collect(
    effect: DiscreteExpression,
    binding: Binding,
    chain: readonly string[],
    into: StartValue[],
  ): void {
    switch (effect.kind) {
      case "and":
        for (const part of effect.parts) this.collect(part, binding, chain, into);
        return;
      case "forall":
        for (const inner of this.expand(effect.variable, binding)) {
          this.collect(effect.body, inner, chain, into);
        }
        return;
      case "believes":
        this.collect(effect.body, binding, [...chain, this.name(effect.character, binding)], into);
        return;
      case "if": {
        const taken = effect.branches.find(
          ({ condition }) => this.evaluate(condition, binding, chain) === true,
        );
        const body = taken?.then ?? effect.otherwise;
        if (body !== undefined) this.collect(body, binding, chain, into);
        return;
      }
      case "assign": {
        let inside = chain;
        let { target } = effect;
        for (; target.kind === "believes"; target = target.body) {
          inside = [...inside, this.name(target.character, binding)];
        }
        if (target.kind !== "fluent") throw new TypeError("only a property can be assigned");
        const value = this.evaluate(effect.value, binding, chain);
        into.push({ chain: collapse(inside), use: this.bound(target, binding), value });
        return;
      }
      default:
        return;
    }
  }

  private evaluate(
    expression: DiscreteExpression,
    binding: Binding,
    chain: readonly string[],
  ): Value {
    const at = (inner: DiscreteExpression) => this.evaluate(inner, binding, chain);
    switch (expression.kind) {
      case "value":
      case "variable":
        return this.term(expression, binding);
      case "fluent":
        return this.read(this.bound(expression, binding), chain);
      case "believes": {
        const inner = [...chain, this.name(expression.character, binding)];
        return this.evaluate(expression.body, binding, inner);
      }
      case "and":
        return expression.parts.every((part) => at(part) === true);
      case "or":
        return expression.parts.some((part) => at(part) === true);
      case "not":
        return at(expression.body) !== true;
      case "forall":
      case "exists": {
        const all = this.expand(expression.variable, binding).map(
          (inner) => this.evaluate(expression.body, inner, chain) === true,
        );
        return expression.kind === "forall" ? !all.includes(false) : all.includes(true);
      }
      case "if": {
        const taken = expression.branches.find(({ condition }) => at(condition) === true);
        if (taken !== undefined) return at(taken.then);
        return expression.otherwise === undefined ? true : at(expression.otherwise);
      }
      case "compare": {
        const [left, right] = [at(expression.left), at(expression.right)];
        if (expression.operator === "==") return left === right;
        if (expression.operator === "!=") return left !== right;
        if (typeof left !== "number" || typeof right !== "number") {
          return expression.operator.endsWith("=") && left === right;
        }
        if (expression.operator === ">") return left > right;
        if (expression.operator === "<") return left < right;
        return expression.operator === ">=" ? left >= right : left <= right;
      }
      case "arithmetic": {
        const [left, right] = [at(expression.left), at(expression.right)];
        if (typeof left !== "number" || typeof right !== "number") return null;
        if (expression.operator === "+") return left + right;
        if (expression.operator === "-") return left - right;
        if (expression.operator === "*") return left * right;
        if (right === 0) throw new Unsayable("division by zero in the initial state");
        return left / right;
      }
      default:
        throw new Unsayable(`\`${expression.kind}\` in the initial state`);
    }
  }

  private read(use: FluentUse, chain: readonly string[]): Value {
    for (let rest = collapse(chain); ; rest = rest.slice(0, -1)) {
      const stated = this.stated.get(keyOf(rest, use));
      if (stated !== undefined) return stated.value;
      if (rest.length > 0) continue;
      const property = this.problem.properties.find(({ name }) => name === use.property);
      if (property?.range === "boolean") return false;
      return property?.range === "number" ? 0 : null;
    }
  }

  private bound(use: FluentUse, binding: Binding): FluentUse {
    const terms = use.arguments.map((argument): DiscreteTerm => {
      const value = this.term(argument, binding);
      if (typeof value === "string")
        return { kind: "value", value: { kind: "entity", name: value } };
      if (typeof value !== "boolean") throw new Unsayable("a property of a number");
      return { kind: "value", value: { kind: "boolean", value } };
    });
    return { kind: "fluent", property: use.property, arguments: terms };
  }

  private term(term: DiscreteTerm, binding: Binding): Value {
    if (term.kind === "variable") return binding.get(term.name) ?? null;
    const { value } = term;
    if (value.kind === "unknown") return null;
    return value.kind === "entity" ? value.name : value.value;
  }

  private name(term: DiscreteTerm, binding: Binding): string {
    return String(this.term(term, binding));
  }

  private expand({ name, type }: { name: string; type: string }, binding: Binding): Binding[] {
    const values: Value[] = type === "boolean" ? [false, true] : entitiesOfType(this.problem, type);
    return values.map((value) => new Map([...binding, [name, value]]));
  }
}

function keyOf(chain: readonly string[], use: FluentUse): string {
  return `${chain.join()} ${use.property} ${JSON.stringify(use.arguments)}`;
}

/** One believer twice in a row is one. */
function collapse(chain: readonly string[]): readonly string[] {
  return chain.filter((who, index) => index === 0 || chain[index - 1] !== who);
}
