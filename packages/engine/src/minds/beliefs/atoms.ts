/**
 * Atoms: what a mind can hold something about, each named by a small number. Most are ground
 * fluents; the rest (who intends what, what exists, what happened how often) are kept in the same
 * table under pseudo-fluents numbered after the world's own.
 *
 * Append-only and only an index: what is held of an atom lies in the cells, so an atom that another
 * branch of the run made is harmless. Never iterate in order of id where the order matters.
 */
import { TupleTable, type World } from "@fabula/model";

/** Offsets of the pseudo-fluents after the world's own fluents. */
export const Special = {
  /** [entity]: it is there. */
  exists: 0,
  /** [person, claim]: the person wants it; its value is the weight. */
  wants: 1,
  /** [person, deed]: the person is set on doing it. */
  intends: 2,
  /** [claim]: a proposition that is no plain fluent and is believed as a whole. */
  claim: 3,
  /** [asker, hearer, deed]: value 0 .. 1, how strongly the asker wants it done. */
  strength: 4,
  /** [asker, hearer, deed]: value, the best margin refused so far, as the asker reckons. */
  refusedMargin: 5,
  /** [asker, hearer, deed]: value, how often it was refused. */
  refusedTimes: 6,
  /** [kind, id, phase, ...args]: value, how often I know it to have happened. */
  happenedTimes: 7,
  /** [kind, id, phase, ...args]: value, when last, in milliseconds. */
  happenedLast: 8,
  /** [want, person, ...binders]: the want's `until` has come. */
  wantOver: 9,
  /** [person, deed]: recorded as kept back and still so. */
  keptBack: 10,
  /** [inference, evidence, ...tuple]: the condition was believed when last looked. */
  evidence: 11,
  /** [asker, hearer, deed]: asked, and neither granted nor given up. */
  asked: 12,
  /** [claim]: the reason somebody gave me for a no. Value: who gave it. */
  reasonGiven: 13,
} as const;

const SPECIAL_COUNT = 14;
/** Phases there are; ids of actions and rules are below this many. */
const PHASES = 4;
const IDS = 1_048_576;
const RADIX = 67_108_864; // 2 ** 26: more claims and entities than that and a run has run away
const DENSE_MAX = 65_536;
/** Two arguments below these make a key of 31 bits: larger ones are boxed for every look-up. */
const SMALL_FIRST = 4_096;
const SMALL_SECOND = 524_288;

interface Named {
  readonly tuples: TupleTable;
  readonly atoms: number[];
}

export class Atoms {
  readonly firstSpecial: number;
  readonly #fluents: number[] = [];
  readonly #args: (readonly number[])[] = [];
  readonly #ofFluent: number[][];
  readonly #unary: number[][];
  readonly #byKey: Map<number, number>[];
  /** Of more than two arguments (or none), by fluent; by number of the tuple: its atom. */
  readonly #byArgs: Named[];
  readonly #symmetric: boolean[];
  /** By what happened (`happening`): atoms of how often, and of when last. */
  readonly #times = new Map<number, number[]>();
  readonly #lasts = new Map<number, number[]>();

  constructor(world: World) {
    const count = world.fluents.length + SPECIAL_COUNT;
    this.firstSpecial = world.fluents.length;
    this.#ofFluent = Array.from({ length: count }, () => []);
    this.#unary = Array.from({ length: count }, () => []);
    this.#byKey = Array.from({ length: count }, () => new Map());
    this.#byArgs = Array.from({ length: count }, () => ({
      tuples: new TupleTable(),
      atoms: [],
    }));
    this.#symmetric = world.fluents.map((fluent) => fluent.symmetric);
  }

  get count(): number {
    return this.#fluents.length;
  }

  special(kind: number, args: readonly number[]): number {
    return this.of(this.firstSpecial + kind, args);
  }

  /** The atom of a fluent with one argument, the owner. */
  ofOwner(fluent: number, owner: number): number {
    if (owner < DENSE_MAX) {
      const table = this.#unary[fluent] as number[];
      const known = table[owner];
      if (known !== undefined) return known;
      while (table.length < owner) table.push(undefined as unknown as number);
      const made = this.#add(fluent, [owner]);
      table[owner] = made;
      return made;
    }
    return this.#keyed(fluent, owner, [owner]);
  }

  /** The atom of a fluent with two arguments; symmetric ones are the same both ways. */
  ofPair(fluent: number, first: number, second: number): number {
    const swap = this.#symmetric[fluent] === true && second < first;
    const a = swap ? second : first;
    const b = swap ? first : second;
    const key =
      a < SMALL_FIRST && b >= 0 && b < SMALL_SECOND
        ? a * SMALL_SECOND + b
        : (a + SMALL_FIRST) * RADIX + b;
    return this.#byKey[fluent]?.get(key) ?? this.#keyed(fluent, key, [a, b]);
  }

  of(fluent: number, args: readonly number[]): number {
    if (args.length === 1) return this.ofOwner(fluent, args[0] as number);
    if (args.length === 2) return this.ofPair(fluent, args[0] as number, args[1] as number);
    const { tuples, atoms } = this.#byArgs[fluent] as Named;
    const known = tuples.find(args);
    if (known >= 0) return atoms[known] as number;
    const made = this.#add(fluent, args.slice());
    atoms[tuples.add(args)] = made;
    return made;
  }

  /** The atom of a pseudo-fluent with three arguments or more, if it was ever made; else -1. */
  known(kind: number, args: readonly number[]): number {
    const { tuples, atoms } = this.#byArgs[this.firstSpecial + kind] as Named;
    return atoms[tuples.find(args)] ?? -1;
  }

  fluentOf(atom: number): number {
    return this.#fluents[atom] as number;
  }

  /** Offset of the pseudo-fluent, or below 0 for a fluent of the world. */
  specialOf(atom: number): number {
    return (this.#fluents[atom] as number) - this.firstSpecial;
  }

  argsOf(atom: number): readonly number[] {
    return this.#args[atom] as readonly number[];
  }

  /** Atoms of a fluent in order of making: sort before use where the order matters. */
  ofFluent(fluent: number): readonly number[] {
    return this.#ofFluent[fluent] as number[];
  }

  ofSpecial(kind: number): readonly number[] {
    return this.ofFluent(this.firstSpecial + kind);
  }

  /**
   * Of `Special.happenedTimes` and `happenedLast`: those of a kind, id and phase, in order of
   * making.
   */
  ofHappening(special: number, [kind, id, phase]: readonly number[]): readonly number[] {
    const topics = special === Special.happenedTimes ? this.#times : this.#lasts;
    return topics.get(topicOf(kind as number, id as number, phase as number)) ?? NONE;
  }

  #keyed(fluent: number, key: number, args: readonly number[]): number {
    const table = this.#byKey[fluent] as Map<number, number>;
    const known = table.get(key);
    if (known !== undefined) return known;
    const made = this.#add(fluent, args);
    table.set(key, made);
    return made;
  }

  #add(fluent: number, args: readonly number[]): number {
    const atom = this.#fluents.length;
    this.#fluents.push(fluent);
    this.#args.push(args);
    (this.#ofFluent[fluent] as number[]).push(atom);
    const special = fluent - this.firstSpecial;
    if (special === Special.happenedTimes) enter(this.#times, args, atom);
    if (special === Special.happenedLast) enter(this.#lasts, args, atom);
    return atom;
  }
}

const NONE: readonly number[] = [];

function topicOf(kind: number, id: number, phase: number): number {
  return (kind * IDS + id) * PHASES + phase;
}

function enter(topics: Map<number, number[]>, args: readonly number[], atom: number): void {
  const [kind, id, phase] = args as readonly [number, number, number];
  const topic = topicOf(kind, id, phase);
  const atoms = topics.get(topic);
  if (atoms === undefined) topics.set(topic, [atom]);
  else atoms.push(atom);
}
