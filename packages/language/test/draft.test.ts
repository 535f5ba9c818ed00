/**
 * A text that is written is read at every keystroke, and only what changed is parsed again: what is
 * said of it, and the world made of it, are those of a reading that kept nothing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FindModules, SourceText } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CompiledSource, compileSource } from "../src/lower/index.js";
import { Draft } from "../src/sources.js";
import { cutText } from "../src/syntax/cut.js";
import { finderOf, texts } from "./fixtures.js";

const worlds = join(import.meta.dirname, "..", "..", "..", "worlds");
const conformance = join(import.meta.dirname, "conformance");
const noModules: FindModules = () => [];

interface Tried {
  readonly source: SourceText;
  readonly find: FindModules;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".fabula"))
    .sort();
}

function read(folder: string, name: string): SourceText {
  return { name, text: readFileSync(join(folder, name), "utf8") };
}

const small: readonly Tried[] = [
  ...["good", "bad"].flatMap((kind) =>
    filesIn(join(conformance, kind)).map((name) => {
      const { text } = read(join(conformance, kind), name);
      return { source: { name, text: text.split(/^\/\/: /m, 1)[0]! }, find: noModules };
    }),
  ),
  ...texts().map((source) => ({ source, find: finderOf(texts()) })),
];
const bundled = filesIn(worlds).map((name) => read(worlds, name));
const modules = bundled.flatMap((source) => {
  const name = /^module (\S+)/m.exec(source.text)?.[1];
  return name === undefined ? [] : [{ name, source }];
});
const findBundled: FindModules = (wanted) =>
  modules
    .filter(({ name }) => name === wanted || name.startsWith(`${wanted}.`))
    .map(({ source }) => source);
const inWorlds: readonly Tried[] = bundled
  .filter((source) => modules.every((module) => module.source !== source))
  .map((source) => ({ source, find: findBundled }));

const lines = [...new Set(small.flatMap(({ source }) => source.text.split("\n")))];
const oddLines = [
  "",
  "  ",
  "\ttab: boolean",
  "// said",
  "§",
  "(",
  "module a",
  'story b "B"',
  "use",
];

type Edit = Readonly<{ kind: string; at: number; by: number; count: number }>;

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("letter", "cut", "move", "copy", "put", "odd", "out", "in", "back"),
  at: fc.nat(),
  by: fc.nat(),
  count: fc.integer({ min: 1, max: 6 }),
});

/** One edit as writers make them; `back`: to the text as it was. */
function edited(text: string, { kind, at, by, count }: Edit, first: string): string {
  if (kind === "back") return first;
  if (kind === "letter") {
    const place = at % (text.length + 1);
    return text.slice(0, place) + "ae_1 .\n"[by % 7]! + text.slice(place + (by % 2));
  }
  const all = text.split("\n");
  const line = at % all.length;
  const target = by % all.length;
  if (kind === "cut") all.splice(line, count);
  else if (kind === "move") all.splice(target, 0, ...all.splice(line, count));
  else if (kind === "copy") all.splice(target, 0, ...all.slice(line, line + count));
  else if (kind === "put") all.splice(line, 0, lines[by % lines.length]!);
  else if (kind === "odd") all.splice(line, 0, oddLines[by % oddLines.length]!);
  else all[line] = kind === "out" ? all[line]!.trimStart() : `  ${all[line]}`;
  return all.join("\n");
}

/** Of what modules were lowered to only the last few are kept: these take their places. */
function readOthers(): void {
  for (const name of ["a", "b", "c", "d"]) {
    const module = { name: `other_${name}`, text: `module other_${name}\ntype ${name}\n` };
    compileSource({ name: "user", text: `use other_${name}\ntype t\n` }, () => [module]);
  }
}

function expectSame(tried: Tried, edits: readonly Edit[], withWorld: boolean): number {
  const { source, find } = tried;
  const draft = new Draft();
  let kept = 0;
  let { text } = source;
  compileSource(source, find, draft);
  for (const each of edits) {
    text = edited(text, each, source.text);
    const now = { name: source.name, text };
    const before = new Set(draft.passages);
    const drafted = compileSource(now, find, draft);
    kept += draft.passages.filter((passage) => before.has(passage)).length;
    readOthers();
    const whole = compileSource(now, find);
    expect(drafted.diagnostics).toEqual(whole.diagnostics);
    expect(drafted.rows.length).toBe(whole.rows.length);
    expect(drafted.story?.world?.hash).toBe(whole.story?.world?.hash);
    const worldsOf = (read: CompiledSource) => [read.story, ...read.rows].map((one) => one?.world);
    if (withWorld) expect(worldsOf(drafted)).toEqual(worldsOf(whole));
  }
  return kept;
}

describe("a text that is being written", () => {
  it.each([
    ["small texts, and the worlds made of them", small, 60, true],
    ["bundled worlds", inWorlds, 6, false],
  ] as const)(
    "LANG-12 reads as if nothing had been kept: %s",
    (_title, all, numRuns, withWorld) => {
      let kept = 0;
      fc.assert(
        fc.property(
          fc.constantFrom(...all),
          fc.array(edit, { minLength: 1, maxLength: 5 }),
          (tried, edits) => {
            kept += expectSame(tried, edits, withWorld);
          },
        ),
        { numRuns },
      );
      expect(kept, "nothing was ever kept, so nothing was tried").toBeGreaterThan(numRuns);
    },
  );

  it("parses again only the item that changed", () => {
    const text = "type a\n  x: boolean\n\ntype b\n  y: boolean\n\ntype c\n  z: boolean\n";
    const draft = new Draft();
    compileSource({ name: "x", text }, noModules, draft);
    const before = draft.passages;
    compileSource({ name: "x", text: text.replace("y:", "yy:") }, noModules, draft);
    const same = draft.passages.map((passage, index) => passage === before[index]);
    expect(same).toEqual([true, false, true]);
  });

  it("has what its modules become from the reading before, and lowers its own text anew", () => {
    const module = { name: "m", text: "module m\ntype person\n  a: number = 1\n" };
    const textOf = (own: string) =>
      `story s "S"\nuse m\nperson p\nperson has\n  ${own}: number = 2\n`;
    const read = (own: string) => {
      const text = textOf(own);
      return compileSource({ name: "s", text }, () => [module]).story?.world?.fluents ?? [];
    };
    const first = read("b");
    const second = read("bb");
    expect(second.map(({ name }) => name)).toEqual(["a", "bb"]);
    expect(second[0]).toBe(first[0]);
    readOthers();
    expect(read("bb")[0]).not.toBe(first[0]);
  });

  it("is cut where a word begins at the left margin, and nothing is lost", () => {
    for (const { source } of [...small, ...inWorlds]) {
      const passages = cutText(source.text);
      expect(passages.join("")).toBe(source.text);
      for (const passage of passages.slice(1)) expect(passage).toMatch(/^[\p{L}_]/u);
    }
  });
});
