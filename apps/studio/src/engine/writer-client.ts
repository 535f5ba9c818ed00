/** The editor's end of the language's worker. A newer question of a kind replaces an older one. */
import type { WriterAnswer, WriterAsk, WriterName } from "./writer-protocol";

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export class WriterClient {
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  constructor(private readonly worker: Worker) {
    worker.addEventListener("message", ({ data }) => {
      const pending = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if (data.error === undefined) pending?.resolve(data.answer as never);
      else pending?.reject(new Error(data.error));
    });
  }

  ask<N extends WriterName>(name: N, ask: WriterAsk<N>): Promise<WriterAnswer<N>> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (answer: never) => void, reject });
      this.worker.postMessage({ id, name, ask });
    });
  }

  close(): void {
    this.worker.terminate();
  }
}
