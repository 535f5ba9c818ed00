/** The texts of worlds/, as the language asks for them: for tests and for the check of hosts. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house.mjs";

const worlds = join(root, "worlds");

/**
 * A module by its name (`std.body`), or all modules of a world (`std`); none where there is none.
 *
 * @param {string} name
 * @returns {{ name: string, text: string }[]}
 */
export function findModules(name) {
  const path = name.split(".").join("/");
  if (existsSync(join(worlds, `${path}.fabula`))) return [readWorldText(`${path}.fabula`)];
  if (path.includes("/") || !existsSync(join(worlds, path))) return [];
  return readdirSync(join(worlds, path))
    .filter((file) => file.endsWith(".fabula"))
    .sort()
    .map((file) => readWorldText(`${path}/${file}`));
}

/** A text by its path under worlds/. */
export function readWorldText(path) {
  return { name: `worlds/${path}`, text: readFileSync(join(worlds, path), "utf8") };
}

/** Paths under worlds/ of all texts, sorted. */
export function listWorldTexts() {
  return readdirSync(worlds, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".fabula"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}
