/** A thread of `fabula test`: reads the story for itself and tallies its share of the seeds. */
import { parentPort, workerData } from "node:worker_threads";
import { ports, tallySeeds, testCasesOf } from "fabula";
import { openForTests, type SeedJob } from "./story-runs.js";

const job = workerData as SeedJob;
const story = openForTests(job.file);
if (story !== undefined) {
  const cases = testCasesOf(story.world, job.options);
  const { jitter } = job.options;
  const onSeed = (seed: number) => parentPort?.postMessage(seed);
  parentPort?.postMessage(tallySeeds(ports.engine, story.world, cases, job, jitter, onSeed));
}
