/**
 * Duels of `worlds/duel.fabula`, chronicle and causes on: decisions per CPU-second, and what a
 * fighter costs when there are 100, 1,000, 10,000 of them. `node bench/duels.mjs [--most N]
 * [--json]`, after a build; 100,000 take some minutes and 12 GB.
 *
 * A decision is one choice of a fighter with free hands among twelve techniques. Each size runs in
 * a process of its own. Beside every run goes a bare loop of multiplications, so that a machine
 * that is slower today shows: `steps` are how many of those the same CPU time would have done.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readStory } from "fabula";

/** Decisions per CPU-second that Pokemon Showdown was once measured at, on such a machine. */
const showdown = 4_091;
const wanted = 100;
/** Seconds of a battle that are played, whatever its size. */
const span = 2;
const decisionsLeast = 4_000;
/** Milliseconds of a battle between two looks at the bare loop, and how long that is. */
const slice = 250;
const stepsAtOnce = 1_000_000;

const { values } = parseArgs({
  options: {
    most: { type: "string", default: "1000" },
    size: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
if (values.size !== undefined) console.log(JSON.stringify(measure(Number(values.size))));
else report();

function report() {
  const sizes = [2, 100, 1_000, 10_000, 100_000].filter((size) => size <= Number(values.most));
  const results = sizes.map((size) => {
    const options = ["--max-old-space-size=14000", import.meta.filename, "--size", String(size)];
    const child = spawnSync(process.execPath, options, { encoding: "utf8" });
    if (child.status !== 0) throw new Error(child.stderr);
    const result = JSON.parse(child.stdout);
    if (!values.json) console.log(describe(result));
    return result;
  });
  if (values.json) console.log(JSON.stringify(results, null, 2));
  for (const [index, result] of results.entries()) {
    const before = results[index - 1];
    if (values.json || before === undefined || before.fighters < 100) continue;
    const growth = Math.log(result.stepsAFighter / before.stepsAFighter);
    const exponent = 1 + growth / Math.log(result.fighters / before.fighters);
    console.log(`${before.fighters} to ${result.fighters}: cost grows as N^${exponent.toFixed(2)}`);
  }
}

function describe({ fighters, perSecond, steps, stepsAFighter, megabytes }) {
  const ratio = `${(perSecond / showdown).toFixed(2)}x Showdown's recorded ${showdown}`;
  return (
    `${fighters} fighters: ${perSecond.toFixed(0)} decisions per CPU-second (${ratio}; ` +
    `wanted: ${wanted}x), ${thousands(steps)} steps each; ` +
    `${thousands(stepsAFighter)} steps a fighter for ${span} s, ${megabytes} MB`
  );
}

function thousands(steps) {
  return `${(steps / 1e3).toFixed(1)} k`;
}

function measure(fighters) {
  const file = join(import.meta.dirname, "worlds", "duel.fabula");
  const text = readFileSync(file, "utf8").replace("times 2", `times ${fighters}`);
  const read = readStory({ name: "duel.fabula", text }, () => []);
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  const story = read.value;
  let seed = 0;
  const play = () => {
    const sum = { runs: 1, early: 0, whole: 0, decisions: 0, steps: 0, stepping: 0 };
    const timed = (work) => {
      const cpu = process.cpuUsage();
      work();
      const micros = microsSince(cpu);
      // Between the slices, so that both meet the same machine.
      sum.stepping += microsOfSteps();
      sum.steps += stepsAtOnce;
      return micros;
    };
    let simulation;
    sum.early += timed(() => {
      simulation = story.begin({ seed: ++seed, changes: [], jitter: 0 });
      simulation.begin();
    });
    const end = simulation.now + span * 1_000;
    while (!simulation.ended && simulation.now < end) {
      sum.early += timed(() => simulation.runUntil(Math.min(end, simulation.now + slice)));
    }
    // Two fight to the end, as Showdown's battles do; of many only the span is played.
    sum.whole = sum.early + (fighters === 2 ? timed(() => simulation.run()) : 0);
    if (simulation.diagnostics.length > 0) throw new Error(simulation.diagnostics[0].message);
    sum.decisions = decisionsOf(simulation.chronicle);
    return sum;
  };
  const enough = (most) => {
    const sum = { runs: 0, early: 0, whole: 0, decisions: 0, steps: 0, stepping: 0 };
    while (sum.decisions < most) {
      const one = play();
      for (const name of Object.keys(sum)) sum[name] += one[name];
    }
    return sum;
  };
  enough(fighters > 1_000 ? 0 : decisionsLeast / 2);
  const { runs, early, whole, decisions, steps, stepping } = enough(decisionsLeast);
  const step = stepping / steps;
  return {
    fighters,
    perSecond: (decisions * 1e6) / whole,
    steps: whole / decisions / step,
    stepsAFighter: early / (runs * fighters) / step,
    nanosAStep: step * 1e3,
    megabytes: Math.round(process.memoryUsage().rss / 1e6),
  };
}

function decisionsOf(chronicle) {
  let count = 0;
  for (let id = 0; id < chronicle.count; id += 1) {
    if (chronicle.kindOf(id) === "decision") count += 1;
  }
  return count;
}

/** CPU time of so many multiplications and additions, each of which waits for the one before. */
function microsOfSteps() {
  const cpu = process.cpuUsage();
  let state = 1;
  for (let step = 0; step < stepsAtOnce; step += 1)
    state = (Math.imul(state, 1_664_525) + step) | 0;
  if (state === 0) throw new Error("the loop was not run");
  return microsSince(cpu);
}

function microsSince(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
