/** The tests of one file over its seeds. */
import {
  answerSuites,
  looksOf,
  readSuites,
  seedsAskedBy,
  settledCases,
  type TestOptions,
  type TestResult,
  testResults,
  withoutSettled,
} from "fabula";
import { isInterrupted } from "./interruption.js";
import { unwrap } from "./story-input.js";
import { gatherTexts, runSurvey, type SurveyFlags } from "./survey-runs.js";
import { placeName } from "./text-file.js";

export interface StoryRunOptions extends TestOptions, SurveyFlags {
  /** Asks no more of what leaves no doubt. */
  readonly sure?: boolean;
}

/** undefined: nothing in the file expects anything. */
export async function runStoryTests(
  file: string,
  flags: StoryRunOptions,
): Promise<TestResult[] | undefined> {
  const { runs, share, jitter } = flags;
  const options: TestOptions = {
    jitter,
    ...(runs === undefined ? {} : { runs }),
    ...(share === undefined ? {} : { share }),
  };
  const { texts, value: suites } = gatherTexts(file, ({ story, find }) =>
    unwrap(readSuites(story, find, options)),
  );
  if (suites.length === 0) return undefined;
  const most = seedsAskedBy(suites);
  const answers = new Map<number, string>();
  let from = 1;
  for (const look of flags.sure === true ? looksOf(most) : [most]) {
    const settled = from === 1 ? [] : settledCases(suites, answers);
    const open = withoutSettled(suites, settled);
    const last = Math.min(look, seedsAskedBy(open));
    if (last < from || isInterrupted()) break;
    const asked = settled.length === 0 ? options : { ...options, settled };
    const ask = { kind: "tests", options: asked } as const;
    const seeds = { from, to: last + 1 };
    const job = { texts, ask, seeds, answer: answerSuites(open, jitter) };
    for (const [seed, letters] of await runSurvey(job, flags)) answers.set(seed, letters);
    from = last + 1;
  }
  return testResults(placeName(file), suites, answers);
}
