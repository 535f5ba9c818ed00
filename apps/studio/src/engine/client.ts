/** The page's end of the engine's worker: promises with progress and cancelling. */
import type { PreparedAnswers } from "./prepared";
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

/** Of the page: its worker begins to load at once. */
export function startEngine(): EngineClient {
  // Vite finds a worker by this form only.
  return new EngineClient(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
}

export class EngineClient {
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #answers = false;
  /** Why the worker never began: it will answer nothing. */
  #unstarted: EngineFailure | undefined;

  /** Answers that need not wait for the worker. */
  prepared: PreparedAnswers | undefined;

  constructor(private readonly worker: WorkerPort) {
    worker.addEventListener("message", (event: Event) =>
      this.#receive((event as MessageEvent<FromWorker>).data),
    );
    worker.addEventListener("error", (event: Event) => {
      const message = (event as ErrorEvent).message || "the engine's worker stopped";
      const failure = new EngineFailure({ kind: "defect", message });
      if (!this.#answers) this.#unstarted = failure;
      for (const { reject } of this.#pending.values()) reject(failure);
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
      if (this.#unstarted !== undefined) {
        reject(this.#unstarted);
        return;
      }
      if (signal?.aborted) {
        reject(new EngineFailure({ kind: "cancelled" }));
        return;
      }
      this.#pending.set(id, { resolve: resolve as (answer: unknown) => void, reject, onProgress });
      signal?.addEventListener("abort", () => this.#send({ type: "cancel", id }), { once: true });
      this.#send({ type: "ask", id, name, ask });
      void this.prepared?.find(name, ask).then((answer) => {
        if (answer !== undefined) this.#resolve(id, answer);
      });
    });
  }

  close(): void {
    this.worker.terminate();
  }

  #send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    this.#answers = true;
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.type === "progress") {
      pending.onProgress?.(message.progress);
      return;
    }
    if (message.type === "answer") {
      this.#resolve(message.id, message.answer);
      return;
    }
    this.#pending.delete(message.id);
    pending.reject(new EngineFailure(message.failure));
  }

  /** By whoever is first. */
  #resolve(id: number, answer: unknown): void {
    this.#pending.get(id)?.resolve(answer);
    this.#pending.delete(id);
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
