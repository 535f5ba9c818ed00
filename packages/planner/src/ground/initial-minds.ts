/**
 * The minds before the story. What is not stated about a nested belief falls back: the same
 * believer twice in a row counts once, otherwise the innermost believer is dropped. So the minds
 * form a finite graph although nesting has no end.
 */
import type { DiscreteExpression } from "@fabula/model";
import { calculateValues } from "./calculate.js";
import type { AtomTable, Condition, GroundExpression } from "./condition.js";
import type { Domain } from "./domain.js";
import { Evaluator } from "./evaluator.js";
import { EventGrounder } from "./event-grounder.js";
import type { InitialMind } from "./ground-problem.js";
import { compareValues } from "./values.js";

export class InitialState {
  /** Stated values by path and fluent. */
  private readonly stated = new Map<string, number>();
  private readonly deepest: number;
  private readonly grounder: EventGrounder;

  constructor(
    private readonly domain: Domain,
    private readonly atoms: AtomTable,
    expressions: readonly DiscreteExpression[],
  ) {
    const evaluator = new Evaluator(domain, atoms, () => undefined);
    this.grounder = new EventGrounder(domain, atoms, evaluator);
    let deepest = 0;
    for (const expression of expressions) {
      const sets: [string, number][] = [];
      for (const { guard, path, fluent, value } of this.grounder.assignments(
        expression,
        new Map(),
      )) {
        if (!this.holds(atoms.toCondition(guard))) continue;
        const chain = collapse(atoms.paths[path]!);
        deepest = Math.max(deepest, chain.length);
        sets.push([`${chain.join(",")} ${fluent}`, this.evaluate(value)]);
      }
      for (const [key, value] of sets) this.stated.set(key, value);
    }
    this.deepest = deepest;
  }

  /** Value of `fluent` in the mind at the end of a chain of believers. */
  valueAt(chain: readonly number[], fluent: number): number {
    for (let rest = collapse(chain); ; rest = rest.slice(0, -1)) {
      const value = this.stated.get(`${rest.join(",")} ${fluent}`);
      if (value !== undefined) return value;
      if (rest.length === 0) return this.domain.defaultValue(fluent);
    }
  }

  /** All values that a fluent holds in some mind. */
  valuesOf(fluent: number): Set<number> {
    const values = new Set([this.valueAt([], fluent)]);
    for (const [key, value] of this.stated) {
      if (key.endsWith(` ${fluent}`)) values.add(value);
    }
    return values;
  }

  /** The graph of minds, restricted to `fluents`; equal minds are one. */
  minds(fluents: readonly number[]): InitialMind[] {
    const { characterCount } = this.domain;
    const depth = this.deepest + 1;
    const chains: number[][] = [[]];
    for (let from = 0, level = 0; level < depth; level += 1) {
      const to = chains.length;
      for (; from < to; from += 1) {
        const chain = chains[from]!;
        for (let who = 0; who < characterCount; who += 1) {
          if (chain[chain.length - 1] !== who) chains.push([...chain, who]);
        }
      }
    }
    const index = new Map(chains.map((chain, position) => [chain.join(","), position]));
    const follow = (chain: readonly number[], who: number): number => {
      let next = collapse([...chain, who]);
      while (!index.has(next.join(","))) next = this.shorten(next);
      return index.get(next.join(","))!;
    };
    const minds = chains.map((chain) => ({
      values: fluents.map((fluent) => this.valueAt(chain, fluent)),
      minds: Array.from({ length: characterCount }, (_, who) => follow(chain, who)),
    }));
    return mergeEqual(minds);
  }

  /** A chain too deep to be stated about means the same without its innermost believer but one. */
  private shorten(chain: readonly number[]): number[] {
    return collapse([...chain.slice(0, this.deepest), chain[chain.length - 1]!]);
  }

  private holds(condition: Condition): boolean {
    return condition.some((clause) =>
      clause.every((id) => {
        const atom = this.atoms.atoms[id]!;
        const { values } = this.domain;
        if (atom.kind === "plain") {
          const value = this.valueAt(this.atoms.paths[atom.path]!, atom.fluent);
          return compareValues(values, atom.operator, value, atom.value);
        }
        const left = this.evaluate(atom.left);
        return compareValues(values, atom.operator, left, this.evaluate(atom.right));
      }),
    );
  }

  private evaluate(expression: GroundExpression): number {
    switch (expression.kind) {
      case "constant":
        return expression.value;
      case "read":
        return this.valueAt(this.atoms.paths[expression.path]!, expression.fluent);
      case "arithmetic": {
        const left = this.evaluate(expression.left);
        const right = this.evaluate(expression.right);
        return calculateValues(this.domain.values, expression.operator, left, right);
      }
      case "choice":
        return this.evaluate(
          this.holds(expression.condition) ? expression.then : expression.otherwise,
        );
    }
  }
}

/** One believer twice in a row is one. */
function collapse(chain: readonly number[]): number[] {
  return chain.filter((who, index) => index === 0 || chain[index - 1] !== who);
}

/** Partition refinement: minds with equal values and equal minds inside become one. */
function mergeEqual(minds: readonly InitialMind[]): InitialMind[] {
  let classes = classify(minds.map((mind) => mind.values.join(",")));
  for (;;) {
    const finer = classify(
      minds.map((mind, index) => {
        return `${classes[index]}|${mind.minds.map((inner) => classes[inner]).join(",")}`;
      }),
    );
    const done = Math.max(...finer) === Math.max(...classes);
    classes = finer;
    if (done) break;
  }
  const first = new Map<number, InitialMind>();
  minds.forEach((mind, index) => {
    const group = classes[index]!;
    if (!first.has(group)) first.set(group, mind);
  });
  return [...first.values()].map(({ values, minds: inner }) => ({
    values,
    minds: inner.map((index) => classes[index]!),
  }));
}

/** Numbers equal keys alike, from 0 in order of first appearance. */
function classify(keys: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return keys.map((key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}
