/** Batches on threads of this machine, through piscina. A thread that dies is tried again. */
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { Piscina } from "piscina";
import type { Answerer, BatchResult, BatchTask } from "./task.js";

/** What a thread's module exports: `answerOnThread(work)`. */
export interface ThreadWork<Survey> extends BatchTask {
  readonly content: Survey;
}

const attemptsMax = 3;

/** Batches a thread holds: the one it answers, and the next, so that it never waits for this one. */
export const batchesHeld = 2;

/** `file`: a module that exports `answerOnThread`. `surveyOf`: the content behind a hash. */
export function createThreads<Survey>(
  file: URL,
  threads: number,
  surveyOf: (hash: string) => Survey | Promise<Survey>,
): Answerer & { readonly threads: number } {
  keepCoresFor(threads);
  const pool = new Piscina({
    filename: file.href,
    name: "answerOnThread",
    minThreads: 0,
    maxThreads: threads,
    concurrentTasksPerWorker: batchesHeld,
    idleTimeout: 10_000,
  });
  return {
    threads,
    answer: async (task, signal) => {
      const work: ThreadWork<Survey> = { ...task, content: await surveyOf(task.survey) };
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await unlessAborted<BatchResult>(pool.run(work), signal);
        } catch (error) {
          if (signal.aborted || attempt === attemptsMax) throw error;
        }
      }
    },
    close: async () => {
      await pool.destroy();
    },
  };
}

/** The same batches, one at a time, on this thread too, which has read the story already. */
export function besideThisThread(
  threads: Answerer & { readonly threads: number },
  answer: (seed: number) => string,
): Answerer {
  keepCoresFor(threads.threads + 1);
  let isBusy = false;
  return {
    answer: async (task, signal) => {
      if (isBusy) return await threads.answer(task, signal);
      isBusy = true;
      try {
        const answers: string[] = [];
        for (let seed = task.from; seed < task.to; seed += 1) {
          // What the threads ask for, and Ctrl-C, are heard between two runs.
          await setImmediate();
          signal.throwIfAborted();
          answers.push(answer(seed));
        }
        return { kind: "answers", answers };
      } finally {
        isBusy = false;
      }
    },
    close: () => threads.close(),
  };
}

/** A collector with helpers is faster where a core is idle. Where none is, it only costs more. */
function keepCoresFor(threads: number): void {
  if (threads >= availableParallelism()) setFlagsFromString("--no-parallel-scavenge");
}

/** A thread is not stopped by it: closing the pool does that. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
