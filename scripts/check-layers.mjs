/**
 * Imports go down the layers only, and the engine knows no world.
 *
 *   model < language, chronicle < engine < planner, lab, telling < fabula < server < apps, editors
 *
 * Project references do not enforce this (an import that no package.json declares still compiles),
 * so package.json and every import are read here. A check that scanned nothing fails.
 */
import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { HouseError, main, root } from "./house.mjs";
import { listSources, listWorkspaces, placeOf } from "./sources.mjs";

const layers = [
  ["packages/model"],
  ["packages/language", "packages/chronicle"],
  ["packages/engine"],
  ["packages/planner", "packages/lab", "packages/telling"],
  ["packages/fabula"],
  ["packages/server"],
];
const appsLayer = layers.length;

/** These may use Node in all their files; elsewhere Node belongs in src/node. */
const hosts = ["packages/server", "apps/", "editors/"];

const worldWords = /chakra|jutsu|kunai|naruto|sakura/i;
const builtins = new Set(builtinModules);

/** @returns {{ problems: string[], scanned: number }} */
export function checkLayers(directory) {
  const workspaces = listWorkspaces(directory);
  const byName = new Map(workspaces.map((workspace) => [workspace.manifest.name, workspace]));
  const problems = [];
  let scanned = 0;
  for (const workspace of workspaces) {
    problems.push(...checkManifest(directory, workspace, byName));
    const sources = listSources(directory, workspace);
    if (!sources.some((source) => source.path.includes("/src/"))) {
      problems.push(`${workspace.path}: no source was found, so nothing was checked`);
    }
    scanned += sources.length;
    for (const source of sources) problems.push(...checkSource(workspace, source, byName));
  }
  if (scanned === 0) problems.push(`${directory}: no source was found, so nothing was checked`);
  return { problems, scanned };
}

function layerOf(workspace) {
  if (/^(apps|editors)\//.test(workspace.path)) return appsLayer;
  const layer = layers.findIndex((names) => names.includes(workspace.path));
  return layer === -1 ? undefined : layer;
}

function checkManifest(directory, workspace, byName) {
  const place = `${workspace.path}/package.json`;
  const problems = [];
  if (layerOf(workspace) === undefined) {
    problems.push(`${place}: this package has no layer; add it to scripts/check-layers.mjs`);
  }
  for (const [name] of declaredIn(workspace.manifest)) {
    const target = byName.get(name);
    if (target && !isBelow(target, workspace)) {
      problems.push(`${place}: ${workspace.path} may not depend on ${target.path}`);
    }
  }
  for (const [subpath, target] of Object.entries(workspace.manifest.exports ?? {})) {
    const file = target.source;
    if (file && !existsSync(join(directory, workspace.path, file))) {
      problems.push(`${place}: exports "${subpath}" names ${file}, which does not exist`);
    }
  }
  return problems;
}

function* declaredIn(manifest) {
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies"]) {
    for (const name of Object.keys(manifest[kind] ?? {})) yield [name, kind];
  }
}

function isBelow(target, workspace) {
  return (layerOf(target) ?? Number.POSITIVE_INFINITY) < (layerOf(workspace) ?? -1);
}

function checkSource(workspace, source, byName) {
  const problems = [];
  const word = source.part === "test" ? null : worldWords.exec(source.text);
  if (word) {
    const place = placeOf(source.path, source.text, word.index);
    problems.push(`${place}: "${word[0]}" is a word of a world; worlds are text in worlds/`);
  }
  for (const imported of ts.preProcessFile(source.text, true, true).importedFiles) {
    const problem = findProblem(workspace, source, imported.fileName, byName);
    if (problem) problems.push(`${placeOf(source.path, source.text, imported.pos)}: ${problem}`);
  }
  return problems;
}

/** What is wrong with this import, if anything. */
function findProblem(workspace, source, specifier, byName) {
  const isHost = hosts.some((host) => workspace.path.startsWith(host));
  const isPure = source.part === "pure" && !isHost;
  if (specifier.startsWith(".")) return findRelativeProblem(workspace, source, specifier, isPure);
  if (specifier.startsWith("node:") || builtins.has(specifier.split("/")[0])) {
    return isPure ? `"${specifier}": Node belongs in src/node, server and apps` : undefined;
  }
  // What VS Code brings along for its extensions.
  if (specifier === "vscode" && workspace.path.startsWith("editors/")) return undefined;
  const parts = specifier.split("/");
  const name = specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
  const target = byName.get(name);
  if (name === workspace.manifest.name) return undefined;
  if (target && !isBelow(target, workspace)) {
    return `${workspace.path} may not import ${target.path}: imports go down the layers`;
  }
  if (isPure && parts.at(-1) === "node") return `"${specifier}": Node belongs in src/node`;
  const kinds = [...declaredIn(workspace.manifest)].filter(([known]) => known === name);
  const isTest = source.part === "test";
  if (isTest && !target) return undefined; // test tools are installed once, at the root
  const isDeclared = kinds.some(([, kind]) => isTest || kind !== "devDependencies");
  return isDeclared ? undefined : `"${name}" is not a dependency in ${workspace.path}/package.json`;
}

function findRelativeProblem(workspace, source, specifier, isPure) {
  const target = normalize(join(dirname(source.path), specifier)).replaceAll("\\", "/");
  if (!target.startsWith(`${workspace.path}/`)) {
    const isAllowed = source.part === "test" && !/^(packages|apps)\//.test(target);
    return isAllowed ? undefined : `"${specifier}" leaves ${workspace.path}`;
  }
  if (source.part === "test" || source.part === "other") return undefined;
  if (!target.startsWith(`${workspace.path}/src/`)) return `"${specifier}" leaves src`;
  if (isPure && target.startsWith(`${workspace.path}/src/node/`)) {
    return `"${specifier}": what runs anywhere may not import src/node`;
  }
  return undefined;
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    const { problems, scanned } = checkLayers(root);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) throw new HouseError(`${problems.length} problems with the layers`);
    console.log(`layers: ${scanned} files, nothing wrong`);
  });
}
