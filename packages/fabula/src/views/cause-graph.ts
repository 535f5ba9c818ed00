/**
 * The causes behind an occurrence as a graph: each occurrence once, links as recorded. The end of an
 * act stands for its beginning too.
 */
import type { CauseKind, OccurrenceId } from "@fabula/chronicle";
import { accessTo, isAct } from "@fabula/telling";
import { causesBesideStart } from "./own-start.js";
import type { RecordedRun } from "./recorded-run.js";

export interface CauseNode {
  readonly occurrence: OccurrenceId;
  readonly kind: string;
  readonly clock: string;
  readonly what: string;
  readonly text: string;
  /** Links from what is asked about; 0 is it. */
  readonly depth: number;
  /** Some of its causes are left out: by the limits, or because the person knows nothing of them. */
  readonly more: "none" | "cut" | "unknown";
}

export interface CauseGraph {
  readonly root: OccurrenceId;
  /** Quantities that were under way to where the root found them, and what moved them: sentences. */
  readonly carried: readonly string[];
  readonly nodes: readonly CauseNode[];
  readonly links: readonly {
    readonly from: OccurrenceId;
    readonly to: OccurrenceId;
    readonly kind: CauseKind;
  }[];
}

export interface CauseGraphOptions {
  /** Birth number of whose knowledge bounds it; -1 the truth. */
  readonly as: number;
  readonly sizeMax?: number;
}

/** Nearest causes first. */
export function causeGraphOf(
  run: RecordedRun,
  root: OccurrenceId,
  { as, sizeMax = 500 }: CauseGraphOptions,
): CauseGraph {
  const { chronicle, words } = run;
  const depths = new Map<OccurrenceId, number>([[root, 0]]);
  const more = new Map<OccurrenceId, CauseNode["more"]>();
  const links: { from: OccurrenceId; to: OccurrenceId; kind: CauseKind }[] = [];
  const queue = [root];
  for (let index = 0; index < queue.length; index += 1) {
    const id = queue[index] as OccurrenceId;
    const depth = depths.get(id) ?? 0;
    for (const { from, kind } of causesBesideStart(chronicle, id)) {
      const cause = chronicle.get(from);
      const known =
        as === -1 || from === 0 || accessTo(cause, { focalizer: as }, isAct(cause)) === "whole";
      if (!known) {
        more.set(id, "unknown");
        continue;
      }
      if (!depths.has(from)) {
        if (depths.size >= sizeMax) {
          if (more.get(id) !== "unknown") more.set(id, "cut");
          continue;
        }
        depths.set(from, depth + 1);
        queue.push(from);
      }
      links.push({ from, to: id, kind });
    }
  }
  const nodes = queue.map((id) => {
    const occurrence = chronicle.get(id);
    return {
      occurrence: id,
      kind: occurrence.kind,
      clock: words.clockOf(occurrence),
      what: words.label(occurrence),
      text: words.sentence(occurrence),
      depth: depths.get(id) ?? 0,
      more: more.get(id) ?? "none",
    };
  });
  return { root, carried: as === -1 ? run.carried(root) : [], nodes, links };
}
