/** What things of a Sabre problem are called in Fabula's language: one name each, no keywords. */
import type {
  DiscreteExpression,
  DiscreteProblem,
  DiscreteProperty,
  DiscreteTerm,
  FluentUse,
} from "@fabula/model";
import { entitiesOfType, typesBelow } from "@fabula/model";
import {
  hardWords,
  headWords,
  infixWords,
  loneWords,
  operandWords,
  prefixWords,
  typeWords,
} from "../../syntax/words.js";

const words = [hardWords, headWords, infixWords, loneWords, operandWords, prefixWords, typeWords];
const own = [
  "now",
  "min",
  "max",
  "sqrt",
  "self",
  "observer",
  "value",
  "world",
  "sure_of",
  "can_tell",
  "w",
];
const reserved = new Set([...words.flatMap((some) => [...some]), ...own, "outlook", "said", "cut"]);
reserved.delete("at");

/** The problem says something that Fabula's language does not. */
export class Unsayable extends Error {
  override readonly name = "Unsayable";
}

/** By variable: its type, and how it is written. */
export type Locals = ReadonlyMap<string, { readonly type: string; readonly text: string }>;

export class ImportNames {
  private readonly taken = new Set<string>();
  private readonly types = new Map<string, string>();
  private readonly entities = new Map<string, string>();
  private readonly fields = new Map<DiscreteProperty, string>();
  /** Types of their own for entities with several, or with a field only they have. */
  readonly single = new Map<string, string>();

  constructor(readonly problem: DiscreteProblem) {
    for (const { name } of problem.types) this.types.set(name, this.fresh(name));
    for (const { name } of problem.entities) this.entities.set(name, this.fresh(name));
    for (const property of problem.properties) {
      const [first] = property.parameters;
      if (first?.kind !== "constant" || first.value.kind !== "entity") continue;
      const { name } = first.value;
      if (!this.single.has(name)) this.single.set(name, this.fresh(`only_${this.entity(name)}`));
    }
    for (const { name, types } of problem.entities) {
      if (types.length > 1 && !this.single.has(name)) {
        this.single.set(name, this.fresh(types.map((type) => this.type(type)).join("_")));
      }
    }
    for (const property of problem.properties) this.nameField(property);
  }

  fresh(name: string): string {
    const plain = name.replace(/[^\p{L}\p{N}_]/gu, "_");
    let result = plain;
    for (let count = 2; this.taken.has(result) || reserved.has(result); count += 1) {
      result = reserved.has(result) ? `${plain}_` : `${plain}_${count}`;
    }
    this.taken.add(result);
    return result;
  }

  type(name: string): string {
    return name === "boolean" || name === "number" ? name : this.types.get(name)!;
  }

  entity(name: string): string {
    return this.entities.get(name)!;
  }

  field(property: DiscreteProperty): string {
    return this.fields.get(property)!;
  }

  /** The type that owns a field; undefined: the world. */
  ownerOf({ parameters: [first] }: DiscreteProperty): string | undefined {
    if (first === undefined) return undefined;
    if (first.kind === "constant") {
      if (first.value.kind === "entity") return this.single.get(first.value.name)!;
      throw new Unsayable("a property of one number or truth value");
    }
    return first.variable.type === "boolean" ? undefined : this.type(first.variable.type);
  }

  /** Locals for these variables, in names that hide nothing. */
  bind(variables: readonly { name: string; type: string }[], outer: Locals): Locals {
    const used = new Set([...outer.values()].map(({ text }) => text));
    const locals = new Map(outer);
    for (const { name, type } of variables) {
      const isFree = (text: string) =>
        /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) &&
        !used.has(text) &&
        !this.taken.has(text) &&
        !reserved.has(text);
      const letter =
        name
          .replace(/[^\p{L}]/gu, "")
          .slice(0, 1)
          .toLowerCase() || "x";
      let text = isFree(name) ? name : letter;
      for (let count = 2; !isFree(text); count += 1) text = `${letter}${count}`;
      used.add(text);
      locals.set(name, { type, text });
    }
    return locals;
  }

  /** The property that a use names: several may share it. */
  propertyOf(use: FluentUse, locals: Locals): DiscreteProperty {
    const found = this.problem.properties.filter(
      ({ name, parameters }) => name === use.property && parameters.length === use.arguments.length,
    );
    const fits = found.find(({ parameters }) =>
      parameters.every((parameter, index) => {
        const values = this.valuesOf(use.arguments[index]!, locals);
        if (parameter.kind === "constant") {
          return (
            parameter.value.kind === "entity" &&
            values.every((v) => v === (parameter.value as { name: string }).name)
          );
        }
        const { type } = parameter.variable;
        if (type === "boolean") return values.length === 0;
        const members = entitiesOfType(this.problem, type);
        return values.every((value) => members.includes(value));
      }),
    );
    if (fits === undefined) throw new Unsayable(`${use.property} of things of several kinds`);
    return fits;
  }

  isBoolean(expression: DiscreteExpression, locals: Locals): boolean {
    switch (expression.kind) {
      case "fluent":
        return this.propertyOf(expression, locals).range === "boolean";
      case "value":
        return expression.value.kind === "boolean";
      case "variable":
        return locals.get(expression.name)?.type === "boolean";
      case "believes":
        return this.isBoolean(expression.body, locals);
      case "if":
        return this.isBoolean(expression.branches[0]!.then, locals);
      case "arithmetic":
      case "sum":
      case "product":
        return false;
      default:
        return true;
    }
  }

  /** Names of what an expression of entities can be; undefined where it is no such. */
  membersOf(expression: DiscreteExpression, locals: Locals): readonly string[] | undefined {
    if (expression.kind === "believes") return this.membersOf(expression.body, locals);
    if (expression.kind === "fluent") {
      const { range } = this.propertyOf(expression, locals);
      const isEntity = range !== "boolean" && range !== "number";
      return isEntity ? entitiesOfType(this.problem, range) : undefined;
    }
    if (expression.kind !== "value" && expression.kind !== "variable") return undefined;
    const values = this.valuesOf(expression, locals);
    return values.length === 0 ? undefined : values;
  }

  private valuesOf(term: DiscreteTerm, locals: Locals): readonly string[] {
    if (term.kind === "value") return term.value.kind === "entity" ? [term.value.name] : [];
    const type = locals.get(term.name)?.type ?? "boolean";
    return type === "boolean" ? [] : entitiesOfType(this.problem, type);
  }

  /** Fields of one name may share it where nothing has both. */
  private nameField(property: DiscreteProperty): void {
    const mates = [...this.fields].filter(([{ name }]) => name === property.name);
    const owner = this.ownerOf(property);
    const overlaps = mates.some(([mate]) => {
      const other = this.ownerOf(mate);
      if (owner === undefined || other === undefined) return true;
      const below = (one: DiscreteProperty) => {
        const [first] = one.parameters;
        return first?.kind === "variable" ? [...typesBelow(this.problem, first.variable.type)] : [];
      };
      const mine = new Set(below(property));
      return other === owner || below(mate).some((type) => mine.has(type));
    });
    const shared = overlaps ? undefined : mates[0]?.[1];
    this.fields.set(property, shared ?? this.fresh(property.name));
  }
}
