/**
 * What the build made of the modules that come along (keep-modules.ts), beside the bundle that made
 * it: a command reads no module again that is as it was then. Without the file all is read.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deserialize } from "node:v8";
import { offerModules, type PackedModules } from "fabula";

export function keptModulesFile(): string {
  return fileURLToPath(new URL("kept-modules.v8", import.meta.url));
}

/** For every process that reads stories, before it reads the first. */
export function offerKeptModules(): void {
  offerModules(() => {
    const file = keptModulesFile();
    if (!existsSync(file)) return undefined;
    try {
      return deserialize(readFileSync(file)) as PackedModules;
    } catch {
      // Written by another Node, or not to its end: the modules themselves are there.
      return undefined;
    }
  });
}
