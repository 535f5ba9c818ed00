/**
 * What a person is set on: held until it is done, given up, or turns out worse than not doing it
 * when something it hung on has changed.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN, IMPOSSIBLE } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Deed } from "../foresight/carrying.js";
import type { Foresight } from "../foresight/foresight.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { Deliberation } from "./deliberate.js";
import type { Hooks } from "./hooks.js";
import { Field, type PersonCells } from "./person-cells.js";

const NOTHING: readonly Deed[] = [];

export class Intentions {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly foresight: Foresight,
    readonly deliberation: Deliberation,
    readonly hooks: Hooks,
    readonly cells: PersonCells,
  ) {}

  /** Deeds the person is set on, in a fixed order. */
  of(person: number): readonly Deed[] {
    const own = this.reader.space.perspectives.root(person);
    const intended = this.foresight.intentionsOf(own, person);
    if (intended.length === 0) return NOTHING;
    return intended
      .filter((one) => one.sure > 0.5)
      .map((one) => this.deliberation.carrying.deedOf(one.deed));
  }

  set(person: number, deed: ExprId, dropped: boolean, cause: OccurrenceId): void {
    const { reader, writer } = this;
    const own = reader.space.perspectives.root(person);
    const atom = reader.atoms.special(Special.intends, [person, deed]);
    writer.forGood({ source: "did", by: -1, cause }, () => {
      writer.put(own, atom, dropped ? IMPOSSIBLE : CERTAIN, dropped ? 0 : 1);
    });
  }

  /** Carries out the first intention whose needs are believed to hold. False: there is none. */
  carryOutNext(person: number): boolean {
    return this.of(person).some((deed) => this.#carryOut(person, deed));
  }

  /** Carries out what has been waiting for something that has come. */
  carryOutRipe(person: number): boolean {
    const own = this.reader.space.perspectives.root(person);
    return this.of(person).some((deed) => {
      const until = deed.action.waitsUntil;
      if (until === undefined) return false;
      if (!(this.reader.soft(own, until, deed.args.slice()) > 0.5)) return false;
      return this.#carryOut(person, deed);
    });
  }

  /** Weighs again what the person is set on, and drops what is better not done. */
  reconsider(person: number): void {
    for (const deed of this.of(person)) {
      const gain = -this.deliberation.worthOf(person, deed).gain;
      if (gain <= this.hooks.own("floor", person)) continue;
      const cause = this.cells.get(person, Field.lastCause);
      const reason = { deed: -1, gain, urge: 0, reluctance: 0, wants: [] };
      const causes = this.deliberation.causesOf(person, undefined, cause);
      const decision = this.deliberation.record(person, "drops", -1, [{ deed, reason }], causes, {
        request: deed.id,
        asker: -1,
      });
      this.set(person, deed.id, true, decision);
    }
  }

  #carryOut(person: number, deed: Deed): boolean {
    const own = this.reader.space.perspectives.root(person);
    if (!(this.reader.soft(own, deed.action.needs, deed.args.slice()) > 0.5)) return false;
    const cause = this.cells.get(person, Field.lastCause);
    const causes = this.deliberation.causesOf(person, deed, cause);
    const held = this.reader.space.find(
      own,
      this.reader.atoms.special(Special.intends, [person, deed.id]),
    );
    causes.push(this.reader.space.causeOf(held));
    const unique = [...new Set(causes)].sort((a, b) => a - b);
    const weighed = [{ deed, reason: this.deliberation.worthOf(person, deed) }];
    const decision = this.deliberation.record(person, "acts", deed.id, weighed, unique);
    if (this.reader.host.carryOut(deed.id, decision)) return true;
    this.set(person, deed.id, true, decision);
    return false;
  }
}
