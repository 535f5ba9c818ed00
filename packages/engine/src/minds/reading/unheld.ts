/**
 * What nobody told me: how a mind makes up what nothing is held of, in the order of docs/minds.md,
 * section 1. What it makes up is kept for as long as nothing it was worked out from changes.
 */
import type { Perception } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { Way } from "../beliefs/common-ground.js";
import { SETTLED_HIGH, SETTLED_LOW } from "../beliefs/odds.js";
import type { Evaluator } from "./evaluator.js";
import { Nodes } from "./nodes.js";

/** Definitions within definitions; a world whose fields lead back to themselves is refused. */
const ROUNDS_MAX = 400;

export class Unheld {
  #depth = 0;
  /** By key, and whether inside an outlook: what was made up. */
  readonly #known: Nodes<number>;

  constructor(readonly reader: Evaluator) {
    this.#known = new Nodes(reader, (place) => this.#make(place), Object.is);
  }

  /** What nobody told me, kept for as long as nothing it was worked out from changes. */
  of(fluent: number, atom: number): number {
    const { reader } = this;
    if (reader.tracer !== undefined) return this.#unheld(fluent, atom);
    if (this.#isUsual(fluent, atom)) return this.#usual(fluent, atom);
    const { space, log } = reader;
    const key = space.make(reader.perspective, atom);
    const place = key * 2 + (reader.outlooksInside > 0 ? 1 : 0);
    const known = this.#known.find(place);
    const was = reader.splitting;
    if (known !== undefined) {
      const value = known.value as number;
      if (was && this.#isUncertain(fluent, value)) return this.#unheld(fluent, atom);
      log.noteNode(known);
      return value;
    }
    reader.splitting = false;
    const start = log.open();
    const value = this.#known.close(start, place, this.#unheld(fluent, atom));
    reader.splitting = was;
    return was && this.#isUncertain(fluent, value) ? this.#unheld(fluent, atom) : value;
  }

  /** Nothing that is believed makes it otherwise: there is nothing to keep. */
  #isUsual(fluent: number, atom: number): boolean {
    const { atoms, common, perspective, space, world } = this.reader;
    if (fluent >= atoms.firstSpecial || world.fluents[fluent]?.means !== undefined) return false;
    const chain = space.perspectives;
    if (chain.depthOf(perspective) === 1) return true;
    const isPrivate = common.wayOf[fluent] === Way.private;
    return isPrivate && atoms.argsOf(atom)[0] !== chain.lastOf(perspective);
  }

  #usual(fluent: number, atom: number): number {
    const { common, perspective, space } = this.reader;
    const isKnown =
      common.wayOf[fluent] === Way.public && space.perspectives.depthOf(perspective) === 1;
    return (isKnown ? common.valueAtStart(atom) : undefined) ?? this.#default(fluent, atom);
  }

  #make(place: number): number {
    const { reader } = this;
    const { space, atoms } = reader;
    const key = place >> 1;
    const atom = space.atomOf(key);
    reader.perspective = space.perspectiveOf(key);
    reader.outlooksInside = place & 1;
    return this.#unheld(atoms.fluentOf(atom), atom);
  }

  /** A truth that is to be settled on each path. */
  #isUncertain(fluent: number, value: number): boolean {
    return value >= SETTLED_LOW && value <= SETTLED_HIGH && this.#isTruth(fluent);
  }

  #isTruth(fluent: number): boolean {
    const { reader } = this;
    return fluent >= reader.atoms.firstSpecial || reader.common.isBoolean[fluent] === true;
  }

  /** What nobody told me. */
  #unheld(fluent: number, atom: number): number {
    const { reader } = this;
    if (++this.#depth > ROUNDS_MAX) {
      this.#depth--;
      return nobodys(reader, fluent);
    }
    const value =
      fluent >= reader.atoms.firstSpecial
        ? this.#unheldSpecial(atom)
        : this.#unheldFluent(fluent, atom);
    this.#depth--;
    return value;
  }

  #unheldFluent(fluent: number, atom: number): number {
    const { reader } = this;
    const chain = reader.space.perspectives;
    const nested = chain.depthOf(reader.perspective) > 1;
    const way = reader.common.wayOf[fluent];
    const args = reader.atoms.argsOf(atom);
    const schema = reader.world.fluents[fluent];
    if (nested && way === Way.perceived && this.#perceives(schema?.perceptions ?? [], args)) {
      return this.#inParent(atom);
    }
    if (schema?.means !== undefined) return reader.evaluate(schema.means, args.slice());
    if (way === Way.public) {
      if (!nested) return reader.common.valueAtStart(atom) ?? this.#default(fluent, atom);
      const owner = reader.population.typeOf(args[0] as number);
      const veil = owner >= 0 ? reader.population.clausesOf(owner) : [];
      const open = veil.length === 0 || this.#perceives(veil, [args[0] as number]);
      return open ? this.#inParent(atom) : this.#default(fluent, atom);
    }
    // One's own heart: what I take it to be, its owner knows.
    if (nested && way === Way.private && args[0] === chain.lastOf(reader.perspective)) {
      return this.#inParent(atom);
    }
    return this.#default(fluent, atom);
  }

  #unheldSpecial(atom: number): number {
    const { reader } = this;
    const chain = reader.space.perspectives;
    const nested = chain.depthOf(reader.perspective) > 1;
    const args = reader.atoms.argsOf(atom);
    switch (reader.atoms.specialOf(atom)) {
      case Special.exists: {
        const entity = args[0] as number;
        const type = reader.population.typeOf(entity);
        if (type < 0) return 0;
        const veil = reader.population.clausesOf(type);
        if (nested)
          return veil.length === 0 || this.#perceives(veil, [entity]) ? this.#inParent(atom) : 0;
        return veil.length === 0 && entity < reader.population.declaredCount ? 1 : 0;
      }
      case Special.wants:
      case Special.intends:
        return nested && args[0] === chain.lastOf(reader.perspective) ? this.#inParent(atom) : 0;
      case Special.asked:
        return nested ? this.#inParent(atom) : 0;
      default:
        return 0;
    }
  }

  #default(fluent: number, atom: number): number {
    return this.reader.common.usualOf(fluent, atom);
  }

  #inParent(atom: number): number {
    const { reader } = this;
    const from = reader.perspective;
    reader.perspective = reader.space.perspectives.parentOf(from);
    const tracer = reader.tracer;
    reader.tracer = undefined;
    const value = reader.read(atom);
    reader.tracer = tracer;
    reader.perspective = from;
    return value;
  }

  /** Whether the last of the chain would perceive it now, as the chain before believes things. */
  #perceives(clauses: readonly Perception[], args: readonly number[]): boolean {
    const { reader } = this;
    const chain = reader.space.perspectives;
    const observer = chain.lastOf(reader.perspective);
    return this.wouldPerceive(chain.parentOf(reader.perspective), clauses, args, observer);
  }

  /** Whether one of the clauses holds for the observer, as a perspective has it. */
  wouldPerceive(
    perspective: number,
    clauses: readonly Pick<Perception, "by" | "when">[],
    args: readonly number[],
    observer: number,
  ): boolean {
    const { reader } = this;
    const locals = [...args, observer];
    const tracer = reader.tracer;
    reader.tracer = undefined;
    const seen = clauses.some((clause) => {
      const named = clause.by;
      if (named !== undefined) {
        const meant = named.some((one) => reader.soft(perspective, one, locals) === observer);
        if (!meant) return false;
      }
      return clause.when === undefined || reader.soft(perspective, clause.when, locals) > 0.5;
    });
    reader.tracer = tracer;
    return seen;
  }
}

/** A fluent of nobody: false, nobody, unknown. */
export function nobodys(reader: Evaluator, fluent: number): number {
  if (reader.common.isBoolean[fluent] === true) return 0;
  return reader.world.fluents[fluent]?.type.kind === "entity" ? -1 : Number.NaN;
}
