/** A thread of `fabula test`: reads the file for itself and tallies its share of the seeds. */
import { parentPort, workerData } from "node:worker_threads";
import { openSuites, type SeedJob, tallyJob } from "./story-runs.js";

const job = workerData as SeedJob;
const suites = openSuites(job.file, job.options);
parentPort?.postMessage(tallyJob(suites, job, () => parentPort?.postMessage(null)));
