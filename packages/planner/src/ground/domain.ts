/** The finite domains of a discrete problem: who and what there is, and every ground fluent. */
import type {
  DiscreteExpression,
  DiscreteParameter,
  DiscreteProblem,
  DiscreteProperty,
} from "@fabula/model";
import { entitiesOfType } from "@fabula/model";
import { TooBigError } from "./condition.js";
import { firstEntity, ValueTable, valueFalse, valueTrue, valueUnknown } from "./values.js";

export type FluentSort = "boolean" | "number" | "entity";

export interface GroundFluent {
  readonly name: string;
  readonly sort: FluentSort;
  /** For sort "entity": the entity values it may hold, `?` aside. */
  readonly range: readonly number[];
}

/** A problem with more ground fluents than this is refused. */
export const fluentsMax = 20_000;

export class Domain {
  readonly values: ValueTable;
  readonly fluents: GroundFluent[] = [];
  /** Characters are entities 0 .. characterCount-1. */
  readonly characterCount: number;
  /** Property names that some effect or initial belief sets. */
  readonly changing = new Set<string>();
  private readonly members = new Map<string, readonly number[]>();
  /** By property, by arguments as one number: the fluent. */
  private readonly fluentIndex = new Map<string, Map<number | string, number>>();

  constructor(readonly problem: DiscreteProblem) {
    this.values = new ValueTable(problem.entities.map((entity) => entity.name));
    this.characterCount = entitiesOfType(problem, "character").length;
    for (const property of problem.properties) this.addFluents(property);
    for (const { effect } of [...problem.actions, ...problem.triggers]) this.findTargets(effect);
    for (const effect of problem.initial) this.findTargets(effect, true);
  }

  /** Values of a type in their order; booleans are False, True. */
  membersOf(type: string): readonly number[] {
    let found = this.members.get(type);
    if (found === undefined) {
      found =
        type === "boolean"
          ? [valueFalse, valueTrue]
          : entitiesOfType(this.problem, type).map((name) => this.values.entity(name));
      this.members.set(type, found);
    }
    return found;
  }

  parameterValues(parameter: DiscreteParameter): readonly number[] {
    if (parameter.kind === "constant") return [this.values.of(parameter.value)];
    return this.membersOf(parameter.variable.type);
  }

  findFluent(property: string, args: readonly number[]): number {
    const found = this.fluentIndex.get(property)?.get(argumentKey(args));
    if (found !== undefined) return found;
    const text = args.map((value) => this.values.text(value)).join(", ");
    throw new RangeError(`no fluent ${property}(${text})`);
  }

  character(value: number): number {
    const index = value - firstEntity;
    if (index >= 0 && index < this.characterCount) return index;
    throw new RangeError(`${this.values.text(value)} is no character`);
  }

  private addFluents(property: DiscreteProperty): void {
    const { range } = property;
    const sort = range === "boolean" || range === "number" ? range : "entity";
    const values = sort === "entity" ? this.membersOf(range) : [];
    const index = this.fluentIndex.get(property.name) ?? new Map<number | string, number>();
    this.fluentIndex.set(property.name, index);
    this.eachBinding(property.parameters, [], (args) => {
      const key = argumentKey(args);
      const text = args.map((value) => this.values.text(value)).join(", ");
      const name = `${property.name}(${text})`;
      if (index.has(key)) throw new RangeError(`${name} is defined twice`);
      if (this.fluents.length >= fluentsMax) {
        throw new TooBigError(`more than ${fluentsMax} ground properties`);
      }
      index.set(key, this.fluents.length);
      this.fluents.push({ name, sort, range: values });
    });
  }

  private eachBinding(
    parameters: readonly DiscreteParameter[],
    bound: number[],
    visit: (args: readonly number[]) => void,
  ): void {
    const parameter = parameters[bound.length];
    if (parameter === undefined) {
      visit(bound);
      return;
    }
    for (const value of this.parameterValues(parameter)) {
      this.eachBinding(parameters, [...bound, value], visit);
    }
  }

  private findTargets(effect: DiscreteExpression, beliefsOnly = false, believed = false): void {
    switch (effect.kind) {
      case "and":
        for (const part of effect.parts) this.findTargets(part, beliefsOnly, believed);
        return;
      case "forall":
        this.findTargets(effect.body, beliefsOnly, believed);
        return;
      case "believes":
        this.findTargets(effect.body, beliefsOnly, true);
        return;
      case "if":
        for (const { then } of effect.branches) this.findTargets(then, beliefsOnly, believed);
        if (effect.otherwise !== undefined) {
          this.findTargets(effect.otherwise, beliefsOnly, believed);
        }
        return;
      case "assign": {
        let target = effect.target;
        let inMind = believed;
        while (target.kind === "believes") {
          target = target.body;
          inMind = true;
        }
        if (target.kind === "fluent" && (inMind || !beliefsOnly))
          this.changing.add(target.property);
        return;
      }
      default:
        return;
    }
  }

  /** What a fluent holds when nothing says otherwise. */
  defaultValue(fluent: number): number {
    const { sort } = this.fluents[fluent]!;
    if (sort === "boolean") return valueFalse;
    return sort === "number" ? this.values.number(0) : valueUnknown;
  }
}

/** One key for a list of value indexes, its length included: a number while it is exact. */
function argumentKey(args: readonly number[]): number | string {
  if (args.length > 2) return args.join();
  let key = args.length;
  for (const value of args) key = key * 65_536 + value;
  return key;
}
