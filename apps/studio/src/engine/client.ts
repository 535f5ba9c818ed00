/** The page's end of the engine's worker: promises with progress and cancelling. */
import type { Answer, Ask, Failure, FromWorker, Progress, RequestName, ToWorker } from "./protocol";

export class EngineFailure extends Error {
  constructor(readonly failure: Failure) {
    super(wordsOf(failure));
  }
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What the client needs of a worker; tests give their own. */
export type WorkerPort = Pick<Worker, "postMessage" | "addEventListener" | "terminate">;

export class EngineClient {
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  constructor(private readonly worker: WorkerPort) {
    worker.addEventListener("message", (event: Event) =>
      this.#receive((event as MessageEvent<FromWorker>).data),
    );
    worker.addEventListener("error", (event: Event) => {
      const message = (event as ErrorEvent).message || "the engine's worker stopped";
      for (const { reject } of this.#pending.values()) {
        reject(new EngineFailure({ kind: "defect", message }));
      }
      this.#pending.clear();
    });
  }

  ask<N extends RequestName>(
    name: N,
    ask: Ask<N>,
    { signal, onProgress }: AskOptions = {},
  ): Promise<Answer<N>> {
    const id = this.#next;
    this.#next += 1;
    return new Promise<Answer<N>>((resolve, reject) => {
      if (signal?.aborted) {
        reject(new EngineFailure({ kind: "cancelled" }));
        return;
      }
      this.#pending.set(id, { resolve: resolve as (answer: unknown) => void, reject, onProgress });
      signal?.addEventListener("abort", () => this.#send({ type: "cancel", id }), { once: true });
      this.#send({ type: "ask", id, name, ask });
    });
  }

  close(): void {
    this.worker.terminate();
  }

  #send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.type === "progress") {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if (message.type === "answer") pending.resolve(message.answer);
    else pending.reject(new EngineFailure(message.failure));
  }
}

function wordsOf(failure: Failure): string {
  switch (failure.kind) {
    case "cancelled":
      return "stopped";
    case "defect":
      return failure.message;
    case "diagnostics":
      return failure.diagnostics.map((one) => one.message).join("\n");
  }
}
