/** The editor asks its worker: how questions wait for each other. */
import { describe, expect, it } from "vitest";
import { WriterClient } from "../src/engine/writer-client";

/** Answers when it is told to. */
class SlowWorker {
  readonly asked: { readonly id: number; readonly ask: { readonly source: { path: string } } }[] =
    [];
  #listener: (message: { readonly data: unknown }) => void = () => undefined;

  addEventListener(_type: string, listener: (message: { readonly data: unknown }) => void) {
    this.#listener = listener;
  }

  postMessage(message: SlowWorker["asked"][number]) {
    this.asked.push(message);
  }

  settle(data: { readonly answer?: unknown; readonly error?: string }) {
    this.#listener({ data: { id: this.asked.at(-1)?.id, ...data } });
  }

  get paths() {
    return this.asked.map(({ ask }) => ask.source.path);
  }
}

function started() {
  const worker = new SlowWorker();
  const client = new WriterClient(worker as unknown as Worker);
  const diagnose = (path: string) => client.askNewest("diagnose", { source: { path, files: {} } });
  return { worker, diagnose };
}

describe("the newest question", () => {
  it("is asked at once where nothing is under way", () => {
    const { worker, diagnose } = started();
    void diagnose("a");
    expect(worker.paths).toEqual(["a"]);
  });

  it("waits for the answer that is under way, and replaces those that waited before it", async () => {
    const { worker, diagnose } = started();
    const first = diagnose("a");
    const second = diagnose("b");
    const third = diagnose("c");
    expect(worker.paths).toEqual(["a"]);
    worker.settle({ answer: [] });
    expect(await first).toEqual([]);
    expect(await second).toBeUndefined();
    await expect.poll(() => worker.paths).toEqual(["a", "c"]);
    worker.settle({ answer: [] });
    expect(await third).toEqual([]);
  });

  it("is asked after one that failed", async () => {
    const { worker, diagnose } = started();
    const first = diagnose("a");
    const second = diagnose("b");
    worker.settle({ error: "broken" });
    await expect(first).rejects.toThrow("broken");
    await expect.poll(() => worker.paths).toEqual(["a", "b"]);
    worker.settle({ answer: [] });
    expect(await second).toEqual([]);
  });
});
