/**
 * `npm run bench:sabre [-- NAME... --json --shortest --seconds N --trees DIR]`
 *
 * The 27 settings of Sabre's benchmark collection, one default configuration, each in a process of
 * its own. The problem files belong to their authors and are not here: FABULA_SABRE names the folder
 * that holds them (or holds `problems/`). If `baseline.csv` lies beside them, the best of Sabre's
 * six configurations stands in the table.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "..");
const built = join(root, ".build", "bench");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    shortest: { type: "boolean", default: false },
    seconds: { type: "string", default: "60" },
    trees: { type: "string" },
  },
});

function findFolder(given) {
  if (given === undefined) return undefined;
  return [given, join(given, "problems")].find((path) => existsSync(join(path, "aladdin.txt")));
}

function run(problems) {
  bundle();
  const baseline = readBaseline(join(dirname(problems), "baseline.csv"));
  const all = JSON.parse(node(["--input-type=module", "-e", listing]).stdout);
  const isWanted = ({ name }) => positionals.length === 0 || positionals.some((n) => name === n);
  const rows = [];
  for (const setting of all.filter(isWanted)) {
    const row = measure(setting, problems);
    const sabre = baseline.get(setting.name);
    const compared = sabre === undefined ? row : { ...row, sabre };
    rows.push(compared);
    if (!values.json) console.log(describe(compared));
  }
  if (values.json) console.log(JSON.stringify({ settings: rows }, null, 2));
  else console.log(summary(rows));
  if (rows.some((row) => row.solved && !row.valid)) process.exitCode = 1;
}

const listing = `import { settings } from ${JSON.stringify(join(built, "sabre-settings.mjs"))};
console.log(JSON.stringify(settings));`;

const folder = findFolder(process.env.FABULA_SABRE);
if (folder === undefined) {
  const message = "FABULA_SABRE names no folder with Sabre's problem files: nothing was measured";
  console.error(`\n*** bench:sabre SKIPPED ***\n${message}\n`);
  if (values.json) console.log(JSON.stringify({ settings: [], skipped: message }));
} else {
  run(folder);
}

function bundle() {
  mkdirSync(built, { recursive: true });
  const options = {
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["source"],
    target: "node20",
    minifySyntax: true,
  };
  for (const name of ["settings", "run-setting"]) {
    const entry = join(root, "bench", "sabre", `${name}.ts`);
    buildSync({ ...options, entryPoints: [entry], outfile: join(built, `sabre-${name}.mjs`) });
  }
}

function node(args) {
  return spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
}

function measure({ limits, name, problem }, problems) {
  const { authorTemporalLimit, characterTemporalLimit, epistemicLimit, goal } = limits;
  const file = join(problems, `${problem}.txt`);
  const args = [goal, authorTemporalLimit, characterTemporalLimit, epistemicLimit, values.seconds];
  const mode = values.shortest ? ["shortest"] : [];
  const begin = performance.now();
  const child = node([join(built, "sabre-run-setting.mjs"), file, ...args.map(String), ...mode]);
  const processSeconds = (performance.now() - begin) / 1000;
  if (child.status !== 0) {
    const error = child.stderr.trim().split("\n").slice(-3).join(" ");
    return { name, solved: false, valid: false, length: -1, processSeconds, error };
  }
  const { tree, ...result } = JSON.parse(child.stdout);
  if (values.trees !== undefined && tree !== "") {
    mkdirSync(values.trees, { recursive: true });
    writeFileSync(join(values.trees, `${name}.txt`), tree);
  }
  return { name, ...result, processSeconds };
}

/** By setting: the least whole-process time of a solving configuration, and its search time. */
function readBaseline(path) {
  const best = new Map();
  if (!existsSync(path)) return best;
  const [head, ...lines] = readFileSync(path, "utf8").trim().split("\n");
  const columns = head.split(",");
  for (const line of lines) {
    const cells = line.split(",");
    const row = Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
    if (row.success !== "True") continue;
    const known = best.get(row.problem);
    const processSeconds = Number(row.process_wall_s);
    if (known !== undefined && known.processSeconds <= processSeconds) continue;
    best.set(row.problem, {
      processSeconds,
      searchSeconds: Number(row.ms) / 1000,
      cpuSeconds: Number(row.process_cpu_s),
    });
  }
  return best;
}

function describe(row) {
  const found = row.solved ? `${row.length} actions` : (row.error ?? row.outcome);
  const proof = values.shortest && row.solved ? (row.isShortest ? " shortest" : " ?") : "";
  const sabre =
    row.sabre === undefined
      ? "-"
      : `${row.sabre.processSeconds.toFixed(2)} s, CPU ${row.sabre.cpuSeconds.toFixed(2)} s`;
  return [
    row.name.padEnd(18),
    `${found}${proof}`.padEnd(22),
    row.valid ? "valid  " : "-      ",
    `${row.processSeconds.toFixed(2)} s`.padStart(9),
    `search ${(row.searchSeconds ?? 0).toFixed(2)} s`.padStart(16),
    `CPU ${(row.cpuSeconds ?? 0).toFixed(2)} s`.padStart(12),
    `${Math.round(row.peakMiB ?? 0)} MiB`.padStart(9),
    `nodes ${row.expanded ?? 0} + ${row.reasonNodes ?? 0}`.padStart(22),
    `Sabre ${sabre}`.padStart(28),
  ].join(" ");
}

function summary(rows) {
  const solved = rows.filter((row) => row.valid).length;
  const slowest = Math.max(...rows.map((row) => row.processSeconds));
  const lines = [`\n${solved} of ${rows.length} solved and valid; slowest ${slowest.toFixed(2)} s`];
  const compared = rows.filter((row) => row.sabre !== undefined && row.valid);
  const slower = compared.filter((row) => row.processSeconds > row.sabre.processSeconds);
  lines.push(
    `slower than Sabre's best, whole process: ${slower.map((r) => r.name).join(", ") || "none"}`,
  );
  const busier = compared.filter((row) => row.cpuSeconds > row.sabre.cpuSeconds);
  lines.push(`more CPU time than that: ${busier.map((r) => r.name).join(", ") || "none"}`);
  const long = rows.filter((row) => row.valid && (row.sabre?.searchSeconds ?? 60) >= 0.5);
  const known = existsSync(join(dirname(folder), "baseline.csv"));
  if (known && long.length > 0) {
    const ratios = long.map((row) => (row.sabre?.processSeconds ?? 60) / row.processSeconds);
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    lines.push(
      `geometric mean where Sabre needs 0.5 s or more (unsolved: 60 s): ${mean.toFixed(1)} times ` +
        `as fast over ${long.length} settings`,
    );
  }
  return lines.join("\n");
}
