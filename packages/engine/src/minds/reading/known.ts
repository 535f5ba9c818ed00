/**
 * What a person knows, as against what their mind reckons with. Where nothing was perceived, told,
 * inferred or there at the start, a mind still needs a number and takes the field's default or
 * prior; asked for an answer, the person does not know.
 *
 * A yes/no is the range its confidence may lie in: [p, p] where it is known, [0, 1] where it rests
 * on nothing; `unknown and false` is false. Any other value is there, or undefined. Nothing here
 * chooses: choices go by the evaluator.
 */
import type { ExprId, ExprNode, Perception } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { Way } from "../beliefs/common-ground.js";
import { confidenceOf, degree } from "../beliefs/odds.js";
import type { Evaluator } from "./evaluator.js";

/** Confidence 0 .. 1, least and most. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where to go on, for what is not held itself. */
interface Sources<T> {
  means(expr: ExprId, args: number[]): T;
  inParent(parent: number): T;
  /** Undefined: as fields of that kind are to begin with. */
  atStart(value: number | undefined): T;
}

type AtHeart = Extract<ExprNode, { readonly op: "wants" | "intends" }>;
type Quantified = Extract<ExprNode, { readonly op: "quantified" }>;

const OPEN: Range = { low: 0, high: 1 };
/** Surer than this is an answer. */
const SURE = 0.9;
/** Definitions within definitions; beyond, nobody knows. */
const DEPTH_MAX = 400;

/** As the person knows now; NaN: unknown, also of a yes/no that could be either. */
export function answerAs(reader: Evaluator, person: number, expr: ExprId): number {
  const knowing = new Knowing(reader);
  const own = reader.space.perspectives.root(person);
  if (!isBoolean(reader, expr)) return knowing.value(own, expr, []) ?? Number.NaN;
  const { low, high } = knowing.likely(own, expr, []);
  return low > SURE ? 1 : high < 1 - SURE ? 0 : Number.NaN;
}

/**
 * Whether whoever stands last in the perspective has anything to go by: more than a prior or a
 * default, or what is their own. What is computed can be told where it comes out the same
 * whatever the parts are that cannot.
 */
export function canTell(
  reader: Evaluator,
  perspective: number,
  claim: ExprId,
  locals: number[],
): boolean {
  const { low, high } = new Knowing(reader, true).likely(perspective, claim, locals);
  return low === high || low > 0.5 || high < 0.5;
}

class Knowing {
  #depth = 0;

  /** `whether`: how it is need not be known here, only that the last of the chain knows. */
  constructor(
    readonly reader: Evaluator,
    readonly whether = false,
  ) {}

  likely(perspective: number, expr: ExprId, locals: number[]): Range {
    const { reader } = this;
    const whole = this.#whole(perspective, expr, locals);
    if (whole !== undefined) return whole;
    const node = reader.world.expressions.get(expr);
    switch (node.op) {
      case "not":
        return not(this.likely(perspective, node.args[0], locals));
      case "and":
      case "or": {
        const left = this.likely(perspective, node.args[0], locals);
        const right = this.likely(perspective, node.args[1], locals);
        return node.op === "and" ? both(left, right) : not(both(not(left), not(right)));
      }
      case "if":
        return this.#either(perspective, node.args, locals);
      case "eq":
      case "ne":
      case "lt":
      case "le":
      case "gt":
      case "ge": {
        const known = node.args.every((one) => this.value(perspective, one, locals) !== undefined);
        return known ? exactly(reader.soft(perspective, expr, locals)) : OPEN;
      }
      case "holds": {
        const claim = this.value(perspective, node.args[0], locals);
        if (claim === undefined) return OPEN;
        return claim >= 0 ? this.likely(perspective, claim, []) : exactly(0);
      }
      case "believes": {
        const subject = this.value(perspective, node.args[0], locals);
        if (subject === undefined) return OPEN;
        if (!(subject >= 0)) return exactly(0);
        const inner = reader.space.perspectives.extend(perspective, subject);
        return this.likely(inner, node.args[1], locals);
      }
      case "wants":
      case "intends":
        return this.#atHeart(perspective, expr, node, locals);
      case "fluent": {
        const atom = this.#atomOf(perspective, node, locals);
        if (atom === undefined) return OPEN;
        return atom < 0 ? exactly(0) : this.#likelyOf(perspective, atom);
      }
      case "quantified":
        return this.#overAll(perspective, node, locals);
      default:
        return exactly(reader.soft(perspective, expr, locals));
    }
  }

  /** Undefined: not known. A value may itself be none (-1) or unknown (NaN), and known to be. */
  value(perspective: number, expr: ExprId, locals: number[]): number | undefined {
    const { reader } = this;
    if (isBoolean(reader, expr)) {
      const { low, high } = this.likely(perspective, expr, locals);
      return low === high ? low : undefined;
    }
    const node = reader.world.expressions.get(expr);
    switch (node.op) {
      case "fluent": {
        const atom = this.#atomOf(perspective, node, locals);
        if (atom === undefined || atom < 0) return atom;
        return this.#valueOf(perspective, atom);
      }
      case "quantified":
        return this.#among(perspective, node, locals);
      case "if": {
        const [condition, yes, no] = node.args;
        const { low, high } = this.likely(perspective, condition, locals);
        const [left, right] = [yes, no].map((one) => this.value(perspective, one, locals));
        if (low > 0.999 || left === right) return left;
        if (high < 0.001) return right;
        if (low !== high || left === undefined || right === undefined) return undefined;
        return reader.soft(perspective, expr, locals);
      }
      case "according": {
        const subject = this.value(perspective, node.args[0], locals);
        if (subject === undefined || !(subject >= 0)) return subject;
        const inner = reader.space.perspectives.extend(perspective, subject);
        return this.value(inner, node.args[1], locals);
      }
      case "confidence": {
        const subject = this.value(perspective, node.args[0], locals);
        if (subject === undefined || !(subject >= 0)) return subject;
        const inner = reader.space.perspectives.extend(perspective, subject);
        const { low, high } = this.likely(inner, node.args[1], locals);
        return low === high ? low : undefined;
      }
      case "add":
      case "sub":
      case "mul":
      case "div":
      case "min":
      case "max":
      case "neg":
      case "sqrt":
      case "deed": {
        const known = node.args.every((one) => this.value(perspective, one, locals) !== undefined);
        return known ? reader.soft(perspective, expr, locals) : undefined;
      }
      default:
        return reader.soft(perspective, expr, locals);
    }
  }

  /** What was believed as a whole, though it could be worked out from its parts. */
  #whole(perspective: number, expr: ExprId, locals: number[]): Range | undefined {
    const { reader } = this;
    if (expr >= reader.code.op.length) reader.code.grow();
    if (!reader.wholeShapes.has(reader.code.shapeOf(expr))) return undefined;
    const atom = reader.atoms.special(Special.claim, [reader.grounder.claim(expr, locals)]);
    const odds = reader.space.odds(reader.keyRead(perspective, atom));
    return odds === 0 ? undefined : exactly(confidenceOf(odds));
  }

  /** The atom meant; -1 of nobody; undefined where it is not known whose it is. */
  #atomOf(
    perspective: number,
    node: Extract<ExprNode, { readonly op: "fluent" }>,
    locals: number[],
  ): number | undefined {
    const args = node.args.map((one) => this.value(perspective, one, locals));
    if (args.includes(undefined)) return undefined;
    const known = args as number[];
    return known.every((one) => one >= 0) ? this.reader.atoms.of(node.fluent, known) : -1;
  }

  #likelyOf(perspective: number, atom: number): Range {
    const key = this.reader.keyRead(perspective, atom);
    const odds = this.reader.space.odds(key);
    if (odds !== 0 && !this.#isOutdated(perspective, key, atom)) return exactly(confidenceOf(odds));
    return this.#unheld(perspective, atom, OPEN, {
      means: (expr, args) => this.likely(perspective, expr, args),
      inParent: (parent) => this.#likelyOf(parent, atom),
      atStart: (value) => exactly(value ?? this.reader.common.priorOf(this.#fluent(atom), atom)),
    });
  }

  #valueOf(perspective: number, atom: number): number | undefined {
    const key = this.reader.keyRead(perspective, atom);
    const held = this.reader.space.odds(key) !== 0;
    if (held && !this.#isOutdated(perspective, key, atom)) return this.reader.space.value(key);
    return this.#unheld<number | undefined>(perspective, atom, undefined, {
      means: (expr, args) => this.value(perspective, expr, args),
      inParent: (parent) => this.#valueOf(parent, atom),
      atStart: (value) => value ?? this.reader.common.defaultOf(this.#fluent(atom), atom),
    });
  }

  #isOutdated(perspective: number, key: number, atom: number): boolean {
    const from = this.reader.perspective;
    this.reader.perspective = perspective;
    const outdated = this.reader.outdated.is(key, this.#fluent(atom), atom);
    this.reader.perspective = from;
    return outdated;
  }

  #fluent(atom: number): number {
    return this.reader.atoms.fluentOf(atom);
  }

  /** As `Unheld`, but what has only a default or a prior to rest on is `otherwise`. */
  #unheld<T>(perspective: number, atom: number, otherwise: T, from: Sources<T>): T {
    if (this.#depth >= DEPTH_MAX) return otherwise;
    this.#depth++;
    const value = this.#notHeld(perspective, atom, otherwise, from);
    this.#depth--;
    return value;
  }

  #notHeld<T>(perspective: number, atom: number, otherwise: T, from: Sources<T>): T {
    const { common, population, space, world } = this.reader;
    const fluent = this.#fluent(atom);
    const schema = world.fluents[fluent];
    const args = this.reader.atoms.argsOf(atom);
    const chain = space.perspectives;
    const nested = chain.depthOf(perspective) > 1;
    const parent = chain.parentOf(perspective);
    const way = common.wayOf[fluent];
    const clauses = schema?.perceptions ?? [];
    const own = way === Way.private && args[0] === chain.lastOf(perspective);
    // Who knows it all the same, though those before in the chain do not.
    const taken = (held: T): T =>
      this.whether && held === otherwise ? from.atStart(undefined) : held;
    if (nested && way === Way.perceived && this.#sees(perspective, clauses, args)) {
      return taken(from.inParent(parent));
    }
    if (schema?.means !== undefined) return from.means(schema.means, args.slice());
    if (own && nested) return taken(from.inParent(parent));
    if (own) return taken(otherwise);
    if (way !== Way.public) return otherwise;
    const entities = args.filter((_, index) => {
      return index === 0 || schema?.parameters[index - 1]?.type.kind === "entity";
    });
    if (!nested) {
      const known = entities.every((one) => this.#isKnown(perspective, one));
      return known ? from.atStart(common.valueAtStart(atom)) : otherwise;
    }
    const owner = population.typeOf(args[0] as number);
    const veil = owner >= 0 ? population.clausesOf(owner) : [];
    const open = veil.length === 0 || this.#sees(perspective, veil, [args[0] as number]);
    return open ? from.inParent(parent) : otherwise;
  }

  /** Whether the person knows that it is, or was, there. */
  #isKnown(perspective: number, entity: number): boolean {
    const { atoms, space, population } = this.reader;
    const exists = atoms.special(Special.exists, [entity]);
    if (space.odds(this.reader.keyRead(perspective, exists)) !== 0) return true;
    const type = population.typeOf(entity);
    return type >= 0 && entity < population.declaredCount && !population.isVeiled(type);
  }

  #sees(perspective: number, clauses: readonly Perception[], args: readonly number[]): boolean {
    const chain = this.reader.space.perspectives;
    const observer = chain.lastOf(perspective);
    const parent = chain.parentOf(perspective);
    return this.reader.unheld.wouldPerceive(parent, clauses, args, observer);
  }

  /** One's own wants and intentions one knows; another's where something is believed of them. */
  #atHeart(perspective: number, expr: ExprId, node: AtHeart, locals: number[]): Range {
    const { reader } = this;
    const chain = reader.space.perspectives;
    const subject = this.value(perspective, node.args[0], locals);
    if (subject === undefined) return OPEN;
    const p = degree(reader.soft(perspective, expr, locals));
    if (!(subject >= 0) || p > 0.5 || subject === chain.rootOf(perspective)) return exactly(p);
    const wanted = node.op === "wants";
    const what = wanted
      ? reader.grounder.claim(node.args[1], locals)
      : this.value(perspective, node.args[1], locals);
    if (what === undefined) return OPEN;
    const atom = reader.atoms.special(wanted ? Special.wants : Special.intends, [subject, what]);
    for (let at = perspective; at !== 0; at = chain.parentOf(at)) {
      if (reader.space.odds(reader.keyRead(at, atom)) !== 0) return exactly(p);
    }
    return OPEN;
  }

  #either(perspective: number, args: readonly ExprId[], locals: number[]): Range {
    const [condition, yes, no] = args.map((one) => this.likely(perspective, one, locals)) as [
      Range,
      Range,
      Range,
    ];
    if (condition.low > 0.999) return yes;
    if (condition.high < 0.001) return no;
    if (condition.low !== condition.high) {
      return { low: Math.min(yes.low, no.low), high: Math.max(yes.high, no.high) };
    }
    const share = condition.low;
    const mixed = (left: number, right: number): number => share * left + (1 - share) * right;
    return { low: mixed(yes.low, no.low), high: mixed(yes.high, no.high) };
  }

  #overAll(perspective: number, node: Quantified, locals: number[]): Range {
    let none: Range = exactly(1);
    for (const entity of this.#entities(perspective, node)) {
      locals[node.slot] = entity;
      const weight = this.likely(perspective, node.where, locals);
      if (weight.high === 0) continue;
      locals[node.slot] = entity;
      const body = this.likely(perspective, node.body, locals);
      none = both(none, not(both(weight, node.quantifier === "every" ? not(body) : body)));
    }
    return node.quantifier === "some" ? not(none) : none;
  }

  #among(perspective: number, node: Quantified, locals: number[]): number | undefined {
    const { quantifier } = node;
    const summed = quantifier === "sum" || quantifier === "count";
    let total = 0;
    let best = Number.NaN;
    for (const entity of this.#entities(perspective, node)) {
      locals[node.slot] = entity;
      const { low, high } = this.likely(perspective, node.where, locals);
      if (summed ? high === 0 : high <= 0.5) continue;
      if (summed ? low !== high : low <= 0.5) return undefined;
      if (quantifier === "the") return entity;
      locals[node.slot] = entity;
      const value = quantifier === "count" ? 1 : this.value(perspective, node.body, locals);
      if (value === undefined) return undefined;
      total += low * value;
      const better = quantifier === "most" ? value > best : value < best;
      if (Number.isNaN(best) || better) best = value;
    }
    if (quantifier === "the") return -1;
    return summed ? total : best;
  }

  /** Those the person knows of: of others nobody can say anything. */
  #entities(perspective: number, node: Quantified): readonly number[] {
    const from = this.reader.perspective;
    this.reader.perspective = perspective;
    const entities = this.reader.entitiesOf(node.type).slice();
    this.reader.perspective = from;
    return entities;
  }
}

function isBoolean(reader: Evaluator, expr: ExprId): boolean {
  return reader.world.expressions.typeOf(expr).kind === "boolean";
}

/** What is not known to hold does not. */
function exactly(p: number): Range {
  const known = degree(p);
  return { low: known, high: known };
}

function not({ low, high }: Range): Range {
  return { low: 1 - high, high: 1 - low };
}

function both(left: Range, right: Range): Range {
  return { low: left.low * right.low, high: left.high * right.high };
}
