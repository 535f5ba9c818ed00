import { type Answerer, batchesHeld, besideThisThread, runBatches } from "@fabula/lab/node";
import { describe, expect, it } from "vitest";

const survey = "survey";

/** Threads that answer only once told to. */
function createOthers() {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const others: Answerer & { readonly threads: number } = {
    threads: 1,
    answer: async ({ from, to }) => {
      asked.push(from);
      await new Promise<void>((resume) => waiting.push(resume));
      const answers = Array.from({ length: to - from }, (_, index) => `there ${from + index}`);
      return { kind: "answers", answers };
    },
    close: async () => {},
  };
  return { others, asked, waiting };
}

describe("threads beside this one", () => {
  it("are given batches while this one is busy, and the rest is done here", async () => {
    const { others, asked, waiting } = createOthers();
    const here: number[] = [];
    const answerer = besideThisThread(others, (seed) => {
      here.push(seed);
      return `here ${seed}`;
    });
    const batches = [0, 1, 2, 3, 4, 5].map((n) => ({ from: 2 * n, to: 2 * n + 2 }));
    const answers: string[] = [];
    await runBatches(answerer, {
      survey,
      batches,
      atOnce: 1 + batchesHeld,
      signal: new AbortController().signal,
      onResult: (_, result) => {
        if (result.kind === "answers") answers.push(...result.answers);
        // Theirs come last: everything else was done here.
        if (answers.length === 8) for (const resume of waiting) resume();
        return true;
      },
    });
    expect(asked).toEqual([2, 4]);
    expect(here).toEqual([0, 1, 6, 7, 8, 9, 10, 11]);
    expect(answers.slice(8)).toEqual(["there 2", "there 3", "there 4", "there 5"]);
  });

  it("stop between two runs of this one", async () => {
    const stop = new AbortController();
    const here: number[] = [];
    const answerer = besideThisThread(createOthers().others, (seed) => {
      here.push(seed);
      if (seed === 2) stop.abort();
      return "";
    });
    const answer = answerer.answer({ survey, from: 0, to: 50 }, stop.signal);
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    expect(here).toEqual([0, 1, 2]);
  });

  it("hear what went wrong here", async () => {
    const answerer = besideThisThread(createOthers().others, () => {
      throw new Error("no such thing");
    });
    const answer = answerer.answer({ survey, from: 0, to: 1 }, new AbortController().signal);
    await expect(answer).rejects.toThrow("no such thing");
  });
});
