/**
 * Builds everything: installs what is missing, generates the parser where the grammar changed, and
 * compiles the packages in the order of their references. `npm run build`.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, ensureNode, HouseError, main, root, run, runTool } from "./house.mjs";

const language = join(root, "packages", "language");

/** Installs, generates, compiles. Quiet where nothing is to do. */
export function build() {
  ensureNode();
  ensureInstalled();
  generateParser();
  runTool("typescript/bin/tsc", ["-b"]);
  bundleStudio();
}

/** The studio's page, from the sources of everything it shows; quiet where nothing changed. */
export function bundleStudio() {
  const studio = join(root, "apps", "studio");
  if (!existsSync(join(studio, "index.html"))) return;
  const stamp = join(studio, "dist", ".stamp");
  const wanted = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });
  runTool("vite/bin/vite.js", ["build", "--logLevel", "warn"], { cwd: studio });
  writeFileSync(stamp, wanted);
  console.log("bundled the studio");
}

function hashOfSources() {
  const hash = createHash("sha256");
  const folders = ["packages", "apps/studio", "worlds"].map((name) => join(root, name));
  const isSource = (name) =>
    /\.(ts|tsx|css|html|svg|json|fabula)$/.test(name) &&
    !/(^|[\\/])(dist|build|test|node_modules)[\\/]/.test(name);
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    for (const name of names.filter(isSource).sort()) {
      hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  hash.update(readFileSync(join(root, "package-lock.json")));
  return hash.digest("hex");
}

/**
 * Langium writes src/generated from the grammar. A stamp with the hash of the grammar and of the
 * generator's version says whether that was done already.
 */
export function generateParser() {
  const config = join(language, "langium-config.json");
  if (!existsSync(config)) return;
  const stamp = join(language, "src", "generated", ".stamp");
  const wanted = hashOfGrammar(config);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const cli = join(root, "node_modules", "langium-cli", "bin", "langium.js");
  const args = [cli, "generate", "--file", config];
  // Langium asks about files it did not write, and a question that nobody answers generates nothing.
  rmSync(stamp, { force: true });
  const result = run(process.execPath, args, { cwd: language, stdio: "pipe", encoding: "utf8" });
  const said = `${result.stdout}${result.stderr}`;
  if (!existsSync(join(language, "src", "generated", "ast.ts"))) {
    throw new HouseError(`langium generated no parser:\n${said}`);
  }
  mkdirSync(join(language, "src", "generated"), { recursive: true });
  writeFileSync(stamp, wanted);
  console.log("generated the parser from the grammar");
}

function hashOfGrammar(config) {
  const hash = createHash("sha256");
  hash.update(readFileSync(config));
  const source = join(language, "src");
  const grammars = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".langium"))
    .sort();
  if (grammars.length === 0) throw new HouseError(`${config} names no grammar under ${source}`);
  for (const name of grammars) hash.update(readFileSync(join(source, name)));
  const cli = join(root, "node_modules", "langium-cli", "package.json");
  hash.update(JSON.parse(readFileSync(cli, "utf8")).version);
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename) await main(build);
