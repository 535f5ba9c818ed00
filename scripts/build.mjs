/**
 * Builds everything: installs what is missing, generates the parser where the grammar changed, and
 * compiles the packages in the order of their references. `npm run build`.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { writeDescent } from "./descent/write.mjs";
import { ensureInstalled, ensureNode, HouseError, main, root, run, runTool } from "./house.mjs";

const language = join(root, "packages", "language");

/** Installs, generates, compiles. Quiet where nothing is to do. */
export function build() {
  ensureNode();
  ensureInstalled();
  generateParser();
  runTool("typescript/bin/tsc", ["-b"]);
  bundleCommandLine();
  keepModules();
  bundleStudio();
  bundleExtension();
}

/**
 * The command line in a few files: reading some hundred modules one by one takes three times as
 * long as reading these. What is native or seldom used stays where npm puts it.
 */
export function bundleCommandLine() {
  const cli = join(root, "apps", "cli");
  bundle(join(cli, "build"), ["packages", "apps/cli"], () => {
    const entries = ["main", "seek-worker", "survey-worker", "keep-modules"];
    const small = ["commander", "picocolors"];
    const native = ["piscina", "bullmq", "ioredis", "node-sqlite3-wasm", "better-sqlite3"];
    const servers = ["fastify*", "@fastify/*", "ws", "zod"];
    // Some of what Langium brings along asks for Node's own modules in the old way.
    const banner = [
      'import { createRequire as requireFrom } from "node:module";',
      "const require = requireFrom(import.meta.url);",
    ];
    runTool("esbuild/bin/esbuild", [
      ...entries.map((name) => join(cli, "dist", `${name}.js`)),
      `--outdir=${join(cli, "build")}`,
      ...["--bundle", "--splitting", "--format=esm", "--platform=node", "--target=node20"],
      `--banner:js=${banner.join("")}`,
      ...[...small, ...native, ...servers].map((name) => `--external:${name}`),
      "--log-level=warning",
    ]);
  });
}

/**
 * What the bundled command line makes of the modules that come along, beside it: whoever makes the
 * bundle anew makes this anew, as it takes the folder away.
 */
export function keepModules() {
  const folder = join(root, "apps", "cli", "build");
  const stamp = join(folder, ".stamp-of-modules");
  const wanted = hashOfSources(["worlds"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(join(folder, "kept-modules.v8"), { force: true });
  run(process.execPath, [join(folder, "keep-modules.js")]);
  writeFileSync(stamp, wanted);
}

/**
 * The studio's page, from the sources of everything it shows, and what its own engine answers to
 * whoever opens a story that comes with it.
 */
export function bundleStudio() {
  const studio = join(root, "apps", "studio");
  if (!existsSync(join(studio, "index.html"))) return;
  bundle(join(studio, "dist"), ["packages", "apps/studio", "worlds"], () => {
    const vite = (...args) =>
      runTool("vite/bin/vite.js", ["build", "--logLevel", "warn", ...args], { cwd: studio });
    vite();
    vite("--config", "vite.published.config.ts");
    run(process.execPath, [join(root, "scripts", "published-template.mjs")]);
    vite("--ssr", "src/engine/prepare.ts", "--outDir", "build/prepare");
    run(process.execPath, [join(root, "scripts", "prepare-stories.mjs")]);
  });
}

/** The extension of VS Code in one file; `vscode` is what VS Code itself brings along. */
export function bundleExtension() {
  const extension = join(root, "editors", "vscode");
  bundle(join(extension, "build"), ["editors/vscode"], () => {
    runTool("esbuild/bin/esbuild", [
      join(extension, "dist", "extension.js"),
      `--outfile=${join(extension, "build", "extension.cjs")}`,
      `--metafile=${join(extension, "build", "inputs.json")}`,
      ...["--bundle", "--minify", "--format=cjs", "--platform=node", "--target=node18"],
      "--external:vscode",
      "--log-level=warning",
    ]);
  });
}

/** Quiet where no source in the folders changed since the bundle was made. */
function bundle(target, sources, make) {
  const stamp = join(target, ".stamp");
  const wanted = hashOfSources(sources);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(target, { recursive: true, force: true });
  make();
  writeFileSync(stamp, wanted);
  console.log(`bundled ${relative(root, target)}`);
}

function hashOfSources(places) {
  const hash = createHash("sha256");
  const folders = places.map((name) => join(root, name));
  const isSource = (name) =>
    /\.(ts|tsx|css|html|svg|json|fabula)$/.test(name) &&
    !/(^|[\\/])(dist|build|test|node_modules)[\\/]/.test(name);
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    for (const name of names.filter(isSource).sort()) {
      hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  for (const name of ["package-lock.json", join("scripts", "build.mjs")])
    hash.update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

/**
 * Langium writes src/generated from the grammar, and scripts/descent one file more. A stamp with
 * the hash of the grammar, of the writer and of the generator's version says whether that was done
 * already.
 */
export function generateParser() {
  const config = join(language, "langium-config.json");
  if (!existsSync(config)) return;
  const generated = join(language, "src", "generated");
  const stamp = join(generated, ".stamp");
  const wanted = hashOfGrammar(config);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const cli = join(root, "node_modules", "langium-cli", "bin", "langium.js");
  const args = [cli, "generate", "--file", config];
  // Langium asks about files it did not write, and a question that nobody answers generates nothing.
  for (const own of [stamp, join(generated, "descent.ts")]) rmSync(own, { force: true });
  const result = run(process.execPath, args, { cwd: language, stdio: "pipe", encoding: "utf8" });
  const said = `${result.stdout}${result.stderr}`;
  if (!existsSync(join(generated, "ast.ts"))) {
    throw new HouseError(`langium generated no parser:\n${said}`);
  }
  writeFileSync(join(generated, "descent.ts"), writeDescent(join(generated, "grammar.ts")));
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
  const writer = join(root, "scripts", "descent");
  for (const name of readdirSync(writer).sort()) hash.update(readFileSync(join(writer, name)));
  const cli = join(root, "node_modules", "langium-cli", "package.json");
  hash.update(JSON.parse(readFileSync(cli, "utf8")).version);
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename) await main(build);
