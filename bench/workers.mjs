/**
 * What two workers are worth: the same `fabula odds` with one worker and with two, in turns, whole
 * processes by the clock on the wall; and, as what the machine has to give, two processes with one
 * worker each at the same time. `node bench/workers.mjs [--runs N] [--rounds N]`, after a build, on
 * a machine with two cores that has nothing else to do. Fails if the answers differ.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const wanted = 1.8;
const command = join(import.meta.dirname, "..", "apps", "cli", "bin", "fabula.js");
const question = ["odds", "leaf/until-the-end", "kakashi.alive at 5 min", "--json"];

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "160" },
    rounds: { type: "string", default: "3" },
  },
});
if (availableParallelism() < 2) {
  console.error("SKIPPED: this machine has one core");
} else {
  const ofWorkers = [];
  const ofProcesses = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const one = await play(1);
    const two = await play(2);
    const start = performance.now();
    const pair = await Promise.all([play(1), play(1)]);
    const both = (performance.now() - start) / 1_000;
    for (const { answer } of [two, ...pair]) {
      if (answer !== one.answer) throw new Error("two workers answered otherwise than one");
    }
    ofWorkers.push(one.seconds / two.seconds);
    ofProcesses.push((2 * one.seconds) / both);
    console.log(
      `one ${one.seconds.toFixed(1)} s, two ${two.seconds.toFixed(1)} s; ` +
        `two processes, twice the work: ${both.toFixed(1)} s`,
    );
  }
  console.log(`two workers do ${median(ofWorkers)} times as much as one (wanted: ${wanted})`);
  console.log(`two processes do ${median(ofProcesses)} times as much as one: this machine's limit`);
}

function median(ratios) {
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)].toFixed(2);
}

async function play(workers) {
  const args = [command, ...question, "--runs", values.runs, "--workers", String(workers)];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let answer = "";
  child.stdout.on("data", (chunk) => {
    answer += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`fabula odds ended with ${code}`);
  return { seconds: (performance.now() - start) / 1_000, answer };
}
