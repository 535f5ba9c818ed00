/**
 * A discrete world moved by the text of its definition, slowly: minds as trees cut at a depth,
 * every trigger tried every time. The validator's and the tests' second opinion; the search
 * shares nothing with it but the type of the problem.
 */
import type { DiscreteExpression, DiscreteParameter, DiscreteProblem } from "@fabula/model";
import { type Binding, type Clause, Expander, every, type Term, testKey, tidy } from "./clause.js";
import { calculateScalars, compareScalars, type Scalar, scalarText, toScalar } from "./scalar.js";

export interface NaiveMind {
  readonly values: ReadonlyMap<string, Scalar>;
  /** By character; undefined where the tree is cut. */
  readonly inner: ReadonlyMap<string, NaiveMind> | undefined;
  /** Remembered: the mind after an event, before and after triggers. */
  readonly applied: Map<NaiveEvent, NaiveMind>;
  readonly after: Map<NaiveEvent, NaiveMind>;
  /** Remembered: the mind after triggers. */
  settled?: NaiveMind;
}

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

const firingsMax = 1000;

export class NaiveWorld {
  readonly characters: readonly string[];
  private readonly expander: Expander;
  private readonly ranges = new Map<string, string>();
  private readonly stated = new Map<string, Scalar>();
  private deepest = 0;
  private readonly triggers: readonly NaiveEvent[];
  private readonly found = new Map<string, NaiveEvent>();
  private actionList: readonly NaiveEvent[] | undefined;

  constructor(
    readonly problem: DiscreteProblem,
    /** Levels of minds inside the state. */
    readonly depth: number,
  ) {
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

  initial(): NaiveMind {
    const known = new Map<string, NaiveMind>();
    const build = (chain: readonly string[], level: number): NaiveMind => {
      const short = collapse(chain).slice(0, this.deepest);
      const key = `${level} ${short.join()}`;
      let mind = known.get(key);
      if (mind === undefined) {
        const values = new Map<string, Scalar>();
        for (const fluent of this.ranges.keys()) values.set(fluent, this.startValue(chain, fluent));
        const inner =
          level === 0
            ? undefined
            : new Map(this.characters.map((who) => [who, build([...short, who], level - 1)]));
        mind = this.settle(newMind(values, inner));
        known.set(key, mind);
      }
      return mind;
    };
    return build([], this.depth);
  }

  isPossible(mind: NaiveMind, event: NaiveEvent): boolean {
    return this.holds(mind, event.precondition);
  }

  inner(mind: NaiveMind, who: string): NaiveMind {
    return mind.inner?.get(who) ?? mind;
  }

  step(mind: NaiveMind, event: NaiveEvent): NaiveMind {
    let next = mind.after.get(event);
    if (next === undefined) {
      next = this.settle(this.apply(mind, event));
      mind.after.set(event, next);
    }
    return next;
  }

  /** Utility of a character, or of the author for undefined; NaN when unknown. */
  utility(mind: NaiveMind, who: string | undefined): number {
    const own = this.problem.utilities.find(({ character }) => character === who)?.value;
    const expression = who === undefined ? this.problem.utility : own;
    if (expression === undefined) return 0;
    const value = this.evaluate(mind, expression, new Map());
    if (typeof value === "boolean") return value ? 1 : 0;
    return typeof value === "number" ? value : Number.NaN;
  }

  /** The value of an expression in a mind. */
  evaluate(mind: NaiveMind, expression: DiscreteExpression, binding: Binding): Scalar {
    switch (expression.kind) {
      case "if": {
        for (const { condition, then } of expression.branches) {
          if (this.evaluate(mind, condition, binding) === true) {
            return this.evaluate(mind, then, binding);
          }
        }
        const rest = expression.otherwise;
        return rest === undefined ? true : this.evaluate(mind, rest, binding);
      }
      case "arithmetic":
        return this.calculate(
          expression.operator,
          this.evaluate(mind, expression.left, binding),
          this.evaluate(mind, expression.right, binding),
        );
      case "sum":
      case "product": {
        const sum = expression.kind === "sum";
        let total: Scalar = sum ? 0 : 1;
        for (const value of [...this.expander.members(expression.variable.type)].reverse()) {
          const inner = new Map([...binding, [expression.variable.name, value]]);
          total = this.calculate(
            sum ? "+" : "*",
            this.evaluate(mind, expression.body, inner),
            total,
          );
        }
        return total;
      }
      case "believes": {
        const who = String(this.expander.scalar(expression.character, binding));
        return this.evaluate(this.inner(mind, who), expression.body, binding);
      }
      case "value":
      case "variable":
        return this.expander.scalar(expression, binding);
      case "fluent":
        return mind.values.get(this.expander.fluent(expression, binding)) ?? null;
      default:
        return this.holds(mind, this.expander.clauses(expression, binding));
    }
  }

  private calculate(operator: "+" | "-" | "*" | "/", a: Scalar, b: Scalar): Scalar {
    const plain = (value: Scalar) => (typeof value === "boolean" ? Number(value) : value);
    return calculateScalars(operator, plain(a), plain(b));
  }

  private apply(mind: NaiveMind, event: NaiveEvent): NaiveMind {
    let next = mind.applied.get(event);
    if (next === undefined) {
      next = this.applyAnew(mind, event);
      mind.applied.set(event, next);
    }
    return next;
  }

  private applyAnew(mind: NaiveMind, event: NaiveEvent): NaiveMind {
    const values = this.applyOwn(mind, event);
    if (mind.inner === undefined) return newMind(values, undefined);
    const inner = new Map<string, NaiveMind>();
    for (const [who, believed] of mind.inner) {
      let next = believed;
      if (this.holds(mind, event.observing.get(who) ?? [])) {
        next = this.apply(this.repair(mind, next, who, event.precondition), event);
      }
      inner.set(who, this.settle(this.inform(mind, next, who, event)));
    }
    return newMind(values, inner);
  }

  private applyOwn(mind: NaiveMind, event: NaiveEvent): Map<string, Scalar> {
    const values = new Map(mind.values);
    const set = new Set<string>();
    for (const effect of event.effects) {
      if (effect.chain.length > 0 || set.has(effect.fluent)) continue;
      if (!this.holds(mind, effect.guard)) continue;
      set.add(effect.fluent);
      values.set(effect.fluent, this.read(mind, effect.term));
    }
    return values;
  }

  private inform(mind: NaiveMind, believed: NaiveMind, who: string, event: NaiveEvent): NaiveMind {
    let next = believed;
    const set = new Set<string>();
    for (const { chain, fluent, guard, term } of event.effects) {
      const key = `${chain.join()} ${fluent}`;
      if (chain[0] !== who || set.has(key) || !this.holds(mind, guard)) continue;
      set.add(key);
      const value = this.read(mind, term);
      const target = chain.slice(1).reduce((at, name) => this.inner(at, name), next);
      if (target.values.get(fluent) !== value) {
        next = this.set(next, who, chain.slice(1), fluent, value);
      }
    }
    return next;
  }

  /** Sets a value in a mind, or in one inside it; its owner knows what it believes. */
  private set(
    mind: NaiveMind,
    owner: string,
    chain: readonly string[],
    fluent: string,
    value: Scalar,
  ): NaiveMind {
    const values = new Map(mind.values);
    const [next, ...rest] = chain;
    if (next === undefined) values.set(fluent, value);
    if (mind.inner === undefined) return newMind(values, undefined);
    const inner = new Map(mind.inner);
    inner.set(owner, this.settle(this.set(inner.get(owner)!, owner, chain, fluent, value)));
    if (next !== undefined) {
      inner.set(next, this.settle(this.set(inner.get(next)!, next, rest, fluent, value)));
    }
    return newMind(values, inner);
  }

  private repair(
    mind: NaiveMind,
    believed: NaiveMind,
    who: string,
    precondition: readonly Clause[],
  ): NaiveMind {
    if (this.holds(believed, precondition)) return believed;
    const repairs = new Map<string, [readonly string[], string, Scalar]>();
    for (const clause of precondition) {
      if (!this.holds(mind, [clause])) continue;
      for (const test of clause.filter((one) => !this.holds(believed, [[one]]))) {
        for (const { chain, fluent } of [...readsOf(test.left), ...readsOf(test.right)]) {
          const at = chain.reduce((inside, name) => this.inner(inside, name), mind);
          const value = test.operator === "==" ? at.values.get(fluent)! : null;
          const key = `${chain.join()} ${fluent}`;
          if (value !== null || !repairs.has(key)) repairs.set(key, [chain, fluent, value]);
        }
      }
    }
    let next = believed;
    for (const [chain, fluent, value] of repairs.values()) {
      if (value === null && this.ranges.get(fluent) === "boolean") continue;
      next = this.set(next, who, chain, fluent, value);
    }
    return next;
  }

  private settle(mind: NaiveMind): NaiveMind {
    mind.settled ??= this.settleAnew(mind);
    mind.settled.settled = mind.settled;
    return mind.settled;
  }

  private settleAnew(mind: NaiveMind): NaiveMind {
    let current = mind;
    for (let firings = 0, from = 0; ; ) {
      const at = this.triggers.findIndex((trigger, index) => {
        return index >= from && this.holds(current, trigger.precondition);
      });
      if (at < 0) return current;
      const next = this.fire(current, this.triggers[at]!);
      if (isSame(current, next)) {
        from = at + 1;
        continue;
      }
      from = 0;
      firings += 1;
      if (firings > firingsMax) throw new RangeError(`${this.triggers[at]!.name} fires for ever`);
      current = next;
    }
  }

  private fire(mind: NaiveMind, trigger: NaiveEvent): NaiveMind {
    const values = this.applyOwn(mind, trigger);
    if (mind.inner === undefined) return newMind(values, undefined);
    const inner = new Map<string, NaiveMind>();
    for (const [who, believed] of mind.inner) {
      const told = this.inform(mind, believed, who, trigger);
      inner.set(who, told === believed ? believed : this.settle(told));
    }
    return newMind(values, inner);
  }

  private holds(mind: NaiveMind, clauses: readonly Clause[]): boolean {
    return clauses.some((clause) =>
      clause.every(({ left, operator, right }) =>
        compareScalars(operator, this.read(mind, left), this.read(mind, right)),
      ),
    );
  }

  private read(mind: NaiveMind, term: Term): Scalar {
    if (term.kind === "value") return term.value;
    if (term.kind === "read") {
      let at = mind;
      for (const who of term.chain) at = this.inner(at, who);
      return at.values.get(term.fluent) ?? null;
    }
    return calculateScalars(term.operator, this.read(mind, term.left), this.read(mind, term.right));
  }

  private startValue(chain: readonly string[], fluent: string): Scalar {
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

function newMind(
  values: ReadonlyMap<string, Scalar>,
  inner: ReadonlyMap<string, NaiveMind> | undefined,
): NaiveMind {
  return { values, inner, applied: new Map(), after: new Map() };
}

function readsOf(term: Term): Extract<Term, { kind: "read" }>[] {
  if (term.kind === "read") return [term];
  return term.kind === "value" ? [] : [...readsOf(term.left), ...readsOf(term.right)];
}

function collapse(chain: readonly string[]): readonly string[] {
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

function isSame(a: NaiveMind, b: NaiveMind): boolean {
  if (a === b) return true;
  for (const [fluent, value] of a.values) if (b.values.get(fluent) !== value) return false;
  if (a.inner === undefined || b.inner === undefined) return a.inner === b.inner;
  for (const [who, mind] of a.inner) if (!isSame(mind, b.inner.get(who)!)) return false;
  return true;
}
