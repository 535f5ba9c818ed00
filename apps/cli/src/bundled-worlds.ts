/** Where the worlds are that come with the installation. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

let found: string | undefined;

/** The folder of the bundled worlds: beside the packages, or where FABULA_WORLDS says. */
export function bundledWorlds(): string {
  found ??= findBundledWorlds();
  return found;
}

function findBundledWorlds(): string {
  const set = process.env.FABULA_WORLDS;
  if (set !== undefined && set !== "") return resolve(set);
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const worlds = join(folder, "worlds");
    if (existsSync(join(worlds, "std"))) return worlds;
    const above = dirname(folder);
    if (above === folder) return resolve("worlds");
    folder = above;
  }
}
