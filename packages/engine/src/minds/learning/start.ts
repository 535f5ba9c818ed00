/** What a story says its persons believe to begin with, and are set on. */

import type { Writer } from "../beliefs/writer.js";
import type { ChooserHost } from "../choosing/chooser-host.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { Learning } from "./learn.js";

/** Takes the story's beliefs in, in the order written; ranges are drawn by key. */
export function drawStart(
  host: ChooserHost,
  reader: Evaluator,
  writer: Writer,
  learning: Learning,
): void {
  const { perspectives } = reader.space;
  reader.world.story.beliefs.forEach((belief, index) => {
    const own = perspectives.root(belief.holder);
    const number = (expr: number | undefined, otherwise: number): number =>
      expr === undefined ? otherwise : reader.soft(own, expr, []);
    const low = number(belief.sure?.low, 1);
    const high = number(belief.sure?.high, low);
    const drawn =
      high === low
        ? low
        : low + (high - low) * host.draw({ purpose: "belief", who: [belief.holder, index] });
    const sure = belief.negated ? 1 - drawn : drawn;
    const weight = belief.weight === undefined ? undefined : number(belief.weight, 0);
    writer.forGood({ source: "start", by: -1, cause: 0 }, () => {
      learning.believe(own, belief.claim, sure, weight);
    });
  });
}
