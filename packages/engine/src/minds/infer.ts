/**
 * Inference: when a person comes to believe a sign, the odds of what it is a sign of are
 * multiplied, once for each time they come to believe it. A salient cause takes its share.
 */
import type { Inference } from "@fabula/model";
import { Special } from "./atoms.js";
import type { Evaluator } from "./evaluator.js";
import type { Learning } from "./learn.js";
import { CERTAIN } from "./odds.js";
import { eachTuple } from "./tuples.js";
import type { Writer } from "./writer.js";

export class Inferring {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
  ) {}

  /** Looks at every sign the person could read. Returns whether anything was concluded. */
  infer(person: number, cause: number): boolean {
    const { reader } = this;
    const type = reader.population.typeOf(person);
    const own = reader.space.perspectives.root(person);
    let any = false;
    for (const inference of reader.world.inferences) {
      const who = inference.parameters[0]?.type;
      if (who?.kind !== "entity" || !reader.population.isA(type, who.type)) continue;
      const tuples: number[][] = [];
      eachTuple(reader, own, inference.parameters, 1, inference.where, [person], (locals, p) => {
        if (p > 0.5) tuples.push(locals.slice(0, inference.parameters.length));
      });
      for (const tuple of tuples) {
        if (this.#conclude(inference, own, tuple, cause)) any = true;
      }
    }
    return any;
  }

  #conclude(inference: Inference, own: number, tuple: number[], cause: number): boolean {
    const { reader, writer } = this;
    let any = false;
    inference.evidence.forEach((evidence, index) => {
      const atom = reader.atoms.special(Special.evidence, [inference.id, index, ...tuple]);
      const seen = reader.space.odds(reader.space.find(own, atom)) !== 0;
      const locals = tuple.slice();
      const now = reader.soft(own, evidence.condition, locals) > 0.5;
      if (seen === now) return;
      const from = { source: "inferred", by: -1, cause } as const;
      writer.forGood(from, () => {
        writer.put(own, atom, now ? CERTAIN : 0, 0);
        if (!now) return;
        any = true;
        const times = reader.soft(own, evidence.times, locals);
        if (times > 0) this.#weigh(inference, own, tuple, times);
      });
    });
    return any;
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
