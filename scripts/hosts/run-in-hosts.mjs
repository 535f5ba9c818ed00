/**
 * Runs one TypeScript module in every host and brings back what its exported `probe(input)`
 * returns. The module is bundled once, from the sources, so that all hosts run the same text.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { chromium } from "playwright-core";
import { HouseError, root } from "../house.mjs";

const folder = join(root, ".build", "hosts");
const browserArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** One script that sets the global `hosted` to the module's exports. Fails on anything of Node. */
export function bundle(entry) {
  const result = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "hosted",
    platform: "browser",
    conditions: ["source"],
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  const [file] = result.outputFiles;
  if (!file) throw new HouseError(`esbuild made nothing of ${entry}`);
  return file.text;
}

/** What `probe(input)` returned in each host, by the host's name, in the order of the hosts. */
export async function runInHosts(hosts, script, input) {
  const results = new Map();
  for (const host of hosts) {
    const run = host.kind === "browser" ? runInBrowser : runInNode;
    results.set(host.name, await run(host, script, input));
  }
  return results;
}

function runInNode(host, script, input) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `probe-${process.pid}.cjs`);
  const end = `Promise.resolve(hosted.probe(${JSON.stringify(input)})).then((result) =>
    process.stdout.write(JSON.stringify(result)));`;
  writeFileSync(file, `${script}\n${end}\n`);
  const result = spawnSync(host.path, [file], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new HouseError(`${host.name} failed:\n${result.stderr}`);
  return JSON.parse(result.stdout);
}

async function runInBrowser(host, script, input) {
  const browser = await chromium.launch({ executablePath: host.path, args: browserArgs });
  try {
    const page = await browser.newPage();
    await page.goto("about:blank");
    await page.addScriptTag({ content: script });
    const text = await page.evaluate(
      // The page's own global, by text: a bundled `var hosted` is no property Node could know.
      `Promise.resolve(hosted.probe(${JSON.stringify(input)})).then((r) => JSON.stringify(r))`,
    );
    return JSON.parse(text);
  } finally {
    await browser.close();
  }
}
