/**
 * Ground events: every binding of the parameters whose precondition is not False, with effects as
 * a list of guarded assignments and guards without what the precondition already demands.
 */
import type { DiscreteAction, DiscreteExpression, DiscreteTrigger, Span } from "@fabula/model";
import {
  type AtomTable,
  and,
  type Condition,
  conditionTrue,
  expressionKey,
  type Formula,
  type GroundExpression,
  TooBigError,
} from "./condition.js";
import type { Domain } from "./domain.js";
import type { Binding, Evaluator } from "./evaluator.js";
import type { GroundAction, GroundEffect, GroundTrigger } from "./ground-problem.js";
import { opEqual, valueUnknown } from "./values.js";

/** An author's mistake that shows only in a ground event. */
export class GroundingError extends Error {
  override readonly name = "GroundingError";

  constructor(
    readonly code: string,
    message: string,
    readonly span?: Span,
  ) {
    super(message);
  }
}

export const eventsMax = 200_000;

type Event = DiscreteAction | DiscreteTrigger;

interface FormulaEffect {
  readonly guard: Formula;
  readonly path: number;
  readonly fluent: number;
  readonly value: GroundExpression;
}

export class EventGrounder {
  private count = 0;

  constructor(
    private readonly domain: Domain,
    private readonly atoms: AtomTable,
    private readonly evaluator: Evaluator,
  ) {}

  action(action: DiscreteAction): GroundAction[] {
    const found: GroundAction[] = [];
    this.eachBinding(action, (binding, precondition, args) => {
      const name = this.nameOf(action.name, args);
      const effects = this.effects(action, name, binding, precondition);
      const consenting = action.consenting.map((term) =>
        this.domain.character(this.evaluator.term(term, binding)),
      );
      found.push({
        name,
        schema: action.name,
        arguments: args,
        precondition,
        effects,
        consenting: [...new Set(consenting)].sort((a, b) => a - b),
        observing: this.observing(action, binding, precondition),
      });
    });
    return found;
  }

  trigger(trigger: DiscreteTrigger): GroundTrigger[] {
    const found: GroundTrigger[] = [];
    this.eachBinding(trigger, (binding, precondition, args) => {
      const name = this.nameOf(trigger.name, args);
      const effects = this.effects(trigger, name, binding, precondition);
      found.push({ name, precondition, effects });
    });
    return found;
  }

  /** The guarded assignments of an effect, in the order written. */
  assignments(effect: DiscreteExpression, binding: Binding, path = 0): FormulaEffect[] {
    const effects: FormulaEffect[] = [];
    this.collect(effect, binding, path, true, effects);
    return effects;
  }

  private nameOf(name: string, args: readonly number[]): string {
    return `${name}(${args.map((value) => this.domain.values.text(value)).join(", ")})`;
  }

  private eachBinding(
    event: Event,
    visit: (binding: Binding, precondition: Condition, args: readonly number[]) => void,
  ): void {
    const conjuncts = conjunctsOf(event.precondition);
    const names = event.parameters.map((parameter) =>
      parameter.kind === "variable" ? parameter.variable.name : "",
    );
    const stages = stagesOf(conjuncts, names);
    const binding = new Map<string, number>();
    const args: number[] = [];
    const descend = (index: number, formulas: readonly Formula[]): void => {
      const here = [...formulas];
      for (const conjunct of stages[index]!) {
        const formula = this.evaluator.condition(conjunct, binding);
        if (formula === false) return;
        here.push(formula);
      }
      const parameter = event.parameters[index];
      if (parameter === undefined) {
        const precondition = this.atoms.toCondition(and(here));
        if (precondition.length === 0) return;
        this.count += 1;
        if (this.count > eventsMax) throw new TooBigError(`more than ${eventsMax} ground events`);
        visit(new Map(binding), precondition, [...args]);
        return;
      }
      for (const value of this.domain.parameterValues(parameter)) {
        args.push(value);
        if (parameter.kind === "variable") binding.set(parameter.variable.name, value);
        descend(index + 1, here);
        args.pop();
      }
    };
    descend(0, []);
  }

  private effects(
    event: Event,
    name: string,
    binding: Binding,
    precondition: Condition,
  ): GroundEffect[] {
    const demanded = commonAtoms(precondition);
    const raw = this.assignments(event.effect, binding);
    this.assertNoContradiction(raw, name, event.span);
    const effects: GroundEffect[] = [];
    for (const { guard, path, fluent, value } of raw) {
      const condition = this.strip(this.atoms.toCondition(guard), demanded);
      if (condition.length > 0) effects.push({ guard: condition, path, fluent, value });
    }
    return effects.sort((a, b) => this.compareEffects(a, b));
  }

  private compareEffects(a: GroundEffect, b: GroundEffect): number {
    if (a.path !== b.path) return a.path - b.path;
    if (a.fluent !== b.fluent) return a.fluent - b.fluent;
    const aConstant = a.value.kind === "constant";
    const bConstant = b.value.kind === "constant";
    if (a.value.kind === "constant" && b.value.kind === "constant") {
      return this.domain.values.compare(a.value.value, b.value.value);
    }
    return Number(bConstant) - Number(aConstant);
  }

  private observing(action: DiscreteAction, binding: Binding, precondition: Condition) {
    const demanded = commonAtoms(precondition);
    const { observing } = action;
    return Array.from({ length: this.domain.characterCount }, (_, character): Condition => {
      if (observing === undefined) return conditionTrue;
      const value = this.domain.values.entity(this.domain.values.entityNames[character]!);
      if (!this.domain.membersOf(observing.variable.type).includes(value)) return [];
      const inner = new Map([...binding, [observing.variable.name, value]]);
      const formula = this.evaluator.condition(observing.condition, inner);
      return this.strip(this.atoms.toCondition(formula), demanded);
    });
  }

  /** Leaves out what holds anyway whenever the event is possible. */
  private strip(condition: Condition, demanded: ReadonlySet<number>): Condition {
    if (demanded.size === 0 || condition.length === 0 || condition[0]!.length === 0) {
      return condition;
    }
    return this.atoms.unite([
      condition.map((clause) => clause.filter((atom) => !demanded.has(atom))),
    ]);
  }

  private collect(
    effect: DiscreteExpression,
    binding: Binding,
    path: number,
    guard: Formula,
    into: FormulaEffect[],
  ): void {
    switch (effect.kind) {
      case "and":
        for (const part of effect.parts) this.collect(part, binding, path, guard, into);
        return;
      case "forall":
        for (const inner of this.evaluator.expand(effect.variable, binding)) {
          this.collect(effect.body, inner, path, guard, into);
        }
        return;
      case "believes": {
        const inner = this.evaluator.extend(path, effect.character, binding);
        this.collect(effect.body, binding, inner, guard, into);
        return;
      }
      case "if": {
        const denied: Formula[] = [guard];
        for (const { condition, then } of effect.branches) {
          const test = and([...denied, this.evaluator.condition(condition, binding, path)]);
          if (test !== false) this.collect(then, binding, path, test, into);
          denied.push(this.evaluator.condition(condition, binding, path, false));
        }
        const rest = and(denied);
        if (effect.otherwise !== undefined && rest !== false) {
          this.collect(effect.otherwise, binding, path, rest, into);
        }
        return;
      }
      case "assign":
        this.collectAssignment(effect, binding, path, guard, into);
        return;
      case "value":
        return;
      default:
        throw new TypeError(`${effect.kind} is no effect`);
    }
  }

  private collectAssignment(
    effect: Extract<DiscreteExpression, { kind: "assign" }>,
    binding: Binding,
    path: number,
    guard: Formula,
    into: FormulaEffect[],
  ): void {
    let target = effect.target;
    let inner = path;
    while (target.kind === "believes") {
      inner = this.evaluator.extend(inner, target.character, binding);
      target = target.body;
    }
    if (target.kind !== "fluent") throw new TypeError("only a property can be assigned");
    const fluent = this.evaluator.fluentOf(target, binding);
    for (const { guard: test, value } of this.evaluator.cases(effect.value, binding, path)) {
      const both = and([guard, test]);
      if (both === false) continue;
      if (value.kind === "constant") this.assertInRange(fluent, value.value, effect.span);
      this.expandRead(value, fluent, (condition, single) => {
        into.push({ guard: and([both, condition]), path: inner, fluent, value: single });
      });
    }
  }

  /** Copying an entity or a truth value becomes one guarded assignment per value. */
  private expandRead(
    value: GroundExpression,
    target: number,
    add: (guard: Formula, value: GroundExpression) => void,
  ): void {
    const source = value.kind === "read" ? this.domain.fluents[value.fluent]! : undefined;
    if (value.kind !== "read" || source === undefined || source.sort === "number") {
      add(true, value);
      return;
    }
    const values = source.sort === "boolean" ? [0, 1] : [valueUnknown, ...source.range];
    for (const single of values) {
      if (!this.fits(target, single)) continue;
      const atom = this.atoms.plain(value.path, value.fluent, opEqual, single);
      add(atom, { kind: "constant", value: single });
    }
  }

  private fits(fluent: number, value: number): boolean {
    const { sort, range } = this.domain.fluents[fluent]!;
    if (sort === "boolean") return value < valueUnknown;
    if (value === valueUnknown) return true;
    return sort === "number" ? this.domain.values.isNumber(value) : range.includes(value);
  }

  private assertInRange(fluent: number, value: number, span: Span | undefined): void {
    if (this.fits(fluent, value)) return;
    const { name } = this.domain.fluents[fluent]!;
    const message = `${name} cannot be ${this.domain.values.text(value)}`;
    throw new GroundingError("FAB4121", message, span);
  }

  private assertNoContradiction(
    effects: readonly FormulaEffect[],
    name: string,
    span: Span | undefined,
  ): void {
    const certain = new Map<string, FormulaEffect>();
    for (const effect of effects) {
      if (effect.guard !== true) continue;
      const key = `${effect.path} ${effect.fluent}`;
      const other = certain.get(key);
      certain.set(key, effect);
      if (other === undefined || expressionKey(other.value) === expressionKey(effect.value))
        continue;
      const fluent = this.domain.fluents[effect.fluent]!.name;
      const message = `the effects of ${name} contradict each other: ${fluent} gets two values`;
      throw new GroundingError("FAB4130", message, span);
    }
  }
}

/** The atoms that every clause contains. */
export function commonAtoms(condition: Condition): ReadonlySet<number> {
  const [first, ...rest] = condition;
  return new Set((first ?? []).filter((atom) => rest.every((clause) => clause.includes(atom))));
}

function conjunctsOf(expression: DiscreteExpression): readonly DiscreteExpression[] {
  return expression.kind === "and" ? expression.parts.flatMap(conjunctsOf) : [expression];
}

/** For each count of bound parameters, the conjuncts that can be decided then and not before. */
function stagesOf(
  conjuncts: readonly DiscreteExpression[],
  names: readonly string[],
): readonly (readonly DiscreteExpression[])[] {
  const stages: DiscreteExpression[][] = Array.from({ length: names.length + 1 }, () => []);
  for (const conjunct of conjuncts) {
    const free = new Set<string>();
    collectVariables(conjunct, free);
    let stage = 0;
    names.forEach((name, index) => {
      if (free.has(name)) stage = index + 1;
    });
    stages[stage]!.push(conjunct);
  }
  return stages;
}

function collectVariables(expression: DiscreteExpression, into: Set<string>): void {
  switch (expression.kind) {
    case "variable":
      into.add(expression.name);
      return;
    case "value":
      return;
    case "fluent":
      for (const argument of expression.arguments) collectVariables(argument, into);
      return;
    case "believes":
      collectVariables(expression.character, into);
      collectVariables(expression.body, into);
      return;
    case "and":
    case "or":
      for (const part of expression.parts) collectVariables(part, into);
      return;
    case "if":
      for (const { condition, then } of expression.branches) {
        collectVariables(condition, into);
        collectVariables(then, into);
      }
      if (expression.otherwise !== undefined) collectVariables(expression.otherwise, into);
      return;
    case "compare":
    case "arithmetic":
      collectVariables(expression.left, into);
      collectVariables(expression.right, into);
      return;
    case "assign":
      collectVariables(expression.target, into);
      collectVariables(expression.value, into);
      return;
    default:
      collectVariables(expression.body, into);
  }
}
