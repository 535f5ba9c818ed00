/** The thread of `fabula seek`: looks at a shared flag now and then, and says how far it is. */
import { parentPort, workerData } from "node:worker_threads";
import { offerKeptModules } from "./kept-modules.js";
import { runSeekJob, type SeekJob } from "./seek-job.js";

const { flag, job } = workerData as { readonly flag: Int32Array; readonly job: SeekJob };
let said = performance.now();
offerKeptModules();

const answer = await runSeekJob(job, (progress) => {
  const now = performance.now();
  if (progress !== undefined && now - said > 200) {
    said = now;
    parentPort?.postMessage({ kind: "progress", progress });
  }
  return Atomics.load(flag, 0) === 0;
});
parentPort?.postMessage({ kind: "answer", answer });
