/** A thread of `fabula odds`: reads story and question for itself and counts over its seeds. */
import { parentPort, workerData } from "node:worker_threads";
import { countYes } from "fabula";
import type { OddsJob } from "./odds-runs.js";
import { openStory, unwrap } from "./story-input.js";

const job = workerData as OddsJob;
const story = openStory(job.story);
const question = unwrap(story.readQuestion(job.question));
const options = { changes: unwrap(story.readChanges(job.change)), jitter: job.jitter };
const onSeed = () => parentPort?.postMessage(null);
parentPort?.postMessage(countYes(story, question, job, options, onSeed));
