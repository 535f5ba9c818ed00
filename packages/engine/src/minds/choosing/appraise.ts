/**
 * Feeling: how a person's outlook changed since it was last felt, handed to the effects of their
 * `mind` block. The minds know no feeling by name. Wants that came to an end are noted here too.
 */
import type { Effect } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Foresight } from "../foresight/foresight.js";
import type { Evaluator } from "../reading/evaluator.js";
import { eachTuple } from "../reading/tuples.js";
import type { Hooks } from "./hooks.js";
import { Field, type PersonCells } from "./person-cells.js";

/** Runs effects on the person's own body and heart. */
export type Apply = (effects: readonly Effect[], locals: readonly number[], cause: number) => void;

const FELT_LEAST = 0.001;

export class Appraisal {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly foresight: Foresight,
    readonly hooks: Hooks,
    readonly cells: PersonCells,
    readonly apply: Apply,
  ) {}

  /** Compares the outlook with the last; who cannot feel now keeps the last. */
  feel(person: number, cause: number): void {
    if (this.hooks.own("able", person) <= 0.5) return;
    const own = this.reader.space.perspectives.root(person);
    const now = this.foresight.outlook(own);
    const last = this.cells.get(person, Field.outlook);
    this.cells.set(person, Field.outlook, now + 1);
    if (last === 0) return;
    const change = now - (last - 1);
    if (Math.abs(change) < FELT_LEAST) return;
    const effects = this.hooks.appraisalOf(person);
    if (effects.length > 0) this.apply(effects, [person, change], cause);
  }

  /** Wants whose `until` the person now believes are over for good. */
  endWants(person: number, cause: number): void {
    const { reader, writer } = this;
    const own = reader.space.perspectives.root(person);
    const type = reader.population.typeOf(person);
    for (const want of reader.world.wants) {
      const { holder, until } = want;
      if (until === undefined) continue;
      const mine =
        "entity" in holder ? holder.entity === person : reader.population.isA(type, holder.type);
      if (!mine) continue;
      const parameters = [{ name: "self", type: { kind: "boolean" } as const }, ...want.binders];
      eachTuple(reader, own, parameters, 1, want.where, [person], (locals) => {
        if (!(reader.soft(own, until, locals) > 0.5)) return;
        const binders = locals.slice(0, parameters.length);
        const over = reader.atoms.special(Special.wantOver, [want.id, ...binders]);
        if (reader.space.odds(reader.space.find(own, over)) !== 0) return;
        writer.forGood({ source: "reasoned", by: -1, cause }, () =>
          writer.put(own, over, CERTAIN, 1),
        );
      });
    }
  }
}
