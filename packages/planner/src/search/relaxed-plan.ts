/**
 * Length of a relaxed plan: how many different actions the growth of the relaxed problem needed
 * to make somebody better off. Informative, not admissible: it orders the search, it cuts nothing.
 * After Hoffmann & Nebel, "The FF planning system", JAIR 14, 2001.
 */
import type { Condition, GroundExpression } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";
import type { Bounds } from "./bounds.js";
import { type MemoryMeter, PairTable } from "./int-table.js";
import type { RelaxedGraph } from "./relaxed-graph.js";
import type { RelaxedModel } from "./relaxed-model.js";
import type { VectorStore } from "./vector-store.js";

/** No relaxed plan within the limit. */
export const unreachable = 1000;

export class RelaxedPlans {
  private readonly model: RelaxedModel;
  private readonly graph: RelaxedGraph;
  private readonly memo: PairTable;
  private readonly targets = new Map<number, number>();
  private readonly markedFacts = new Set<number>();
  private readonly markedEffects = new Set<number>();
  private readonly used = new Set<number>();

  constructor(
    private readonly ground: GroundProblem,
    private readonly vectors: VectorStore,
    private readonly bounds: Bounds,
    meter: MemoryMeter,
  ) {
    this.model = bounds.model;
    this.graph = bounds.graph;
    this.memo = new PairTable(meter);
  }

  /**
   * Actions until the utility of `who` (-1: the author) exceeds `target`, or reaches it for the
   * author; `unreachable` if more than `limit` layers are needed.
   */
  length(vector: number, who: number, target: number, limit: number): number {
    let code = this.targets.get(target);
    if (code === undefined) {
      code = this.targets.size;
      this.targets.set(target, code);
    }
    const key = code * (this.ground.characterCount + 1) + who + 1;
    const known = this.memo.get(vector, key, -1);
    if (known >= 0) return known;
    const length = this.measure(vector, who, target, limit);
    this.memo.set(vector, key, length);
    return length;
  }

  private measure(vector: number, who: number, target: number, limit: number): number {
    const { graph } = this;
    const utility = who < 0 ? this.ground.utility : this.ground.utilities[who]!;
    const reached = (value: number) => (who < 0 ? value >= target : value > target);
    const layer = this.growTo(vector, who, target, limit, reached);
    if (layer < 0) return unreachable;
    const grown = graph.layer;
    graph.layer = layer;
    this.markedFacts.clear();
    this.markedEffects.clear();
    this.used.clear();
    this.demand(utility, reached);
    graph.layer = grown;
    return Math.max(this.used.size, layer);
  }

  /**
   * Has the graph grown from the vector at least to where the target is reached, and says in which
   * layer that is; -1 if nowhere. The bounds have mostly just grown it: then it is taken as it is.
   */
  private growTo(
    vector: number,
    who: number,
    target: number,
    limit: number,
    reached: (value: number) => boolean,
  ): number {
    const { graph } = this;
    if (graph.vector === vector && graph.withAccidents === who < 0) {
      const known = who < 0 ? graph.layer : this.bounds.distance(vector, who, target);
      const enough = who >= 0 || reached(graph.upper(this.ground.utility));
      if (known <= limit && enough && known <= graph.layer) return known;
    }
    const utility = who < 0 ? this.ground.utility : this.ground.utilities[who]!;
    graph.start(this.vectors, vector, who < 0);
    let layer = 0;
    for (; !reached(graph.upper(utility)); layer += 1) {
      if (layer > limit || !graph.grow()) break;
    }
    const found = reached(graph.upper(utility)) ? graph.layer : -1;
    graph.vector = -1;
    return found;
  }

  /** Marks the actions that bring `expression` where `reached` says yes. */
  private demand(expression: GroundExpression, reached: (value: number) => boolean): void {
    switch (expression.kind) {
      case "constant":
        return;
      case "read":
        this.demandNumber(expression.fluent, reached);
        return;
      case "choice": {
        const { graph } = this;
        const then = graph.holds(expression.condition) ? graph.upper(expression.then) : Number.NaN;
        const otherwise = graph.upper(expression.otherwise);
        const keep = graph.mayFail(expression.condition) && reached(otherwise);
        const keepCost = keep ? this.failCost(expression.condition) : Infinity;
        const takeCost = reached(then) ? this.conditionCost(expression.condition) : Infinity;
        if (takeCost <= keepCost && takeCost < Infinity) {
          this.demandCondition(expression.condition);
          this.demand(expression.then, reached);
        } else if (keep) {
          this.demandFailure(expression.condition);
          this.demand(expression.otherwise, reached);
        }
        return;
      }
      case "arithmetic":
        this.demandArithmetic(expression, reached);
    }
  }

  private demandArithmetic(
    expression: Extract<GroundExpression, { kind: "arithmetic" }>,
    reached: (value: number) => boolean,
  ): void {
    const { graph } = this;
    const { operator, left, right } = expression;
    if (operator === "+") {
      const terms: GroundExpression[] = [];
      flattenSum(expression, terms);
      this.demandSum(terms, reached);
      return;
    }
    if (operator === "-") {
      const least = graph.lower(right);
      const most = graph.upper(left);
      this.demand(left, (value) => value >= most || reached(value - least));
      this.demandReads(right);
      return;
    }
    this.demandReads(left);
    this.demandReads(right);
  }

  /** As few terms as possible are raised from what they were at the start. */
  private demandSum(terms: GroundExpression[], reached: (value: number) => boolean): void {
    const most = terms.map((term) => this.graph.upper(term));
    const start = terms.map((term) => this.startValue(term));
    let total = start.reduce((sum, value) => sum + value, 0);
    const order = terms.map((_, index) => index).filter((index) => most[index]! > start[index]!);
    const alone = order.find((index) => reached(total - start[index]! + most[index]!));
    const chosen = alone === undefined ? order : [alone];
    for (const index of chosen) {
      if (reached(total)) return;
      const others = total - start[index]!;
      const goal = most[index]!;
      this.demand(terms[index]!, (value) => value >= goal || reached(others + value));
      total = others + goal;
    }
  }

  /** What a term is at layer 0. */
  private startValue(expression: GroundExpression): number {
    const { graph } = this;
    const { layer } = graph;
    graph.layer = 0;
    const value = this.atStart(expression);
    graph.layer = layer;
    return Number.isNaN(value) ? 0 : value;
  }

  private atStart(expression: GroundExpression): number {
    switch (expression.kind) {
      case "constant":
        return this.ground.values.toNumber(expression.value);
      case "read":
        return expression.path === 0 ? this.graph.startNumber(expression.fluent) : 0;
      case "choice":
        return this.atStart(
          this.graph.holds(expression.condition) ? expression.then : expression.otherwise,
        );
      case "arithmetic": {
        const left = this.atStart(expression.left);
        const right = this.atStart(expression.right);
        if (expression.operator === "+") return left + right;
        if (expression.operator === "-") return left - right;
        return expression.operator === "*" ? left * right : left / right;
      }
    }
  }

  private demandReads(expression: GroundExpression): void {
    if (expression.kind === "read") this.demandNumber(expression.fluent, () => true);
    else if (expression.kind === "choice") this.demand(expression, () => true);
    else if (expression.kind === "arithmetic") {
      this.demandReads(expression.left);
      this.demandReads(expression.right);
    }
  }

  private demandNumber(fluent: number, reached: (value: number) => boolean): void {
    if (reached(this.graph.startNumber(fluent))) return;
    const { model, graph } = this;
    let best = -1;
    for (const fact of model.factsOf(fluent)) {
      if (graph.factLayer[fact]! > graph.layer) continue;
      if (!reached(this.ground.values.toNumber(model.factValue[fact]!))) continue;
      if (best < 0 || graph.factLayer[fact]! < graph.factLayer[best]!) best = fact;
    }
    if (best >= 0) this.demandFact(best);
    else if (model.isInterval[fluent]) {
      this.demandEffect(
        reached(graph.high[fluent]!) ? graph.highCause[fluent]! : graph.lowCause[fluent]!,
      );
    }
  }

  private conditionCost(condition: Condition): number {
    return Math.min(...condition.map((clause) => this.clauseCost(clause)));
  }

  private clauseCost(clause: readonly number[]): number {
    let cost = 0;
    for (const atom of clause) cost += this.atomCost(atom);
    return cost;
  }

  private atomCost(atom: number): number {
    if (this.model.granted[atom]) return 0;
    const layer = this.graph.atomLayer[atom]!;
    return layer > this.graph.layer ? Infinity : layer;
  }

  private failCost(condition: Condition): number {
    let cost = 0;
    for (const clause of condition) {
      cost += Math.min(...clause.map((atom) => this.atomCost(this.model.opposite[atom]!)));
    }
    return cost;
  }

  private demandCondition(condition: Condition): void {
    let best: readonly number[] = [];
    let bestCost = Infinity;
    for (const clause of condition) {
      const cost = this.clauseCost(clause);
      if (cost >= bestCost) continue;
      best = clause;
      bestCost = cost;
    }
    for (const atom of best) this.demandAtom(atom);
  }

  private demandFailure(condition: Condition): void {
    for (const clause of condition) {
      let best = -1;
      for (const atom of clause) {
        const opposite = this.model.opposite[atom]!;
        if (best < 0 || this.atomCost(opposite) < this.atomCost(best)) best = opposite;
      }
      if (best >= 0) this.demandAtom(best);
    }
  }

  private demandAtom(atom: number): void {
    if (this.model.granted[atom]) return;
    const cause = this.graph.atomFact[atom]!;
    if (cause >= 0) this.demandFact(cause);
    else if (cause < -1) this.demandEffect(-2 - cause);
  }

  private demandFact(fact: number): void {
    if (this.markedFacts.has(fact)) return;
    this.markedFacts.add(fact);
    this.demandEffect(this.graph.factCause[fact]!);
  }

  private demandEffect(effect: number): void {
    if (effect < 0 || this.markedEffects.has(effect)) return;
    this.markedEffects.add(effect);
    const { event, value } = this.model.effects[effect]!;
    if (event < this.model.actionCount) this.used.add(event);
    this.demandConjunction(this.graph.eventCause[event]!);
    this.demandConjunction(this.graph.effectCause[effect]!);
    if (value.kind !== "constant") this.demandReads(value);
  }

  private demandConjunction(conjunction: number): void {
    if (conjunction < 0) return;
    for (const atom of this.model.conjunctionAtoms[conjunction]!) this.demandAtom(atom);
  }
}

function flattenSum(expression: GroundExpression, into: GroundExpression[]): void {
  if (expression.kind === "arithmetic" && expression.operator === "+") {
    flattenSum(expression.left, into);
    flattenSum(expression.right, into);
  } else {
    into.push(expression);
  }
}
