/**
 * `node bench/sabre-scaling.mjs [--docs] [--write DIR]`: CPU time of the same story with more
 * people, places, things or depth of belief. `--docs` writes docs/planner-scaling.md and .svg;
 * `--write` writes the problems as files. Where FABULA_SABRE_JAR names Sabre's jar, Sabre is
 * measured on the same problems (java and bash are needed).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { cpuSecondsMax, runSabre } from "./sabre/run-sabre.mjs";

const root = join(import.meta.dirname, "..");
const built = join(root, ".build", "bench");
const program = join(built, "sabre-run-families.mjs");
const { values } = parseArgs({
  options: { docs: { type: "boolean", default: false }, write: { type: "string" } },
});

mkdirSync(built, { recursive: true });
for (const name of ["run-families", "families"]) {
  buildSync({
    entryPoints: [join(root, "bench", "sabre", `${name}.ts`)],
    outfile: join(built, `sabre-${name}.mjs`),
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["source"],
    target: "node20",
  });
}

const { members } = await import(join(built, "sabre-families.mjs"));
const folder = values.write ?? join(built, "families");
mkdirSync(folder, { recursive: true });
const problems = members.map(({ family, limits, size, text }) => {
  const file = join(folder, `${family.split(",")[0]}-${size}.txt`);
  writeFileSync(file, text);
  return { family, file, limits, size };
});

const count = Number(spawnSync(process.execPath, [program], { encoding: "utf8" }).stdout);
const rows = [];
for (let index = 0; index < count; index += 1) {
  const times = [1, 2, 3].map(() => {
    const child = spawnSync(process.execPath, [program, String(index)], { encoding: "utf8" });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout);
  });
  times.sort((a, b) => a.cpuSeconds - b.cpuSeconds);
  rows.push(times[0]);
  const { cpuSeconds, family, length, size } = times[0];
  console.log(`${family} ${size}: ${length} actions, ${cpuSeconds.toFixed(2)} s of CPU time`);
}

const jar = process.env.FABULA_SABRE_JAR ?? "";
const isMeasured = jar !== "" && existsSync(jar);
if (isMeasured) {
  runSabre(jar, problems).forEach((run, index) => {
    rows[index].sabre = run;
  });
} else {
  console.error(`SKIPPED: Sabre's points, as FABULA_SABRE_JAR (${jar || "not set"}) is no file`);
}

if (values.docs) {
  writeFileSync(join(root, "docs", "planner-scaling.md"), page(rows));
  writeFileSync(join(root, "docs", "planner-scaling.svg"), plot(rows));
}

function page(rows) {
  const lines = rows.map((row) => {
    const { cpuSeconds, expanded, family, length, minds, reasonNodes, sabre, size } = row;
    const cells = [family, size, length, cpuSeconds.toFixed(2), expanded, reasonNodes, minds];
    if (isMeasured && sabre === undefined) cells.push("-", "", "");
    else if (isMeasured) cells.push(sabre.cpuSeconds.toFixed(2), sabre.length, sabre.name);
    return `| ${cells.join(" | ")} |`;
  });
  const more = isMeasured ? " Sabre CPU s | length | configuration |" : "";
  const about = isMeasured
    ? `Sabre v0.8 (Java 17, one thread for its garbage) ran on the same problems under the same limits: the best of three configurations (A* with relaxed plans, which is its default; explanation-first with hmax; breadth-first), each with ${cpuSecondsMax} s of CPU time; "-" where none answered. Its time is that of the whole process too.`
    : "Sabre's points are not here: it was not at hand when this was measured (FABULA_SABRE_JAR).";
  return `# How the planner grows

CPU seconds of a whole process (starting Node included, about 0.05 s), the least of three, one default configuration. The worlds are \`bench/sabre/families.ts\`; \`node bench/sabre-scaling.mjs --docs\` measures and writes this page anew, \`--write DIR\` writes the same problems as files. ${about}

![CPU time against size](planner-scaling.svg)

| family | size | actions | CPU s | author nodes | reason nodes | minds |${more}
|---|---|---|---|---|---|---|${isMeasured ? "---|---|---|" : ""}
${lines.join("\n")}
`;
}

function plot(rows) {
  const width = 640;
  const height = 380;
  const left = 60;
  const bottom = 340;
  const sizeMax = Math.max(...rows.map((row) => row.size));
  const x = (size) => left + (size / (sizeMax + 1)) * (width - left - 20);
  const y = (seconds) => bottom - ((Math.log10(seconds) + 2) / 4) * (bottom - 30);
  const families = [...new Set(rows.map((row) => row.family))];
  const colors = ["#1f6feb", "#d1242f", "#1a7f37"];
  const curve = (points, color, dashes) => {
    const path = points.map(({ size, seconds }) => [x(size).toFixed(1), y(seconds).toFixed(1)]);
    const dots = path.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`);
    const line = `<polyline points="${path.join(" ")}" fill="none" stroke="${color}"${dashes}/>`;
    return [line, ...dots].join("\n");
  };
  const lines = families.map((family, index) => {
    const color = colors[index];
    const own = rows.filter((row) => row.family === family);
    const ours = own.map(({ cpuSeconds, size }) => ({ size, seconds: cpuSeconds }));
    const theirs = own
      .filter(({ sabre }) => sabre !== undefined)
      .map(({ sabre, size }) => ({ size, seconds: sabre.cpuSeconds }));
    return `${curve(ours, color, "")}
${theirs.length === 0 ? "" : curve(theirs, color, ' stroke-dasharray="5 4"')}
<text x="${left + 10}" y="${18 + index * 15}" fill="${color}">${family}</text>`;
  });
  const key = isMeasured
    ? `<text x="${left + 220}" y="18">solid: Fabula; dashed: Sabre</text>`
    : "";
  const ticks = [0.01, 0.1, 1, 10, 100].map((seconds) => {
    const at = y(seconds).toFixed(1);
    return `<text x="8" y="${at}">${seconds} s</text><line x1="${left}" y1="${at}" x2="${width}" y2="${at}" stroke="#ddd"/>`;
  });
  const sizes = Array.from({ length: sizeMax }, (_, index) => {
    return `<text x="${x(index + 1).toFixed(1)}" y="${bottom + 18}">${index + 1}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${ticks.join("\n")}
${sizes.join("\n")}
${lines.join("\n")}
${key}
</svg>
`;
}
