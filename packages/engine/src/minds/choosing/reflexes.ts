/**
 * Reflexes: done in the instant, by score, before anything is weighed. That nothing calls for an
 * answer is kept until something it hangs on changes; what does is weighed anew each time, so
 * nothing is noted of that.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId, Reflex } from "@fabula/model";
import type { Evaluator } from "../reading/evaluator.js";
import type { Derived } from "../reading/kept.js";
import { entitiesIn, TUPLES_MAX } from "../reading/tuples.js";
import type { ChooserHost } from "./chooser-host.js";
import type { Hooks } from "./hooks.js";

interface Answer {
  readonly deed: ExprId;
  readonly score: number;
}

export class Reflexes {
  /** By person: what they saw when nothing called for an answer. */
  readonly #quiet = new Map<number, Derived<undefined>>();
  readonly #ofTypes = new Map<number, readonly Reflex[]>();
  // ---- of the going through them that is under way
  #weighing = false;
  #locals: number[] = [];
  #tuplesLeft = 0;
  /** The best so far; -1 none. */
  #deed: ExprId = -1;
  #score = 0;

  constructor(
    readonly host: ChooserHost,
    readonly reader: Evaluator,
    readonly hooks: Hooks,
  ) {}

  forget(): void {
    this.#quiet.clear();
  }

  get any(): boolean {
    return this.reader.world.reflexes.length > 0;
  }

  /** The best of the person's reflexes above 0 is done. Returns whether one was. */
  react(person: number, cause: OccurrenceId): boolean {
    if (this.host.isBusy(person) || this.hooks.own("able", person) <= 0.5) return false;
    const best = this.#look(person);
    if (best === undefined) return false;
    const reason = { deed: best.deed, gain: best.score, urge: 0, reluctance: 0, wants: [] };
    const decision = this.host.recordDecision(
      "decision",
      {
        who: person,
        outcome: "acts",
        request: -1,
        asker: -1,
        chosen: best.deed,
        reasons: [reason],
      },
      [cause],
    );
    return this.host.carryOut(best.deed, decision);
  }

  /** The best answer to what calls for one. */
  #look(person: number): Answer | undefined {
    const { log } = this.reader;
    const quiet = this.#quiet.get(person);
    if (quiet !== undefined && log.holds(quiet, this.host.now)) return undefined;
    const start = log.open();
    if (!this.#isCalled(person)) {
      this.#quiet.set(person, log.derived(log.close(start), this.host.now, undefined));
      return undefined;
    }
    log.drop(start);
    this.#quiet.delete(person);
    return this.#best(person);
  }

  /** Whether the condition of any reflex holds. */
  #isCalled(person: number): boolean {
    this.#weighing = false;
    return this.#someReflex(person);
  }

  #best(person: number): Answer | undefined {
    this.#weighing = true;
    this.#deed = -1;
    this.#score = 0;
    this.#someReflex(person);
    return this.#deed < 0 ? undefined : { deed: this.#deed, score: this.#score };
  }

  #canBeDone(own: number, deed: ExprId): boolean {
    const { reader } = this;
    const node = reader.world.expressions.get(deed);
    const action = node.op === "deed" ? reader.world.actions[node.action] : undefined;
    if (node.op !== "deed" || action === undefined) return false;
    const args = node.args.map((arg) => reader.soft(own, arg, []));
    if (this.host.isForbidden(action.id, args)) return false;
    return reader.soft(own, action.needs, args) > 0.5;
  }

  /** Of persons of the type, in order. */
  #reflexesOf(type: number): readonly Reflex[] {
    let found = this.#ofTypes.get(type);
    if (found === undefined) {
      found = this.reader.world.reflexes.filter(({ parameters }) => {
        const who = parameters[0]?.type;
        return who?.kind === "entity" && this.reader.population.isA(type, who.type);
      });
      this.#ofTypes.set(type, found);
    }
    return found;
  }

  /** Goes through those whose condition holds; where none is weighed, until one does. */
  #someReflex(person: number): boolean {
    const reflexes = this.#reflexesOf(this.reader.population.typeOf(person));
    const own = this.reader.space.perspectives.root(person);
    for (let index = 0; index < reflexes.length; index++) {
      const reflex = reflexes[index] as Reflex;
      this.#locals = [person];
      this.#tuplesLeft = TUPLES_MAX;
      if (this.#fill(own, reflex, 1)) return true;
    }
    return false;
  }

  /** As `eachTuple`, without making a function of each reflex at each look. */
  #fill(own: number, reflex: Reflex, index: number): boolean {
    const { reader } = this;
    const parameter = reflex.parameters[index];
    if (parameter === undefined) {
      if (--this.#tuplesLeft < 0) return false;
      const locals = this.#locals;
      if (!(reader.soft(own, reflex.where, locals) > 0.5)) return false;
      if (!(reader.soft(own, reflex.when, locals) > 0.5)) return false;
      if (this.#weighing) this.#weigh(own, reflex, locals);
      return !this.#weighing;
    }
    if (parameter.type.kind !== "entity") return false;
    const entities = entitiesIn(reader, own, parameter.type.type);
    for (let at = 0; at < entities.length; at++) {
      this.#locals[index] = entities[at] as number;
      if (this.#fill(own, reflex, index + 1)) return true;
    }
    return false;
  }

  #weigh(own: number, reflex: Reflex, locals: number[]): void {
    const { reader } = this;
    const score = reader.soft(own, reflex.score, locals);
    if (!(score > this.#score)) return;
    const deed = reader.soft(own, reflex.deed, locals);
    if (!(deed >= 0) || !this.#canBeDone(own, deed)) return;
    this.#deed = deed;
    this.#score = score;
  }
}
