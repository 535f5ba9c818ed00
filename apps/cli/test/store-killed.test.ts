import { join } from "node:path";
import { Store } from "fabula/node";
import { describe, expect, it, vi } from "vitest";
import { makeFolder, spawnFabula } from "./run-fabula.js";
import { pause, question, type Running, startFabula, writeDice } from "./surveys.js";

vi.setConfig({ testTimeout: 400_000 });

/** `FABULA_KILLS=50` for a longer trial. */
const kills = Number(process.env.FABULA_KILLS ?? 10);
const runs = String(kills * 1000);

describe("odds with a store, killed at any moment", () => {
  it("keeps what it said it had stored, opens again, and ends with the same answer", async () => {
    const file = join(makeFolder(), "odds.store");
    const asked = ["odds", writeDice(), question, "--runs", runs, "--json"];
    let stored = 0;
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const running = startFabula(...asked, "--store", file, "--progress");
      // By turns: anywhere since its start, and anywhere in the second after it began to store.
      const delay = (kill * 7919) % 1000;
      if (kill % 2 === 0) await untilStored(running);
      await Promise.race([running.ended, pause(delay)]);
      if (running.child.kill("SIGKILL")) interrupted += 1;
      await running.ended;
      const said = running.said.err.match(/stored runs (\d+)\//g)?.at(-1);
      const promised = said === undefined ? stored : Number(said.replace(/\D/g, ""));
      const now = countAnswers(file);
      expect(now).toBeGreaterThanOrEqual(promised);
      expect(now).toBeGreaterThanOrEqual(stored);
      stored = now;
    }
    // A fast machine is done before the last of them; the first comes a second after the start.
    expect(interrupted).toBeGreaterThan(0);
    expect(stored).toBeGreaterThan(0);
    const resumed = spawnFabula([...asked, "--store", file], makeFolder());
    const alone = spawnFabula(asked, makeFolder());
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.out)).toEqual(JSON.parse(alone.out));
  });
});

async function untilStored(running: Running): Promise<void> {
  let isOver = false;
  void running.ended.then(() => {
    isOver = true;
  });
  while (!isOver && !running.said.err.includes("stored")) await pause(10);
}

function countAnswers(file: string): number {
  const store = Store.open(file);
  try {
    return store.surveys().reduce((sum, survey) => sum + survey.answers, 0);
  } finally {
    store.close();
  }
}
