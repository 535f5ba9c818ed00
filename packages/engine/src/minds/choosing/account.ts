/**
 * How one person accounts for what they perceived: another's deed by what they take the other to
 * intend and want, an event by the laws they expect to hold. From that person's own mind alone, so
 * it may be wrong.
 */
import type { ExprId } from "@fabula/model";
import type { Account } from "../../host.js";
import { runEffects } from "../../kernel/effects.js";
import { purposeOf } from "../../kernel/purpose.js";
import type { Carrying } from "../foresight/carrying.js";
import type { ForeseenState } from "../foresight/foreseen-state.js";
import type { Foresight } from "../foresight/foresight.js";
import type { Evaluator } from "../reading/evaluator.js";
import { eachTuple } from "../reading/tuples.js";
import type { Deliberation } from "./deliberate.js";
import type { Wants } from "./wants.js";

/** Less than this to a want explains nothing. */
const GAIN_LEAST = 0.05;
const WANTS_MAX = 3;
const LIKELY = 0.5;

export class Accounting {
  constructor(
    readonly reader: Evaluator,
    readonly state: ForeseenState,
    readonly wants: Wants,
    readonly foresight: Foresight,
    readonly carrying: Carrying,
    readonly deliberation: Deliberation,
  ) {}

  /** What `person` supposes moved the actor of the deed, as they have it now. */
  ofDeed(person: number, id: ExprId): Account {
    const { reader, wants, foresight } = this;
    const chain = reader.space.perspectives;
    const deed = this.carrying.deedOf(id);
    const actor = deed.args[0] as number;
    const own = chain.root(person);
    const theirs = chain.extend(own, actor);
    const intended = foresight.intentionsOf(own, actor).find((one) => one.deed === id);
    const base = foresight.base(theirs);
    const after = foresight.expect(theirs, this.deliberation.actOf(actor, theirs, deed));
    const gains = wants
      .of(theirs)
      .map((aim, index) => ({
        claim: reader.grounder.claim(aim.claim, aim.locals),
        gain: (after.parts[index] as number) - (base.parts[index] as number),
      }))
      .filter((one) => one.gain > GAIN_LEAST)
      .sort((a, b) => b.gain - a.gain || reader.grounder.compare(a.claim, b.claim));
    return { intends: (intended?.sure ?? 0) > LIKELY, wants: gains.slice(0, WANTS_MAX) };
  }

  /**
   * The claims believed now from which `person` would have expected the ground fluent to come to
   * this value: those of the first law of theirs that brings it about.
   */
  ofEvent(person: number, fluent: number, args: readonly number[], value: number): ExprId[] {
    const { reader } = this;
    const own = reader.space.perspectives.root(person);
    const type = reader.population.typeOf(person);
    const atom = reader.atoms.of(fluent, args);
    let found: ExprId[] | undefined;
    for (const law of reader.world.expectations) {
      const holder = law.parameters[0]?.type;
      if (holder?.kind !== "entity" || !reader.population.isA(type, holder.type)) continue;
      const writes = law.then.some(
        (effect) => effect.kind === "set" && effect.place.fluent === fluent,
      );
      if (!writes) continue;
      eachTuple(reader, own, law.parameters, 1, law.where, [person], (locals) => {
        if (found !== undefined) return;
        if (!(reader.soft(own, law.when, locals.slice()) > LIKELY)) return;
        const mark = reader.space.mark();
        const from = reader.perspective;
        reader.perspective = own;
        const site = { purpose: purposeOf("expectation", law), who: locals };
        runEffects(this.state, law.then, locals.slice(), site);
        const came = reader.read(atom);
        reader.perspective = from;
        reader.space.undo(mark);
        if (came === value) found = this.#believedParts(own, law.when, locals);
      });
      if (found !== undefined) break;
    }
    return found ?? [];
  }

  #believedParts(own: number, when: ExprId, locals: readonly number[]): ExprId[] {
    const { reader } = this;
    const node = reader.world.expressions.get(when);
    if (node.op === "and") return node.args.flatMap((one) => this.#believedParts(own, one, locals));
    return [reader.grounder.claim(when, locals.slice())];
  }
}
