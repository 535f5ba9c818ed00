/**
 * Inference: when a person comes to believe a sign, the odds of what it is a sign of are
 * multiplied, once for each time they come to believe it. A salient cause takes its share.
 */
import type { Inference } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Evaluator } from "../reading/evaluator.js";
import { Remembered } from "../reading/remembered.js";
import { eachTuple } from "../reading/tuples.js";
import type { Learning } from "./learn.js";

export class Inferring {
  /** By person and inference: whether a sign came or went, kept until one it read may have. */
  readonly #turned: Remembered<boolean>;

  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
  ) {
    this.#turned = new Remembered(reader);
  }

  /** Looks at every sign the person could read that may have come or gone since the last time. */
  infer(person: number, cause: number): void {
    const { reader } = this;
    const { inferences } = reader.world;
    const type = reader.population.typeOf(person);
    for (const inference of inferences) {
      const who = inference.parameters[0]?.type;
      if (who?.kind !== "entity" || !reader.population.isA(type, who.type)) continue;
      const turned = this.#turned.get(person, inference.id, () =>
        this.#look(inference, person, cause),
      );
      // What was concluded may itself be a sign.
      if (turned) this.#turned.drop(person, inference.id);
    }
  }

  /** Returns whether a sign came or went. */
  #look(inference: Inference, person: number, cause: number): boolean {
    const { reader } = this;
    const own = reader.space.perspectives.root(person);
    const tuples: number[][] = [];
    eachTuple(reader, own, inference.parameters, 1, inference.where, [person], (locals, p) => {
      if (p > 0.5) tuples.push(locals.slice(0, inference.parameters.length));
    });
    let turned = false;
    for (const tuple of tuples) {
      if (this.#conclude(inference, own, tuple, cause)) turned = true;
    }
    return turned;
  }

  #conclude(inference: Inference, own: number, tuple: number[], cause: number): boolean {
    const { reader, writer } = this;
    let turned = false;
    inference.evidence.forEach((evidence, index) => {
      const named = [inference.id, index, ...tuple];
      // Of nearly all there is no sign, now or ever: no atom is made for those.
      const known = reader.atoms.known(Special.evidence, named);
      const seen = known >= 0 && reader.space.odds(reader.space.find(own, known)) !== 0;
      const locals = tuple.slice();
      const now = reader.soft(own, evidence.condition, locals) > 0.5;
      if (seen === now) return;
      turned = true;
      const atom = reader.atoms.special(Special.evidence, named);
      const from = { source: "inferred", by: -1, cause } as const;
      writer.forGood(from, () => {
        writer.put(own, atom, now ? CERTAIN : 0, 0);
        if (!now) return;
        const times = reader.soft(own, evidence.times, locals);
        if (times > 0) this.#weigh(inference, own, tuple, times);
      });
    });
    return turned;
  }

  #weigh(inference: Inference, own: number, tuple: number[], times: number): void {
    const { reader, learning } = this;
    const about = reader.grounder.claim(inference.about, tuple);
    if (inference.prior !== undefined && !this.#isHeld(own, about)) {
      learning.believe(own, about, reader.soft(own, inference.prior, tuple.slice()));
    }
    let left = 1;
    for (const blame of inference.blames) {
      const locals = tuple.slice();
      if (!(reader.soft(own, blame.when, locals) > 0.5)) continue;
      const share = Math.min(left, Math.max(0, reader.soft(own, blame.share, locals)));
      left -= share;
      const blamed = reader.grounder.claim(blame.claim, tuple);
      learning.evidence(own, blamed, 1 + (times - 1) * share);
    }
    learning.evidence(own, about, 1 + (times - 1) * left);
  }

  /** Whether anything is held of the claim itself, rather than made up from others. */
  #isHeld(own: number, claim: number): boolean {
    const { reader } = this;
    let held = false;
    const outer = reader.tracer;
    let first = true;
    reader.tracer = (perspective, atom) => {
      if (first) held = reader.space.odds(reader.space.find(perspective, atom)) !== 0;
      first = false;
    };
    reader.soft(own, claim, []);
    reader.tracer = outer;
    return held;
  }
}
