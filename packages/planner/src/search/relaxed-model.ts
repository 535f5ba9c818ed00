/**
 * The relaxed problem, compiled once: what actions and triggers add to a state if nothing is ever
 * taken away and every belief is as wished. Facts are `fluent = value` pairs; numbers without
 * bound are intervals. An upper bound of what can come about, so admissible.
 *
 *   fact --> atoms it satisfies --> conjunctions waiting for them --> event --> facts
 */
import { type Condition, expressionKey, type GroundExpression } from "../ground/condition.js";
import type { GroundProblem } from "../ground/ground-problem.js";
import { fluentsOf } from "../ground/reachable.js";
import { compareValues, valueUnknown } from "../ground/values.js";

export interface RelaxedEffect {
  readonly event: number;
  /** Fact that it adds, or -1: it changes an interval. */
  readonly fact: number;
  /** For an interval: whose, and to what. */
  readonly fluent: number;
  readonly value: GroundExpression;
}

export class RelaxedModel {
  readonly factCount: number;
  /** By fact. */
  readonly factFluent: number[] = [];
  readonly factValue: number[] = [];
  /** By fact: the number it stands for; NaN for none. */
  readonly factNumber: number[] = [];
  /** By fluent: fact of each value; -1 where the fluent is an interval. */
  private readonly factIndex: Map<number, number>[];
  /** By fluent: whether it is an interval. */
  readonly isInterval: readonly boolean[];
  /** Atoms of the relaxed problem: those of the ground problem and their opposites. */
  readonly atomCount: number;
  /** By atom: the opposite atom. */
  readonly opposite: number[] = [];
  /** By fact: atoms that hold once the fact does. */
  readonly atomsOfFact: number[][];
  /** By atom: true from the start whatever the state (asks for beliefs, or for the unknown). */
  readonly granted: boolean[] = [];
  /** By fluent: atoms to look at again when its interval grows. */
  readonly atomsOfInterval: number[][];
  /** By atom: conjunctions that wait for it. */
  readonly waiting: number[][] = [];
  /** By conjunction: how many atoms it waits for. */
  readonly conjunctionSize: number[] = [];
  /** By conjunction: the atoms. */
  readonly conjunctionAtoms: (readonly number[])[] = [];
  /** By conjunction: the event it makes possible, or -1 and an effect in `conjunctionEffect`. */
  readonly conjunctionEvent: number[] = [];
  readonly conjunctionEffect: number[] = [];
  readonly effects: RelaxedEffect[] = [];
  /** By effect on an interval: number of all that set the same fluent to the same expression. */
  readonly growthOf: number[] = [];
  private readonly growths = new Map<string, number>();
  /** By event: effects without a guard; conjunctions of guards waiting for the event. */
  readonly plainEffects: number[][] = [];
  readonly guardsOfEvent: number[][] = [];
  /** Conjunctions of nothing: possible at once. */
  readonly ready: number[] = [];
  /** Events 0 .. actionCount-1 are actions, the rest triggers. */
  readonly actionCount: number;
  readonly eventCount: number;
  /** By event: 1 if only the author can make it happen. */
  readonly isAccident: Uint8Array;

  constructor(readonly ground: GroundProblem) {
    const { fluents, reachable, actions, triggers, values } = ground;
    this.isInterval = reachable.map(({ anyNumber }) => anyNumber);
    this.factIndex = fluents.map(() => new Map<number, number>());
    reachable.forEach((reached, fluent) => {
      if (reached.anyNumber) return;
      for (const value of [...reached.values].sort((a, b) => values.compare(a, b))) {
        this.factIndex[fluent]!.set(value, this.factFluent.length);
        this.factFluent.push(fluent);
        this.factValue.push(value);
        this.factNumber.push(values.toNumber(value));
      }
    });
    this.factCount = this.factFluent.length;
    this.atomCount = ground.atoms.length * 2;
    this.atomsOfFact = Array.from({ length: this.factCount }, () => []);
    this.atomsOfInterval = fluents.map(() => []);
    for (let atom = 0; atom < this.atomCount; atom += 1) this.addAtom(atom);
    this.actionCount = actions.length;
    this.eventCount = actions.length + triggers.length;
    this.isAccident = new Uint8Array(this.eventCount);
    actions.forEach((action, event) => {
      if (action.consenting.length === 0) this.isAccident[event] = 1;
      this.addEvent(event, action.precondition, action);
    });
    triggers.forEach((trigger, index) => {
      this.addEvent(actions.length + index, trigger.precondition, trigger);
    });
  }

  /** Fact of `fluent` being `value`; -1 if it has none. */
  factOf(fluent: number, value: number): number {
    return this.factIndex[fluent]!.get(value) ?? -1;
  }

  /** The facts of one fluent. */
  factsOf(fluent: number): IterableIterator<number> {
    return this.factIndex[fluent]!.values();
  }

  /** Operator of an atom; opposites are numbered after all atoms of the ground problem. */
  operatorOf(atom: number): number {
    const count = this.ground.atoms.length;
    const { operator } = this.ground.atoms[atom % count]!;
    return atom < count ? operator : operator ^ 1;
  }

  private addAtom(id: number): void {
    const { atoms, values } = this.ground;
    const count = atoms.length;
    const atom = atoms[id % count]!;
    this.opposite.push(id < count ? id + count : id - count);
    this.waiting.push([]);
    const operator = this.operatorOf(id);
    if (atom.kind === "plain" && !this.isInterval[atom.fluent]) {
      this.granted.push(atom.path !== 0);
      if (atom.path !== 0) return;
      for (const fact of this.factsOf(atom.fluent)) {
        if (compareValues(values, operator, this.factValue[fact]!, atom.value)) {
          this.atomsOfFact[fact]!.push(id);
        }
      }
      return;
    }
    const easy = atom.kind === "plain" ? atom.path !== 0 || atom.value === valueUnknown : false;
    const vague = atom.kind === "general" && !this.isMeasurable(atom.left, atom.right);
    this.granted.push(easy || vague);
    if (easy || vague) return;
    for (const fluent of fluentsOf(atom)) {
      this.atomsOfInterval[fluent]!.push(id);
    }
  }

  /** Whether a general atom compares numbers that stand in the state itself. */
  private isMeasurable(left: GroundExpression, right: GroundExpression): boolean {
    const check = (expression: GroundExpression): boolean => {
      if (expression.kind === "constant") return this.ground.values.isNumber(expression.value);
      if (expression.kind === "read") {
        return expression.path === 0 && this.ground.fluents[expression.fluent]!.sort === "number";
      }
      if (expression.kind === "choice") return false;
      return check(expression.left) && check(expression.right);
    };
    return check(left) && check(right);
  }

  private addEvent(
    event: number,
    precondition: Condition,
    source: { readonly effects: GroundProblem["actions"][number]["effects"] },
  ): void {
    this.plainEffects.push([]);
    this.guardsOfEvent.push([]);
    let any = false;
    for (const effect of source.effects) {
      if (effect.path !== 0) continue;
      any = true;
      this.addEffect(event, effect.fluent, effect.value, effect.guard);
    }
    if (!any) return;
    for (const clause of precondition) this.addConjunction(clause, event, -1);
  }

  private addEffect(
    event: number,
    fluent: number,
    value: GroundExpression,
    guard: Condition,
  ): void {
    const facts: number[] = [];
    if (this.isInterval[fluent]) facts.push(-1);
    else if (value.kind === "constant") facts.push(this.factOf(fluent, value.value));
    else facts.push(...this.factsOf(fluent));
    for (const fact of facts) {
      const effect = this.effects.length;
      this.effects.push({ event, fact, fluent, value });
      this.growthOf.push(fact < 0 ? this.growth(event, fluent, value) : -1);
      if (guard.some((clause) => clause.length === 0)) this.plainEffects[event]!.push(effect);
      else for (const clause of guard) this.addConjunction(clause, event, effect);
    }
  }

  /** How many different growths there are. */
  get growthCount(): number {
    return this.growths.size;
  }

  private growth(event: number, fluent: number, value: GroundExpression): number {
    const key = `${event < this.actionCount} ${fluent} ${expressionKey(value)}`;
    const known = this.growths.get(key) ?? this.growths.size;
    this.growths.set(key, known);
    return known;
  }

  private addConjunction(clause: readonly number[], event: number, effect: number): void {
    const conjunction = this.conjunctionSize.length;
    const atoms = clause.filter((atom) => !this.granted[atom]);
    this.conjunctionAtoms.push(atoms);
    this.conjunctionEvent.push(effect < 0 ? event : -1);
    this.conjunctionEffect.push(effect);
    for (const atom of atoms) this.waiting[atom]!.push(conjunction);
    const extra = effect < 0 ? 0 : 1;
    if (effect >= 0) this.guardsOfEvent[event]!.push(conjunction);
    this.conjunctionSize.push(atoms.length + extra);
    if (atoms.length + extra === 0) this.ready.push(conjunction);
  }
}
