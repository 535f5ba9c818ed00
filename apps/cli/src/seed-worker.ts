/** A thread of `fabula test`: reads the file for itself and tallies its share of the seeds. */
import { workerData } from "node:worker_threads";
import { openSuites, type SeedJob, tallyJob } from "./story-runs.js";
import { onThread } from "./thread.js";

onThread((onStep) => {
  const job = workerData as SeedJob;
  return tallyJob(openSuites(job.file, job.options), job, onStep);
});
