/**
 * Which events may be possible in a value vector: each event stands in the bucket of one
 * `fluent == value` that it demands, the rarest; the answer is remembered by vector.
 * Atoms about beliefs are not looked at, so the answer may hold too many, never too few.
 */
import type { Condition } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";
import { compareValues, opEqual } from "../ground/values.js";
import type { MemoryMeter } from "./int-table.js";
import type { VectorStore } from "./vector-store.js";

/** An atom about the state itself: [fluent, operator, value]. */
type Test = readonly [fluent: number, operator: number, value: number];

export class EventIndex {
  /** By fluent and value: the events that demand it. */
  private readonly buckets: number[][][];
  private readonly loose: number[] = [];
  /** By event: per clause, the tests that need no mind. */
  private readonly tests: readonly (readonly (readonly Test[])[])[];
  private readonly memo: (Int32Array | undefined)[] = [];
  /** Whether some precondition asks about beliefs, so that the answer must be checked again. */
  readonly asksBeliefs: boolean;

  constructor(
    private readonly ground: GroundProblem,
    private readonly vectors: VectorStore,
    preconditions: readonly Condition[],
    private readonly meter: MemoryMeter,
  ) {
    this.buckets = ground.fluents.map(() => []);
    this.tests = preconditions.map((condition) => condition.map((clause) => this.testsOf(clause)));
    const uses = new Map<number, number>();
    const demands = preconditions.map((condition) => this.demandsOf(condition));
    for (const atoms of demands) for (const id of atoms) uses.set(id, (uses.get(id) ?? 0) + 1);
    demands.forEach((atoms, event) => {
      const rarest = [...atoms].sort((a, b) => uses.get(a)! - uses.get(b)! || a - b)[0];
      const atom = rarest === undefined ? undefined : ground.atoms[rarest]!;
      if (atom?.kind !== "plain") {
        this.loose.push(event);
        return;
      }
      const bucket = this.buckets[atom.fluent]!;
      bucket[atom.value] ??= [];
      bucket[atom.value]!.push(event);
    });
    this.asksBeliefs = preconditions.some((condition) =>
      condition.some((clause) => clause.some((id) => !isOwn(ground, id))),
    );
  }

  /** Int32Array of event numbers, ascending. */
  candidates(vector: number): Int32Array {
    const known = this.memo[vector];
    if (known !== undefined) return known;
    const found: number[] = [];
    const base = vector * this.vectors.width;
    this.collect(this.loose, base, found);
    for (let fluent = 0; fluent < this.buckets.length; fluent += 1) {
      const events = this.buckets[fluent]![this.vectors.cells[base + fluent]!];
      if (events !== undefined) this.collect(events, base, found);
    }
    const sorted = Int32Array.from(found).sort();
    this.meter.add(sorted.byteLength + 100);
    while (this.memo.length < vector) this.memo.push(undefined);
    this.memo[vector] = sorted;
    return sorted;
  }

  private collect(events: readonly number[], base: number, into: number[]): void {
    for (let index = 0; index < events.length; index += 1) {
      if (this.mayHold(base, this.tests[events[index]!]!)) into.push(events[index]!);
    }
  }

  private mayHold(base: number, clauses: readonly (readonly Test[])[]): boolean {
    const { cells } = this.vectors;
    for (let index = 0; index < clauses.length; index += 1) {
      const clause = clauses[index]!;
      let at = 0;
      for (; at < clause.length; at += 1) {
        const [fluent, operator, value] = clause[at]!;
        const found = cells[base + fluent]!;
        if (operator === opEqual ? found !== value : !this.compare(operator, found, value)) break;
      }
      if (at === clause.length) return true;
    }
    return false;
  }

  private compare(operator: number, found: number, value: number): boolean {
    return compareValues(this.ground.values, operator, found, value);
  }

  private testsOf(clause: readonly number[]): Test[] {
    const tests: Test[] = [];
    for (const id of clause) {
      const atom = this.ground.atoms[id]!;
      if (atom.kind === "plain" && atom.path === 0) {
        tests.push([atom.fluent, atom.operator, atom.value]);
      }
    }
    return tests;
  }

  /** The `fluent == value` atoms about the state itself that every clause contains. */
  private demandsOf(condition: Condition): number[] {
    const [first, ...rest] = condition;
    return (first ?? []).filter((id) => {
      const atom = this.ground.atoms[id]!;
      if (atom.kind !== "plain" || atom.path !== 0 || atom.operator !== opEqual) return false;
      return rest.every((clause) => clause.includes(id));
    });
  }
}

/** Whether an atom is about the state itself and nobody's beliefs. */
function isOwn(ground: GroundProblem, id: number): boolean {
  const atom = ground.atoms[id]!;
  return atom.kind === "plain" && atom.path === 0;
}
