/**
 * Why something never came to be, as far as the record of a run tells: which acts would have
 * brought it about, who weighed them and what they chose instead, and what an act needs that was
 * not so in the head of whoever could have done it. It names what stood in the way of a choice; it
 * does not search for the change that would help (least-change.ts does).
 */
import type { Decision, Occurrence, OccurrenceId, Reason } from "@fabula/chronicle";
import { hookOf, type Simulation, type Steering } from "@fabula/engine";
import { assertSound } from "@fabula/lab";
import { describeExpression } from "@fabula/language";
import {
  type ActionSchema,
  type Effect,
  type EventPattern,
  type ExprId,
  ground,
  literal,
  type World,
} from "@fabula/model";
import { createEnglish, type English, isAct, ReplayedState, type Scene } from "@fabula/telling";
import { signed, WeighedWords } from "./weighed.js";

/** Acts, persons of each and needs of one that are named. */
const actsMax = 4;
const personsMax = 4;
const needsMax = 3;
/** Ways of doing an act whose needs are looked at; with more, none are. */
const waysMax = 400;
/** A gain below this is none. */
const gainLeast = 0.005;

/** An act by its arguments, the actor first; -1: anybody or anything. */
interface Meant {
  readonly action: ActionSchema;
  readonly args: readonly number[];
}

/** A weighing of which nothing came is no occurrence: it has no decision. */
interface Weighed {
  readonly who: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** The last occurrence by then. */
  readonly at: OccurrenceId;
  readonly decision?: Decision;
  readonly reason: Reason;
}

type Heard = Pick<Weighed, "time" | "at" | "reason">;

/** The same run anew, at its beginning. */
export type Begin = (steering?: Steering) => Simulation;

/** `ended`: a run in which the event never was. */
export function whyNever(event: EventPattern, ended: Simulation, begin: Begin): string[] {
  const { world } = ended;
  const meant = actsMeant(world, event);
  const hindered = new Hindered(ended, begin);
  const said = meant.slice(0, actsMax).flatMap((act) => hindered.of(act));
  if (meant.length > actsMax) said.push(`${meant.length - actsMax} other acts would do it too.`);
  return said;
}

class Hindered {
  readonly #english: English;
  readonly #world: World;
  readonly #occurrences: readonly Occurrence[];
  readonly #words: WeighedWords;
  readonly #begun: Simulation;
  /** By person: all that they weighed. */
  readonly #heard = new Map<number, readonly Heard[]>();

  constructor(
    private readonly ended: Simulation,
    private readonly begin: Begin,
  ) {
    const { world, chronicle } = ended;
    this.#world = world;
    this.#english = createEnglish(new ReplayedState(world, chronicle));
    this.#words = new WeighedWords(ended);
    this.#begun = begin();
    this.#occurrences = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  }

  of(act: Meant): string[] {
    const weighed = this.#occurrences.flatMap((one) => this.#weighing(act, one));
    const tried = this.#occurrences.filter((one) => isTryOf(act, one));
    const said = tried.slice(0, 1).map((one) => this.#ofTry(one, tried.length));
    const [actor = -1] = act.args;
    const type = act.action.parameters[0]?.type;
    const minded = this.#world.entities.filter(
      (one) =>
        this.#world.types[one.type]?.minded === true &&
        (actor === -1 ? type !== undefined && this.#isOf(one.id, type) : one.id === actor),
    );
    if (actor !== -1 && minded.length === 0) {
      const name = this.#english.lexicon.nameOf(actor);
      return [...said, capital(`${name} has no mind to choose it with.`)];
    }
    for (const person of minded.slice(0, personsMax)) {
      const own = weighed.filter(({ who }) => who === person.id);
      if (own.length > 0) said.push(this.#ofWeighing(own));
      else if (!tried.some((one) => one.args[0] === person.id)) {
        const theirs = { ...act, args: [person.id, ...act.args.slice(1)] };
        said.push(this.#ofNeeds(theirs) ?? this.#ofIdling(theirs));
      }
    }
    return said;
  }

  /** What it needs was so, and no choice on record speaks of it. */
  #ofIdling(act: Meant): string {
    const [person = -1] = act.args;
    const own = this.#listen(person)
      .filter(({ reason }) => this.#isDeedOf(act, reason.deed))
      .map(({ time, at, reason }) => ({ who: person, time, at, reason }));
    if (own.length > 0) return this.#ofWeighing(own);
    const name = this.#english.lexicon.nameOf(person);
    return `${this.#never(person)}, though what it needs was so for ${name} at the beginning or the end.`;
  }

  #heardOf(act: Meant): boolean {
    return this.#listen(act.args[0] ?? -1).some(({ reason }) => this.#isDeedOf(act, reason.deed));
  }

  /** What this person weighs in the same run, whether or not it comes to a decision. */
  #listen(person: number): readonly Heard[] {
    const known = this.#heard.get(person);
    if (known !== undefined) return known;
    const heard: Heard[] = [];
    const choose = (reasons: readonly Reason[]): undefined => {
      const at = run.chronicle.count - 1;
      heard.push(...reasons.map((reason) => ({ time: run.now, at, reason })));
    };
    const run = this.begin({ person, choose, grant: () => undefined });
    run.runUntil(Number.POSITIVE_INFINITY);
    assertSound(run);
    this.#heard.set(person, heard);
    return heard;
  }

  #weighing(act: Meant, occurrence: Occurrence): Weighed[] {
    const { decision } = occurrence;
    if (decision === undefined) return [];
    return decision.reasons
      .filter(({ deed }) => deed >= 0 && this.#isDeedOf(act, deed))
      .map((reason) => ({
        who: decision.who,
        time: occurrence.time,
        at: occurrence.id,
        decision,
        reason,
      }));
  }

  #isDeedOf({ action, args }: Meant, deed: ExprId): boolean {
    const node = this.#world.expressions.get(deed);
    if (node.op !== "deed" || node.action !== action.id) return false;
    return args.every((arg, slot) => {
      const given = this.#world.expressions.get(node.args[slot] ?? -1);
      return arg === -1 || (given.op === "entity" ? given.entity === arg : true);
    });
  }

  #ofTry(one: Occurrence, count: number): string {
    const { lexicon, claims } = this.#english;
    const name = lexicon.nameOf(one.args[0] ?? -1);
    const deed = claims.deed(this.#deedOf(one), "", sceneAt(one));
    const came = one.kind === "failed" ? "and could not" : "and was cut short";
    const often = count === 1 ? "" : ` (the first of ${count} times)`;
    return capital(`${name} began to ${deed} at ${lexicon.clockOf(one.time)}, ${came}${often}.`);
  }

  #deedOf({ schema, args }: Occurrence): ExprId {
    const action = this.#world.actions[schema];
    const pool = this.#world.expressions;
    const written = (action?.parameters ?? []).map((one, slot) =>
      literal(pool, args[slot] ?? -1, one.type),
    );
    return pool.intern({ op: "deed", action: action?.id ?? -1, args: written }, { kind: "deed" });
  }

  /** Where it gained most, and what was chosen in its place. */
  #ofWeighing(all: readonly Weighed[]): string {
    const best = all.reduce((most, one) => (one.reason.gain > most.reason.gain ? one : most));
    const { who, time, at, reason } = best;
    const { lexicon, claims } = this.#english;
    const scene = sceneAt({ id: at });
    const name = lexicon.nameOf(who);
    const deed = claims.deed(reason.deed, "", scene);
    const often = all.length === 1 ? "once" : `${all.length} times`;
    const when = `${all.length === 1 ? "" : "at best "}at ${lexicon.clockOf(time)}`;
    const parts = [signed(reason.gain)];
    if (reason.wants.every(({ gain }) => Math.abs(gain) <= gainLeast)) {
      parts.push(`nothing that ${name} wants would come of it, as ${name} foresaw it`);
    }
    const weighed = this.#words.partsOf(who, reason, scene);
    if (weighed.length > 0) parts.push(weighed.join(", "));
    parts.push(this.#insteadOf(best, scene));
    const whether = `${name} weighed ${often} whether to ${deed}, ${when}`;
    return capital(`${whether}: ${parts.join("; ")}.`);
  }

  #insteadOf({ who, decision, reason }: Weighed, scene: Scene): string {
    const { lexicon, claims } = this.#english;
    const name = lexicon.nameOf(who);
    const chosen = decision?.reasons.find((one) => one.deed === decision.chosen);
    if (decision === undefined && reason.gain > gainLeast) return "it did not come to it";
    if (chosen === undefined || chosen.deed < 0) return "nothing seemed worth it";
    if (chosen === reason) return `${name} chose it, and it came to nothing`;
    return `${name} chose to ${claims.deed(chosen.deed, "", scene)} (${signed(chosen.gain)})`;
  }

  #never(person: number): string {
    return capital(`it never came to ${this.#english.lexicon.nameOf(person)}’s mind`);
  }

  /**
   * The way of doing it of whose needs the fewest were missing, and these; undefined where none
   * were, or nobody can say.
   */
  #ofNeeds(act: Meant): string | undefined {
    const [person = -1] = act.args;
    const name = this.#english.lexicon.nameOf(person);
    const never = this.#never(person);
    const ways = this.#waysOf(act);
    if (ways === undefined) return this.#heardOf(act) ? undefined : `${never}.`;
    let nearest: { readonly missing: readonly ExprId[] } | undefined;
    for (const way of ways) {
      const missing = this.#missing(act.action, way);
      if (nearest === undefined || missing.length < nearest.missing.length) nearest = { missing };
    }
    if (nearest === undefined) return `${never}: there is nothing to do it to.`;
    if (nearest.missing.length === 0) return undefined;
    const needs = nearest.missing
      .slice(0, needsMax)
      .map((need) => `\`${describeExpression(this.#world, need)}\``);
    const further = this.#plans(person) < 2 ? ` ${capital(name)} plans one deed, no further.` : "";
    return `${never}: it needs ${needs.join(" and ")}, not so for ${name} at the beginning nor at the end.${further}`;
  }

  /** How many deeds the person thinks ahead; infinite where their world says nothing. */
  #plans(person: number): number {
    const { types, entities, expressions } = this.#world;
    const type = types[entities[person]?.type ?? -1];
    const said = type === undefined ? undefined : hookOf(this.#world, type, "plans");
    if (said === undefined) return Number.POSITIVE_INFINITY;
    return this.#begun.evaluateAs(person, ground(expressions, said, [person]));
  }

  /** Every choice of arguments; undefined: they are no things, or there are too many. */
  #waysOf({ action, args }: Meant): number[][] | undefined {
    let ways: number[][] = [[]];
    for (const [slot, parameter] of action.parameters.entries()) {
      if (parameter.type.kind !== "entity") return undefined;
      const given = args[slot] ?? -1;
      const choices =
        given === -1
          ? this.#world.entities
              .filter((one) => this.#isOf(one.id, parameter.type))
              .map((one) => one.id)
          : [given];
      ways = ways.flatMap((way) => choices.map((choice) => [...way, choice]));
      if (ways.length > waysMax) return undefined;
    }
    return ways;
  }

  /** Needs that the actor believed at neither end of the run. */
  #missing(action: ActionSchema, args: readonly number[]): ExprId[] {
    const [person = -1] = args;
    const { needs: asked, comesToMind } = action;
    const needs = [asked, ...(comesToMind === undefined ? [] : [comesToMind])].flatMap((need) =>
      conjuncts(this.#world, ground(this.#world.expressions, need, args)),
    );
    const holds = (simulation: Simulation, need: ExprId) =>
      simulation.evaluateAs(person, need) === 1;
    return needs.filter((need) => !holds(this.#begun, need) && !holds(this.ended, need));
  }

  #isOf(entity: number, type: { readonly kind: string; readonly type?: number }): boolean {
    const own = this.#world.entities[entity]?.type ?? -1;
    return (
      type.kind === "entity" &&
      (own === type.type || (this.#world.types[own]?.ancestors ?? []).includes(type.type ?? -1))
    );
  }
}

function isTryOf({ action, args }: Meant, one: Occurrence): boolean {
  if (!isAct(one) || (one.kind !== "failed" && one.kind !== "interrupted")) return false;
  if (one.schema !== action.id) return false;
  return args.every((arg, slot) => arg === -1 || arg === one.args[slot]);
}

/** The act asked about, or those with an effect that would make the condition so. */
function actsMeant(world: World, event: EventPattern): Meant[] {
  if (event.kind === "action") {
    const action = world.actions[event.id];
    if (action === undefined) return [];
    const args = action.parameters.map((_, slot) => {
      const node = world.expressions.get(event.args[slot] ?? -1);
      return node?.op === "entity" ? node.entity : -1;
    });
    return [{ action, args }];
  }
  if (event.kind !== "becomes") return [];
  const wanted = [...makingTrue(world, event.condition, true)];
  return world.actions
    .filter((action) =>
      wanted.some(({ fluent, value }) =>
        [...settings([...action.atStart, ...action.atEnd])].some(
          (set) => set.fluent === fluent && mayGive(world, set.value, value),
        ),
      ),
    )
    .map((action) => ({ action, args: action.parameters.map(() => -1) }));
}

interface Setting {
  readonly fluent: number;
  /** undefined: any. */
  readonly value: number | undefined;
}

/** Yes/no fields, and fields compared with `=`, that would have to be set for it to hold. */
function* makingTrue(world: World, expr: ExprId, holds: boolean): Generator<Setting> {
  const node = world.expressions.get(expr);
  if (node.op === "not") yield* makingTrue(world, node.args[0], !holds);
  else if (node.op === "and" || node.op === "or") {
    for (const part of node.args) yield* makingTrue(world, part, holds);
  } else if (node.op === "fluent") {
    yield { fluent: node.fluent, value: holds ? 1 : 0 };
    const { means } = world.fluents[node.fluent] ?? {};
    if (means !== undefined) yield* makingTrue(world, means, holds);
  } else if ("args" in node) {
    for (const part of node.args) {
      const inner = world.expressions.get(part);
      if (inner.op === "fluent") yield { fluent: inner.fluent, value: undefined };
    }
  }
}

function* settings(
  effects: readonly Effect[],
): Generator<{ readonly fluent: number; readonly value: ExprId | undefined }> {
  for (const effect of effects) {
    if (effect.kind === "set") {
      const value = effect.value.high === undefined ? effect.value.low : undefined;
      yield { fluent: effect.place.fluent, value };
    } else if (effect.kind === "shift") yield { fluent: effect.place.fluent, value: undefined };
    else if ("then" in effect) {
      yield* settings(effect.then);
      yield* settings(effect.else);
    } else if ("body" in effect) yield* settings(effect.body);
  }
}

function mayGive(world: World, set: ExprId | undefined, wanted: number | undefined): boolean {
  if (set === undefined || wanted === undefined) return true;
  const node = world.expressions.get(set);
  return node.op !== "constant" || node.value === wanted;
}

function conjuncts(world: World, expr: ExprId): ExprId[] {
  const node = world.expressions.get(expr);
  return node.op === "and" ? node.args.flatMap((part) => conjuncts(world, part)) : [expr];
}

function sceneAt({ id }: Pick<Occurrence, "id">): Scene {
  return { at: id, speaker: -1, hearer: -1, said: false };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
