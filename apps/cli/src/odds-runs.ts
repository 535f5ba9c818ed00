/** Counting over seeds, here or on several threads: the same count either way. */
import { countYes } from "fabula";
import { breathe, isInterrupted } from "./interruption.js";
import { openStory, unwrap } from "./story-input.js";
import { runOnThread } from "./thread.js";

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
    const counts = await Promise.all(
      jobs.map((one) => runOnThread<OddsJob, number>("./odds-worker.js", one, onSeed)),
    );
    const whole = counts.filter((count) => count !== undefined);
    const runs = jobs.reduce((sum, one, part) => {
      return counts[part] === undefined ? sum : sum + one.to - one.from;
    }, 0);
    return { runs, yes: whole.reduce((sum, count) => sum + count, 0) };
  }
  let yes = 0;
  for (let seed = job.from; seed < job.to && !isInterrupted(); seed += 1) {
    yes += countYes(story, question, { from: seed, to: seed + 1 }, options, onSeed);
    await breathe();
  }
  return { runs: done, yes };
}
