/**
 * Duels of `worlds/lots.fabula` and `worlds/duel.fabula`, chronicle and causes on: decisions per
 * CPU-second, and what a fighter costs when there are 100, 1,000, 10,000 of them. `node
 * bench/duels.mjs [--most N] [--rounds N] [--json]`, after a build.
 *
 * A decision is one choice of a fighter with free hands among twelve techniques: by lot, as those
 * that simulators of battles are measured by choose; or weighed by what the fighter knows. Each runs in
 * processes of its own, by turns with the other sizes; the cheapest of `--rounds` counts, for what
 * else runs on the machine only ever makes it dearer. CPU time includes that of the compiler.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { modulesFrom, readStory } from "fabula";

/** Decisions per CPU-second that Pokemon Showdown was once measured at, on such a machine. */
const showdown = 4_091;
const wanted = 100;
/** Seconds of a battle that are played, whatever its size. */
const span = 2;
const decisionsLeast = 4_000;
/** Until the compiler has come to rest: before, a decision of two costs about three times as much. */
const decisionsBefore = 12_000;

const { values } = parseArgs({
  options: {
    most: { type: "string", default: "1000" },
    rounds: { type: "string", default: "3" },
    size: { type: "string" },
    world: { type: "string", default: "duel" },
    json: { type: "boolean", default: false },
  },
});
if (values.size === undefined) report();
else console.log(JSON.stringify(measure(values.world, Number(values.size))));

function report() {
  const sizes = [2, 100, 1_000, 10_000, 100_000].filter((size) => size <= Number(values.most));
  const contenders = [["lots", 2], ...sizes.map((size) => ["duel", size])];
  const cheapest = new Map();
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const contender of contenders) {
      const [world, size] = contender;
      const which = ["--world", world, "--size", String(size)];
      const options = ["--max-old-space-size=18000", import.meta.filename, ...which];
      const child = spawnSync(process.execPath, options, { encoding: "utf8" });
      if (child.status !== 0) throw new Error(child.stderr);
      const result = JSON.parse(child.stdout);
      const best = cheapest.get(contender);
      if (best === undefined || result.millisAFighter < best.millisAFighter) {
        cheapest.set(contender, result);
      }
    }
  }
  const results = [...cheapest.values()];
  if (values.json) {
    console.log(JSON.stringify(results, null, 2));
    return;
  }
  for (const [index, result] of results.entries()) {
    console.log(describe(result));
    const many = results.slice(0, index).filter(({ fighters }) => fighters >= 100);
    for (const before of new Set([many.at(0), many.at(-1)])) {
      if (before === undefined) continue;
      const exponent = growth(before, result).toFixed(2);
      console.log(`  from ${before.fighters} on the cost grows as N^${exponent}`);
    }
  }
}

function growth(few, many) {
  const dearer = Math.log(many.millisAFighter / few.millisAFighter);
  return 1 + dearer / Math.log(many.fighters / few.fighters);
}

function describe({ world, fighters, perSecond, millisAFighter, megabytes }) {
  const ratio = `${(perSecond / showdown).toFixed(2)}x Showdown's recorded ${showdown}`;
  return (
    `${fighters} fighters${world === "lots" ? " by lot" : ""}: ${perSecond.toFixed(0)} decisions per CPU-second ` +
    `(${ratio}; wanted: ${wanted}x); ${millisAFighter.toFixed(2)} ms a fighter for the ` +
    `beginning and ${span} s, ${megabytes} MB`
  );
}

function measure(world, fighters) {
  const textOf = (name) =>
    readFileSync(join(import.meta.dirname, "worlds", `${name}.fabula`), "utf8");
  const text = textOf(world).replace("times 2", `times ${fighters}`);
  const modules = modulesFrom({ duelling: textOf("duelling") });
  const read = readStory({ name: `${world}.fabula`, text }, modules);
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  const story = read.value;
  const isDecision = decisionIn(story.world);
  let seed = 0;
  const play = () => {
    const cpu = process.cpuUsage();
    const simulation = story.begin({ seed: ++seed, changes: [], jitter: 0 });
    simulation.begin();
    simulation.runUntil(simulation.now + span * 1_000);
    const early = microsSince(cpu);
    // Two fight to the end, as Showdown's battles do; of many only the span is played.
    if (fighters === 2) simulation.run();
    const whole = microsSince(cpu);
    if (simulation.diagnostics.length > 0) throw new Error(simulation.diagnostics[0].message);
    return { runs: 1, early, whole, decisions: countOf(simulation.chronicle, isDecision) };
  };
  const enough = (most) => {
    const sum = { runs: 0, early: 0, whole: 0, decisions: 0 };
    while (sum.decisions < most) {
      const one = play();
      for (const name of Object.keys(sum)) sum[name] += one[name];
    }
    return sum;
  };
  enough(fighters > 1_000 ? 0 : fighters > 2 ? decisionsLeast / 2 : decisionsBefore);
  const { runs, early, whole, decisions } = enough(decisionsLeast);
  return {
    world,
    fighters,
    perSecond: (decisions * 1e6) / whole,
    millisAFighter: early / (runs * fighters) / 1e3,
    megabytes: Math.round(process.memoryUsage().rss / 1e6),
  };
}

/** What a decision is in the record: somebody's, or, where nobody has a mind, the rule's. */
function decisionIn({ rules }) {
  const byLot = rules.findIndex(({ name }) => name === "chooses");
  if (byLot < 0) return (chronicle, id) => chronicle.kindOf(id) === "decision";
  return (chronicle, id) => chronicle.kindOf(id) === "rule" && chronicle.schemaOf(id) === byLot;
}

function countOf(chronicle, isOne) {
  let count = 0;
  for (let id = 0; id < chronicle.count; id += 1) if (isOne(chronicle, id)) count += 1;
  return count;
}

function microsSince(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
