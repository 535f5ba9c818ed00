/**
 * A discrete problem made ground by the validator for itself: events with clauses, and what is
 * believed before the story.
 */
import type { DiscreteExpression, DiscreteParameter, DiscreteProblem } from "@fabula/model";
import { type Binding, type Clause, Expander, every, type Term, testKey, tidy } from "./clause.js";
import { calculateScalars, compareScalars, type Scalar, scalarText, toScalar } from "./scalar.js";

export interface NaiveEffect {
  readonly guard: readonly Clause[];
  readonly chain: readonly string[];
  readonly fluent: string;
  readonly term: Term;
}

export interface NaiveEvent {
  readonly name: string;
  readonly precondition: readonly Clause[];
  readonly effects: readonly NaiveEffect[];
  readonly consenting: readonly string[];
  readonly observing: ReadonlyMap<string, readonly Clause[]>;
}

export class NaiveText {
  readonly characters: readonly string[];
  readonly expander: Expander;
  /** By fluent: the range of its property. */
  readonly ranges = new Map<string, string>();
  private readonly stated = new Map<string, Scalar>();
  /** The longest chain of believers that something is stated about. */
  deepest = 0;
  /** In the order in which they are tried. */
  readonly triggers: readonly NaiveEvent[];
  private readonly found = new Map<string, NaiveEvent>();
  private actionList: readonly NaiveEvent[] | undefined;

  constructor(readonly problem: DiscreteProblem) {
    this.expander = new Expander(problem, () => undefined);
    this.characters = this.expander.members("character").map(String);
    for (const property of problem.properties) {
      for (const { args } of this.bindings(property.parameters)) {
        this.ranges.set(`${property.name}(${args.map(String).join(",")})`, property.range);
      }
    }
    for (const expression of problem.initial) this.impose(expression);
    this.expander.fixed = (fluent) => this.startValue([], fluent);
    const found = problem.triggers.flatMap((trigger) => this.ground(trigger));
    const weight = (event: NaiveEvent) => Math.min(...event.precondition.map((c) => c.length));
    this.triggers = found
      .map((event, index) => ({ event, index }))
      .sort((a, b) => weight(a.event) - weight(b.event) || a.index - b.index)
      .map(({ event }) => event);
  }

  get actions(): readonly NaiveEvent[] {
    this.actionList ??= this.problem.actions
      .flatMap((action) => this.ground(action))
      .map((action) => this.findAction(action.name) ?? action);
    return this.actionList;
  }

  /** The action of a plan by its printed name, spaces aside. */
  findAction(name: string): NaiveEvent | undefined {
    const plain = name.replace(/\s/g, "");
    let found = this.found.get(plain);
    if (found === undefined) {
      const [, schema, list] = /^([^(]*)\((.*)\)$/.exec(plain) ?? [];
      const args = list === "" || list === undefined ? [] : list.split(",");
      const sources = this.problem.actions.filter((action) => action.name === schema);
      found = sources.flatMap((source) => this.ground(source, args))[0];
      if (found !== undefined) this.found.set(plain, found);
    }
    return found;
  }

  /** Value of a fluent before the story, in the mind at the end of a chain of believers. */
  startValue(chain: readonly string[], fluent: string): Scalar {
    for (let rest = collapse(chain); ; rest = rest.slice(0, -1)) {
      const value = this.stated.get(`${rest.join()} ${fluent}`);
      if (value !== undefined) return value;
      if (rest.length > 0) continue;
      const range = this.ranges.get(fluent);
      if (range === "boolean") return false;
      return range === "number" ? 0 : null;
    }
  }

  private impose(expression: DiscreteExpression): void {
    const now = (term: Term): Scalar => {
      if (term.kind === "value") return term.value;
      if (term.kind === "read") return this.startValue(term.chain, term.fluent);
      return calculateScalars(term.operator, now(term.left), now(term.right));
    };
    const sets = this.assignments(expression, new Map(), [], [[]])
      .filter(({ guard }) =>
        guard.some((clause) =>
          clause.every(({ left, operator, right }) =>
            compareScalars(operator, now(left), now(right)),
          ),
        ),
      )
      .map(({ chain, fluent, term }) => ({ chain: collapse(chain), fluent, value: now(term) }));
    for (const { chain, fluent, value } of sets) {
      this.stated.set(`${chain.join()} ${fluent}`, value);
      this.deepest = Math.max(this.deepest, chain.length);
    }
  }

  private assignments(
    effect: DiscreteExpression,
    binding: Binding,
    chain: readonly string[],
    guard: readonly Clause[],
  ): NaiveEffect[] {
    switch (effect.kind) {
      case "and":
        return effect.parts.flatMap((part) => this.assignments(part, binding, chain, guard));
      case "forall":
        return this.expander.members(effect.variable.type).flatMap((value) => {
          const inner = new Map([...binding, [effect.variable.name, value]]);
          return this.assignments(effect.body, inner, chain, guard);
        });
      case "believes": {
        const who = String(this.expander.scalar(effect.character, binding));
        return this.assignments(effect.body, binding, [...chain, who], guard);
      }
      case "if":
        return this.expander
          .branches(effect, binding, chain)
          .flatMap(({ guard: test, body }) =>
            body === undefined ? [] : this.assignments(body, binding, chain, every([guard, test])),
          );
      case "assign": {
        let { target } = effect;
        let inside = chain;
        while (target.kind === "believes") {
          inside = [...inside, String(this.expander.scalar(target.character, binding))];
          target = target.body;
        }
        if (target.kind !== "fluent") throw new TypeError("only a property can be assigned");
        const fluent = this.expander.fluent(target, binding);
        return this.expander.terms(effect.value, binding, chain).map((value) => {
          return { guard: every([guard, value.guard]), chain: inside, fluent, term: value.term };
        });
      }
      default:
        return [];
    }
  }

  private ground(
    source: DiscreteProblem["actions"][number] | DiscreteProblem["triggers"][number],
    only?: readonly string[],
  ): NaiveEvent[] {
    const events: NaiveEvent[] = [];
    if (only !== undefined && only.length !== source.parameters.length) return [];
    for (const { args, binding } of this.bindings(source.parameters, only)) {
      const precondition = distinct(this.expander.clauses(source.precondition, binding));
      if (precondition.length === 0) continue;
      const demanded = commonKeys(precondition);
      const strip = (clauses: readonly Clause[]) =>
        distinct(clauses.map((c) => c.filter((test) => !demanded.has(testKey(test)))));
      const effects = this.assignments(source.effect, binding, [], [[]])
        .map((effect) => ({ ...effect, guard: strip(effect.guard) }))
        .filter(({ guard }) => guard.length > 0)
        .sort((a, b) => this.rank(a.term, b.term));
      const observing = new Map(
        this.characters.map((who) => [who, strip(this.observation(source, binding, who))]),
      );
      const names = "consenting" in source ? source.consenting : [];
      const consenting = new Set(names.map((term) => String(this.expander.scalar(term, binding))));
      const name = `${source.name}(${args.map(scalarText).join(", ")})`;
      events.push({ name, precondition, effects, observing, consenting: [...consenting] });
    }
    return events;
  }

  private observation(
    source: DiscreteProblem["actions"][number] | DiscreteProblem["triggers"][number],
    binding: Binding,
    who: string,
  ): readonly Clause[] {
    if (!("observing" in source) || source.observing === undefined) return [[]];
    const { condition, variable } = source.observing;
    if (!this.expander.members(variable.type).includes(who)) return [];
    return this.expander.clauses(condition, new Map([...binding, [variable.name, who]]));
  }

  /** Constants in canonical order before everything else. */
  private rank(a: Term, b: Term): number {
    if (a.kind !== "value" || b.kind !== "value") {
      return Number(b.kind === "value") - Number(a.kind === "value");
    }
    return this.order(a.value) - this.order(b.value) || Number(a.value) - Number(b.value) || 0;
  }

  private order(value: Scalar): number {
    if (value === false) return 0;
    if (value === true) return 1;
    if (value === null) return 2;
    if (typeof value === "number") return 3;
    return 4 + this.problem.entities.findIndex(({ name }) => name === value);
  }

  private bindings(
    parameters: readonly DiscreteParameter[],
    only?: readonly string[],
  ): { args: readonly Scalar[]; binding: Map<string, Scalar> }[] {
    let found = [{ args: [] as Scalar[], binding: new Map<string, Scalar>() }];
    for (const [index, parameter] of parameters.entries()) {
      const isWanted = (value: Scalar) => only === undefined || scalarText(value) === only[index];
      found = found.flatMap(({ args, binding }) => {
        if (parameter.kind === "constant") {
          const value = toScalar(parameter.value);
          return isWanted(value) ? [{ args: [...args, value], binding }] : [];
        }
        const { name, type } = parameter.variable;
        return this.expander
          .members(type)
          .filter(isWanted)
          .map((value) => {
            return { args: [...args, value], binding: new Map([...binding, [name, value]]) };
          });
      });
    }
    return found;
  }
}

/** One believer twice in a row is one. */
export function collapse(chain: readonly string[]): readonly string[] {
  return chain.filter((who, index) => index === 0 || chain[index - 1] !== who);
}

function commonKeys(clauses: readonly Clause[]): Set<string> {
  const [first, ...rest] = clauses.map((clause) => clause.map(testKey));
  return new Set((first ?? []).filter((key) => rest.every((keys) => keys.includes(key))));
}

/** Without doubles; alone the empty clause if it is among them. */
function distinct(clauses: readonly Clause[]): readonly Clause[] {
  const tidied = clauses.map(tidy).filter((clause) => clause !== undefined);
  if (tidied.some((clause) => clause.length === 0)) return [[]];
  const key = (clause: Clause) => clause.map(testKey).sort().join();
  return [...new Map(tidied.map((clause) => [key(clause), clause])).values()];
}
