import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MindHost } from "../../src/host.js";
import type { ChooserHost } from "../../src/minds/choosing/chooser-host.js";

const folder = new URL("../../src/minds/", import.meta.url);
/** Who may name the truth, and the whole host: perceiving, and the place where all is put together. */
const MAY_READ = new Set(["learning/perceive.ts"]);
const MAY_HOLD = new Set([
  "learning/perceive.ts",
  "minds.ts",
  "choosing/chooser-host.ts",
  "index.ts",
]);

/** Lines that name the truth, or the host that has it, in a file that may not. */
function slips(name: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  return code.split("\n").filter((line) => {
    const reads = /\btruth\s*[.[}]|\.truth\b|\bTruth\b/.test(line) && !MAY_READ.has(name);
    const holds = /\bMindHost\b/.test(line) && !MAY_HOLD.has(name);
    return reads || holds;
  });
}

describe("truth", () => {
  it("MIND-1 is read by nothing that weighs or chooses", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => name.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(45);
    const found = files.flatMap((name) =>
      slips(name, readFileSync(new URL(name, folder), "utf8")).map((line) => `${name}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  it("MIND-1 a slip would be caught", () => {
    expect(slips("choosing/options.ts", "const x = host.truth.evaluate(expr, []);")).toHaveLength(
      1,
    );
    expect(
      slips("choosing/options.ts", 'import type { MindHost } from "../host.js";'),
    ).toHaveLength(1);
    expect(slips("choosing/options.ts", "// the truth. is out there")).toHaveLength(0);
  });

  it("MIND-1 is not in the type that choosing code is given", () => {
    type HasTruth<T> = "truth" extends keyof T ? true : false;
    const whole: HasTruth<MindHost> = true;
    const chooser: HasTruth<ChooserHost> = false;
    expect([whole, chooser]).toEqual([true, false]);
  });
});
