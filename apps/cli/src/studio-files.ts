/** What `npm run build` makes of the studio, beside the bundled worlds. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { badInput } from "./bad-input.js";
import { bundledWorlds } from "./bundled-worlds.js";

/** Path of a file of it. */
export function studioFile(name: string): string {
  const file = join(dirname(bundledWorlds()), "apps", "studio", "dist", name);
  if (existsSync(file)) return file;
  throw badInput("FAB7021", "the studio's pages are not there", "npm run build");
}
