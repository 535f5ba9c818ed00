/** Runs the built command line as a person would: in a folder, with arguments, to its end. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const main = join(import.meta.dirname, "..", "dist", "main.js");

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

export function runFabula(args: readonly string[], folder = process.cwd()): Finished {
  const start = performance.now();
  const result = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
  const ms = performance.now() - start;
  return { code: result.status, out: result.stdout, err: result.stderr, ms };
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "fabula-"));
}
