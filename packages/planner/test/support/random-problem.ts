/** Random tiny problems: everything the language can say, small enough to try every plan. */
import type {
  DiscreteAction,
  DiscreteExpression,
  DiscreteProblem,
  DiscreteTerm,
  DiscreteTrigger,
  SeekLimits,
} from "@fabula/model";

/** Mulberry32: a seed to a stream of numbers from 0 to below 1. */
export class RandomStream {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const people = ["A", "B"];
const places = ["P", "Q"];
const flags = ["f()", "g()", "h()"];
const numbers = ["n()"];

export interface RandomProblem {
  readonly problem: DiscreteProblem;
  readonly limits: SeekLimits;
}

export function randomProblem(seed: number): RandomProblem {
  const maker = new ProblemMaker(new RandomStream(seed));
  return { problem: maker.problem(seed), limits: maker.limits() };
}

class ProblemMaker {
  /** How often beliefs stand in conditions, values and targets. */
  private readonly belief: number;

  constructor(private readonly random: RandomStream) {
    this.belief = random.pick([0.1, 0.25, 0.4]);
  }

  limits(): SeekLimits {
    return {
      goal: this.random.pick([1, 1, 1, 2]),
      authorTemporalLimit: 1 + this.random.below(4),
      characterTemporalLimit: 1 + this.random.below(3),
      epistemicLimit: this.random.below(3),
    };
  }

  problem(seed: number): DiscreteProblem {
    const { random } = this;
    const actionCount = 3 + random.below(5);
    return {
      name: `random ${seed}`,
      types: [
        { name: "entity", parents: [] },
        { name: "character", parents: ["entity"] },
        { name: "place", parents: ["entity"] },
      ],
      entities: [
        ...people.map((name) => ({ name, types: ["character"] })),
        ...places.map((name) => ({ name, types: ["place"] })),
      ],
      properties: [
        ...["f", "g", "h"].map((name) => ({ name, parameters: [], range: "boolean" })),
        { name: "n", parameters: [], range: "number" },
        { name: "at", parameters: [variable("c", "character")], range: "place" },
      ],
      actions: Array.from({ length: actionCount }, (_, index) => this.action(index)),
      triggers: random.chance(0.5) ? [this.trigger(0)] : [],
      initial: this.initial(),
      utility: this.goal(),
      utilities: people.map((character) => ({ character, value: this.utility() })),
    };
  }

  private action(index: number): DiscreteAction {
    const { random } = this;
    const lifted = random.chance(0.4);
    const names = lifted ? ["who"] : [];
    const consenting = [...people, ...names].filter(() => random.chance(0.4));
    const base = {
      name: `act${index}`,
      parameters: lifted ? [variable("who", "character")] : [],
      precondition: this.condition(names, random.below(3)),
      effect: this.effect(names),
      consenting: consenting.map((name) => term(name)),
    };
    if (random.chance(0.5)) return base;
    const condition = this.condition([...names, "o"], 1);
    return { ...base, observing: { variable: { name: "o", type: "character" }, condition } };
  }

  private trigger(index: number): DiscreteTrigger {
    const names = ["who"];
    return {
      name: `rule${index}`,
      parameters: [variable("who", "character")],
      precondition: this.condition(names, 2),
      effect: this.assignment(names),
    };
  }

  private initial(): DiscreteExpression[] {
    const sets = people.map((name) => assign(at(name), term(this.random.pick(places))));
    const count = this.random.below(5);
    return [...sets, ...Array.from({ length: count }, () => this.assignment([], true))];
  }

  private effect(names: readonly string[]): DiscreteExpression {
    const parts = [this.assignment(names)];
    if (this.random.chance(0.5)) parts.push(this.assignment(names));
    const distinct = new Map(parts.map((part) => [targetKey(part), part]));
    return { kind: "and", parts: [...distinct.values()] };
  }

  /** One assignment, perhaps guarded, perhaps to a belief. */
  private assignment(names: readonly string[], plain = false): DiscreteExpression {
    const { random } = this;
    const roll = random.below(6);
    let target: DiscreteExpression;
    let value: DiscreteExpression;
    if (roll < 3) {
      target = fluent(random.pick(flags));
      value = boolean(random.chance(0.7));
    } else if (roll === 3) {
      target = fluent(random.pick(numbers));
      value = plain ? number(random.below(3)) : this.number();
    } else {
      target = at(random.pick([...people, ...names]));
      value = random.chance(0.2) ? unknown : term(random.pick(places));
    }
    if (random.chance(this.belief)) target = believes(random.pick(people), target);
    const set: DiscreteExpression = { kind: "assign", target, value };
    if (plain || random.chance(0.75)) return set;
    return { kind: "if", branches: [{ condition: this.condition(names, 1), then: set }] };
  }

  private number(): DiscreteExpression {
    const { random } = this;
    if (random.chance(0.4)) return number(random.below(3));
    const n = random.chance(this.belief)
      ? believes(random.pick(people), fluent("n()"))
      : fluent("n()");
    const operator = random.pick(["+", "-"] as const);
    return { kind: "arithmetic", operator, left: n, right: number(1) };
  }

  private condition(names: readonly string[], depth: number): DiscreteExpression {
    const { random } = this;
    if (depth > 0 && random.chance(0.5)) {
      const kind = random.chance(0.75) ? "and" : "or";
      return { kind, parts: [this.condition(names, depth - 1), this.condition(names, depth - 1)] };
    }
    if (depth > 0 && random.chance(0.15)) return { kind: "not", body: this.condition(names, 0) };
    const test = this.test(names);
    return random.chance(this.belief) ? believes(random.pick(people), test) : test;
  }

  private test(names: readonly string[]): DiscreteExpression {
    const { random } = this;
    const roll = random.below(8);
    if (roll === 0) return boolean(true);
    if (roll < 4) {
      const flag = fluent(random.pick(flags));
      return random.chance(0.5) ? flag : { kind: "not", body: flag };
    }
    if (roll === 4) {
      const operator = random.pick([">", ">=", "<", "<=", "==", "!="] as const);
      return { kind: "compare", operator, left: fluent("n()"), right: number(random.below(2)) };
    }
    const operator = random.chance(0.7) ? "==" : "!=";
    const who = at(random.pick([...people, ...names]));
    const other = random.chance(0.2)
      ? at(random.pick(people))
      : random.chance(0.1)
        ? unknown
        : term(random.pick(places));
    return { kind: "compare", operator, left: who, right: other };
  }

  /** The author wants what is not yet so, with any luck. */
  private goal(): DiscreteExpression {
    const { random } = this;
    if (random.chance(0.2)) return this.utility();
    const wish = (): DiscreteExpression => {
      const flag = fluent(random.pick(flags));
      const place: DiscreteExpression = {
        kind: "compare",
        operator: "==",
        left: at(random.pick(people)),
        right: term(random.pick(places)),
      };
      const more: DiscreteExpression = {
        kind: "compare",
        operator: ">",
        left: fluent("n()"),
        right: number(random.below(3)),
      };
      const wished = random.pick([flag, flag, place, more]);
      return random.chance(this.belief) ? believes(random.pick(people), wished) : wished;
    };
    const condition: DiscreteExpression = { kind: "and", parts: [wish(), wish()] };
    const branches = [
      { condition, then: number(2) },
      { condition: wish(), then: number(1) },
    ];
    return { kind: "if", branches, otherwise: number(0) };
  }

  private utility(): DiscreteExpression {
    const { random } = this;
    const one = (value: number): DiscreteExpression => ({
      kind: "if",
      branches: [{ condition: this.condition([], 1), then: number(value) }],
      otherwise: number(0),
    });
    if (random.chance(0.2)) return fluent("n()");
    if (random.chance(0.5)) return one(1);
    return { kind: "arithmetic", operator: "+", left: one(1), right: one(1 + random.below(2)) };
  }
}

const unknown: DiscreteExpression = { kind: "value", value: { kind: "unknown" } };

function boolean(value: boolean): DiscreteExpression {
  return { kind: "value", value: { kind: "boolean", value } };
}

function number(value: number): DiscreteExpression {
  return { kind: "value", value: { kind: "number", value } };
}

function term(name: string): DiscreteTerm {
  if (/^[A-Z]/.test(name)) return { kind: "value", value: { kind: "entity", name } };
  return { kind: "variable", name };
}

function fluent(text: string): DiscreteExpression {
  return { kind: "fluent", property: text.slice(0, -2), arguments: [] };
}

function at(name: string): DiscreteExpression {
  return { kind: "fluent", property: "at", arguments: [term(name)] };
}

function assign(target: DiscreteExpression, value: DiscreteExpression): DiscreteExpression {
  return { kind: "assign", target, value };
}

function believes(name: string, body: DiscreteExpression): DiscreteExpression {
  return { kind: "believes", character: term(name), body };
}

function variable(name: string, type: string) {
  return { kind: "variable", variable: { name, type } } as const;
}

/** What an effect sets, so that one event does not contradict itself. */
function targetKey(effect: DiscreteExpression): string {
  if (effect.kind === "if") return targetKey(effect.branches[0]!.then);
  const target = effect.kind === "assign" ? effect.target : effect;
  return JSON.stringify(target).replace(/"name":"\w+"/g, "");
}
