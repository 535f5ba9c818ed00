/**
 * A discrete world moved by the text of its definition, slowly: minds cut at a depth,
 * every trigger tried every time. The validator's and the tests' second opinion; the search
 * shares nothing with it but the type of the problem.
 */
import type { DiscreteExpression, DiscreteProblem } from "@fabula/model";
import type { Binding, Clause, Expander, Term } from "./clause.js";
import { collapse, type NaiveEvent, NaiveText } from "./naive-text.js";
import { calculateScalars, compareScalars, type Scalar, scalarText } from "./scalar.js";

export type { NaiveEvent } from "./naive-text.js";

export interface NaiveMind {
  readonly id: number;
  readonly values: ReadonlyMap<string, Scalar>;
  /** By character; undefined where the tree is cut. */
  readonly inner: ReadonlyMap<string, NaiveMind> | undefined;
  /** Remembered: the mind after an event, before and after triggers. */
  readonly applied: Map<NaiveEvent, NaiveMind>;
  readonly after: Map<NaiveEvent, NaiveMind>;
  /** Remembered: the mind after triggers. */
  settled?: NaiveMind;
}

const firingsMax = 1000;

export class NaiveWorld {
  readonly characters: readonly string[];
  private readonly text: NaiveText;
  private readonly expander: Expander;
  private readonly known = new Map<string, NaiveMind>();

  constructor(
    readonly problem: DiscreteProblem,
    /** Levels of minds inside the state. */
    readonly depth: number,
  ) {
    this.text = new NaiveText(problem);
    this.expander = this.text.expander;
    this.characters = this.text.characters;
  }

  get actions(): readonly NaiveEvent[] {
    return this.text.actions;
  }

  /** The action of a plan by its printed name, spaces aside. */
  findAction(name: string): NaiveEvent | undefined {
    return this.text.findAction(name);
  }

  initial(): NaiveMind {
    const known = new Map<string, NaiveMind>();
    const build = (chain: readonly string[], level: number): NaiveMind => {
      const short = collapse(chain).slice(0, this.text.deepest);
      const key = `${level} ${short.join()}`;
      let mind = known.get(key);
      if (mind === undefined) {
        const values = new Map<string, Scalar>();
        for (const fluent of this.text.ranges.keys())
          values.set(fluent, this.text.startValue(chain, fluent));
        const inner =
          level === 0
            ? undefined
            : new Map(this.characters.map((who) => [who, build([...short, who], level - 1)]));
        mind = this.settle(this.mind(values, inner));
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
    if (mind.inner === undefined) return this.mind(values, undefined);
    const inner = new Map<string, NaiveMind>();
    for (const [who, believed] of mind.inner) {
      let next = believed;
      if (this.holds(mind, event.observing.get(who) ?? [])) {
        next = this.apply(this.repair(mind, next, who, event.precondition), event);
      }
      inner.set(who, this.settle(this.inform(mind, next, who, event)));
    }
    return this.mind(values, inner);
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
    if (mind.inner === undefined) return this.mind(values, undefined);
    const inner = new Map(mind.inner);
    inner.set(owner, this.settle(this.set(inner.get(owner)!, owner, chain, fluent, value)));
    if (next !== undefined) {
      inner.set(next, this.settle(this.set(inner.get(next)!, next, rest, fluent, value)));
    }
    return this.mind(values, inner);
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
      if (value === null && this.text.ranges.get(fluent) === "boolean") continue;
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
      const at = this.text.triggers.findIndex((trigger, index) => {
        return index >= from && this.holds(current, trigger.precondition);
      });
      if (at < 0) return current;
      const next = this.fire(current, this.text.triggers[at]!);
      if (current === next) {
        from = at + 1;
        continue;
      }
      from = 0;
      firings += 1;
      if (firings > firingsMax)
        throw new RangeError(`${this.text.triggers[at]!.name} fires for ever`);
      current = next;
    }
  }

  private fire(mind: NaiveMind, trigger: NaiveEvent): NaiveMind {
    const values = this.applyOwn(mind, trigger);
    if (mind.inner === undefined) return this.mind(values, undefined);
    const inner = new Map<string, NaiveMind>();
    for (const [who, believed] of mind.inner) {
      const told = this.inform(mind, believed, who, trigger);
      inner.set(who, told === believed ? believed : this.settle(told));
    }
    return this.mind(values, inner);
  }

  /** Equal minds are one, else trees cut deep would grow without end. */
  private mind(
    values: ReadonlyMap<string, Scalar>,
    inner: ReadonlyMap<string, NaiveMind> | undefined,
  ): NaiveMind {
    const inside = inner === undefined ? [] : [...inner.values()].map(({ id }) => id);
    const key = `${[...values.values()].map(scalarText).join()}|${inside.join()}`;
    let found = this.known.get(key);
    if (found === undefined) {
      found = { id: this.known.size, values, inner, applied: new Map(), after: new Map() };
      this.known.set(key, found);
    }
    return found;
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
}

function readsOf(term: Term): Extract<Term, { kind: "read" }>[] {
  if (term.kind === "read") return [term];
  return term.kind === "value" ? [] : [...readsOf(term.left), ...readsOf(term.right)];
}
