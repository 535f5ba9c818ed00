import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDifferences } from "../hosts/find-differences.mjs";
import { bundle, runInHosts } from "../hosts/run-in-hosts.mjs";

const node = { name: "Node", kind: "node" as const, path: process.execPath };
const twice = [node, { ...node, name: "the same Node" }];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fabula-hosts-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function bundleText(text: string): string {
  const file = join(folder, "probe.ts");
  writeFileSync(file, text);
  return bundle(file);
}

describe("the check of hosts", () => {
  it("HOUSE-8 hands the input to the probe in every host and compares what comes back", async () => {
    const script = bundleText("export const probe = (n: number) => ({ sum: String(n + 0.2) });");
    const results = await runInHosts(twice, script, 0.1);
    expect(results.get("Node")).toEqual({ sum: "0.30000000000000004" });
    expect(findDifferences(results)).toEqual([]);
  });

  it("HOUSE-8 sees a value that differs", async () => {
    const script = bundleText("export const probe = async () => ({ id: String(process.pid) });");
    expect(findDifferences(await runInHosts(twice, script, {}))).toEqual([
      expect.stringMatching(/^id: Node \d+, the same Node \d+$/),
    ]);
  });

  it("HOUSE-8 sees a value that one host lacks", () => {
    const results = new Map([
      ["Node", { a: "1", b: "2" }],
      ["Chromium", { a: "1" }],
    ]);
    expect(findDifferences(results)).toEqual(["b: Node 2, Chromium nothing"]);
  });

  it("fails where the probe fails, with what it said", async () => {
    const script = bundleText(`export const probe = () => { throw new Error("planted"); };`);
    await expect(runInHosts([node], script, {})).rejects.toThrow("planted");
  });

  it("does not bundle what asks for Node", () => {
    expect(() => bundleText(`export * from "node:fs";`)).toThrow("node:fs");
  });
});
