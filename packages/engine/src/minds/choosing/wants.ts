/**
 * Which wants a person has, in a perspective: one's own as declared; of another those that
 * everybody takes such a person to have, and those one has come to believe they have.
 */
import { type ExprId, TupleTable, type Want } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { degree } from "../beliefs/odds.js";
import type { Evaluator } from "../reading/evaluator.js";
import { Nodes } from "../reading/nodes.js";
import { Remembered } from "../reading/remembered.js";
import { eachTuple } from "../reading/tuples.js";

/** A want in force, for these values of its binders. */
export interface Aim {
  /** Id of the want; -1 one that is only believed to be. */
  readonly want: number;
  readonly claim: ExprId;
  readonly locals: number[];
  /** Above 0. */
  readonly weight: number;
  /** Its value as things are believed stands there; with the claim and its locals it is the same. */
  readonly place: number;
}

const LIKELY_LEAST = 0.03;

export class Wants {
  readonly #known: Remembered<readonly Aim[]>;
  /** Perspective, claim, locals: their number is the place of an aim. */
  readonly #places = new TupleTable();
  /** By place of an aim, and whether it is asked inside somebody's outlook. */
  readonly #values: Nodes<number>;

  constructor(readonly reader: Evaluator) {
    this.#known = new Remembered(reader);
    this.#values = new Nodes(reader, (place) => this.#value(place), Object.is);
    reader.hasWant = (person, claim) => this.has(person, claim);
  }

  /**
   * The aims of the last person of the chain, as believed now (whatever is foreseen: wants are
   * weighed as they are, not as they might become).
   */
  of(perspective: number): readonly Aim[] {
    return this.#known.get(perspective, 0, () => {
      const { reader } = this;
      const overlay = reader.space.withoutOverlay;
      const elapsed = reader.elapsed;
      const tracer = reader.tracer;
      reader.space.withoutOverlay = true;
      reader.elapsed = 0;
      reader.tracer = undefined;
      reader.log.note(1 + Special.wants);
      reader.log.note(1 + Special.wantOver);
      const aims = this.#find(perspective);
      reader.space.withoutOverlay = overlay;
      reader.elapsed = elapsed;
      reader.tracer = tracer;
      return aims;
    });
  }

  /** How much the aim holds, 0 .. 1, in a perspective. */
  valueOf(perspective: number, aim: Aim): number {
    const { reader } = this;
    if (reader.tracer !== undefined) {
      return degree(reader.soft(perspective, aim.claim, aim.locals));
    }
    return this.#values.get(aim.place * 2 + (reader.outlooksInside > 0 ? 1 : 0));
  }

  #value(place: number): number {
    const { reader } = this;
    const [perspective, claim, ...locals] = this.#places.get(place >> 1) as readonly [
      number,
      ExprId,
      ...number[],
    ];
    reader.outlooksInside = place & 1;
    return degree(reader.soft(perspective, claim, locals));
  }

  /** Confidence that the person has a want with this ground claim. */
  has(person: number, claim: ExprId): number {
    const { reader } = this;
    if (!(person >= 0)) return 0;
    const chain = reader.space.perspectives;
    const known = reader.read(reader.atoms.special(Special.wants, [person, claim]));
    if (known > 0.5) return known;
    const perspective = chain.extend(reader.perspective, person);
    const declared = this.of(perspective).some(
      (aim) => aim.want >= 0 && reader.grounder.claim(aim.claim, aim.locals) === claim,
    );
    return declared ? 1 : known;
  }

  #find(perspective: number): Aim[] {
    const { reader } = this;
    const chain = reader.space.perspectives;
    const person = chain.lastOf(perspective);
    const own = chain.depthOf(perspective) === 1;
    const type = reader.population.typeOf(person);
    const aims: Aim[] = [];
    for (const want of reader.world.wants) {
      if (!own && !want.common) continue;
      const holder = want.holder;
      const mine =
        "entity" in holder ? holder.entity === person : reader.population.isA(type, holder.type);
      if (mine) this.#ofWant(perspective, person, want, aims);
    }
    if (!own) this.#believed(perspective, person, aims);
    return aims;
  }

  #ofWant(perspective: number, person: number, want: Want, aims: Aim[]): void {
    const { reader } = this;
    const root = reader.space.perspectives.root(reader.space.perspectives.rootOf(perspective));
    const parameters = [{ name: "self", type: { kind: "boolean" } as const }, ...want.binders];
    eachTuple(reader, perspective, parameters, 1, want.where, [person], (locals, likely) => {
      if (likely <= 0.5 || !(reader.soft(perspective, want.while, locals) > 0.5)) return;
      if (want.until !== undefined) {
        const binders = locals.slice(0, parameters.length);
        const over = reader.atoms.special(Special.wantOver, [want.id, ...binders]);
        if (reader.space.odds(reader.keyRead(root, over)) !== 0) return;
      }
      const weight = reader.soft(perspective, want.weight, locals);
      if (!(weight > 0)) return;
      const given = locals.slice(0, parameters.length);
      const place = this.#places.add([perspective, want.claim, ...given]);
      aims.push({ want: want.id, claim: want.claim, locals: given, weight, place });
    });
  }

  #believed(perspective: number, person: number, aims: Aim[]): void {
    const { reader } = this;
    const { space, atoms, grounder } = reader;
    const known = new Set(aims.map((aim) => grounder.claim(aim.claim, aim.locals)));
    const found: Aim[] = [];
    for (const atom of atoms.ofSpecial(Special.wants)) {
      const [who, claim] = atoms.argsOf(atom) as [number, number];
      if (who !== person || known.has(claim)) continue;
      const from = reader.perspective;
      reader.perspective = perspective;
      const p = reader.read(atom);
      reader.perspective = from;
      if (p < LIKELY_LEAST) continue;
      const held = space.perspectives.parentOf(perspective);
      const weight = p * reader.numberHeld(held, atom);
      const place = this.#places.add([perspective, claim]);
      if (weight > 0) found.push({ want: -1, claim, locals: [], weight, place });
    }
    found.sort((a, b) => grounder.compare(a.claim, b.claim));
    aims.push(...found);
  }
}
