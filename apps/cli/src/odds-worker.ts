/** A thread of `fabula odds`: reads story and question for itself and counts over its seeds. */
import { workerData } from "node:worker_threads";
import { countYes } from "fabula";
import type { OddsJob } from "./odds-runs.js";
import { openStory, unwrap } from "./story-input.js";
import { onThread } from "./thread.js";

onThread((onStep) => {
  const job = workerData as OddsJob;
  const story = openStory(job.story);
  const question = unwrap(story.readQuestion(job.question));
  const options = { changes: unwrap(story.readChanges(job.change)), jitter: job.jitter };
  return countYes(story, question, job, options, onStep);
});
