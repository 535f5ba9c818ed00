/** docs/language.md tells the language by examples: each is a whole file and has no mistake. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FindModules } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { compileSource } from "../src/lower/index.js";

const page = readFileSync(join(import.meta.dirname, "../../../docs/language.md"), "utf8");
const files = [...page.matchAll(/```fabula\n(.*?)```/gs)].map(([, text]) => {
  const name = /^(?:module|story) (\S+)/.exec(text ?? "")?.[1] ?? "?";
  return { name, text: text ?? "" };
});
const find: FindModules = (name) => files.filter((file) => file.name === name);

describe("docs/language.md", () => {
  it("has examples", () => {
    expect(files.length).toBeGreaterThan(4);
  });

  it.each(files)("LANG-11 $name reads without a mistake", (file) => {
    const { story, rows, diagnostics } = compileSource(file, find);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    if (file.text.startsWith("story")) expect(story?.world).not.toBeUndefined();
    for (const row of rows) expect(row.world).not.toBeUndefined();
  });

  it("catches a planted mistake", () => {
    const text = `${files[0]?.text}person has\n  odd means pace + 1\n`;
    const { diagnostics } = compileSource({ name: "planted", text }, find);
    expect(diagnostics.map(({ code }) => code)).toContain("FAB4002");
  });
});
