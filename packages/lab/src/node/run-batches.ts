/** Keeps an answerer busy with batches, in order, until all are answered or nobody wants more. */
import type { Batch } from "../batches.js";
import type { Answerer, BatchResult } from "./task.js";

export interface RunBatches {
  readonly survey: string;
  readonly batches: readonly Batch[];
  /** Batches under way at a time. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  /** As results come, in any order. False: nothing more is wanted. */
  onResult(batch: Batch, result: BatchResult): boolean;
}

/** Resolves once done, no more is wanted, or the signal came; rejects with what went wrong. */
export async function runBatches(answerer: Answerer, job: RunBatches): Promise<void> {
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  if (job.signal.aborted) return;
  job.signal.addEventListener("abort", onAbort, { once: true });
  let next = 0;
  const keepBusy = async () => {
    while (next < job.batches.length && !stop.signal.aborted) {
      const batch = job.batches[next++] as Batch;
      try {
        const task = { survey: job.survey, from: batch.from, to: batch.to };
        const result = await answerer.answer(task, stop.signal);
        if (stop.signal.aborted) return;
        if (!job.onResult(batch, result)) stop.abort();
      } catch (error) {
        if (stop.signal.aborted) return;
        stop.abort();
        throw error;
      }
    }
  };
  try {
    const lanes = Math.min(job.atOnce, job.batches.length);
    await Promise.all(Array.from({ length: lanes }, keepBusy));
  } finally {
    job.signal.removeEventListener("abort", onAbort);
  }
}
