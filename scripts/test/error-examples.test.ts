/** The examples of docs/errors.md give the code under which they stand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { compileStory } from "../../packages/language/src/lower/compile.js";
import { readSabre } from "../../packages/language/src/sabre/index.js";
import { ground } from "../../packages/planner/src/ground/ground.js";
import { root } from "../house.mjs";
import { findModules } from "../worlds.mjs";

interface Example {
  readonly code: string;
  readonly language: string;
  readonly text: string;
}

const readers: Readonly<Record<string, (text: string) => readonly Diagnostic[]>> = {
  fabula: (text) => compileStory({ name: "example.fabula", text }, findModules).diagnostics,
  sabre: (text) => {
    const { problem, diagnostics } = readSabre(text, "example.txt");
    return problem === undefined ? diagnostics : ground(problem).diagnostics;
  },
};

/** First fenced block of every entry, in the order of the document. */
function readExamples(document: string): Example[] {
  const pattern = /^### (FAB\d{4}) [^\n]*\n(?:(?!#{1,3} )[^\n]*\n)*?```(\w*)\n(.*?)\n```$/gms;
  return [...document.matchAll(pattern)].map(([, code = "", language = "", text = ""]) => ({
    code,
    language,
    text,
  }));
}

const examples = readExamples(readFileSync(join(root, "docs", "errors.md"), "utf8"));

describe("examples of docs/errors.md", () => {
  const read = examples.filter(({ language }) => language in readers);

  it.each(read)("$code", ({ code, language, text }) => {
    expect(readers[language]?.(text).map((diagnostic) => diagnostic.code)).toContain(code);
  });

  it("are most of the entries", () => {
    expect(read.length).toBeGreaterThan(examples.length / 2);
  });

  it("are in languages that are known", () => {
    const known = [...Object.keys(readers), "text"];
    expect(examples.filter(({ language }) => !known.includes(language))).toEqual([]);
  });
});
