/**
 * Where stories and modules are: bundled worlds of the installation, and the folder of the story
 * itself, so that an author's own world works from any folder with `std` found in the installation.
 *
 *   use std        every worlds/std/*.fabula        leaf/until-the-end  a bundled story
 *   use std.body   worlds/std/body.fabula           path/to/my.fabula   a file
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { SourceText } from "fabula";
import { badInput } from "./bad-input.js";
import { bundledWorlds } from "./bundled-worlds.js";
import { readTextFile } from "./text-file.js";

const extension = ".fabula";
/** The folder whose files are all stories. */
const examples = "examples";

/** The file of a story: a path, or a bundled name like `leaf/until-the-end`. */
export function locateStory(story: string): string {
  if (existsSync(story) && !statSync(story).isDirectory()) return resolve(story);
  const bundled = bundledPath(story);
  if (bundled !== undefined) return bundled;
  const looksLikePath = story.endsWith(extension) || story.startsWith(".") || existsSync(story);
  if (looksLikePath) return resolve(story);
  const known = bundledStories();
  // `until-the-end`, and whatever the folder is called.
  const near = known.find((name) => isNear(name, story) || isNear(lastOf(name), lastOf(story)));
  const remedy = near ?? `a file, or one of: ${known.join(", ")}`;
  throw badInput("FAB7001", `there is no story "${story}"`, remedy);
}

/** Names of the stories that come along, sorted. */
export function bundledStories(): string[] {
  const worlds = bundledWorlds();
  return listFolder(worlds).flatMap((world) => {
    const files = listFolder(join(worlds, world, "stories"));
    const all = world === examples ? [...files, ...listFolder(join(worlds, world))] : files;
    return all
      .filter((file) => file.endsWith(extension))
      .map((file) => `${world}/${file.slice(0, -extension.length)}`);
  });
}

/**
 * The texts of a module or of a whole world, [] where there is none. The story's own folder comes
 * first, then the installation: an author may replace a module by one of their own. A module of a
 * world finds the others of its folder by their names, a text in a folder below the whole world.
 */
export function readModule(name: string, storyFile: string): SourceText[] {
  const path = name.split(".");
  if (path.some((part) => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(part))) return [];
  const [world = "", ...inner] = path;
  const home = dirname(storyFile);
  // A whole world is not used by a text of its own.
  const innermost = inner.length > 0 ? home : dirname(home);
  const around = rootsAround(innermost, world);
  for (const root of [home, ...around, bundledWorlds()]) {
    const file = `${join(root, world, ...inner)}${extension}`;
    if (resolve(file) !== storyFile && isFile(file)) return [readTextFile(file)];
    if (inner.length > 0) continue;
    const folder = join(root, world);
    const files = listFolder(folder).filter((entry) => entry.endsWith(extension));
    const texts = files.map((entry) => readTextFile(join(folder, entry)));
    // A folder round about may be called so and hold stories.
    if (around.includes(root) ? texts.some(isModule) : texts.length > 0) return texts;
  }
  return [];
}

function isModule({ text }: SourceText): boolean {
  return /^module\s/m.test(text);
}

/** Where the folders named so stand in which this one is, or which it is; the nearest first. */
function rootsAround(folder: string, name: string): string[] {
  const root = dirname(folder);
  if (root === folder) return [];
  return [...(basename(folder) === name ? [root] : []), ...rootsAround(root, name)];
}

/** Every `.fabula` file under these files and folders, each once, sorted within a folder. */
export function listTexts(paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    if (!existsSync(path)) return [locateStory(path)];
    return statSync(path).isDirectory() ? walk(resolve(path)) : [resolve(path)];
  });
  return [...new Set(found)];
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.name.endsWith(extension) ? [path] : [];
    });
}

function bundledPath(story: string): string | undefined {
  const match = /^([\p{L}\p{N}_-]+)\/([\p{L}\p{N}_-]+)$/u.exec(story);
  if (match === null) return undefined;
  const [, world = "", name = ""] = match;
  const folder = join(bundledWorlds(), world);
  const places = [join(folder, "stories"), ...(world === examples ? [folder] : [])];
  return places.map((place) => join(place, `${name}${extension}`)).find(isFile);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function listFolder(folder: string): string[] {
  return existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder).sort() : [];
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** At most two letters differ. */
function isNear(a: string, b: string): boolean {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? 9) <= 2;
}
