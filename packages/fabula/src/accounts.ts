/**
 * How one person accounts for what they perceived but whose causes they did not: another's deed by
 * what was asked of that other, what it answers, what they are taken to intend and want; an event
 * by what the person believed and takes to lead to such a thing. All of it from what reached this
 * person, in their own mind at the time: it may be wrong, and is marked as theirs.
 */
import type { ChronicleReader, Occurrence, OccurrenceId } from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import { type ExprId, ground, literal, type World } from "@fabula/model";
import {
  type CauseAccount,
  createEnglish,
  type English,
  isAct,
  ReplayedState,
} from "@fabula/telling";
import type { WeighedWords } from "./weighed.js";

export interface PersonalAccount extends CauseAccount {
  /** What is supposed that no occurrence told: sentences. */
  readonly supposed: readonly string[];
}

/**
 * `replay`: a run of the same world, seed and changes, at its beginning; it is played up to `until`
 * at most. `known`: what the person knows to have happened.
 */
export function accountsOf(
  person: number,
  known: ReadonlySet<OccurrenceId>,
  until: OccurrenceId,
  simulation: Simulation,
  replay: Simulation,
  words: WeighedWords,
): ReadonlyMap<OccurrenceId, PersonalAccount> {
  const accounting = new Accounts(person, known, simulation, replay, words);
  const accounts = new Map<OccurrenceId, PersonalAccount>();
  for (const id of [...known].filter((one) => one <= until).sort((a, b) => a - b)) {
    const account = accounting.of(simulation.chronicle.get(id));
    if (account !== undefined) accounts.set(id, account);
  }
  return accounts;
}

class Accounts {
  readonly #chronicle: ChronicleReader;
  readonly #world: World;
  /** What the person knows to have happened, ascending. */
  readonly #known: readonly OccurrenceId[];
  readonly #english: English;

  constructor(
    readonly person: number,
    readonly knownIds: ReadonlySet<OccurrenceId>,
    readonly simulation: Simulation,
    readonly replay: Simulation,
    readonly words: WeighedWords,
  ) {
    this.#chronicle = simulation.chronicle;
    this.#world = simulation.world;
    this.#known = [...knownIds].sort((a, b) => a - b);
    this.#english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  }

  of(occurrence: Occurrence): PersonalAccount | undefined {
    const hidden = occurrence.causes.some((cause) => !this.knownIds.has(cause.from));
    if (!hidden) return undefined;
    if (isAct(occurrence)) {
      return occurrence.args[0] === this.person ? undefined : this.#ofDeed(occurrence);
    }
    return occurrence.kind === "rule" ? this.#ofEvent(occurrence) : undefined;
  }

  #ofDeed(occurrence: Occurrence): PersonalAccount | undefined {
    const actor = occurrence.args[0] as number;
    const deed = this.#deedOf(occurrence);
    if (deed === undefined || !this.#hasMind(actor)) return undefined;
    const from: OccurrenceId[] = [];
    const supposed: string[] = [];
    const addressed = this.#asked(occurrence, actor, deed) ?? this.#answered(occurrence, actor);
    if (addressed !== undefined) from.push(addressed);
    supposed.push(...this.#askedFor(occurrence, actor));
    this.#playBefore(occurrence);
    const account = this.replay.accountForDeed(this.person, deed);
    const name = this.#english.lexicon.nameOf(actor);
    const pool = this.#world.expressions;
    const who = pool.intern(
      { op: "entity", entity: actor },
      { kind: "entity", type: this.#world.entities[actor]?.type ?? 0 },
    );
    if (account?.intends === true) {
      const meant = pool.intern({ op: "intends", args: [who, deed] }, { kind: "boolean" });
      const learned = this.#learned(meant, occurrence.id);
      if (learned === undefined) supposed.push(`${name} was set on it.`);
      else from.push(learned);
    }
    for (const { claim } of account?.wants ?? []) {
      const wanted = pool.intern({ op: "wants", args: [who, claim] }, { kind: "boolean" });
      const learned = this.#learned(wanted, occurrence.id);
      const scene = { at: occurrence.id, speaker: -1, hearer: -1, said: false };
      if (learned === undefined)
        supposed.push(`${name} hopes that ${this.words.hope(claim, scene)}.`);
      else from.push(learned);
    }
    if (from.length === 0 && supposed.length === 0) return undefined;
    return { from: [...new Set(from)], supposed, covers: (id) => this.#isOf(actor, id) };
  }

  /** Who asks for something shows that they want it. */
  #askedFor(occurrence: Occurrence, actor: number): string[] {
    const action = this.#world.actions[occurrence.schema];
    if (action === undefined) return [];
    const pool = this.#world.expressions;
    const { claims, lexicon } = this.#english;
    const scene = { at: occurrence.id, speaker: -1, hearer: -1, said: false };
    const name = lexicon.nameOf(actor);
    const said: string[] = [];
    if (action.requests !== undefined) {
      const hearer = lexicon.nameOf(occurrence.args[action.hearer] ?? -1);
      const deed = ground(pool, action.requests.deed, occurrence.args);
      said.push(`${name} wants ${hearer} to ${claims.deed(deed, "", scene)}.`);
    }
    if (action.asks !== undefined) {
      const claim = ground(pool, action.asks, occurrence.args);
      const node = pool.get(claim);
      const meant = node.op === "claim" ? node.args[0] : claim;
      said.push(`${name} wants to know: ${claims.question(meant, scene)}?`);
    }
    return said;
  }

  #ofEvent(occurrence: Occurrence): PersonalAccount | undefined {
    this.#playBefore(occurrence);
    const claims = occurrence.writes.flatMap(({ fluent, args, value }) =>
      this.replay.accountForEvent(this.person, fluent, args, value),
    );
    const from: OccurrenceId[] = [];
    const supposed: string[] = [];
    for (const claim of new Set(claims)) {
      const learned = this.#learned(claim, occurrence.id);
      const scene = { at: occurrence.id, speaker: -1, hearer: -1, said: false };
      const text = this.words.hope(claim, scene);
      if (learned !== undefined) from.push(learned);
      else if (text !== "it is so")
        supposed.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
    }
    if (from.length === 0 && supposed.length === 0) return undefined;
    return { from, supposed, covers: () => false };
  }

  /** The last the person knows of in which the deed was asked of its actor. */
  #asked(occurrence: Occurrence, actor: number, deed: ExprId): OccurrenceId | undefined {
    return this.#lastBefore(occurrence.id, (one) => {
      const action = this.#world.actions[one.schema];
      if (action?.requests === undefined || one.args[action.hearer] !== actor) return false;
      return ground(this.#world.expressions, action.requests.deed, one.args) === deed;
    });
  }

  /** Of an act that answers: the last the person knows of that was said to its actor by its hearer. */
  #answered(occurrence: Occurrence, actor: number): OccurrenceId | undefined {
    const action = this.#world.actions[occurrence.schema];
    if (action?.answers === undefined) return undefined;
    const hearer = occurrence.args[action.hearer];
    return this.#lastBefore(occurrence.id, (one) => {
      const said = this.#world.actions[one.schema];
      return (
        said !== undefined &&
        said.hearer >= 0 &&
        one.args[said.hearer] === actor &&
        one.args[0] === hearer
      );
    });
  }

  #lastBefore(
    id: OccurrenceId,
    fits: (occurrence: Occurrence) => boolean,
  ): OccurrenceId | undefined {
    for (let index = this.#known.length - 1; index >= 0; index--) {
      const other = this.#known[index] as OccurrenceId;
      if (other >= id) continue;
      const occurrence = this.#chronicle.get(other);
      if (occurrence.kind === "ended" && fits(occurrence)) return other;
    }
    return undefined;
  }

  /** When the person last came to believe the claim, or what it denies to doubt. */
  #learned(claim: ExprId, before: OccurrenceId): OccurrenceId | undefined {
    const node = this.#world.expressions.get(claim);
    const [meant, holds] = node.op === "not" ? [node.args[0], false] : [claim, true];
    for (let index = this.#known.length - 1; index >= 0; index--) {
      const id = this.#known[index] as OccurrenceId;
      if (id >= before) continue;
      const belief = this.#chronicle.get(id).belief;
      if (belief?.holder !== this.person || belief.claim !== meant) continue;
      return belief.after > 0.5 === holds ? id : undefined;
    }
    return undefined;
  }

  /** What lives in the actor's own head: beliefs and decisions of theirs. */
  #isOf(actor: number, id: OccurrenceId): boolean {
    const { belief, decision } = this.#chronicle.get(id);
    return belief?.holder === actor || decision?.who === actor;
  }

  #deedOf({ schema, args }: Occurrence): ExprId | undefined {
    const action = this.#world.actions[schema];
    if (action === undefined) return undefined;
    const pool = this.#world.expressions;
    const written = action.parameters.map((one, slot) => literal(pool, args[slot] ?? -1, one.type));
    return pool.intern({ op: "deed", action: action.id, args: written }, { kind: "deed" });
  }

  #hasMind(entity: number): boolean {
    const type = this.#world.entities[entity]?.type;
    return type !== undefined && this.#world.types[type]?.minded === true;
  }

  /** The mind as it was before that instant, so that what happened then tells it nothing. */
  #playBefore({ time }: Occurrence): void {
    if (time > this.#world.story.begins) this.replay.runUntil(time - 1);
  }
}
