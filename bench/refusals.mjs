/**
 * How long bad input takes to be refused: every bad text of the language's conformance tests, and
 * a few of the worst by size or shape, each by `fabula play` in a process of its own.
 * `node bench/refusals.mjs [--json]`, after a build. Exits 1 if one is not refused as it must be:
 * exit code 2, a code, a place, no stack trace. The seconds are of the whole process, for reading.
 */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const command = join(root, "apps", "cli", "bin", "fabula.js");
const texts = join(root, "packages", "language", "test", "conformance", "bad");

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const folder = mkdtempSync(join(tmpdir(), "fabula-refusals-"));
try {
  report([...conformanceTexts(), ...worstTexts()].map(refuse));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Each text in a folder of its own, the modules it brings along beside it. */
function conformanceTexts() {
  return readdirSync(texts).map((name) => {
    const [own, ...modules] = readFileSync(join(texts, name), "utf8").split(/^\/\/: /m);
    const home = join(folder, name.replace(/\.fabula$/, ""));
    mkdirSync(home);
    writeFileSync(join(home, name), own);
    for (const part of modules) {
      const end = part.indexOf("\n");
      writeFileSync(join(home, `${part.slice(0, end)}.fabula`), part.slice(end + 1));
    }
    return { home, name };
  });
}

function worstTexts() {
  const senseless = "person person = = (when then\n".repeat(50_000);
  const binary = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 37) % 256));
  const contents = {
    "nested-10000-deep.fabula": `story deep "Deep"\nends when ${"(".repeat(10_000)}`,
    "indented-2000-deep.fabula": Array.from({ length: 2_000 }, (_, n) => " ".repeat(n)).join("x\n"),
    "senseless-50000-lines.fabula": `story senseless "Senseless"\n${senseless}`,
    "one-line-of-1900000.fabula": `story long "Long"\nends when ${"a + ".repeat(475_000)}`,
    "binary.fabula": binary,
    "vast-100-megabytes.fabula": "",
  };
  const home = join(folder, "worst");
  mkdirSync(home);
  const names = Object.keys(contents);
  for (const name of names) writeFileSync(join(home, name), contents[name]);
  truncateSync(join(home, "vast-100-megabytes.fabula"), 100_000_000);
  return names.map((name) => ({ home, name }));
}

function refuse({ home, name }) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "play", name], {
    cwd: home,
    encoding: "utf8",
    maxBuffer: 256_000_000,
  });
  const seconds = (performance.now() - start) / 1_000;
  const said = stdout + stderr;
  const faults = [];
  if (status !== 2) faults.push(`exit code ${status}`);
  if (!/FAB\d{4}/.test(said)) faults.push("no code");
  if (!said.includes(".fabula")) faults.push("no place");
  if (/\n\s+at .*:\d+:\d+\)?\n/.test(said)) faults.push("a stack trace");
  return { name, seconds, faults, first: stderr.split("\n")[0] };
}

function report(results) {
  const sorted = [...results].sort((a, b) => b.seconds - a.seconds);
  const wrong = results.filter(({ faults }) => faults.length > 0);
  if (values.json) console.log(JSON.stringify(sorted, null, 2));
  else {
    const median = sorted[Math.floor(sorted.length / 2)].seconds;
    console.log(`${results.length} bad inputs, each in a process of its own`);
    console.log(`median ${median.toFixed(2)} s; the slowest:`);
    for (const { name, seconds } of sorted.slice(0, 8)) {
      console.log(`  ${seconds.toFixed(2)} s  ${name}`);
    }
    for (const { name, faults, first } of wrong) {
      console.log(`NOT REFUSED AS IT MUST BE: ${name}: ${faults.join(", ")}: ${first}`);
    }
  }
  if (wrong.length > 0) process.exitCode = 1;
}
