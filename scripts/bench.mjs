/**
 * `npm run bench [-- NAME... --rounds N --json]`: each comparison of bench/ in a process of its own,
 * as ratios to its named baseline, and then what measures the built program. A name may be the
 * beginning of several: `hold`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateParser } from "./build.mjs";
import { ensureInstalled, HouseError, main, root } from "./house.mjs";

const program = join(root, ".build", "bench", "main.cjs");

/** Programs of their own: they play stories with the program as built, some of them for minutes. */
const programs = {
  "common-random-numbers": "paired-runs.mjs",
  workers: "workers.mjs",
  duels: "duels.mjs",
};
const built = join(root, "apps", "cli", "build", "main.js");

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      rounds: { type: "string", default: "9" },
    },
  });
  ensureInstalled();
  generateParser();
  await bundleBench();
  const all = [...runBench([]), ...Object.keys(programs)];
  const names =
    positionals.length === 0 ? all : all.filter((name) => isWanted(name, positionals, all));
  if (names.length === 0) throw new HouseError(`no such comparison; there are ${all.join(", ")}`);
  const comparisons = [];
  for (const name of names) {
    if (programs[name] !== undefined) {
      const measured = runProgram(name, values.json);
      if (values.json) comparisons.push({ name, measured });
      continue;
    }
    const result = runBench([name, values.rounds]);
    comparisons.push(result);
    if (!values.json) console.log(describe(result));
  }
  const machine = { node: process.version, processor: cpus()[0]?.model ?? "unknown" };
  if (values.json) console.log(JSON.stringify({ machine, comparisons }, null, 2));
  else console.log(`\n${machine.processor}, Node ${machine.node}; operations per CPU-second`);
});

/** A whole name means itself alone; anything else is a beginning. */
function isWanted(name, wanted, all) {
  return wanted.some((one) => (all.includes(one) ? name === one : name.startsWith(one)));
}

async function bundleBench() {
  const { buildSync } = await import("esbuild");
  mkdirSync(join(root, ".build", "bench"), { recursive: true });
  buildSync({
    entryPoints: [join(root, "bench", "main.ts")],
    bundle: true,
    outfile: program,
    format: "cjs",
    platform: "node",
    conditions: ["source"],
    target: "node20",
  });
}

function runBench(args) {
  const result = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (result.status !== 0) throw new HouseError(`the benchmark ${args[0] ?? ""} failed`);
  return JSON.parse(result.stdout);
}

/** Its lines as they come, or its one JSON value. */
function runProgram(name, json) {
  if (!existsSync(built)) throw new HouseError(`${name} plays the program as built: npm run build`);
  if (!json) console.log(`${name}:`);
  const args = [join(root, "bench", programs[name]), ...(json ? ["--json"] : [])];
  const result = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", json ? "pipe" : "inherit", "inherit"],
  });
  // Ratios that fall short are told, and are no reason to stop.
  if (json) return JSON.parse(result.stdout || "null");
  if (result.status !== 0) console.log(`  ${name} ended with ${result.status}`);
  return undefined;
}

function describe(result) {
  const rows = result.measurements.map(({ name, perSecond, ratio, ratioLow, ratioHigh }, index) => {
    const range = index === 0 ? "baseline" : `${factor(ratioLow)} .. ${factor(ratioHigh)}`;
    return `  ${factor(ratio).padStart(9)}  ${speed(perSecond).padStart(9)}  ${name} (${range})`;
  });
  return `${result.name}: ${result.operation}\n${rows.join("\n")}`;
}

function factor(value) {
  const digits = value >= 100 ? 0 : value >= 0.1 ? 2 : 4;
  return `${value.toFixed(digits)} x`;
}

function speed(perSecond) {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M/s`;
  if (perSecond >= 1e3) return `${(perSecond / 1e3).toFixed(1)} k/s`;
  return `${perSecond.toFixed(1)} /s`;
}
