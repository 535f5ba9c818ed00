/**
 * Sabre's language to a discrete problem. Types, entities, properties, events, initial state,
 * utilities are read in that order, whatever the order in the file. Reading never throws for
 * what an author can do: it returns diagnostics, and no problem if one is an error.
 */
import {
  type Diagnostic,
  type DiscreteAction,
  type DiscreteExpression,
  type DiscreteParameter,
  type DiscreteProblem,
  type DiscreteTrigger,
  type DiscreteUtility,
  textLengthMax,
  tooLarge,
} from "@fabula/model";
import { parseDefinitions } from "./definition-parser.js";
import { diagnosticAt, findSimilar, Misread, misread } from "./diagnostics.js";
import { EffectResolver } from "./effect-resolver.js";
import { ExpressionParser } from "./expression-parser.js";
import { type Environment, Resolver } from "./resolver.js";
import { didYouMean, Scope } from "./scope.js";
import type { SyntaxDefinition, SyntaxEvent, SyntaxParameter } from "./syntax.js";
import { tokenize } from "./token.js";

export interface SabreReading {
  /** Absent when a diagnostic is an error. */
  readonly problem?: DiscreteProblem;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a whole file; `source` names it in diagnostics. */
export function readSabre(text: string, source: string): SabreReading {
  const diagnostics: Diagnostic[] = [];
  if (text.length > textLengthMax) {
    const { code, message, remedy } = tooLarge(`${(text.length / 1e6).toFixed(1)} million`);
    return { diagnostics: [diagnosticAt(code, message, undefined, { remedy })] };
  }
  const tokens = tokenize(text, source, diagnostics);
  if (diagnostics.length > 0) return { diagnostics };
  const definitions = parseDefinitions(tokens, diagnostics);
  const problem = new Reader(definitions, diagnostics).read(source);
  return diagnostics.length > 0 ? { diagnostics } : { problem, diagnostics };
}

/** Reads one condition about `problem`, such as the goal of a question. */
export function readSabreCondition(
  text: string,
  source: string,
  problem: DiscreteProblem,
): { readonly condition?: DiscreteExpression; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const tokens = tokenize(text, source, diagnostics);
  if (diagnostics.length > 0) return { diagnostics };
  const scope = scopeOf(problem, diagnostics);
  try {
    const syntax = new ExpressionParser(tokens).parse(0, tokens.length);
    return { condition: new Resolver(scope).condition(syntax, new Map()), diagnostics };
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return { diagnostics: [error.diagnostic] };
  }
}

function scopeOf(problem: DiscreteProblem, diagnostics: Diagnostic[]): Scope {
  const scope = new Scope([], diagnostics);
  for (const { name, parents } of problem.types) scope.types.set(name, [...parents]);
  for (const entity of problem.entities) scope.entities.set(entity.name, entity);
  for (const property of problem.properties) {
    const known = scope.properties.get(property.name) ?? [];
    scope.properties.set(property.name, [...known, property]);
  }
  return scope;
}

class Reader {
  private readonly scope: Scope;
  private readonly resolver: Resolver;
  private readonly effects: EffectResolver;

  constructor(
    private readonly definitions: readonly SyntaxDefinition[],
    private readonly diagnostics: Diagnostic[],
  ) {
    this.scope = new Scope(definitions, diagnostics);
    this.resolver = new Resolver(this.scope);
    this.effects = new EffectResolver(this.resolver);
  }

  read(name: string): DiscreteProblem {
    this.each("property", (definition) => {
      const { name: property, range, span } = definition;
      if (range !== "boolean" && range !== "number") this.scope.assertType(range, span, "range");
      const { parameters } = this.parameters(definition.parameters);
      const known = this.scope.properties.get(property) ?? [];
      this.scope.properties.set(property, [...known, { name: property, parameters, range, span }]);
    });
    const actions = this.each("action", (definition) => this.action(definition));
    const triggers = this.each("trigger", (definition) => this.trigger(definition));
    const initial = this.each("initial", ({ body }) => this.effects.effect(body, new Map()));
    let utility: DiscreteExpression = numberValue(0);
    const utilities = this.each("utility", (definition) => this.utility(definition));
    for (const { character, value } of utilities) if (character === undefined) utility = value;
    const last = new Map<string, DiscreteUtility>();
    for (const { character, value } of utilities) {
      if (character !== undefined) last.set(character, { character, value });
    }
    return {
      name,
      types: this.scope.typeList(),
      entities: [...this.scope.entities.values()],
      properties: [...this.scope.properties.values()].flat(),
      actions,
      triggers,
      initial,
      utility,
      utilities: [...last.values()],
    };
  }

  /** Reads all definitions of one kind; one that fails leaves its diagnostic and is skipped. */
  private each<K extends SyntaxDefinition["kind"], T>(
    kind: K,
    read: (definition: Extract<SyntaxDefinition, { kind: K }>) => T,
  ): T[] {
    const results: T[] = [];
    for (const definition of this.definitions) {
      if (definition.kind !== kind) continue;
      try {
        results.push(read(definition as Extract<SyntaxDefinition, { kind: K }>));
      } catch (error) {
        if (!(error instanceof Misread)) throw error;
        this.diagnostics.push(error.diagnostic);
      }
    }
    return results;
  }

  private action(definition: SyntaxEvent): DiscreteAction {
    const { environment, parameters } = this.parameters(definition.parameters);
    const { name, span } = definition;
    const consenting = definition.consenting.map((who) =>
      this.resolver.character(who, environment),
    );
    const base = {
      name,
      parameters,
      precondition: this.precondition(definition, environment),
      effect: this.effect(definition, environment),
      consenting,
      span,
    };
    if (definition.observing === undefined) return base;
    const { variable, type, body } = definition.observing;
    const inner = this.resolver.bind(environment, variable, type, span);
    const condition = this.resolver.condition(body, inner);
    return { ...base, observing: { variable: { name: variable, type }, condition } };
  }

  private trigger(definition: SyntaxEvent): DiscreteTrigger {
    const { environment, parameters } = this.parameters(definition.parameters);
    const precondition = this.precondition(definition, environment);
    const effect = this.effect(definition, environment);
    return { name: definition.name, parameters, precondition, effect, span: definition.span };
  }

  private precondition(definition: SyntaxEvent, environment: Environment): DiscreteExpression {
    if (definition.precondition === undefined) return trueValue;
    return this.resolver.condition(definition.precondition, environment);
  }

  private effect(definition: SyntaxEvent, environment: Environment): DiscreteExpression {
    if (definition.effect === undefined) return trueValue;
    return this.effects.effect(definition.effect, environment);
  }

  private utility(definition: Extract<SyntaxDefinition, { kind: "utility" }>) {
    const { character, body, span } = definition;
    if (character !== undefined && !this.scope.characters.includes(character)) {
      const near = findSimilar(character, this.scope.characters);
      misread("FAB4118", `"${character}" is no character`, span, near ? didYouMean(near) : {});
    }
    return { character, value: this.resolver.utility(body) };
  }

  private parameters(syntax: readonly SyntaxParameter[]) {
    let environment: Environment = new Map();
    const parameters = syntax.map((parameter): DiscreteParameter => {
      if (parameter.kind === "constant") {
        const value = this.resolver.term(parameter.value, environment);
        if (value.kind === "value") return { kind: "constant", value: value.value };
        misread("FAB4116", "a parameter is (name : type) or one value", parameter.span);
      }
      const { name, type, span } = parameter;
      environment = this.resolver.bind(environment, name, type, span);
      return { kind: "variable", variable: { name, type } };
    });
    return { environment, parameters };
  }
}

const trueValue: DiscreteExpression = { kind: "value", value: { kind: "boolean", value: true } };

function numberValue(value: number): DiscreteExpression {
  return { kind: "value", value: { kind: "number", value } };
}
