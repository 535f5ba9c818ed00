/**
 * Common random numbers: for five reference what-ifs, how many times as many runs with chances of
 * their own an interval as narrow would need. `node bench/paired-runs.mjs
 * [--runs N] [--json]`, after a build.
 *
 * Measured, not derived: the spread of the difference over pairs of the same seed, against that over
 * pairs of different seeds (the change with the next seed), on the same runs. Of small changes few
 * pairs differ, and the factor is only as sure as they are many: its 95 % range goes by their count.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compareVariants, readAnsweredRun, readStory, surveyStory } from "fabula";

const wanted = 20;
const text = readFileSync(join(import.meta.dirname, "worlds", "skirmish.fabula"), "utf8");
const question = "ben.down_ever";
const whatIfs = [
  "set ada.skill = 0.41",
  "set ben.guard = 0.21",
  "set ada.guard = 0.18",
  "set ben.skill = 0.39",
  "switch off rings",
];

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "4000" },
    json: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const read = readStory({ name: "skirmish.fabula", text }, () => []);
if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
const cpu = process.cpuUsage();
let short = 0;
const results = [];
for (const change of whatIfs) {
  const ask = { kind: "odds", questions: [question], changes: [], compare: [change], jitter: 0 };
  const answer = take(surveyStory(read.value, ask));
  const answered = [];
  for (let seed = 1; seed <= runs; seed += 1) answered.push(readAnsweredRun(seed, answer(seed)));
  const { base, changed } = compareVariants(answered);
  const differences = answered.map((run) => run.variants[1][0] - run.variants[0][0]);
  const apart = answered.map((run, index) => {
    const other = answered[(index + 1) % answered.length];
    return other.variants[1][0] - run.variants[0][0];
  });
  const [paired, independent] = [variance(differences), variance(apart)];
  const saved = paired === 0 ? Number.POSITIVE_INFINITY : independent / paired;
  if (saved < wanted) short += 1;
  const count = differences.filter((difference) => difference !== 0).length;
  results.push({ change, saved: count === 0 ? null : saved, pairsThatDiffer: count });
  if (values.json) continue;
  const shares = `${percent(base.estimate)} to ${percent(changed.estimate)}`;
  const factor = count === 0 ? "no pair differs" : describe(saved, count);
  console.log(`${change.padEnd(24)} ${shares.padEnd(20)} ${factor}`);
}
const { user, system } = process.cpuUsage(cpu);
const each = (user + system) / 1e3 / (runs * 2 * whatIfs.length);
if (values.json) console.log(JSON.stringify({ wanted, runs, whatIfs: results }));
else console.log(`${runs} pairs each, ${each.toFixed(1)} ms of CPU a run; wanted: ${wanted}x`);
if (short > 0) process.exitCode = 1;

/** `count`: pairs that differ, whose number is spread as its square root. */
function describe(saved, count) {
  const spread = 1.96 / Math.sqrt(count);
  const high = spread < 1 ? `${(saved / (1 - spread)).toFixed(0)}x` : "any";
  const low = `${(saved / (1 + spread)).toFixed(0)}x`;
  return `${saved.toFixed(1)}x (${low} to ${high}; ${count} pairs differ)`;
}

function take(value) {
  if (!value.ok) throw new Error(JSON.stringify(value.diagnostics));
  return value.value;
}

function variance(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
