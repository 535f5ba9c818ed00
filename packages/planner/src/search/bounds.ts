/**
 * Lower bounds of the number of actions until somebody is better off, by value vector.
 * Admissible: beliefs are taken as wished and nothing is ever lost, so cutting off what these
 * bounds exclude preserves soundness, completeness and shortest stories.
 */
import type { GroundExpression } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";
import type { MemoryMeter } from "./int-table.js";
import { RelaxedGraph } from "./relaxed-graph.js";
import { RelaxedModel } from "./relaxed-model.js";
import type { VectorStore } from "./vector-store.js";

export class Bounds {
  readonly model: RelaxedModel;
  readonly graph: RelaxedGraph;
  /** By vector: actions until the author's goal, plus 1; 0 not known. */
  private readonly authorMemo: number[] = [];
  /** By vector: Float64Array[layers * characters], row-major by layer: most each may reach. */
  private readonly characterMemo: Float64Array[] = [];

  constructor(
    private readonly ground: GroundProblem,
    private readonly vectors: VectorStore,
    private readonly meter: MemoryMeter,
    private readonly goal: number,
    private readonly authorLimit: number,
    private readonly characterLimit: number,
  ) {
    this.model = new RelaxedModel(ground);
    this.graph = new RelaxedGraph(this.model);
  }

  /** At least so many actions until the author's goal; above the limit if it is out of reach. */
  authorDistance(vector: number): number {
    const known = this.authorMemo[vector] ?? 0;
    if (known > 0) return known - 1;
    const distance = this.measureAuthor(vector);
    while (this.authorMemo.length < vector) this.authorMemo.push(0);
    this.authorMemo[vector] = distance + 1;
    return distance;
  }

  /** At least so many actions until the utility of `who` is above `target`. */
  distance(vector: number, who: number, target: number): number {
    let rows = this.characterMemo[vector];
    if (rows === undefined) {
      rows = this.measureCharacters(vector);
      this.meter.add(rows.byteLength + 16);
      this.characterMemo[vector] = rows;
    }
    const { characterCount } = this.ground;
    const layers = rows.length / characterCount;
    for (let layer = 0; layer < layers; layer += 1) {
      if (rows[layer * characterCount + who]! > target) return layer;
    }
    return this.characterLimit + 1;
  }

  private measureAuthor(vector: number): number {
    const { graph, ground, goal, authorLimit } = this;
    graph.start(this.vectors, vector, true);
    for (let layer = 0; ; layer += 1) {
      if (graph.upper(ground.utility) >= goal) return layer;
      if (layer > authorLimit || !graph.grow()) return authorLimit + 1;
    }
  }

  private measureCharacters(vector: number): Float64Array {
    const { graph, ground } = this;
    const { characterCount } = ground;
    const rows: number[] = [];
    graph.start(this.vectors, vector, false);
    for (let layer = 0; layer <= this.characterLimit; layer += 1) {
      for (const utility of ground.utilities) rows.push(this.most(utility));
      if (!graph.grow()) break;
    }
    // Rows that repeat the last one add nothing.
    let end = rows.length;
    while (end > characterCount && sameRow(rows, end, characterCount)) end -= characterCount;
    return Float64Array.from(rows.slice(0, end));
  }

  private most(utility: GroundExpression): number {
    const value = this.graph.upper(utility);
    return Number.isNaN(value) ? -Infinity : value;
  }
}

function sameRow(rows: readonly number[], end: number, width: number): boolean {
  for (let index = end - width; index < end; index += 1) {
    if (rows[index] !== rows[index - width]) return false;
  }
  return true;
}
