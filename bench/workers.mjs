/**
 * What two workers are worth: the same `fabula odds` with one worker and with two, in turns, by the
 * clock on the wall: the whole process, and its second half alone, when everything has been read and
 * the compiler has come to rest. And, as what the machine has to give, two processes with one worker
 * each at the same time. `node bench/workers.mjs [--runs N] [--rounds N] [--json]`, after a build, on
 * a machine with two cores that has nothing else to do. Fails if the answers differ.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const wanted = 1.8;
const command = join(import.meta.dirname, "..", "apps", "cli", "bin", "fabula.js");
const question = ["odds", "leaf/until-the-end", "kakashi.alive at 5 min", "--json"];

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "480" },
    rounds: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
if (availableParallelism() < 2) {
  console.error("SKIPPED: this machine has one core");
} else {
  const folder = mkdtempSync(join(tmpdir(), "fabula-bench-"));
  try {
    await compare(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(folder) {
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const name = (kind) => join(folder, `${round}-${kind}.db`);
    const one = await play(1, name("one"));
    const two = await play(2, name("two"));
    const pair = await Promise.all([play(1, name("left")), play(1, name("right"))]);
    for (const { answer } of [two, ...pair]) {
      if (answer !== one.answer) throw new Error("two workers answered otherwise than one");
    }
    const ofPair = (key) => pair.reduce((sum, each) => sum + each[key], 0) / one[key];
    rounds.push({
      whole: two.perSecond / one.perSecond,
      secondHalf: two.perSecondLater / one.perSecondLater,
      processes: ofPair("perSecond"),
      processesSecondHalf: ofPair("perSecondLater"),
    });
    if (!values.json) {
      const { perSecond, perSecondLater } = one;
      const pace = `${perSecond.toFixed(2)} runs a second, ${perSecondLater.toFixed(2)} later`;
      console.log(`one worker: ${pace}; two: ${two.perSecondLater.toFixed(2)} later`);
    }
  }
  const result = { wanted, runs: Number(values.runs) };
  for (const key of Object.keys(rounds[0])) result[key] = median(rounds.map((one) => one[key]));
  if (values.json) {
    console.log(JSON.stringify(result));
    return;
  }
  const both = (all, later) => `${all.toFixed(2)}x (second half ${later.toFixed(2)}x)`;
  console.log(`two workers: ${both(result.whole, result.secondHalf)} one; wanted: ${wanted}x`);
  const limit = both(result.processes, result.processesSecondHalf);
  console.log(`two processes: ${limit}, what this machine has to give`);
}

function median(ratios) {
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
}

async function play(workers, store) {
  const count = Number(values.runs);
  const sizes = ["--runs", values.runs, "--workers", String(workers)];
  const args = [command, ...question, ...sizes, "--store", store, "--progress"];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let answer = "";
  child.stdout.on("data", (chunk) => {
    answer += chunk;
  });
  let half;
  let last;
  const said = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    said.push(line);
    const done = Number(/^stored runs (\d+)\//.exec(line)?.[1] ?? 0);
    const mark = { done, at: performance.now() };
    if (done >= count / 2) half ??= mark;
    if (done > 0) last = mark;
  });
  const [code] = await once(child, "close");
  const seconds = (performance.now() - start) / 1_000;
  if (code !== 0) throw new Error(`fabula odds ended with ${code}: ${said.join("\n")}`);
  if (half === undefined || last.at === half.at) throw new Error("too few runs to tell a pace");
  const perSecondLater = ((last.done - half.done) * 1_000) / (last.at - half.at);
  return { answer, perSecond: count / seconds, perSecondLater };
}
