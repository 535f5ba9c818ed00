/** Reflexes: done in the instant, by score, before anything is weighed. */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import type { ChooserHost } from "./chooser-host.js";
import type { Evaluator } from "./evaluator.js";
import type { Hooks } from "./hooks.js";
import { Remembered } from "./remembered.js";
import { eachTuple } from "./tuples.js";

interface Found {
  readonly best: { readonly deed: ExprId; readonly score: number } | undefined;
  /** Nothing called for an answer: so it stays until something that was read changes. */
  readonly quiet: boolean;
}

export class Reflexes {
  /** By person: what was found, kept while nothing calls for an answer. */
  readonly #found: Remembered<Found>;

  constructor(
    readonly host: ChooserHost,
    readonly reader: Evaluator,
    readonly hooks: Hooks,
  ) {
    this.#found = new Remembered(reader);
  }

  forget(): void {
    this.#found.forget();
  }

  get any(): boolean {
    return this.reader.world.reflexes.length > 0;
  }

  /** The best of the person's reflexes above 0 is done. Returns whether one was. */
  react(person: number, cause: OccurrenceId): boolean {
    if (this.hooks.own("able", person) <= 0.5 || this.host.underWay(person).length > 0)
      return false;
    const { best, quiet } = this.#found.get(person, () => this.#look(person));
    if (!quiet) this.#found.drop(person);
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

  #look(person: number): Found {
    const { reader } = this;
    const type = reader.population.typeOf(person);
    const own = reader.space.perspectives.root(person);
    let best: { deed: ExprId; score: number } | undefined;
    let quiet = true;
    for (const reflex of reader.world.reflexes) {
      const who = reflex.parameters[0]?.type;
      if (who?.kind !== "entity" || !reader.population.isA(type, who.type)) continue;
      eachTuple(reader, own, reflex.parameters, 1, reflex.where, [person], (locals, likely) => {
        if (likely <= 0.5 || !(reader.soft(own, reflex.when, locals) > 0.5)) return;
        quiet = false;
        const score = reader.soft(own, reflex.score, locals);
        if (!(score > 0) || (best !== undefined && score <= best.score)) return;
        const deed = reader.soft(own, reflex.deed, locals);
        if (!(deed >= 0)) return;
        const node = reader.world.expressions.get(deed);
        if (node.op !== "deed") return;
        const action = reader.world.actions[node.action];
        if (action === undefined) return;
        const args = node.args.map((arg) => reader.soft(own, arg, []));
        if (this.host.isForbidden(action.id, args)) return;
        if (!(reader.soft(own, action.needs, args.slice()) > 0.5)) return;
        best = { deed, score };
      });
    }
    return { best, quiet };
  }
}
