/**
 * The workspaces of the house and their source files, for the checks. Nothing that is generated,
 * built or installed is listed.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const skipped = new Set([
  "node_modules",
  "build",
  "dist",
  "generated",
  "coverage",
  "fixtures",
  "golden",
]);
const code = /\.(ts|tsx|mts|js|mjs)$/;

/** Every folder of packages/, apps/ and editors/ with a package.json, in the order of their paths. */
export function listWorkspaces(root) {
  return ["packages", "apps", "editors"].flatMap((group) => {
    const folder = join(root, group);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .sort()
      .map((name) => `${group}/${name}`)
      .filter((path) => existsSync(join(root, path, "package.json")))
      .map((path) => ({ path, manifest: readJson(join(root, path, "package.json")) }));
  });
}

/**
 * Code files of a workspace: path from the root with forward slashes, text, and which part of the
 * workspace it belongs to: `pure` (src), `node` (src/node), `test`, or `other` (bin, configuration).
 */
export function listSources(root, workspace) {
  return walk(join(root, workspace.path))
    .filter((file) => code.test(file) && !file.endsWith(".d.ts"))
    .map((file) => relative(root, file).split(sep).join("/"))
    .sort()
    .map((path) => ({
      path,
      part: partOf(path.slice(workspace.path.length + 1)),
      text: readFileSync(join(root, path), "utf8"),
    }));
}

/** Paths from the root of all files with this ending, sorted; nothing hidden, built or installed. */
export function listTexts(root, ending) {
  return walk(root)
    .filter((file) => file.endsWith(ending))
    .map((file) => relative(root, file).split(sep).join("/"))
    .sort();
}

/** `file:line` of an offset in a text. */
export function placeOf(path, text, offset) {
  return `${path}:${text.slice(0, offset).split("\n").length}`;
}

function partOf(inside) {
  if (inside.startsWith("src/node/")) return "node";
  if (inside.startsWith("src/")) return "pure";
  if (inside.startsWith("test/")) return "test";
  return "other";
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() ? [path] : [];
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
