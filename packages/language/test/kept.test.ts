/** Modules that were packed and recalled, held against the same modules read from their texts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FindModules, SourceText, World } from "@fabula/model";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { packGraph, unpackGraph } from "../src/kept/graph.js";
import { offerModules, type PackedModules, packModules } from "../src/kept/modules.js";
import { compileQuestion, compileSource } from "../src/lower/index.js";
import { goOnFromParts, partsKept } from "../src/lower/kept-part.js";
import { builtIns } from "../src/names/built-ins.js";
import { goOnFromModules, modulesRead } from "../src/sources.js";

const worlds = join(import.meta.dirname, "..", "..", "..", "worlds");

const bundled: readonly SourceText[] = readdirSync(worlds, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".fabula"))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(worlds, name), "utf8") }));
const isModule = ({ text }: SourceText) => /^module /m.test(text);
const stories = bundled.filter((source) => !isModule(source));
const tales = stories.filter(({ text }) => /^story /m.test(text));

function finderIn(all: readonly SourceText[]): FindModules {
  const modules = all.filter(isModule).map((source) => {
    return { source, module: /^module (\S+)/m.exec(source.text)![1]! };
  });
  return (wanted) =>
    modules
      .filter(({ module }) => module === wanted || module.startsWith(`${wanted}.`))
      .map(({ source }) => source);
}

const find = finderIn(bundled);

function forget(): void {
  offerModules(() => undefined);
  goOnFromModules([]);
  goOnFromParts([]);
}

/** As another process would get it. */
function packedFrom(sources: readonly SourceText[]): PackedModules {
  forget();
  for (const source of sources) compileSource(source, find);
  const packed = structuredClone(packModules());
  forget();
  return packed;
}

/** All that a reading says and makes, with what `toEqual` does not look into. */
function readingOf(source: SourceText, finder: FindModules) {
  const { story, rows, diagnostics } = compileSource(source, finder);
  const made = [story, ...rows].map((each) => each?.world);
  return { diagnostics, worlds: made, pools: made.map((world) => world && poolOf(world)) };
}

function poolOf({ expressions }: World) {
  return Array.from({ length: expressions.count }, (_, id) => {
    return [expressions.get(id), expressions.typeOf(id)];
  });
}

/** `isOfUse`: no part had to be made beside those that were recalled. */
function readBoth(packed: PackedModules, source: SourceText, finder: FindModules) {
  forget();
  const fresh = readingOf(source, finder);
  forget();
  offerModules(() => structuredClone(packed));
  const recalled = readingOf(source, finder);
  const isOfUse = partsKept().length === packed.parts.length && packed.parts.length > 0;
  return { fresh, recalled, isOfUse };
}

describe("modules that are kept", () => {
  afterAll(forget);

  it("LANG-14 give what their texts give, to every story and row that comes along", () => {
    const packed = packedFrom(tales);
    const useAll = stories.filter(({ text }) => /^use std, leaf$/m.test(text));
    const others = stories.filter((source) => !useAll.includes(source));
    let used = 0;
    const tried = [...useAll, ...others.filter((_, index) => index % 10 === 0)];
    for (const source of tried) {
      const { fresh, recalled, isOfUse } = readBoth(packed, source, find);
      expect(recalled).toEqual(fresh);
      used += isOfUse ? 1 : 0;
    }
    expect(used, "no part was ever of use, so nothing was tried").toBeGreaterThan(0);
  });

  it("LANG-14 give what their texts give to a story with mistakes in it", () => {
    const packed = packedFrom(tales.slice(0, 1));
    const { text, name } = tales[0]!;
    const lines = text.split("\n");
    const spoilt = [
      [...lines, "", "person has", "  blood: number", "", "rule faints for p: person", "  when"],
      [...lines, "", "type person is thing", "  awake: boolean"],
      lines.filter((_, index) => index % 7 !== 3),
      [...lines, "", "nonsense sakura", "person sakura"],
    ];
    for (const each of spoilt) {
      const { fresh, recalled } = readBoth(packed, { name, text: each.join("\n") }, find);
      expect(fresh.diagnostics.length).toBeGreaterThan(0);
      expect(recalled).toEqual(fresh);
    }
  });

  it("LANG-14 are read anew where a text is another", () => {
    const packed = packedFrom(tales.slice(0, 1));
    const module = bundled.findIndex(({ text }) => /^module std\.body$/m.test(text));
    const before = bundled[module]!.text;
    for (const text of [`${before}\n`, before.replace("0 .. ", "0 .. 1"), before.slice(0, 900)]) {
      const finder = finderIn(bundled.with(module, { ...bundled[module]!, text }));
      const { fresh, recalled } = readBoth(packed, tales[0]!, finder);
      expect(recalled).toEqual(fresh);
      expect(modulesRead().some(({ parsed }) => parsed.text === before)).toBe(false);
    }
  });

  it("answer questions that are asked later", () => {
    const packed = packedFrom(tales);
    const ask = () => {
      const { world } = compileSource(tales[0]!, find).story!;
      return compileQuestion(world!, { name: "question", text: "sum of p.blood for p: person" });
    };
    const fresh = ask();
    forget();
    offerModules(() => packed);
    const recalled = ask();
    expect(JSON.stringify(recalled)).toBe(JSON.stringify(fresh));
  });
});

class Knot {
  constructor(
    readonly to: unknown,
    readonly name: string,
  ) {}
}

const knots = [{ name: "Knot", prototype: Knot.prototype, make: () => new Knot(undefined, "") }];

describe("a graph as plain data", () => {
  const through = (root: object, known: readonly object[] = []) =>
    unpackGraph(structuredClone(packGraph(root, known, knots).graph), known, knots)[0];

  it("comes back as it was, whatever is in it", () => {
    const key = fc.string({ maxLength: 3 }).filter((name) => !/^(\d+|__proto__)$/.test(name));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(undefined, null, true, false, -0, 2 ** 29, -(2 ** 29), 0.1, Number.NaN),
        fc.integer(),
        fc.double(),
        fc.string(),
        fc.array(tie("tree")),
        fc.dictionary(key, tie("tree"), { noNullPrototype: true }),
        fc.array(fc.tuple(tie("tree"), tie("tree"))).map((pairs) => new Map(pairs)),
        fc.array(tie("tree")).map((values) => new Set(values)),
        fc.tuple(tie("tree"), fc.string()).map(([to, name]) => new Knot(to, name)),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(through([value])).toStrictEqual([value]);
      }),
    );
  });

  it("keeps who is the same, in circles too, and names what is known", () => {
    const known = { here: true };
    const shared = { name: "shared" };
    const circle: { self?: object; all: object[] } = { all: [shared, shared, known] };
    circle.self = circle;
    const back = through(circle, [known]) as typeof circle;
    expect(back.self).toBe(back);
    expect(back.all[0]).toBe(back.all[1]);
    expect(back.all[0]).not.toBe(shared);
    expect(back.all[2]).toBe(known);
  });

  it("refuses what is no plain data", () => {
    expect(() => through({ made: new Date(0) })).toThrow("Date");
    expect(() => through({ made: () => 0 })).toThrow("function");
  });

  it("knows every name that the language brings along", () => {
    expect(new Set(builtIns).size).toBe(builtIns.length);
  });
});
