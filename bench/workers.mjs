/**
 * What two workers are worth: the same `fabula odds` with one worker and with two, in turns, whole
 * processes by the clock on the wall. `node bench/workers.mjs [--runs N] [--rounds N]`, after a
 * build, on a machine with two cores that has nothing else to do. Fails if the answers differ.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const wanted = 1.8;
const command = join(import.meta.dirname, "..", "apps", "cli", "bin", "fabula.js");
const question = ["odds", "leaf/until-the-end", "kakashi.alive at 5 min", "--json"];

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "120" },
    rounds: { type: "string", default: "3" },
  },
});
if (availableParallelism() < 2) {
  console.error("SKIPPED: this machine has one core");
} else {
  const ratios = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const one = play(1);
    const two = play(2);
    if (one.answer !== two.answer) throw new Error("two workers answered otherwise than one");
    ratios.push(one.seconds / two.seconds);
    console.log(`one ${one.seconds.toFixed(1)} s, two ${two.seconds.toFixed(1)} s`);
  }
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
  console.log(`two workers are ${median.toFixed(2)} times as fast as one (wanted: ${wanted})`);
}

function play(workers) {
  const args = [command, ...question, "--runs", values.runs, "--workers", String(workers)];
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - start) / 1_000, answer: stdout };
}
