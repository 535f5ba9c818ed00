/** What ever happens in a story: the survey behind `coverage`. */
import { coverRun } from "@fabula/lab";
import type { OpenedStory, Read } from "../opened-story.js";
import type { AnswerSeed } from "./answer-seed.js";

export interface CoverageAsk {
  readonly kind: "coverage";
  readonly changes: readonly string[];
  readonly jitter: number;
}

/** Indexes of coverage items that happened, as JSON. */
export function coverageSurvey(story: OpenedStory, ask: CoverageAsk): Read<AnswerSeed> {
  const changes = story.readChanges(ask.changes);
  if (!changes.ok) return changes;
  const { jitter } = ask;
  const value: AnswerSeed = (seed) =>
    JSON.stringify(coverRun(story.world, story.begin({ seed, changes: changes.value, jitter })));
  return { ok: true, value, diagnostics: changes.diagnostics };
}
