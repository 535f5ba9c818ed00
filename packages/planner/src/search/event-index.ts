/**
 * Which events may be possible in a value vector: each event stands in the bucket of one
 * `fluent == value` that it demands, the rarest; the answer is remembered by vector.
 * Atoms about beliefs are not looked at, so the answer may hold too many, never too few.
 */
import type { Condition } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";
import { compareValues, opEqual } from "../ground/values.js";
import type { VectorStore } from "./vector-store.js";

export class EventIndex {
  private readonly buckets: Map<number, number[]>[];
  private readonly loose: number[] = [];
  private readonly memo: Int32Array[] = [];
  /** Whether some precondition asks about beliefs, so that the answer must be checked again. */
  readonly asksBeliefs: boolean;

  constructor(
    private readonly ground: GroundProblem,
    private readonly vectors: VectorStore,
    private readonly preconditions: readonly Condition[],
  ) {
    this.buckets = ground.fluents.map(() => new Map<number, number[]>());
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
      bucket.set(atom.value, [...(bucket.get(atom.value) ?? []), event]);
    });
    this.asksBeliefs = preconditions.some((condition) =>
      condition.some((clause) => clause.some((id) => !isOwn(ground, id))),
    );
  }

  /** Int32Array of event numbers, ascending. */
  candidates(vector: number): Int32Array {
    const known = this.memo[vector];
    if (known !== undefined) return known;
    const found = this.loose.filter((event) => this.mayHold(vector, event));
    this.buckets.forEach((bucket, fluent) => {
      for (const event of bucket.get(this.vectors.get(vector, fluent)) ?? []) {
        if (this.mayHold(vector, event)) found.push(event);
      }
    });
    const sorted = Int32Array.from(found).sort();
    while (this.memo.length < vector) this.memo.push(undefined as unknown as Int32Array);
    this.memo[vector] = sorted;
    return sorted;
  }

  private mayHold(vector: number, event: number): boolean {
    return this.preconditions[event]!.some((clause) =>
      clause.every((id) => {
        const atom = this.ground.atoms[id]!;
        if (atom.kind !== "plain" || atom.path !== 0) return true;
        const value = this.vectors.get(vector, atom.fluent);
        return compareValues(this.ground.values, atom.operator, value, atom.value);
      }),
    );
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
