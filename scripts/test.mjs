/**
 * Everything that must hold, in the order in which it is cheapest to fail. `npm test`.
 * `npm test -- NAME...` runs only those steps, by the names below.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { build } from "./build.mjs";
import { findHosts } from "./hosts/find-hosts.mjs";
import { HouseError, main, root, run, runTool } from "./house.mjs";

const cli = join(root, "apps", "cli", "build", "main.js");

const steps = [
  ["build", "packages compile", build],
  ["lint", "format and lint", () => run(biome(), ["check", "--error-on-warnings", "."])],
  ["layers", "imports go down the layers", () => script("check-layers.mjs")],
  ["purity", "pure packages are pure", () => script("check-purity.mjs")],
  ["docs", "documents say what the code says", () => script("check-docs.mjs")],
  ["systems", "the page of systems is up to date", () => script("systems.mjs", "--check")],
  ["unused", "every file and dependency is used", findUnused],
  ["types", "tests compile", () => runTool("typescript/bin/tsc", ["-p", "tsconfig.tests.json"])],
  ["unit", "unit tests", testUnits],
  ["hosts", "the same hash in every host", () => script("check-hosts.mjs")],
  ["stories", "the stories hold", testStories],
];

/** Said again at the end: a log is often read, or kept, from there. */
const unitFailures = [];

await main(() => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !steps.some(([step]) => step === name));
  const names = steps.map(([name]) => name).join(", ");
  if (unknown.length > 0) throw new HouseError(`no step ${unknown.join(", ")}; there are ${names}`);
  const chosen = wanted.length === 0 ? steps : steps.filter(([name]) => wanted.includes(name));
  const failed = chosen.filter((step) => !passes(step)).map(([name]) => name);
  if (failed.length > 0) {
    for (const failure of unitFailures) console.error(`\n${failure}`);
    console.error(`\nFAILED: ${failed.join(", ")} (of ${chosen.length} steps)`);
    process.exitCode = 1;
  } else {
    const { missing } = findHosts();
    const gap = missing.length > 0 ? `; not checked here: ${missing.join(", ")}` : "";
    console.log(`\nPASSED: all ${chosen.length} steps${gap}`);
  }
});

/** Runs one step. A build that fails ends the run: what follows would only repeat it. */
function passes([name, title, body]) {
  console.log(`\n-- ${name}: ${title}`);
  const start = performance.now();
  try {
    body();
  } catch (error) {
    if (!(error instanceof HouseError)) throw error;
    if (name === "build") throw error;
    console.error(error.message);
    return false;
  }
  console.log(`   ${name} passed in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return true;
}

function script(name, ...args) {
  run(process.execPath, [join(root, "scripts", name), ...args]);
}

function biome() {
  return join(root, "node_modules", ".bin", process.platform === "win32" ? "biome.cmd" : "biome");
}

/** Which tests failed is taken from a report beside the one that is printed. */
function testUnits() {
  const directory = mkdtempSync(join(tmpdir(), "fabula-unit-"));
  const report = join(directory, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    runTool("vitest/vitest.mjs", ["run", "--no-isolate", ...reporters]);
  } catch (error) {
    if (existsSync(report)) unitFailures.push(...failuresIn(report));
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A test, or a file that could not be loaded, with the first lines of what it said. */
function failuresIn(report) {
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === "failed");
    const said = failed.map(
      ({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join("\n")}`,
    );
    if (said.length === 0 && status === "failed") said.push(message);
    return said.map((text) => `${relative(root, name)}: ${text.slice(0, 1_000)}`);
  });
}

/** Unused exports come and go while something is built; `npm run unused` names them too. */
function findUnused() {
  const kinds = "files,dependencies,unlisted,binaries,unresolved,duplicates";
  runTool("knip/bin/knip.js", ["--no-progress", "--no-config-hints", "--include", kinds]);
}

/**
 * The continuity tests of the worlds themselves, with few seeds: what holds in nine of ten runs may
 * miss by chance in some of ten, and rows have hardly any chance in them. `npm run stories` tries
 * the seeds that the stories ask for.
 */
function testStories() {
  const worlds = join(root, "worlds");
  const files = readdirSync(worlds, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".fabula"))
    .map((name) => join(worlds, name));
  if (files.length === 0) throw new HouseError("worlds/ holds no story: nothing was tested");
  if (!existsSync(cli)) throw new HouseError("the command line is not built: apps/cli/src/main.ts");
  const workers = String(Math.min(2, availableParallelism()));
  const isRow = (file) => basename(dirname(file)) === "systems";
  const kinds = [
    ["3", files.filter(isRow)],
    ["10", files.filter((file) => !isRow(file))],
  ];
  const failed = kinds.filter(([runs, those]) => {
    const quick = ["--runs", runs, "--share", "70%", "--workers", workers];
    const { status } = run(process.execPath, [cli, "test", ...those, ...quick], { mayFail: true });
    return status !== 0;
  });
  if (failed.length > 0) throw new HouseError("not all of worlds/ holds");
}
