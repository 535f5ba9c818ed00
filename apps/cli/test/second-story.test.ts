import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";

const page = readFileSync(join(import.meta.dirname, "../../../docs/second-story.md"), "utf8");
const folder = makeFolder();

/** Blocks of the page in order: files to write, named above them, and commands to run. */
const blocks = [...page.matchAll(/(?:`([^`\n]+)`:\n\n)?```(fabula|sh)\n([\s\S]*?)```/g)];

describe("the second story, followed from an empty folder", () => {
  it("has files and commands", () => {
    expect(blocks.filter((block) => block[2] === "fabula").length).toBe(2);
    expect(blocks.filter((block) => block[2] === "sh").length).toBeGreaterThan(2);
  });

  it.each(blocks.map((block) => [block[1] ?? block[3]?.trim().split("\n")[0], block] as const))(
    "%s",
    async (_, [, name, kind, text = ""]) => {
      if (kind === "fabula") {
        const file = join(folder, name ?? "");
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        expect((await runFabula(["fmt", "--check", name ?? ""], folder)).code).toBe(0);
        return;
      }
      for (const line of text.trim().split("\n")) {
        const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2]!);
        const { code, err } = await runFabula(words.slice(1), folder);
        const isQuestion = words[1] === "ask";
        expect(isQuestion ? [0, 1] : [0], `${line}\n${err}`).toContain(code);
        expect(err, line).toBe("");
      }
    },
    120_000,
  );

  it("shows the lie that it talks about", async () => {
    const { out } = await runFabula(["play", "night.fabula"], folder);
    const shown = /```text\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    expect(shown).toContain("“He is alive,” Mara answers.");
    expect(out).toContain(shown);
    const honest = ["play", "night.fabula", "--change", "set mara.spares = 0"];
    expect((await runFabula(honest, folder)).out).toContain("“He is dead,” Mara answers.");
  }, 120_000);
});
