/**
 * Reads a belief space: the value of an expression as it stands in a perspective. Two manners:
 *
 *   soft      booleans are confidences 0 .. 1 and combine as such: wants, needs, care;
 *   splitting a boolean is 0 or 1: what is uncertain asks the oracle and is then settled on this
 *             path (conditions and effects of a foresight).
 *
 * What nothing is held of is read in the order of docs/minds.md, section 1.
 */
import type { ExprId, ValueType, World } from "@fabula/model";
import { Atoms, Special } from "../beliefs/atoms.js";
import { BeliefSpace, SETTLED_TYPES } from "../beliefs/belief-space.js";
import { CommonGround } from "../beliefs/common-ground.js";
import { type Grounder, grounderOf } from "../beliefs/grounder.js";
import {
  CERTAIN,
  confidenceOf,
  degree,
  IMPOSSIBLE,
  SETTLED_HIGH,
  SETTLED_LOW,
} from "../beliefs/odds.js";
import { Population } from "../beliefs/population.js";
import type { ChooserHost } from "../choosing/chooser-host.js";
import { Oracle } from "../foresight/oracle.js";
import { type Code, codeOf, Op } from "./code.js";
import { EntityLists } from "./entity-lists.js";
import { canTell } from "./known.js";
import { happenedTimes, lastHappened } from "./memory.js";
import { Outdated } from "./outdated.js";
import { evaluateRange } from "./range.js";
import { ReadLog } from "./read-log.js";
import { allThere } from "./tuples.js";
import { Undisputed } from "./undisputed.js";
import { nobodys, Unheld } from "./unheld.js";

export class Evaluator {
  readonly world: World;
  readonly code: Code;
  readonly atoms: Atoms;
  readonly space: BeliefSpace;
  readonly population: Population;
  readonly common: CommonGround;
  readonly grounder: Grounder;
  readonly log: ReadLog;
  readonly unheld: Unheld;
  readonly outdated: Outdated;
  readonly undisputed: Undisputed;
  perspective = 0;
  splitting = false;
  oracle = new Oracle();
  /** Milliseconds passed in the foresight. Not 0: V8 would take them for small integers. */
  elapsed = -0;
  /** Told of each boolean atom read, with the confidence found. */
  tracer: ((perspective: number, atom: number, confidence: number) => void) | undefined;
  /** By shape: comparisons and the like of this shape have been believed as a whole. */
  readonly wholeShapes = new Set<number>();
  /** How many outlooks the reading is inside of: an outlook in there is not looked into. */
  outlooksInside = 0;
  /** Set by the foresight and the wants: they read with this evaluator themselves. */
  outlookOf: (perspective: number) => number = () => 0.5;
  hasWant: (person: number, claim: ExprId) => number = () => 0;
  readonly #lists: EntityLists;
  readonly #deedTypes: (readonly { type: ValueType }[])[];

  constructor(readonly host: ChooserHost) {
    this.world = host.world;
    this.code = codeOf(host.world.expressions);
    this.atoms = new Atoms(host.world);
    this.population = new Population(host.world, host.cells);
    this.common = new CommonGround(host.world, this.atoms, this.population);
    this.undisputed = new Undisputed(host.world, this.population, this.common);
    this.space = new BeliefSpace(this.atoms, host.cells, this.undisputed);
    this.population.onUnsettled = () => this.space.relist(SETTLED_TYPES);
    this.grounder = grounderOf(host.world.expressions);
    this.log = new ReadLog(this.space, () => this.population.observers.length);
    this.#lists = new EntityLists(this);
    this.unheld = new Unheld(this);
    this.outdated = new Outdated(this);
    this.#deedTypes = host.world.actions.map((action) => action.parameters);
  }

  get now(): number {
    return this.host.now + this.elapsed;
  }

  /** Confidence 0 .. 1 or value of the expression, softly, in a perspective. */
  soft(perspective: number, expr: ExprId, locals: number[]): number {
    const from = this.perspective;
    const was = this.splitting;
    this.perspective = perspective | 0; // out of a typed array it is no small integer for V8
    this.splitting = false;
    const value = this.evaluate(expr, locals);
    this.perspective = from;
    this.splitting = was;
    return value;
  }

  evaluate(expr: ExprId, locals: number[]): number {
    const code = this.code;
    if (expr >= code.op.length) code.grow();
    const a = code.a[expr] as number;
    const b = code.b[expr] as number;
    switch (code.op[expr]) {
      case Op.constant:
        return code.value[expr] as number;
      case Op.local:
        return locals[a] ?? Number.NaN;
      case Op.owned: {
        const owner = this.evaluate(b, locals);
        return owner >= 0 ? this.read(this.atoms.ofOwner(a, owner)) : nobodys(this, a);
      }
      case Op.paired: {
        const owner = this.evaluate(b, locals);
        const other = this.evaluate(code.c[expr] as number, locals);
        if (!(owner >= 0 && other >= 0)) return nobodys(this, a);
        return this.read(this.atoms.ofPair(a, owner, other));
      }
      case Op.fluent: {
        const atom = this.#atomOf(expr, locals);
        return atom < 0 ? nobodys(this, a) : this.read(atom);
      }
      case Op.add:
        return this.evaluate(a, locals) + this.evaluate(b, locals);
      case Op.sub:
        return this.evaluate(a, locals) - this.evaluate(b, locals);
      case Op.mul:
        return this.evaluate(a, locals) * this.evaluate(b, locals);
      case Op.div:
        return this.evaluate(a, locals) / this.evaluate(b, locals);
      case Op.min:
        return Math.min(this.evaluate(a, locals), this.evaluate(b, locals));
      case Op.max:
        return Math.max(this.evaluate(a, locals), this.evaluate(b, locals));
      case Op.neg:
        return -this.evaluate(a, locals);
      case Op.sqrt:
        return Math.sqrt(this.evaluate(a, locals));
      case Op.isa:
        return this.population.isA(this.population.typeOf(this.evaluate(a, locals)), b) ? 1 : 0;
      case Op.now:
        this.log.note(0);
        return this.now;
      default:
        return this.#evaluateWhole(expr, locals);
    }
  }

  /** What may also be believed as a whole, then the rest. */
  #evaluateWhole(expr: ExprId, locals: number[]): number {
    if (this.wholeShapes.size > 0 && this.wholeShapes.has(this.code.shapeOf(expr))) {
      const atom = this.atoms.special(Special.claim, [this.grounder.claim(expr, locals)]);
      const odds = this.space.odds(this.keyRead(this.perspective, atom));
      if (odds !== 0) return this.#settle(atom, confidenceOf(odds));
    }
    const code = this.code;
    const a = code.a[expr] as number;
    const b = code.b[expr] as number;
    switch (code.op[expr]) {
      case Op.and: {
        const left = degree(this.evaluate(a, locals));
        if (left === 0 && !this.undisputed.leavesOpen(this, a, locals)) return 0;
        return left * degree(this.evaluate(b, locals));
      }
      case Op.or: {
        const left = degree(this.evaluate(a, locals));
        if (left === 1 && this.tracer === undefined) return 1;
        return 1 - (1 - left) * (1 - degree(this.evaluate(b, locals)));
      }
      case Op.not:
        return 1 - degree(this.evaluate(a, locals));
      case Op.eq:
        return this.#equals(a, b, locals);
      case Op.ne:
        return 1 - this.#equals(a, b, locals);
      case Op.lt:
        return this.evaluate(a, locals) < this.evaluate(b, locals) ? 1 : 0;
      case Op.le:
        return this.evaluate(a, locals) <= this.evaluate(b, locals) ? 1 : 0;
      case Op.gt:
        return this.evaluate(a, locals) > this.evaluate(b, locals) ? 1 : 0;
      case Op.ge:
        return this.evaluate(a, locals) >= this.evaluate(b, locals) ? 1 : 0;
      case Op.if:
        return this.#choose(expr, locals);
      default:
        return this.#evaluateMind(expr, locals);
    }
  }

  #evaluateMind(expr: ExprId, locals: number[]): number {
    const code = this.code;
    const a = code.a[expr] as number;
    const b = code.b[expr] as number;
    switch (code.op[expr]) {
      case Op.claim:
        return this.grounder.claim(a, locals);
      case Op.deed: {
        const values = this.#valuesOf(code.args[expr] as readonly number[], locals);
        return this.grounder.deed(a, values, this.#deedTypes[a] ?? []);
      }
      case Op.holds: {
        const claim = this.evaluate(a, locals);
        return claim >= 0 ? this.evaluate(claim, []) : 0;
      }
      case Op.believes:
      case Op.confidence: {
        const subject = this.evaluate(a, locals);
        if (!(subject >= 0)) return 0;
        const p = degree(
          this.soft(this.space.perspectives.extend(this.perspective, subject), b, locals),
        );
        return code.op[expr] === Op.believes && this.splitting ? (p > 0.5 ? 1 : 0) : p;
      }
      case Op.canTell: {
        const subject = this.evaluate(a, locals);
        if (!(subject >= 0)) return 0;
        const inner = this.space.perspectives.extend(this.perspective, subject);
        return canTell(this, inner, b, locals) ? 1 : 0;
      }
      case Op.according: {
        const subject = this.evaluate(a, locals);
        if (!(subject >= 0)) return Number.NaN;
        return this.soft(this.space.perspectives.extend(this.perspective, subject), b, locals);
      }
      case Op.wants:
        return this.hasWant(this.evaluate(a, locals), this.grounder.claim(b, locals));
      case Op.intends: {
        const subject = this.evaluate(a, locals);
        const deed = this.evaluate(b, locals);
        if (!(subject >= 0 && deed >= 0)) return 0;
        return this.read(this.atoms.special(Special.intends, [subject, deed]));
      }
      case Op.outlook: {
        const subject = this.evaluate(a, locals);
        if (!(subject >= 0)) return 0;
        return this.outlookOf(this.space.perspectives.extend(this.perspective, subject));
      }
      case Op.countOf:
        return happenedTimes(this, expr, locals);
      case Op.timeSince:
        return lastHappened(this, expr, locals);
      default:
        return evaluateRange(this, expr, locals);
    }
  }

  /** Who is there of the type, as far as is known in this perspective, in birth order. */
  entitiesOf(type: number): readonly number[] {
    return this.#lists.of(type);
  }

  /** Confidence that the entity is there. */
  exists(entity: number): number {
    const was = this.splitting;
    this.splitting = false;
    const tracer = this.tracer;
    this.tracer = undefined;
    const p = this.read(this.atoms.ofOwner(this.atoms.firstSpecial + Special.exists, entity));
    this.splitting = was;
    this.tracer = tracer;
    return p;
  }

  /** Confidence or value of an atom in this perspective. */
  read(atom: number): number {
    const fluent = this.atoms.fluentOf(atom);
    const boolean = fluent >= this.atoms.firstSpecial || this.common.isBoolean[fluent] === true;
    if ((this.tracer === undefined || !boolean) && this.undisputed.is(fluent)) {
      const fact = this.undisputed.valueOf(fluent, atom);
      if (!boolean || !this.splitting) return fact;
      if (fact > SETTLED_HIGH) return 1;
      if (fact < SETTLED_LOW) return 0;
    }
    const key = this.keyRead(this.perspective, atom);
    const odds = this.space.odds(key);
    if (odds === 0 || this.outdated.is(key, fluent, atom)) {
      const p = this.unheld.of(fluent, atom);
      if (boolean) {
        if (this.tracer !== undefined) this.tracer(this.perspective, atom, p);
        return this.splitting ? this.#settle(atom, p) : p;
      }
      return p;
    }
    if (!boolean) return this.space.value(key);
    return this.#settle(atom, confidenceOf(odds));
  }

  /** The key of a perspective and an atom, or 0; noted where reads are. */
  keyRead(perspective: number, atom: number): number {
    if (!this.log.isOpen) return this.space.find(perspective, atom);
    const key = this.space.make(perspective, atom);
    this.log.note(key);
    return key;
  }

  /** The number held with a pseudo-fluent here, or in the chains before; 0 where none is. */
  numberHeld(perspective: number, atom: number): number {
    const chain = this.space.perspectives;
    for (let at = perspective; at !== 0; at = chain.parentOf(at)) {
      const key = this.keyRead(at, atom);
      if (this.space.odds(key) !== 0) return this.space.value(key);
    }
    return 0;
  }

  /** Confidence in the value held of an atom that is no boolean. */
  sureOfValue(atom: number): number {
    if (this.undisputed.is(this.atoms.fluentOf(atom))) return 1;
    const odds = this.space.odds(this.keyRead(this.perspective, atom));
    return odds === 0 ? 1 : confidenceOf(odds);
  }

  #settle(atom: number, p: number): number {
    if (this.tracer !== undefined) this.tracer(this.perspective, atom, p);
    if (!this.splitting) return p;
    if (p > SETTLED_HIGH) return 1;
    if (p < SETTLED_LOW) return 0;
    const yes = this.oracle.ask(p);
    this.space.settle(this.perspective, atom, yes ? CERTAIN : IMPOSSIBLE, yes ? 1 : 0);
    return yes ? 1 : 0;
  }

  #equals(a: ExprId, b: ExprId, locals: number[]): number {
    const left = this.evaluate(a, locals);
    const right = this.evaluate(b, locals);
    const same = left === right || (Number.isNaN(left) && Number.isNaN(right));
    if (!same) return 0;
    const sure = this.#sureOf(a, locals) * this.#sureOf(b, locals);
    return sure === 1 || !this.splitting ? sure : sure > 0.5 ? 1 : 0;
  }

  #sureOf(expr: ExprId, locals: number[]): number {
    const op = this.code.op[expr];
    if (op !== Op.owned && op !== Op.paired && op !== Op.fluent) return 1;
    const fluent = this.code.a[expr] as number;
    const isFact = this.tracer === undefined && this.undisputed.is(fluent);
    if (isFact || this.common.isBoolean[fluent] === true) return 1;
    const atom = this.#atomOf(expr, locals);
    return atom < 0 ? 1 : this.sureOfValue(atom);
  }

  /** The atom that a fluent is here; -1 where it is nobody's. */
  #atomOf(expr: ExprId, locals: number[]): number {
    const { code, atoms } = this;
    const fluent = code.a[expr] as number;
    if (code.op[expr] === Op.owned) {
      const owner = this.evaluate(code.b[expr] as number, locals);
      return owner >= 0 ? atoms.ofOwner(fluent, owner) : -1;
    }
    const args = this.#valuesOf(code.args[expr] as readonly number[], locals);
    return allThere(args) ? atoms.of(fluent, args) : -1;
  }

  /** A closure in `evaluate` itself would cost all of its calls a context. */
  #valuesOf(exprs: readonly ExprId[], locals: number[]): number[] {
    const values: number[] = [];
    for (let at = 0; at < exprs.length; at++)
      values.push(this.evaluate(exprs[at] as number, locals));
    return values;
  }

  #choose(expr: ExprId, locals: number[]): number {
    const { code } = this;
    const condition = degree(this.evaluate(code.a[expr] as number, locals));
    const yes = code.b[expr] as number;
    const no = code.c[expr] as number;
    if (condition >= 0.999) return this.evaluate(yes, locals);
    if (condition <= 0.001) return this.evaluate(no, locals);
    const { kind } = this.world.expressions.typeOf(expr);
    const mixes = kind === "number" || kind === "boolean";
    if (!mixes) return this.evaluate(condition > 0.5 ? yes : no, locals);
    return condition * this.evaluate(yes, locals) + (1 - condition) * this.evaluate(no, locals);
  }
}
