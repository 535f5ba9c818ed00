/**
 * Whether a clause of perceiving (`seen when observer.sees(self)`) holds for one observer. A thing
 * has many fields with the same clause: each clause with what it reads of its locals is one unit,
 * worked out once and hung on by everything that is perceived by it. Whom a clause names (`by`) is
 * asked in perceiving.ts.
 *
 *   unit's words | 1 whether it holds: units that were told it hang on this word
 *
 * What reads nothing of the state can never turn: it is worked out once and is no unit.
 */
import {
  type ExprId,
  type Fluent,
  freeLocals,
  type Perception,
  TupleTable,
  type ValueType,
} from "@fabula/model";
import type { Locals } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Unit, UnitKind } from "../kernel/unit.js";

/** A clause as it stands in the world, over a holder's arguments and the observer. */
interface Clause {
  readonly id: number;
  readonly when: ExprId | undefined;
  /** By slot: whether it is read. What is not stands for nothing in the arguments of its units. */
  readonly reads: readonly boolean[];
  /** The arguments there are sights for, and by number of each the sight. */
  readonly tuples: TupleTable;
  readonly sights: Sight[];
}

/** A unit, or what can never turn. */
export type Sight = Unit | boolean;

const NONE = -1;

export class Sights {
  readonly #clauses: Clause[] = [];
  readonly #ids = new Map<string, Clause>();
  readonly #ofPerceptions = new Map<Perception, Map<number, Clause>>();

  constructor(readonly kernel: Kernel) {}

  /**
   * The sight of a clause for these arguments and this observer. `types`: of the arguments, less
   * the holder, which is an entity.
   */
  of(
    perception: Perception,
    args: readonly number[],
    types: readonly ValueType[],
    observer: number,
  ): Sight {
    const clause = this.#clauseOf(perception, args.length);
    const locals: number[] = [];
    for (let slot = 0; slot <= args.length; slot++) {
      const value = slot === args.length ? observer : (args[slot] as number);
      locals.push(clause.reads[slot] === true ? value : NONE);
    }
    const known = clause.tuples.find(locals);
    if (known >= 0) return clause.sights[known] as Sight;
    const sight = this.#make(clause, locals, types);
    clause.sights[clause.tuples.add(locals)] = sight;
    return sight;
  }

  /** Whether it holds; what reads it hangs on it. */
  holds(sight: Sight): boolean {
    if (typeof sight === "boolean") return sight;
    const { kernel } = this;
    const { arena } = kernel.store;
    // Made in a fork that is gone, or not looked at yet.
    if (arena.read(sight.words) !== 1) {
      arena.write(sight.words, 1);
      this.look(sight, true);
    }
    kernel.machine.note(sight.words + 1);
    return arena.read(sight.words + 1) === 1;
  }

  look(unit: Unit, act: boolean): void {
    const { machine, store } = this.kernel;
    const from = machine.readCount;
    const clause = this.#clauses[unit.schema] as Clause;
    const reading = this.#measure(clause, unit.args);
    this.kernel.hang(unit, from);
    machine.readCount = from;
    this.kernel.wakeIn(unit, reading.turnsIn);
    const holds = reading.value > 0 ? 1 : 0;
    if (!act || store.arena.read(unit.words + 1) === holds) return;
    store.arena.write(unit.words + 1, holds);
    this.kernel.touch(unit.words + 1, false);
  }

  /** Reads all that the clause reads for this observer: what is behind its holding, or not. */
  trace(perception: Perception, args: readonly number[], observer: number): void {
    if (perception.when === undefined) return;
    this.#measure(this.#clauseOf(perception, args.length), [...args, observer]);
  }

  #make(clause: Clause, locals: readonly number[], types: readonly ValueType[]): Sight {
    const { machine, units } = this.kernel;
    const from = machine.readCount;
    const reading = this.#measure(clause, locals);
    const still = machine.readCount === from && reading.turnsIn === Number.POSITIVE_INFINITY;
    machine.readCount = from;
    if (still) return reading.value > 0;
    const isEntity = (slot: number): boolean =>
      slot === 0 || slot === locals.length - 1 || types[slot - 1]?.kind === "entity";
    const entities = locals.filter((value, slot) => value >= 0 && isEntity(slot));
    const description = {
      kind: UnitKind.sight,
      schema: clause.id,
      args: locals,
      order: locals,
      flows: 0,
      name: "who perceives it",
      span: undefined,
    };
    return units.intern(description, entities);
  }

  #measure(clause: Clause, locals: Locals): { value: number; turnsIn: number } {
    if (clause.when === undefined) return { value: 1, turnsIn: Number.POSITIVE_INFINITY };
    return this.kernel.machine.measure(clause.when, locals);
  }

  #clauseOf(perception: Perception, arity: number): Clause {
    let ofArity = this.#ofPerceptions.get(perception);
    if (ofArity === undefined) {
      ofArity = new Map();
      this.#ofPerceptions.set(perception, ofArity);
    }
    let clause = ofArity.get(arity);
    if (clause === undefined) {
      clause = this.#intern(perception, arity);
      ofArity.set(arity, clause);
    }
    return clause;
  }

  #intern({ when }: Perception, arity: number): Clause {
    const name = `${arity}:${when ?? "always"}`;
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const free = when === undefined ? [] : freeLocals(this.kernel.world.expressions, when);
    const reads = Array.from({ length: arity + 1 }, (_, slot) => free.includes(slot));
    const id = this.#clauses.length;
    const clause = { id, when, reads, tuples: new TupleTable(), sights: [] };
    this.#clauses.push(clause);
    this.#ids.set(name, clause);
    return clause;
  }
}

/** Types of the arguments of a fluent, less its owner. */
export function typesOf(fluent: Fluent | undefined): readonly ValueType[] {
  return fluent?.parameters.map((parameter) => parameter.type) ?? [];
}
