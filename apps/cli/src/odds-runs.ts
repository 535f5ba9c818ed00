/** Counting over seeds, here or on several threads: the same count either way. */
import { Worker } from "node:worker_threads";
import { countYes } from "fabula";
import { breathe, isInterrupted } from "./interruption.js";
import { openStory, unwrap } from "./story-input.js";

/** What a thread is told: count over the seeds `from` .. `to` - 1. */
export interface OddsJob {
  readonly story: string;
  readonly question: string;
  readonly change: readonly string[];
  readonly jitter: number;
  readonly from: number;
  readonly to: number;
}

/** `runs`: how many there were, fewer than asked for only where interrupted. */
export interface OddsCount {
  readonly runs: number;
  readonly yes: number;
}

/** Reads everything first, so that what is wrong is said before any run. */
export async function countOdds(
  job: OddsJob,
  workers: number,
  onRun: (done: number) => void,
): Promise<OddsCount> {
  const story = openStory(job.story);
  const question = unwrap(story.readQuestion(job.question));
  const options = { changes: unwrap(story.readChanges(job.change)), jitter: job.jitter };
  const total = job.to - job.from;
  let done = 0;
  const onSeed = () => onRun(++done);
  if (workers > 1) {
    const parts = Math.min(workers, total);
    const jobs = Array.from({ length: parts }, (_, part) => ({
      ...job,
      from: job.from + Math.floor((total * part) / parts),
      to: job.from + Math.floor((total * (part + 1)) / parts),
    }));
    const counts = await Promise.all(jobs.map((one) => countOnThread(one, onSeed)));
    return { runs: total, yes: counts.reduce((sum, count) => sum + count, 0) };
  }
  let yes = 0;
  for (let seed = job.from; seed < job.to && !isInterrupted(); seed += 1) {
    yes += countYes(story, question, { from: seed, to: seed + 1 }, options, onSeed);
    await breathe();
  }
  return { runs: done, yes };
}

function countOnThread(job: OddsJob, onSeed: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./odds-worker.js", import.meta.url), { workerData: job });
    worker.on("message", (message: null | number) => {
      if (message === null) onSeed();
      else resolve(message);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a thread ended early with ${code}`)));
  });
}
