/** `fabula worker`: this machine answers for a fleet. */
import type { Command } from "commander";
import { badInput } from "../bad-input.js";
import { exitCode } from "../exit-code.js";
import { onInterruption } from "../interruption.js";
import { parseFleet, parseWorkers } from "../option-values.js";
import { writeLine } from "../output.js";
import { surveyThread } from "../threads.js";
import { createCommand } from "./command.js";

interface WorkerFlags {
  readonly threads: number;
  readonly json?: boolean;
}

export function createWorkerCommand(): Command {
  return createCommand(
    "worker",
    "Let this machine work for a fleet: it answers batches of runs until it is stopped.",
    "worker redis://127.0.0.1:6379 --threads 2",
  )
    .argument("<URL>", "where the fleet meets: redis://host:6379", parseFleet)
    .option("--threads <N>", "batches at a time", parseWorkers, 1)
    .option("--json", 'a line for each batch: {"from","to"}')
    .action(work);
}

async function work(url: string, flags: WorkerFlags): Promise<void> {
  const { createThreads, engineHash, serveFleet } = await import("fabula/node");
  const { threads } = flags;
  let runs = 0;
  const worker = await serveFleet(
    { url, engine: engineHash(), threads },
    (surveyOf) => createThreads(surveyThread, threads, surveyOf),
    ({ from, to }) => {
      runs += to - from;
      if (flags.json) process.stdout.write(`${JSON.stringify({ from, to })}\n`);
    },
  ).catch((error: Error) => {
    if (error.name !== "FleetUnreachable") throw error;
    throw badInput(
      "FAB7009",
      `no Redis answers at ${url}: ${error.message}`,
      "start one: redis-server",
    );
  });
  const stop = () => void worker.stop();
  onInterruption(stop);
  process.on("SIGTERM", stop);
  if (!flags.json) await writeLine(`working for ${url}; Ctrl-C ends it after what is under way`);
  await worker.done;
  if (!flags.json) await writeLine(`${runs} runs`);
  process.exitCode = exitCode.done;
}
