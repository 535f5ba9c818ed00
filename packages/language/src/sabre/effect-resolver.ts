/**
 * Effects and initial states. Whatever may be written there becomes one of: True, assign,
 * and, forall, if, believes around one of these.
 */
import type { DiscreteExpression } from "@fabula/model";
import { misread } from "./diagnostics.js";
import { type Environment, type Resolver, sortText, type Typed } from "./resolver.js";
import type { Syntax } from "./syntax.js";

export class EffectResolver {
  constructor(private readonly resolver: Resolver) {}

  effect(syntax: Syntax, environment: Environment): DiscreteExpression {
    const { span } = syntax;
    switch (syntax.kind) {
      case "and":
        return { kind: "and", parts: syntax.parts.map((part) => this.effect(part, environment)) };
      case "forall": {
        const { variable: name, type, typeSpan } = syntax;
        const inner = this.resolver.bind(environment, name, type, typeSpan);
        return {
          kind: "forall",
          variable: { name, type },
          body: this.effect(syntax.body, inner),
          span,
        };
      }
      case "if": {
        const branches = syntax.branches.map((branch) => ({
          condition: this.resolver.condition(branch.condition, environment),
          then: this.effect(branch.then, environment),
        }));
        if (syntax.otherwise === undefined) return { kind: "if", branches, span };
        return {
          kind: "if",
          branches,
          otherwise: this.effect(syntax.otherwise, environment),
          span,
        };
      }
      case "assign":
        return this.assign(syntax.target, syntax.value, environment);
      case "compare":
        return this.comparison(syntax, environment);
      case "not":
        return this.flag(syntax.body, false, environment);
      case "believes":
        if (isEffectShape(syntax.body)) {
          const character = this.resolver.character(syntax.character, environment);
          return { kind: "believes", character, body: this.effect(syntax.body, environment), span };
        }
        return this.flag(syntax, true, environment);
      case "name":
        if (syntax.name === "True") return this.resolver.resolve(syntax, environment).expression;
        break;
      case "use":
        return this.flag(syntax, true, environment);
      default:
        break;
    }
    misread("FAB4120", `"${syntax.kind}" cannot be an effect`, span, {
      remedy: "an effect sets properties: p(x), !p(x), p(x) = value, if(...) ..., forall ...",
    });
  }

  private comparison(
    syntax: Extract<Syntax, { kind: "compare" }>,
    environment: Environment,
  ): DiscreteExpression {
    if (syntax.operator === "==") return this.assign(syntax.left, syntax.right, environment);
    const right = this.resolver.resolve(syntax.right, environment).expression;
    const flag = right.kind === "value" && right.value.kind === "boolean" ? right.value : undefined;
    if (syntax.operator === "!=" && flag !== undefined) {
      return this.flag(syntax.left, !flag.value, environment);
    }
    misread("FAB4120", `"${syntax.operator}" cannot be an effect`, syntax.span);
  }

  /** `p(x)` or `!p(x)`. */
  private flag(syntax: Syntax, value: boolean, environment: Environment): DiscreteExpression {
    if (syntax.kind === "believes" && isEffectShape(syntax.body)) {
      misread("FAB4120", "an effect cannot be denied as a whole", syntax.span);
    }
    if (syntax.kind === "not") return this.flag(syntax.body, !value, environment);
    const target = this.target(syntax, environment);
    if (target.sort !== "boolean") {
      misread("FAB4116", `${sortText(target.sort)} is no effect by itself`, syntax.span);
    }
    return {
      kind: "assign",
      target: target.expression,
      value: { kind: "value", value: { kind: "boolean", value } },
      span: syntax.span,
    };
  }

  private assign(left: Syntax, right: Syntax, environment: Environment): DiscreteExpression {
    const target = this.target(left, environment);
    const value = this.resolver.resolve(right, environment);
    this.assertAssignable(target, value, right);
    const { span } = left;
    return { kind: "assign", target: target.expression, value: value.expression, span };
  }

  private target(syntax: Syntax, environment: Environment): Typed {
    const typed = this.resolver.resolve(syntax, environment);
    let inner = typed.expression;
    while (inner.kind === "believes") inner = inner.body;
    if (inner.kind === "fluent") return typed;
    misread("FAB4120", "only a property can be assigned", syntax.span);
  }

  private assertAssignable(target: Typed, value: Typed, syntax: Syntax): void {
    if (value.sort === "unknown") {
      if (target.sort !== "boolean") return;
      misread("FAB4121", "a boolean property is never unknown", syntax.span);
    }
    if (value.sort !== target.sort) {
      const message = `${sortText(target.sort)} is needed here, not ${sortText(value.sort)}`;
      misread("FAB4121", message, syntax.span);
    }
    const allowed = target.members ?? [];
    const given = value.members ?? [];
    if (given.length > 0 && !given.some((name) => allowed.includes(name))) {
      const message = "this value is outside the property's type";
      misread("FAB4121", message, syntax.span);
    }
  }
}

/** Whether a body of `believes` is an effect in itself rather than a property to be set. */
function isEffectShape(syntax: Syntax): boolean {
  if (syntax.kind === "believes") return isEffectShape(syntax.body);
  return syntax.kind !== "use" && syntax.kind !== "name";
}
