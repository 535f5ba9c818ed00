import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "../house.mjs";

let house = "";

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "fabula-lint-"));
  for (const file of ["biome.json", ".gitignore"]) cpSync(join(root, file), join(house, file));
});

afterEach(() => rmSync(house, { recursive: true }));

/** What our Biome settings say about a text if it stood in this file. */
function lint(path: string, text: string): { status: number | null; said: string } {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
  const biome = join(root, "node_modules", ".bin", "biome");
  const result = spawnSync(biome, ["lint", path], { cwd: house, encoding: "utf8" });
  return { status: result.status, said: `${result.stdout}${result.stderr}` };
}

describe("the linter's bans", () => {
  it.each([
    ["Date.now();", "noRestrictedGlobals"],
    ["new Date();", "noRestrictedGlobals"],
    ["setTimeout(() => 1, 1);", "noRestrictedGlobals"],
    ["new Intl.Collator();", "noRestrictedGlobals"],
    ["performance.now();", "noRestrictedGlobals"],
    ["process.exit(1);", "noRestrictedGlobals"],
    ["export default 1;", "noDefaultExport"],
    ["export enum A { B }", "noEnum"],
  ])("HOUSE-5 catch %s in a pure package", (text, rule) => {
    const { status, said } = lint("packages/model/src/planted.ts", `${text}\n`);
    expect(said).toContain(rule);
    expect(status).not.toBe(0);
  });

  it.each(["it.only", "describe.skip"])(
    "catch %s in a test, and `fit` elsewhere is a word",
    (name) => {
      const { status, said } = lint(
        "packages/model/test/planted.test.ts",
        `${name}("x", () => 1);\n`,
      );
      expect(said).toMatch(/noFocusedTests|noSkippedTests/);
      expect(status).not.toBe(0);
      expect(lint("packages/model/src/planted.ts", "fit(1, 2);\n").status).toBe(0);
    },
  );

  it.each(["apps/cli/src/planted.ts", "packages/lab/src/node/planted.ts"])(
    "HOUSE-5 let a host use its clock (%s)",
    (path) => {
      const { status, said } = lint(path, "export const now = Date.now();\n");
      expect(status, said).toBe(0);
    },
  );
});
