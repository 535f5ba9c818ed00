/**
 * `node bench/sabre-scaling.mjs [--docs] [--write DIR]`: CPU time of the same story with more
 * people, places, things or depth of belief. `--docs` writes docs/planner-scaling.md and .svg;
 * `--write` writes the problems as files, for another planner to be measured on.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";

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

if (values.write !== undefined) {
  const { members } = await import(join(built, "sabre-families.mjs"));
  mkdirSync(values.write, { recursive: true });
  for (const { family, size, text } of members) {
    writeFileSync(join(values.write, `${family.split(",")[0]}-${size}.txt`), text);
  }
}

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

if (values.docs) {
  writeFileSync(join(root, "docs", "planner-scaling.md"), page(rows));
  writeFileSync(join(root, "docs", "planner-scaling.svg"), plot(rows));
}

function page(rows) {
  const lines = rows.map((row) => {
    const { cpuSeconds, expanded, family, length, minds, reasonNodes, size } = row;
    const cells = [family, size, length, cpuSeconds.toFixed(2), expanded, reasonNodes, minds];
    return `| ${cells.join(" | ")} |`;
  });
  return `# How the planner grows

CPU seconds of a whole process (starting Node included, about 0.05 s), the least of three, one default configuration. The worlds are \`bench/sabre/families.ts\`; \`node bench/sabre-scaling.mjs --docs\` measures and writes this page anew, \`--write DIR\` writes the same problems as files for another planner. Sabre's points are not here: it was not at hand when this was measured.

![CPU time against size](planner-scaling.svg)

| family | size | actions | CPU s | author nodes | reason nodes | minds |
|---|---|---|---|---|---|---|
${lines.join("\n")}
`;
}

function plot(rows) {
  const width = 640;
  const height = 360;
  const left = 60;
  const bottom = 320;
  const sizeMax = Math.max(...rows.map((row) => row.size));
  const x = (size) => left + (size / (sizeMax + 1)) * (width - left - 20);
  const y = (seconds) => bottom - ((Math.log10(seconds) + 2) / 3) * (bottom - 30);
  const families = [...new Set(rows.map((row) => row.family))];
  const colors = ["#1f6feb", "#d1242f", "#1a7f37"];
  const lines = families.map((family, index) => {
    const points = rows.filter((row) => row.family === family);
    const path = points.map((row) => `${x(row.size).toFixed(1)},${y(row.cpuSeconds).toFixed(1)}`);
    const dots = path.map((point) => {
      const [cx, cy] = point.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colors[index]}"/>`;
    });
    return `<polyline points="${path.join(" ")}" fill="none" stroke="${colors[index]}"/>
${dots.join("\n")}
<text x="${left + 10}" y="${24 + index * 16}" fill="${colors[index]}">${family}</text>`;
  });
  const ticks = [0.01, 0.1, 1, 10].map((seconds) => {
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
</svg>
`;
}
