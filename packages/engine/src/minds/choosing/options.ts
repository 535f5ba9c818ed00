/**
 * What somebody could do now, as they believe things are: every action that fits, for every way to
 * fill its parameters that comes to mind and whose needs are believed to hold.
 *
 * Parameters are filled one after the other (entities, then deeds, then claims), and each part of
 * what the action needs is tried as soon as what it reads is filled in.
 */
import type { ActionSchema, ExprId } from "@fabula/model";
import { freeLocals } from "@fabula/model";
import { NOBODYS } from "../beliefs/belief-space.js";
import type { Foresight } from "../foresight/foresight.js";
import type { Evaluator } from "../reading/evaluator.js";
import { isSameList, Nodes } from "../reading/nodes.js";
import { Remembered } from "../reading/remembered.js";
import { entitiesIn, valuesIn } from "../reading/tuples.js";
import type { Candidates } from "./candidates.js";
import type { Hooks } from "./hooks.js";

/** Most options of one choice. A world that offers more has to say what comes to mind. */
export const OPTIONS_MAX = 1_000;

/** More than there can be entities. */
const ENTITIES = 2 ** 23;

/** What somebody owes an answer to. */
export interface Owed {
  readonly kind: "telling" | "question" | "request" | "refusal";
  readonly to: number;
  /** Told or asked about; -1 none. */
  readonly claim: ExprId;
  /** Asked for, or refused; -1 none. */
  readonly deed: ExprId;
  /** Of a refusal: claims that decided it, the weightiest first. */
  readonly reasons: readonly ExprId[];
}

/** What to look for: everything, only what is said to one person, only speech. */
export interface Scope {
  readonly owed?: Owed;
  readonly hearer?: number;
  readonly speechOnly?: boolean;
}

interface Whole {
  readonly deeds: readonly ExprId[];
  /** Of the person's mind; what has been put back since; and the time, if that was read. */
  readonly pulse: number;
  readonly floor: number;
  readonly now: number;
}

interface Plan {
  /** Slots of parameters in the order they are filled. */
  readonly order: readonly number[];
  /** Of the actor alone. */
  readonly first: readonly ExprId[];
  /** By place in the order: conditions of the actor and that slot alone. */
  readonly alone: readonly (readonly ExprId[])[];
  /** By place in the order: the others whose slots are all filled then. */
  readonly joint: readonly (readonly ExprId[])[];
}

const KIND_ORDER: Readonly<Record<string, number>> = {
  entity: 0,
  symbol: 1,
  boolean: 1,
  deed: 2,
  claim: 3,
};

export class Options {
  readonly #plans = new Map<string, Plan>();
  /** What comes to mind unasked, by action, kept until something it hangs on changes. */
  readonly #known: Remembered<readonly ExprId[]>;
  /** By the mind of who speaks and type: who can be spoken to, the same for every act. */
  readonly #hearers: Nodes<readonly number[]>;
  /** All of it, kept while nothing at all is written in the person's mind. */
  readonly #whole = new Map<number, Whole>();

  constructor(
    readonly reader: Evaluator,
    readonly candidates: Candidates,
    readonly foresight: Foresight,
    readonly hooks: Hooks,
  ) {
    this.#known = new Remembered(reader);
    this.#hearers = new Nodes(reader, (place) => this.#findHearers(place), isSameList);
  }

  /** Ground deeds that come to the person's mind, in a fixed order. */
  of(person: number, scope: Scope): readonly ExprId[] {
    const { host, log, space } = this.reader;
    if (scope.owed !== undefined || log.isOpen || log.forgetful) return this.#find(person, scope);
    const hearer = (scope.hearer ?? -1) + 1;
    const name = (hearer * ENTITIES + person) * 2 + (scope.speechOnly === true ? 1 : 0);
    const known = this.#whole.get(name);
    const pulse = space.pulseOf(person);
    const holds = known?.pulse === pulse && known.floor === space.floor;
    if (holds && (Number.isNaN(known.now) || known.now === host.now)) return known.deeds;
    this.#isTimed = false;
    this.#isOwn = true;
    const deeds = this.#find(person, scope);
    const now = this.#isTimed ? host.now : Number.NaN;
    if (this.#isOwn && pulse === space.pulseOf(person)) {
      this.#whole.set(name, { deeds, pulse, floor: space.floor, now });
    }
    return deeds;
  }

  /** Of what was found last: whether the time was read; whether one mind alone was. */
  #isTimed = false;
  #isOwn = true;

  #find(person: number, scope: Scope): readonly ExprId[] {
    const { reader } = this;
    const type = reader.population.typeOf(person);
    const found: ExprId[] = [];
    for (const action of reader.world.actions) {
      const actor = action.parameters[0]?.type;
      if (actor?.kind !== "entity" || !reader.population.isA(type, actor.type)) continue;
      if (action.answers !== scope.owed?.kind && action.answers !== undefined) continue;
      if (scope.speechOnly === true && action.hearer < 0) continue;
      if (scope.hearer !== undefined && action.hearer < 0) continue;
      for (const deed of this.#ofAction(person, action, scope)) {
        if (found.length < OPTIONS_MAX) found.push(deed);
      }
    }
    return found;
  }

  #ofAction(person: number, action: ActionSchema, scope: Scope): readonly ExprId[] {
    const find = (): readonly ExprId[] => {
      const found: ExprId[] = [];
      this.#fill(person, action, scope, person, false, (args) => {
        if (found.length >= OPTIONS_MAX || this.reader.host.isForbidden(action.id, args)) return;
        const deed = this.reader.grounder.deed(action.id, args, action.parameters);
        if (action.waitsUntil === undefined || !this.#isIntended(person, deed)) found.push(deed);
      });
      return found;
    };
    if (action.answers !== undefined) return find();
    const { actions } = this.reader.world;
    const hearer = (scope.hearer ?? -1) + 1;
    const name = hearer * actions.length + action.id;
    const { root, timed, value } = this.#known.node(person, name, find);
    if (timed) this.#isTimed = true;
    if (root !== person && root !== NOBODYS) this.#isOwn = false;
    return value as readonly ExprId[];
  }

  /** What one is set on already is no choice any more. */
  #isIntended(person: number, deed: ExprId): boolean {
    const own = this.reader.space.perspectives.root(person);
    const intentions = this.foresight.intentionsOf(own, person);
    return intentions.some((one) => one.deed === deed && one.sure > 0.5);
  }

  /** Deeds that can be asked of the hearer, as the person believes things are. */
  #askable(person: number, hearer: number): ExprId[] {
    const { reader } = this;
    const type = reader.population.typeOf(hearer);
    const found: ExprId[] = [];
    for (const action of reader.world.actions) {
      const actor = action.parameters[0]?.type;
      if (!action.askable || actor?.kind !== "entity") continue;
      if (!reader.population.isA(type, actor.type)) continue;
      this.#fill(person, action, {}, hearer, true, (args) => {
        if (found.length < OPTIONS_MAX && !reader.host.isForbidden(action.id, args)) {
          found.push(reader.grounder.deed(action.id, args, action.parameters));
        }
      });
    }
    return found;
  }

  /** Fills the parameters of an action whose actor is `actor`, as `person` believes things are. */
  #fill(
    person: number,
    action: ActionSchema,
    scope: Scope,
    actor: number,
    asked: boolean,
    visit: (args: readonly number[]) => void,
  ): void {
    const own = this.reader.space.perspectives.root(person);
    const { order, first, alone, joint } = this.#planOf(action, asked);
    const locals: number[] = [actor];
    const passes = (tests: readonly ExprId[] | undefined): boolean =>
      tests === undefined || tests.every((test) => this.reader.soft(own, test, locals) > 0.5);
    /** By place: what fits whatever else is filled in. */
    const fitting: (readonly number[])[] = [];
    const valuesAt = (place: number, slot: number): readonly number[] => {
      const known = fitting[place];
      if (known !== undefined) return known;
      const range = this.#rangeOf(person, action, slot, scope, locals, asked);
      const values = range.filter((value) => {
        locals[slot] = value;
        return passes(alone[place]);
      });
      if (isRanged(action.parameters[slot]?.type.kind)) fitting[place] = values;
      return values;
    };
    const next = (place: number): void => {
      const slot = order[place];
      if (slot === undefined) {
        visit(locals.slice(0, action.parameters.length));
        return;
      }
      for (const value of valuesAt(place, slot)) {
        locals[slot] = value;
        if (passes(joint[place])) next(place + 1);
      }
    };
    if (passes(first)) next(0);
  }

  #planOf(action: ActionSchema, asked: boolean): Plan {
    const key = `${action.id}:${asked}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const kindAt = (slot: number): number =>
      slot === action.hearer ? -1 : (KIND_ORDER[action.parameters[slot]?.type.kind ?? ""] ?? 4);
    const order = action.parameters.map((_, slot) => slot).slice(1);
    order.sort((a, b) => kindAt(a) - kindAt(b) || a - b);
    const first: ExprId[] = [];
    const alone: ExprId[][] = order.map(() => []);
    const joint: ExprId[][] = order.map(() => []);
    const pool = this.reader.world.expressions;
    const wholes =
      asked || action.comesToMind === undefined
        ? [action.needs]
        : [action.comesToMind, action.needs];
    const parts: ExprId[] = [];
    const split = (expr: ExprId): void => {
      const node = pool.get(expr);
      if (node.op === "and") for (const arg of node.args) split(arg);
      else parts.push(expr);
    };
    for (const whole of wholes) split(whole);
    for (const part of parts) {
      const slots = freeLocals(pool, part).filter((slot) => slot > 0);
      const place = Math.max(-1, ...slots.map((slot) => order.indexOf(slot)));
      if (place < 0) first.push(part);
      else (slots.length === 1 ? alone : joint)[place]?.push(part);
    }
    const plan = { order, first, alone, joint };
    this.#plans.set(key, plan);
    return plan;
  }

  #rangeOf(
    person: number,
    action: ActionSchema,
    slot: number,
    scope: Scope,
    locals: readonly number[],
    asked: boolean,
  ): readonly number[] {
    const type = action.parameters[slot]?.type;
    switch (type?.kind) {
      case "entity":
        return this.#entities(person, action, slot, scope, asked, type.type);
      case "deed":
        return this.#deeds(person, action, slot, scope, locals, asked);
      case "claim":
        return this.#claims(person, action, slot, scope, locals, asked);
      default:
        return valuesIn(this.reader, this.reader.space.perspectives.root(person), type);
    }
  }

  #entities(
    person: number,
    action: ActionSchema,
    slot: number,
    scope: Scope,
    asked: boolean,
    type: number,
  ): readonly number[] {
    const own = this.reader.space.perspectives.root(person);
    if (slot !== action.hearer || asked) return entitiesIn(this.reader, own, type);
    const only = action.answers === undefined ? scope.hearer : scope.owed?.to;
    if (only === undefined) return this.#hearers.get(own * this.reader.world.types.length + type);
    return entitiesIn(this.reader, own, type).filter(
      (other) => other === only && this.#isHearer(person, other),
    );
  }

  /** Who can be told something by whose mind it is. */
  #findHearers(place: number): readonly number[] {
    const { reader } = this;
    const count = reader.world.types.length;
    const own = Math.floor(place / count);
    const person = reader.space.perspectives.lastOf(own);
    return entitiesIn(reader, own, place % count).filter((other) => this.#isHearer(person, other));
  }

  #isHearer(person: number, other: number): boolean {
    return other !== person && this.hooks.own("together", person, other) > 0.5;
  }

  #deeds(
    person: number,
    action: ActionSchema,
    slot: number,
    scope: Scope,
    locals: readonly number[],
    asked: boolean,
  ): readonly number[] {
    const owed = scope.owed;
    if (action.answers !== undefined && owed !== undefined)
      return owed.deed >= 0 ? [owed.deed] : [];
    const own = this.reader.space.perspectives.root(person);
    const hearer = action.hearer >= 0 ? (locals[action.hearer] as number) : -1;
    if (!asked && hearer >= 0 && action.requests !== undefined) {
      const node = this.reader.world.expressions.get(action.requests.deed);
      if (node.op === "local" && node.slot === slot) return this.#askable(person, hearer);
    }
    const whose = asked ? (locals[0] as number) : hearer >= 0 ? hearer : person;
    return this.foresight
      .intentionsOf(own, whose)
      .filter((one) => one.sure > 0.5)
      .map((one) => one.deed);
  }

  #claims(
    person: number,
    action: ActionSchema,
    slot: number,
    scope: Scope,
    locals: readonly number[],
    asked: boolean,
  ): readonly number[] {
    const owed = scope.owed;
    if (action.answers !== undefined && owed !== undefined) {
      if (owed.kind === "refusal") return owed.reasons;
      if (owed.claim < 0) return [];
      return owed.kind === "question"
        ? [owed.claim, this.reader.grounder.not(owed.claim)]
        : [owed.claim];
    }
    if (asked) return this.candidates.wanted(person);
    if (action.asks !== undefined && this.#isSlot(action.asks, slot)) {
      return this.candidates.askable(person);
    }
    if (action.says.length > 0 && action.hearer >= 0) {
      return this.candidates.tellable(person, locals[action.hearer] as number);
    }
    return this.candidates.wanted(person);
  }

  #isSlot(expr: ExprId, slot: number): boolean {
    const node = this.reader.world.expressions.get(expr);
    return node.op === "local" && node.slot === slot;
  }
}

/** What such a parameter can stand for is the same whatever the others stand for. */
function isRanged(kind: string | undefined): boolean {
  return kind === "entity" || kind === "symbol" || kind === "boolean";
}
