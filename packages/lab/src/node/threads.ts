/** Batches on threads of this machine, through piscina. A thread that dies is tried again. */
import { Piscina } from "piscina";
import type { Answerer, BatchResult, BatchTask } from "./task.js";

/** What a thread's module exports: `answerOnThread(work)`. */
export interface ThreadWork<Survey> extends BatchTask {
  readonly content: Survey;
}

const attemptsMax = 3;

/** `file`: a module that exports `answerOnThread`. `surveyOf`: the content behind a hash. */
export function createThreads<Survey>(
  file: URL,
  threads: number,
  surveyOf: (hash: string) => Survey | Promise<Survey>,
): Answerer {
  const pool = new Piscina({
    filename: file.href,
    name: "answerOnThread",
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 10_000,
  });
  return {
    answer: async (task, signal) => {
      const work: ThreadWork<Survey> = { ...task, content: await surveyOf(task.survey) };
      for (let attempt = 1; ; attempt += 1) {
        try {
          return (await pool.run(work, { signal })) as BatchResult;
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
