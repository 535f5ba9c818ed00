/** The tests of one file over its seeds. */
import {
  answerSuites,
  readSuites,
  seedsAskedBy,
  type TestOptions,
  type TestResult,
  testResults,
} from "fabula";
import { unwrap } from "./story-input.js";
import { gatherTexts, runSurvey, type SurveyFlags } from "./survey-runs.js";
import { placeName } from "./text-file.js";

export interface StoryRunOptions extends TestOptions, SurveyFlags {}

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
  const ask = { kind: "tests", options } as const;
  const answer = answerSuites(suites, jitter);
  const seeds = { from: 1, to: 1 + seedsAskedBy(suites) };
  const answers = await runSurvey({ texts, ask, seeds, answer }, flags);
  return testResults(placeName(file), suites, answers);
}
