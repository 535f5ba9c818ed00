/** Who holds what to be so at a moment: since when, from whom, and whether it is so. */
import type { BeliefSource, OccurrenceId } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import { RecordedRun } from "./recorded-run.js";

export interface HeldBelief {
  readonly holder: number;
  readonly claim: ExprId;
  /** As the holder has it: denied where they think it is not so. */
  readonly text: string;
  /** As the claim stands, for a table of claims: never denied. */
  readonly claimText: string;
  /** 0 .. 1 that the claim is so. */
  readonly confidence: number;
  readonly clock: string;
  readonly since: number;
  readonly source: BeliefSource;
  readonly by: string;
  readonly occurrence: OccurrenceId;
  /** Whether the claim is so now; null where it cannot be said. */
  readonly claimHolds: boolean | null;
  /** What somebody thinks another thinks. */
  readonly nested: boolean;
}

/** Confidence from which somebody is said to believe (and below 1 - it, to deny). */
const crisp = 0.6;

/** At `time`, milliseconds since the epoch; in order of coming to be. */
export function beliefsAt(run: RecordedRun, time: number): HeldBelief[] {
  const { chronicle, words } = run;
  const latest = new Map<string, OccurrenceId>();
  let last = 0;
  for (let id = 0; id < chronicle.count && chronicle.timeOf(id) <= time; id += 1) {
    last = id;
    const belief = chronicle.beliefOf(id);
    if (belief !== undefined) latest.set(`${belief.holder}:${belief.claim}`, id);
  }
  const now = run.story.begin(run.options);
  now.runUntil(time);
  const english = run.createEnglish();
  const scene = { at: last, speaker: -1, hearer: -1, said: false };
  const pool = run.simulation.world.expressions;
  const held: HeldBelief[] = [];
  for (const id of [...latest.values()].sort((a, b) => a - b)) {
    const belief = chronicle.beliefOf(id);
    if (belief === undefined) continue;
    const { holder, claim, after, source, by } = belief;
    if (after < crisp && after > 1 - crisp) continue;
    held.push({
      holder,
      claim,
      text: english.claims.clause(claim, after > 0.5, scene),
      claimText: english.claims.clause(claim, true, scene),
      confidence: after,
      clock: words.clockAt(chronicle.timeOf(id)),
      since: chronicle.timeOf(id),
      source,
      by: by < 0 ? "" : english.lexicon.nameOf(by),
      occurrence: id,
      claimHolds: RecordedRun.truthOf(now, claim) ?? null,
      nested: pool.get(claim).op === "believes",
    });
  }
  return held;
}
