/**
 * Texts in, diagnostics or a model out. Bad texts end with the errors they must give, and no
 * other: `//! LINE CODE part of the message`. Good texts have a golden model beside them. Behind a
 * line `//: NAME` stands a module that the text uses.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic, FindModules, SourceText } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { compileSource, compileStory } from "../src/lower/index.js";
import { modelText } from "./model-text.js";

const folder = join(import.meta.dirname, "conformance");
const noModules: FindModules = () => [];

/** The text itself, and the modules behind it. */
function partsOf(name: string, text: string): readonly [SourceText, FindModules] {
  const [own = "", ...modules] = text.split(/^\/\/: /m);
  const all = modules.map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end), text: part.slice(end + 1) };
  });
  return [{ name, text: own }, (wanted) => all.filter((module) => module.name === wanted)];
}

function textsOf(kind: "bad" | "good"): { name: string; text: string }[] {
  const names = readdirSync(join(folder, kind)).filter((name) => name.endsWith(".fabula"));
  return names
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, kind, name), "utf8") }));
}

interface Mark {
  readonly line: number;
  readonly code: string;
  readonly part: string;
}

function marksOf(text: string): Mark[] {
  const found = text.matchAll(/^\/\/! (\d+) (FAB\d{4})(?: (.*))?$/gm);
  return [...found].map(([, line, code, part]) => ({
    line: Number(line),
    code: code ?? "",
    part: part ?? "",
  }));
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === "error");
}

/** Every error says where it is and what to do. */
function expectHelp(errors: readonly Diagnostic[]): void {
  for (const error of errors) {
    expect(error.span?.line, error.message).toBeGreaterThan(0);
    expect(error.span?.column, error.message).toBeGreaterThan(0);
    expect(error.message).not.toBe("");
    expect(error.remedy ?? "", `${error.code} has no remedy: ${error.message}`).not.toBe("");
  }
}

describe("bad texts", () => {
  const texts = textsOf("bad");

  it("are many, of every kind", () => {
    expect(texts.length).toBeGreaterThanOrEqual(60);
    for (const kind of ["syntax", "names", "types", "units", "worlds"]) {
      expect(texts.filter(({ name }) => name.startsWith(`${kind}-`)).length).toBeGreaterThan(9);
    }
  });

  it.each(texts)(
    "LANG-2, LANG-4 $name gives its errors, each with place and remedy",
    ({ name, text }) => {
      const marks = marksOf(text);
      expect(marks.length, "a bad text says what is wrong with it").toBeGreaterThan(0);
      // What is expected stands behind the text and is no part of it.
      const parts = partsOf(name, text.slice(0, text.indexOf("//! ")));
      const { world, diagnostics } = compileStory(...parts);
      const errors = errorsOf(diagnostics);
      expect(world).toBeUndefined();
      expectHelp(errors);
      expect(errors.map(({ code, span }) => `${span?.line} ${code}`)).toEqual(
        marks.map(({ line, code }) => `${line} ${code}`),
      );
      for (const [index, { part }] of marks.entries()) {
        expect(errors[index]?.message).toContain(part);
      }
    },
  );
});

describe("good texts", () => {
  it.each(textsOf("good"))("$name gives its model", ({ name, text }) => {
    const { world, diagnostics } = compileStory(...partsOf(name, text));
    expect(errorsOf(diagnostics)).toEqual([]);
    if (world === undefined) throw new Error("no world");
    const golden = join(folder, "good", name.replace(".fabula", ".model.txt"));
    const model = modelText(world);
    if (!existsSync(golden)) writeFileSync(golden, model);
    expect(model).toBe(readFileSync(golden, "utf8"));
  });
});

const beginning = 'story big "Big"\ntype person\n  awake: boolean\nperson anna "Anna"\n';

/** Texts too large or too odd to keep as files. */
const monsters: readonly { readonly name: string; readonly text: () => string }[] = [
  {
    name: "10,000 brackets",
    text: () =>
      `${beginning}person has\n  x means ${"(".repeat(10_000)}awake${")".repeat(10_000)}\n`,
  },
  {
    name: "10,000 times not",
    text: () => `${beginning}person has\n  x means ${"not ".repeat(10_000)}awake\n`,
  },
  {
    name: "10,000 times believes",
    text: () => `${beginning}person has\n  x means ${"anna believes ".repeat(10_000)}awake\n`,
  },
  {
    name: "10,000 times if",
    text: () => {
      const value = `${"if awake then ".repeat(10_000)}1${" else 2".repeat(10_000)}`;
      return `${beginning}person has\n  x means ${value}\n`;
    },
  },
  {
    name: "10,000 blocks in each other",
    text: () => {
      const blocks = Array.from(
        { length: 10_000 },
        (_, depth) => `${"  ".repeat(depth + 2)}if p.awake`,
      );
      return `${beginning}rule deep for p: person\n  when p.awake\n  then\n${blocks.join("\n")}\n`;
    },
  },
  {
    name: "10,000 members of members",
    text: () => `${beginning}person has\n  x means awake${".awake".repeat(10_000)}\n`,
  },
  {
    name: "100,000 times and",
    text: () => `${beginning}person has\n  x means awake${" and awake".repeat(100_000)}\n`,
  },
  {
    name: "50,000 lines that mean nothing",
    text: () => "what is this even\n".repeat(50_000),
  },
  {
    name: "bytes of a picture",
    text: () => {
      let state = 12_345;
      const bytes = Array.from({ length: 200_000 }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return (state >>> 16) & 0xff;
      });
      return new TextDecoder().decode(new Uint8Array([0x89, 0x50, 0x4e, 0x47, ...bytes]));
    },
  },
  { name: "zeros", text: () => "\u0000".repeat(100_000) },
  { name: "a text that never ends", text: () => `${beginning}person x "${"a".repeat(500_000)}` },
  { name: "one word of a million letters", text: () => "a".repeat(1_000_000) },
];

describe("monsters", () => {
  it.each(monsters)("LANG-3 $name: a few errors, no exception", ({ name, text }) => {
    const source = { name, text: text() };
    const { world, diagnostics } = compileStory(source, noModules);
    expect(world).toBeUndefined();
    expect(errorsOf(diagnostics).length).toBeGreaterThan(0);
    expect(errorsOf(diagnostics).length).toBeLessThan(500);
    expectHelp(errorsOf(diagnostics));
  });

  it("LANG-3 a file of 100 MB is refused at once", () => {
    const line = "person anna\n  awake\n";
    const text = line.repeat(Math.ceil(100_000_000 / line.length));
    const { diagnostics } = compileStory({ name: "large", text }, noModules);
    expect(diagnostics).toHaveLength(1);
    expectHelp(diagnostics);
  });

  it("a circle of modules is read once", () => {
    const modules: Record<string, string> = {
      a: "module a\nuse b\ntype person\n  awake: boolean = true\n  fine means strong\n",
      b: "module b\nuse a\nperson has\n  strong means awake\n",
    };
    const find: FindModules = (name) => {
      const text = modules[name];
      return text === undefined ? [] : [{ name, text }];
    };
    const text = 'story s "S"\nuse a, b\nperson anna\nexpect "fine"\n  anna.fine\n';
    const { world, diagnostics } = compileStory({ name: "s", text }, find);
    expect(diagnostics).toEqual([]);
    expect(world?.fluents.map((fluent) => fluent.name)).toEqual(["awake", "fine", "strong"]);
  });

  it("LANG-6 every row of a file is a story of its own", () => {
    const text = [
      "module rows",
      "type person",
      "  awake: boolean = true",
      'row S01 "one"',
      "  person anna",
      '  expect "awake"',
      "    anna.awake",
      'row S02 "two"',
      "  person anna",
      "    awake = 3",
    ].join("\n");
    const { rows, story, diagnostics } = compileSource({ name: "rows", text }, noModules);
    expect(story).toBeUndefined();
    expect(rows.map(({ id, title, world }) => [id, title, world !== undefined])).toEqual([
      ["S01", "one", true],
      ["S02", "two", false],
    ]);
    expect(rows[0]?.world?.entities.map((entity) => entity.name)).toEqual(["world", "anna"]);
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ["FAB1211", 4],
      ["FAB3001", 10],
    ]);
  });
});
