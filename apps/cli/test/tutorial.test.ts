/** The tutorial, followed from an empty folder: what it has one write, run, and read. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";

const page = readFileSync(join(import.meta.dirname, "../../../docs/tutorial.md"), "utf8");
const folder = makeFolder();
const file = join(folder, "boat", "boat.fabula");

type Kind = "commands" | "answer" | "text";

const blocks = [...page.matchAll(/```\n([\s\S]*?)```/g)].map(([, text = ""]) => {
  const isAnswer = /^(day \d|set )/.test(text);
  const kind: Kind = text.startsWith("fabula ") ? "commands" : isAnswer ? "answer" : "text";
  return { kind, text, title: text.split("\n")[0] ?? "" };
});

const lastText = blocks.findLastIndex(({ kind }) => kind === "text");

describe("the tutorial, followed from an empty folder", () => {
  let written = false;
  let answered = "";

  it("has text to write, commands to run and answers to read", () => {
    const count = (wanted: Kind) => blocks.filter(({ kind }) => kind === wanted).length;
    expect([count("text"), count("commands"), count("answer")]).toEqual([7, 6, 3]);
  });

  it.each(blocks.map((block, index) => [block.title, block, index] as const))(
    "%s",
    async (_, { kind, text }, index) => {
      if (kind === "text") {
        if (written) appendFileSync(file, text);
        else writeFileSync(file, text);
        written = true;
        if (index === lastText) {
          expect((await runFabula(["fmt", "--check", file], folder)).code).toBe(0);
        }
      }
      if (kind === "commands") {
        for (const line of text.trim().split("\n")) {
          const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2]!);
          // What comes of many runs is the business of other tests: here it only has to be asked so.
          const few = /^fabula (test|odds)/.test(line) ? ["--runs", "4"] : [];
          const { code, err, out } = await runFabula([...words.slice(1), ...few], folder);
          expect([code, err], line).toEqual([0, ""]);
          if (/^fabula (play|seek)/.test(line)) answered = out;
        }
      }
      if (kind === "answer") {
        for (const line of text.trim().split("\n"))
          if (line !== "...") expect(answered).toContain(line);
      }
    },
    300_000,
  );
});
