/**
 * Work on another thread: it reports each step, then its result, or what is wrong with the text.
 * Ctrl-C ends it at once; its part is then missing from the result.
 */
import { parentPort, Worker } from "node:worker_threads";
import { type Diagnostic, StoryFault } from "fabula";
import { BadInput } from "./bad-input.js";
import { onInterruption } from "./interruption.js";

type Message<Result> =
  | { readonly kind: "step" }
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "wrong"; readonly diagnostics: readonly Diagnostic[] };

/** undefined: interrupted. `file`: beside this one, as built. */
export function runOnThread<Job, Result>(
  file: string,
  job: Job,
  onStep: () => void,
): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: job });
    onInterruption(() => {
      resolve(undefined);
      void worker.terminate();
    });
    worker.on("message", (message: Message<Result>) => {
      if (message.kind === "step") onStep();
      else if (message.kind === "result") resolve(message.result);
      else reject(new BadInput(message.diagnostics));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a thread ended early with ${code}`)));
  });
}

/** The body of a thread. */
export function onThread<Result>(work: (onStep: () => void) => Result): void {
  const post = (message: Message<Result>) => parentPort?.postMessage(message);
  try {
    post({ kind: "result", result: work(() => post({ kind: "step" })) });
  } catch (error) {
    if (!(error instanceof BadInput || error instanceof StoryFault)) throw error;
    post({ kind: "wrong", diagnostics: error.diagnostics });
  }
}
