/** The editor's end of the language's worker. */
import type { WriterAnswer, WriterAsk, WriterName } from "./writer-protocol";

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export class WriterClient {
  readonly #pending = new Map<number, Pending>();
  readonly #newest = new Map<WriterName, unknown>();
  readonly #underWay = new Map<WriterName, Promise<undefined>>();
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

  /**
   * As `ask`, one at a time: it is asked at once where the last answer is there, and else as soon
   * as it is. Of those that wait only the newest is asked; undefined: it was not this one.
   */
  async askNewest<N extends WriterName>(
    name: N,
    ask: WriterAsk<N>,
  ): Promise<WriterAnswer<N> | undefined> {
    this.#newest.set(name, ask);
    while (this.#underWay.has(name)) await this.#underWay.get(name);
    if (this.#newest.get(name) !== ask) return undefined;
    const answer = this.ask(name, ask);
    const settled = answer.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.set(name, settled);
    try {
      return await answer;
    } finally {
      if (this.#underWay.get(name) === settled) this.#underWay.delete(name);
    }
  }

  close(): void {
    this.worker.terminate();
  }
}
