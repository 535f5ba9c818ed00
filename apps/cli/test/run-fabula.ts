/**
 * Runs the command line to its end: in this process (from the sources, quick), or as a person would,
 * in a process of its own (as built).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { runProgram } from "../src/program.js";

export const main = join(import.meta.dirname, "..", "build", "main.js");

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** In this process. */
export async function runFabula(args: readonly string[], folder: string): Promise<Finished> {
  const before = process.cwd();
  const said = { out: "", err: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said[name === "stdout" ? "out" : "err"] += String(text);
      return true;
    }),
  );
  process.chdir(folder);
  try {
    const code = await runProgram([process.execPath, main, ...args]);
    return { code, ...said };
  } finally {
    process.chdir(before);
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}

/** In a process of its own, as built. */
export function spawnFabula(args: readonly string[], folder: string): Finished {
  const result = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "fabula-"));
}
