import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { afterAll, describe, expect, it, vi } from "vitest";
import { makeFolder, spawnFabula } from "./run-fabula.js";
import { pause, question, startFabula, writeDice } from "./surveys.js";

/** The machine may be busy, and a lost batch is given up for lost only after a while. */
vi.setConfig({ testTimeout: 400_000 });

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) console.warn("NOT TESTED: the fleet (there is no redis-server on this machine)");
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

describe.runIf(hasRedis)("a fleet on a real Redis", () => {
  it("counts every run once, though one machine is killed and another hangs", async () => {
    const url = await startRedis();
    const story = writeDice();
    const workers = Array.from({ length: 4 }, () => {
      const worker = startFabula("worker", url, "--json");
      started.push(worker.child);
      return worker;
    });
    const asked = ["odds", story, question, "--runs", "2000", "--json"];
    const fleet = startFabula(...asked, "--fleet", url);
    await batches(workers, 20);
    workers[0]?.child.kill("SIGKILL");
    workers[1]?.child.kill("SIGSTOP");
    const code = await fleet.ended;
    const answer = JSON.parse(fleet.said.out);
    expect(code).toBe(0);
    expect(answer.runs).toBe(2000);
    const alone = spawnFabula(asked, makeFolder());
    expect(answer).toEqual(JSON.parse(alone.out));
    // Somebody else did something, too.
    expect(workers.filter((one) => one.said.out.includes('"from"')).length).toBeGreaterThan(1);
    // What is done already is not done again: asked anew, no machine has anything to do.
    const before = workers.map((one) => one.said.out.length);
    const again = startFabula(...asked, "--fleet", url);
    expect(await again.ended).toBe(0);
    expect(JSON.parse(again.said.out)).toEqual(answer);
    expect(workers.map((one) => one.said.out.length)).toEqual(before);
  });
});

/** Until these machines have answered so many batches together. */
async function batches(workers: readonly { said: { out: string } }[], count: number) {
  for (let waited = 0; waited < 1200; waited += 1) {
    const lines = workers.flatMap((one) => one.said.out.split("\n").filter((line) => line !== ""));
    if (lines.length >= count) return;
    await pause(100);
  }
  throw new Error("the fleet has not begun to answer within two minutes");
}

async function startRedis(): Promise<string> {
  const port = await freePort();
  const args = ["--port", String(port), "--save", "", "--appendonly", "no", "--dir", makeFolder()];
  const redis = spawn("redis-server", args);
  started.push(redis);
  await new Promise<void>((resolve, reject) => {
    redis.stdout.on("data", (data) => {
      if (String(data).includes("Ready to accept connections")) resolve();
    });
    redis.on("exit", () => reject(new Error("redis-server ended")));
  });
  return `redis://127.0.0.1:${port}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
