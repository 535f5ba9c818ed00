/**
 * What would come of it: a foresight runs an act on the overlay, rolls out what everyone is
 * believed to intend and then the believed laws, and values the wants, over all likely paths.
 *
 * Clean heads: somebody's outlook inside my foresight is rolled out from the state after my act,
 * not from what I foresee: `#clean` is the mark to go back to.
 */
import type { ExprId } from "@fabula/model";
import { runEffects } from "../effects.js";
import { Special } from "./atoms.js";
import type { Carrying } from "./carrying.js";
import type { Evaluator } from "./evaluator.js";
import type { ForeseenState } from "./foreseen-state.js";
import { Oracle, PATHS_MAX } from "./oracle.js";
import { eachTuple } from "./tuples.js";
import type { Aim, Wants } from "./wants.js";

/** What a foresight comes to. */
export interface Prospect {
  /** Weighted sum of the values of the wants, less what the act costs along the way. */
  readonly total: number;
  /** By place in the list of aims: weight times value. */
  readonly parts: readonly number[];
  /** What the act itself returned: costs paid on the way. */
  readonly cost: number;
}

/** Done in the perspective at hand on each path; returns a cost in gain. */
export type Act = () => number;

interface Intended {
  readonly person: number;
  readonly atom: number;
  readonly deed: ExprId;
}

interface Law {
  readonly expectation: number;
  readonly locals: readonly number[];
}

interface Cached<T> {
  readonly epoch: number;
  readonly now: number;
  readonly value: T;
}

/** Foresights within foresights (a no foreseen within a yes foreseen ...). */
const NESTING_MAX = 12;

export class Foresight {
  #clean = -1;
  #outlooksInside = 0;
  #nesting = 0;
  #serial = 0;
  #intended: Intended[] = [];
  #intendedCount = 0;
  readonly #oracles: Oracle[] = [];
  readonly #laws: (Cached<readonly Law[]> | undefined)[] = [];
  readonly #bases: (Cached<Prospect> | undefined)[] = [];
  readonly #outlooks = new Map<number, { serial: number; mark: number; value: number }>();
  /** Paths run so far: a measure of work. */
  paths = 0;

  constructor(
    readonly reader: Evaluator,
    readonly wants: Wants,
    readonly carrying: Carrying,
    readonly state: ForeseenState,
  ) {
    reader.outlookOf = (perspective) => this.#outlookInside(perspective);
  }

  forget(): void {
    this.#laws.length = 0;
    this.#bases.length = 0;
    this.#outlooks.clear();
    this.wants.forget();
  }

  /** The prospect of doing nothing, remembered until a belief changes. */
  base(perspective: number): Prospect {
    if (this.reader.space.mark() > 0) return this.expect(perspective, undefined);
    return this.#remember(this.#bases, perspective, () => this.expect(perspective, undefined));
  }

  /** Weighted mean, 0 .. 1, of the values of the wants, as foreseen; 0.5 for who wants nothing. */
  outlook(perspective: number): number {
    const sum = weightOf(this.wants.of(perspective));
    return sum > 0 ? this.base(perspective).total / sum : 0.5;
  }

  /** Runs the act over the likely paths; what it wrote is taken back. */
  expect(perspective: number, act: Act | undefined): Prospect {
    const { reader } = this;
    const aims = this.wants.of(perspective);
    const parts: number[] = aims.map(() => 0);
    if (this.#nesting >= NESTING_MAX) return { total: 0, parts, cost: 0 };
    const outer = { oracle: reader.oracle, perspective: reader.perspective, clean: this.#clean };
    const splitting = reader.splitting;
    const oracle = this.#oracleAt(this.#nesting++);
    reader.oracle = oracle;
    reader.perspective = perspective;
    oracle.begin();
    let weight = 0;
    let cost = 0;
    for (let path = 0; path < PATHS_MAX; path++) {
      const paid = this.#path(perspective, aims, act, parts, oracle);
      cost += paid * oracle.probability;
      weight += oracle.probability;
      if (!oracle.next()) break;
    }
    this.#nesting--;
    reader.oracle = outer.oracle;
    reader.perspective = outer.perspective;
    reader.splitting = splitting;
    this.#clean = outer.clean;
    let total = 0;
    for (let index = 0; index < parts.length; index++) {
      parts[index] = (parts[index] as number) / weight;
      total += parts[index] as number;
    }
    return { total: total - cost / weight, parts, cost: cost / weight };
  }

  /** One path; adds what it is worth to `parts`, weighted, and returns what it cost. */
  #path(
    perspective: number,
    aims: readonly Aim[],
    act: Act | undefined,
    parts: number[],
    oracle: Oracle,
  ): number {
    const { reader } = this;
    const { space, population } = reader;
    const mark = space.mark();
    const foreseen = population.foreseenCount();
    const elapsed = reader.elapsed;
    this.paths++;
    this.#serial++;
    this.#clean = -1;
    reader.splitting = true;
    const paid = act === undefined ? 0 : act();
    const clean = space.mark();
    this.rollOut(perspective);
    this.#clean = clean;
    const values = this.#valuesOf(perspective, aims);
    for (let index = 0; index < values.length; index++) {
      parts[index] = (parts[index] as number) + (values[index] as number) * oracle.probability;
    }
    this.#clean = -1;
    space.undo(mark);
    population.undoForeseen(foreseen);
    reader.elapsed = elapsed;
    return paid;
  }

  #valuesOf(perspective: number, aims: readonly Aim[]): number[] {
    return aims.map((aim) => aim.weight * this.wants.valueOf(perspective, aim));
  }

  /** Everyone's believed intentions, then the believed laws of the chain's last person. */
  rollOut(perspective: number): void {
    const { reader } = this;
    reader.perspective = perspective;
    for (const one of this.#allIntended()) {
      if (this.#mayHold(perspective, one.atom) && reader.read(one.atom) > 0.5) {
        this.carrying.carry(this.carrying.deedOf(one.deed));
      }
    }
    const { expectations } = reader.world;
    for (const law of this.#lawsOf(perspective)) {
      const schema = expectations[law.expectation];
      if (schema === undefined) continue;
      const locals = law.locals.slice();
      if (!(reader.soft(perspective, schema.when, locals) > 0.03)) continue;
      if (!(reader.evaluate(schema.where, locals) > 0.5)) continue;
      if (!(reader.evaluate(schema.when, locals) > 0.5)) continue;
      runEffects(this.state, schema.then, locals, { purpose: schema.name, who: law.locals });
    }
  }

  #mayHold(perspective: number, atom: number): boolean {
    const { reader } = this;
    const chain = reader.space.perspectives;
    for (let at = perspective; at !== 0; at = chain.parentOf(at)) {
      if (reader.space.odds(reader.space.find(at, atom)) !== 0) return true;
      if (chain.lastOf(at) !== reader.atoms.argsOf(atom)[0]) return false;
    }
    return false;
  }

  /** Persons in birth order, the deeds of one in the order of what they say. */
  #allIntended(): readonly Intended[] {
    const { atoms, grounder } = this.reader;
    const all = atoms.ofSpecial(Special.intends);
    if (all.length === this.#intendedCount) return this.#intended;
    this.#intended = all.map((atom) => {
      const [person, deed] = atoms.argsOf(atom) as [number, number];
      return { person, atom, deed };
    });
    this.#intended.sort((a, b) => a.person - b.person || grounder.compare(a.deed, b.deed));
    this.#intendedCount = all.length;
    return this.#intended;
  }

  /** Deeds the person is believed to be set on, with how sure: 0 .. 1. */
  intentionsOf(perspective: number, person: number): { deed: ExprId; sure: number }[] {
    const { reader } = this;
    const found: { deed: ExprId; sure: number }[] = [];
    for (const one of this.#allIntended()) {
      if (one.person !== person || !this.#mayHold(perspective, one.atom)) continue;
      const from = reader.perspective;
      const was = reader.splitting;
      reader.perspective = perspective;
      reader.splitting = false;
      const sure = reader.read(one.atom);
      reader.perspective = from;
      reader.splitting = was;
      if (sure > 0) found.push({ deed: one.deed, sure });
    }
    return found;
  }

  #lawsOf(perspective: number): readonly Law[] {
    const find = (): Law[] => this.#findLaws(perspective);
    if (this.reader.population.foreseenCount() > 0) return find();
    return this.#remember(this.#laws, perspective, () => {
      const { space } = this.reader;
      const was = space.withoutOverlay;
      space.withoutOverlay = true;
      const laws = find();
      space.withoutOverlay = was;
      return laws;
    });
  }

  #findLaws(perspective: number): Law[] {
    const { reader } = this;
    const person = reader.space.perspectives.lastOf(perspective);
    const type = reader.population.typeOf(person);
    const laws: Law[] = [];
    for (const schema of reader.world.expectations) {
      const holder = schema.parameters[0]?.type;
      if (holder?.kind !== "entity" || !reader.population.isA(type, holder.type)) continue;
      eachTuple(reader, perspective, schema.parameters, 1, schema.where, [person], (locals) => {
        laws.push({ expectation: schema.id, locals: locals.slice() });
      });
    }
    return laws;
  }

  /** Somebody's outlook asked for by a want or condition inside a foresight. */
  #outlookInside(perspective: number): number {
    const { space } = this.reader;
    // An outlook on an outlook on an outlook: nobody thinks so far.
    if (this.#outlooksInside > 0) return 0.5;
    const mark = this.#clean >= 0 ? this.#clean : space.mark();
    const known = this.#outlooks.get(perspective);
    if (known !== undefined && known.serial === this.#serial && known.mark === mark) {
      return known.value;
    }
    const serial = this.#serial;
    const sum = weightOf(this.wants.of(perspective));
    this.#outlooksInside++;
    const total = space.asAt(mark, () => this.base(perspective).total);
    this.#outlooksInside--;
    const value = sum > 0 ? total / sum : 0.5;
    this.#serial = serial;
    this.#outlooks.set(perspective, { serial, mark, value });
    return value;
  }

  #oracleAt(depth: number): Oracle {
    const oracle = this.#oracles[depth] ?? new Oracle();
    this.#oracles[depth] = oracle;
    return oracle;
  }

  #remember<T>(table: (Cached<T> | undefined)[], perspective: number, make: () => T): T {
    const { reader } = this;
    const root = reader.space.perspectives.rootOf(perspective);
    const epoch = reader.epochs[root] ?? 0;
    const inside = this.#outlooksInside > 0 ? 1 : 0;
    const place = perspective * 2 + inside;
    const known = table[place];
    if (known !== undefined && known.epoch === epoch && known.now === reader.host.now) {
      return known.value;
    }
    const value = make();
    table[place] = { epoch, now: reader.host.now, value };
    return value;
  }
}

export function weightOf(aims: readonly Aim[]): number {
  let sum = 0;
  for (const aim of aims) sum += aim.weight;
  return sum;
}
