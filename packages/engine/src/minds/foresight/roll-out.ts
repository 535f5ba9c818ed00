/**
 * What follows by itself in a believed world: everyone carries out what they are believed to
 * intend, then the believed laws of whose mind it is take their course, each once.
 */
import { type ExprId, TupleTable, type World } from "@fabula/model";
import { conjunction } from "../../expressions/conjunction.js";
import { traitsOf } from "../../expressions/traits.js";
import { runEffects } from "../../kernel/effects.js";
import { purposeOf } from "../../kernel/purpose.js";
import { conjuncts, isFixed } from "../../kernel/tuples.js";
import { Special } from "../beliefs/atoms.js";
import { SETTLED_LOW } from "../beliefs/odds.js";
import type { Evaluator } from "../reading/evaluator.js";
import { Nodes } from "../reading/nodes.js";
import { Remembered } from "../reading/remembered.js";
import { eachTuple } from "../reading/tuples.js";
import type { Carrying } from "./carrying.js";
import type { ForeseenState } from "./foreseen-state.js";

interface Intended {
  readonly person: number;
  readonly atom: number;
  readonly deed: ExprId;
}

interface Law {
  readonly expectation: number;
  readonly locals: readonly number[];
  /** How likely its condition holds as things are believed stands there; as `Aim.place`. */
  readonly place: number;
}

export class RollOut {
  #intended: Intended[] = [];
  /** The same by person; how many atoms each of the two has taken in. */
  readonly #intendedBy = new Map<number, Intended[]>();
  #intendedCount = 0;
  #intendedByCount = 0;
  readonly #laws: Remembered<readonly Law[]>;
  /** By expectation: the part of its `where` that nothing foreseen can change, and the whole. */
  readonly #conditions: Conditions;
  /** By type: whether an expectation is about one of it, besides whose it is. */
  readonly #ranged: readonly boolean[];
  /** Perspective, expectation, locals: their number is the place of a law. */
  readonly #places = new TupleTable();
  /** By place of a law, and whether inside an outlook. */
  readonly #likely: Nodes<number>;

  constructor(
    readonly reader: Evaluator,
    readonly carrying: Carrying,
    readonly state: ForeseenState,
  ) {
    this.#laws = new Remembered(reader);
    this.#conditions = conditionsOf(reader.world);
    const about = reader.world.expectations.flatMap(({ parameters }) => parameters.slice(1));
    this.#ranged = reader.world.types.map(({ id }) =>
      about.some(({ type }) => type.kind === "entity" && reader.population.isA(id, type.type)),
    );
    this.#likely = new Nodes(reader, (place) => this.#howLikely(place), Object.is);
  }

  /** In the overlay, on this path. */
  run(perspective: number): void {
    const { reader } = this;
    reader.perspective = perspective;
    reader.splitting = true;
    const chain = reader.space.perspectives;
    const isOwn = (person: number): boolean =>
      chain.depthOf(perspective) === 1 && chain.lastOf(perspective) === person;
    for (const one of this.#allIntended()) {
      if (this.#mayHold(perspective, one.atom) && reader.read(one.atom) > 0.5) {
        const deed = this.carrying.deedOf(one.deed);
        const isDone = this.carrying.carry(deed);
        if (isDone && isOwn(one.person)) this.carrying.utter(perspective, deed);
      }
    }
    const { expectations } = reader.world;
    const inside = reader.outlooksInside > 0 ? 1 : 0;
    for (const law of this.#lawsOf(perspective)) {
      const schema = expectations[law.expectation];
      if (schema === undefined) continue;
      if (!(this.#likely.get(law.place * 2 + inside) > SETTLED_LOW)) continue;
      const locals = law.locals.slice();
      const condition = this.#conditions[law.expectation]?.whole ?? schema.when;
      if (!(reader.evaluate(condition, locals) > 0.5)) continue;
      runEffects(this.state, schema.then, locals, {
        purpose: purposeOf("expectation", schema),
        who: law.locals,
      });
    }
  }

  /** How likely the law that stands there applies, softly, on the overlay as it is. */
  #howLikely(place: number): number {
    const { reader } = this;
    const [perspective, expectation, ...locals] = this.#places.get(place >> 1) as readonly [
      number,
      number,
      ...number[],
    ];
    reader.outlooksInside = place & 1;
    const when = this.#conditions[expectation]?.whole as ExprId;
    return reader.soft(perspective, when, locals);
  }

  /** Deeds the person is believed to be set on, with how sure: 0 .. 1. */
  intentionsOf(perspective: number, person: number): { deed: ExprId; sure: number }[] {
    const { reader } = this;
    const found: { deed: ExprId; sure: number }[] = [];
    for (const one of this.#intendedOf(person)) {
      if (!this.#mayHold(perspective, one.atom)) continue;
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

  #mayHold(perspective: number, atom: number): boolean {
    const { reader } = this;
    const chain = reader.space.perspectives;
    for (let at = perspective; at !== 0; at = chain.parentOf(at)) {
      if (reader.space.odds(reader.keyRead(at, atom)) !== 0) return true;
      if (chain.lastOf(at) !== reader.atoms.argsOf(atom)[0]) return false;
    }
    return false;
  }

  /** Persons in birth order, the deeds of one in the order of what they say. */
  #allIntended(): readonly Intended[] {
    const { atoms, grounder, log } = this.reader;
    log.note(1 + Special.intends);
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

  /** The deeds of one person, in the order of what they say. */
  #intendedOf(person: number): readonly Intended[] {
    const { atoms, grounder, log } = this.reader;
    log.note(1 + Special.intends);
    const all = atoms.ofSpecial(Special.intends);
    for (; this.#intendedByCount < all.length; this.#intendedByCount++) {
      const atom = all[this.#intendedByCount] as number;
      const [who, deed] = atoms.argsOf(atom) as [number, number];
      const list = this.#intendedBy.get(who) ?? [];
      const after = list.findIndex((one) => grounder.compare(deed, one.deed) < 0);
      list.splice(after < 0 ? list.length : after, 0, { person: who, atom, deed });
      this.#intendedBy.set(who, list);
    }
    return this.#intendedBy.get(person) ?? [];
  }

  #lawsOf(perspective: number): readonly Law[] {
    const { reader } = this;
    if (reader.population.isForeseen(this.#ranged)) return this.#findLaws(perspective);
    return this.#laws.get(perspective, 0, () => {
      const { space, elapsed } = reader;
      const was = space.withoutOverlay;
      space.withoutOverlay = true;
      reader.elapsed = 0;
      const laws = this.#findLaws(perspective);
      space.withoutOverlay = was;
      reader.elapsed = elapsed;
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
      const where = this.#conditions[schema.id]?.fixed ?? schema.where;
      eachTuple(reader, perspective, schema.parameters, 1, where, [person], (locals) => {
        const given = locals.slice(0, schema.parameters.length);
        const place = this.#places.add([perspective, schema.id, ...given]);
        laws.push({ expectation: schema.id, locals: given, place });
      });
    }
    return laws;
  }
}

type Conditions = readonly { fixed: ExprId; whole: ExprId }[];
const conditions = new WeakMap<World, Conditions>();

function conditionsOf(world: World): Conditions {
  let known = conditions.get(world);
  if (known === undefined) {
    known = findConditions(world);
    conditions.set(world, known);
  }
  return known;
}

function findConditions(world: World): Conditions {
  const source = { world, traits: traitsOf(world) };
  const always = world.expressions.intern({ op: "constant", value: 1 }, { kind: "boolean" });
  return world.expectations.map((schema) => {
    const fixed = conjuncts(world, schema.where).filter((part) => isFixed(source, part));
    return {
      fixed: fixed.reduce((left, right) => conjunction(world, left, right), always),
      whole: conjunction(world, schema.where, schema.when),
    };
  });
}
