/**
 * The one way to write a belief: in truth to the cells, with where it came from and an occurrence
 * that tells it; while foreseeing to the overlay. Says who came to believe otherwise than before.
 */
import type { ExprId } from "@fabula/model";
import { literal } from "@fabula/model";
import type { Evaluator } from "../reading/evaluator.js";
import { Special } from "./atoms.js";
import type { Provenance } from "./belief-space.js";
import { CERTAIN, clampOdds, confidenceOf, oddsOf } from "./odds.js";

/** Smaller changes of confidence are kept but are no occurrence. */
const WORTH_TELLING = 0.005;

/** What was only taken for granted is open to evidence: at least this unsure of it, 0 .. 1. */
const OPEN_LEAST = 0.2;

/** Told of each belief that changed for good. */
export type Heed = (person: number, crossed: boolean, cause: number) => void;

export class Writer {
  /** Set while a belief is written for good; undefined while foreseeing. */
  #from: Provenance | undefined;
  #heed: Heed = () => {};
  #silent = false;
  /** By atom: its proposition. */
  readonly #claims: (ExprId | undefined)[] = [];
  /** By atom that is no boolean, and value: that it has this value. */
  readonly #equations: (Map<number, ExprId> | undefined)[] = [];

  constructor(readonly reader: Evaluator) {}

  onChange(heed: Heed): void {
    this.#heed = heed;
  }

  /** Runs `body`, whose writes are for good and come from there. */
  forGood(from: Provenance, body: () => void): void {
    const outer = this.#from;
    this.#from = from;
    body();
    this.#from = outer;
  }

  /** As `set`, for good. */
  learn(from: Provenance, perspective: number, atom: number, value: number): void {
    const outer = this.#from;
    this.#from = from;
    this.set(perspective, atom, value);
    this.#from = outer;
  }

  /** Writes within `body` are no occurrences: how things are to begin with. */
  silently(body: () => void): void {
    const was = this.#silent;
    this.#silent = true;
    body();
    this.#silent = was;
  }

  get isForGood(): boolean {
    return this.#from !== undefined;
  }

  /** Sets odds and value of an atom. Odds 0: nothing is held any more. */
  put(perspective: number, atom: number, odds: number, value: number): void {
    const reader = this.reader;
    const at = this.#placeOf(perspective, atom);
    if (reader.atoms.specialOf(atom) === Special.exists) {
      const [entity] = reader.atoms.argsOf(atom) as readonly [number];
      reader.population.unsettle(reader.population.typeOf(entity));
    }
    if (this.#from === undefined) {
      reader.space.foresee(at, atom, odds, value);
      return;
    }
    this.#store(at, atom, odds, value, this.#from);
  }

  /** Sets a fluent: a boolean's confidence, or a value that is certain. */
  set(perspective: number, atom: number, value: number): void {
    if (this.#isBoolean(atom)) this.put(perspective, atom, oddsOf(value), value);
    else this.put(perspective, atom, CERTAIN, value);
  }

  /**
   * Whether this is what is held already, as sure as can be. Having found it so again is kept,
   * where it matters when it last was.
   */
  finds(perspective: number, atom: number, value: number): boolean {
    const { reader } = this;
    const key = reader.space.find(perspective, atom);
    const odds = this.#isBoolean(atom) ? oddsOf(value) : CERTAIN;
    if (reader.space.odds(key) !== odds || reader.space.value(key) !== value) return false;
    this.#renew(key, atom, odds);
    return true;
  }

  /** Multiplies the odds of a boolean atom. */
  multiply(perspective: number, atom: number, factor: number): void {
    const at = this.#placeOf(perspective, atom);
    const p = this.#confidence(at, atom);
    const held = this.reader.space.odds(this.reader.keyRead(at, atom)) !== 0;
    const open =
      held || this.#hasPrior(atom) ? p : Math.min(1 - OPEN_LEAST, Math.max(OPEN_LEAST, p));
    const odds = clampOdds(oddsOf(open) * factor);
    this.put(perspective, atom, odds, odds >= 1 ? 1 : 0);
  }

  /** The world says how likely it is taken to be: evidence starts from there. */
  #hasPrior(atom: number): boolean {
    const fluent = this.reader.atoms.fluentOf(atom);
    return this.reader.world.fluents[fluent]?.prior !== undefined;
  }

  /** Who wants or intends something knows it: such atoms are held by the chain before. */
  #placeOf(perspective: number, atom: number): number {
    const special = this.reader.atoms.specialOf(atom);
    if (special !== Special.wants && special !== Special.intends) return perspective;
    const chain = this.reader.space.perspectives;
    const who = this.reader.atoms.argsOf(atom)[0];
    return chain.depthOf(perspective) > 1 && chain.lastOf(perspective) === who
      ? chain.parentOf(perspective)
      : perspective;
  }

  #isBoolean(atom: number): boolean {
    const fluent = this.reader.atoms.fluentOf(atom);
    return (
      fluent >= this.reader.atoms.firstSpecial || this.reader.common.isBoolean[fluent] === true
    );
  }

  #confidence(perspective: number, atom: number): number {
    const reader = this.reader;
    const from = reader.perspective;
    const was = reader.splitting;
    reader.perspective = perspective;
    reader.splitting = false;
    const special = reader.atoms.specialOf(atom);
    const claim = special === Special.claim ? (reader.atoms.argsOf(atom)[0] as ExprId) : -1;
    const p = claim >= 0 ? reader.evaluate(claim, []) : reader.read(atom);
    reader.perspective = from;
    reader.splitting = was;
    return p;
  }

  #store(perspective: number, atom: number, odds: number, value: number, from: Provenance): void {
    const { reader } = this;
    const { space, atoms } = reader;
    const key = space.find(perspective, atom);
    const held = space.odds(key);
    if (held === odds && space.value(key) === value) {
      this.#renew(key, atom, odds);
      return;
    }
    // How things are to begin with is nobody's news.
    if (this.#silent) {
      space.store(perspective, atom, odds, value, from, reader.host.now);
      return;
    }
    const tellable = atoms.specialOf(atom) < Special.strength;
    const boolean = this.#isBoolean(atom);
    const before = tellable ? this.#before(perspective, atom, value, boolean) : 0;
    const after = odds === 0 ? before : confidenceOf(odds);
    const chain = space.perspectives;
    const person = chain.rootOf(perspective);
    const changed = Math.abs(after - before) > WORTH_TELLING;
    let cause = from.cause;
    if (tellable && changed && this.#isClaim(atom) && chain.depthOf(perspective) <= 2) {
      const claim = this.claimOf(perspective, atom, value, boolean);
      const change = { holder: person, claim, before, after, source: from.source, by: from.by };
      // What is only likely is weighed together with what spoke for it, or against it, before.
      const earlier = held === 0 || after <= 0 || after >= 1 ? 0 : space.causeOf(key);
      cause = reader.host.recordBelief(change, from.cause, earlier);
    }
    const behind = cause === from.cause ? from : { source: from.source, by: from.by, cause };
    space.store(perspective, atom, odds, value, behind, reader.host.now);
    if (!tellable) return;
    const crossed = chain.depthOf(perspective) === 1 && before > 0.5 !== after > 0.5;
    if (changed) this.#heed(person, crossed, cause);
  }

  #renew(key: number, atom: number, odds: number): void {
    const { outdated, atoms, space, host } = this.reader;
    const again = odds !== 0 && outdated.mayBe(atoms.fluentOf(atom));
    if (again && space.timeOf(key) < host.now) space.renew(key, host.now);
  }

  /** Numbers are noticed all the time: knowing them is no occurrence. */
  #isClaim(atom: number): boolean {
    const kind = this.reader.world.fluents[this.reader.atoms.fluentOf(atom)]?.type.kind;
    return kind !== "number" && kind !== "time" && kind !== "text";
  }

  #before(perspective: number, atom: number, value: number, boolean: boolean): number {
    const p = this.#confidence(perspective, atom);
    if (boolean) return p;
    if (p !== value && !(Number.isNaN(p) && Number.isNaN(value))) return 0;
    const odds = this.reader.space.odds(this.reader.space.find(perspective, atom));
    return odds === 0 ? 1 : confidenceOf(odds);
  }

  /** The belief in words: the claim, within what the chain after the holder believes. */
  claimOf(perspective: number, atom: number, value: number, boolean: boolean): ExprId {
    const { world, space } = this.reader;
    const pool = world.expressions;
    let claim = boolean ? this.plainClaim(atom) : this.#equation(atom, value);
    const chain = space.perspectives;
    for (let at = perspective; chain.depthOf(at) > 1; at = chain.parentOf(at)) {
      const person = this.#entity(chain.lastOf(at));
      claim = pool.intern({ op: "believes", args: [person, claim] }, { kind: "boolean" });
    }
    return claim;
  }

  #equation(atom: number, value: number): ExprId {
    let ofAtom = this.#equations[atom];
    if (ofAtom === undefined) this.#equations[atom] = ofAtom = new Map();
    const known = ofAtom.get(value);
    if (known !== undefined) return known;
    const pool = this.reader.world.expressions;
    const claim = this.plainClaim(atom);
    const args = [claim, literal(pool, value, pool.typeOf(claim))] as const;
    const made = pool.intern({ op: "eq", args }, { kind: "boolean" });
    ofAtom.set(value, made);
    return made;
  }

  /** The proposition, or the fluent, that an atom is. */
  plainClaim(atom: number): ExprId {
    let claim = this.#claims[atom];
    if (claim === undefined) {
      claim = this.#writtenOut(atom);
      // What something is of type is only known once it is there.
      if (this.reader.atoms.specialOf(atom) !== Special.exists) this.#claims[atom] = claim;
    }
    return claim;
  }

  #writtenOut(atom: number): ExprId {
    const { world, atoms } = this.reader;
    const pool = world.expressions;
    const args = atoms.argsOf(atom);
    const first = args[0] as number;
    const boolean = { kind: "boolean" } as const;
    switch (atoms.specialOf(atom)) {
      case Special.exists: {
        const type = this.reader.population.typeOf(first);
        return pool.intern(
          { op: "isa", args: [this.#entity(first)], type: Math.max(0, type) },
          boolean,
        );
      }
      case Special.wants:
        return pool.intern(
          { op: "wants", args: [this.#entity(first), args[1] as number] },
          boolean,
        );
      case Special.intends:
        return pool.intern(
          { op: "intends", args: [this.#entity(first), args[1] as number] },
          boolean,
        );
      case Special.claim:
        return first;
      default: {
        const fluent = world.fluents[atoms.fluentOf(atom)];
        if (fluent === undefined) return first;
        const types = [undefined, ...fluent.parameters.map((parameter) => parameter.type)];
        const written = args.map((arg, index) => {
          const type = types[index];
          return type === undefined ? this.#entity(arg) : literal(pool, arg, type);
        });
        return pool.intern({ op: "fluent", fluent: fluent.id, args: written }, fluent.type);
      }
    }
  }

  #entity(entity: number): ExprId {
    const type = {
      kind: "entity",
      type: Math.max(0, this.reader.population.typeOf(entity)),
    } as const;
    return this.reader.world.expressions.intern({ op: "entity", entity }, type);
  }
}
