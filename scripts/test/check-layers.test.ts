import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkLayers } from "../check-layers.mjs";

let house = "";

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

function addPackage(
  name: string,
  dependencies: string[] = [],
  devDependencies: string[] = [],
): void {
  const versions = (names: string[]) => Object.fromEntries(names.map((each) => [each, "0.1.0"]));
  const manifest = {
    name: `@fabula/${name}`,
    dependencies: versions(dependencies),
    devDependencies: versions(devDependencies),
  };
  write(`packages/${name}/package.json`, JSON.stringify(manifest));
  write(`packages/${name}/src/index.ts`, "export {};\n");
}

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "fabula-layers-"));
  addPackage("model");
  addPackage("chronicle", ["@fabula/model"]);
  addPackage("engine", ["@fabula/model", "@fabula/chronicle"]);
});

afterEach(() => rmSync(house, { recursive: true }));

describe("the layer check", () => {
  it("finds nothing in a house that is in order", () => {
    write("packages/engine/src/a.ts", `import { x } from "@fabula/model";\nimport "./index.js";\n`);
    write("packages/engine/test/a.test.ts", `import "node:fs";\nimport { it } from "vitest";\n`);
    expect(checkLayers(house)).toEqual({ problems: [], scanned: 5 });
  });

  it("fails when it scanned nothing", () => {
    rmSync(join(house, "packages"), { recursive: true });
    expect(checkLayers(house).problems).toEqual([expect.stringContaining("no source was found")]);
  });

  it("fails when one package has no source", () => {
    rmSync(join(house, "packages/engine/src"), { recursive: true });
    expect(checkLayers(house).problems).toEqual([
      "packages/engine: no source was found, so nothing was checked",
    ]);
  });

  /** Every planted violation must be caught, and where it stands. */
  it.each([
    ["an import up the layers", "model/src/a.ts", `import "@fabula/engine";`, "may not import"],
    [
      "a type import up the layers",
      "model/src/a.ts",
      `import type { A } from "@fabula/engine";`,
      "may not",
    ],
    [
      "an export from up the layers",
      "model/src/a.ts",
      `export * from "@fabula/engine";`,
      "may not",
    ],
    [
      "a dynamic import up the layers",
      "model/src/a.ts",
      `await import("@fabula/engine");`,
      "may not",
    ],
    ["a test that looks up the layers", "model/test/a.ts", `import "@fabula/engine";`, "may not"],
    [
      "a relative import of another package",
      "engine/src/a.ts",
      `import "../../model/src/a.js";`,
      "leaves",
    ],
    ["an import of a built file", "engine/src/a.ts", `import "../dist/index.js";`, "leaves src"],
    ["Node in a pure file", "engine/src/a.ts", `import "node:fs";`, "Node belongs"],
    ["Node without its prefix", "engine/src/a.ts", `import "fs/promises";`, "Node belongs"],
    ["src/node in a pure file", "engine/src/a.ts", `import "./node/disk.js";`, "src/node"],
    ["a library that is not declared", "engine/src/a.ts", `import "left-pad";`, "not a dependency"],
    ["a word of a world", "engine/src/a.ts", `export const chakraMax = 1;`, "word of a world"],
    ["a word of a world in a comment", "engine/src/a.ts", `// like Sakura's`, "word of a world"],
  ])("catches %s", (_, path, line, message) => {
    write(`packages/${path}`, `// first line\n${line}\n`);
    const { problems } = checkLayers(house);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`packages/${path}:2: `);
    expect(problems[0]).toContain(message);
  });

  it("catches a workspace import that package.json does not declare", () => {
    addPackage("engine", ["@fabula/chronicle"]);
    write("packages/engine/src/a.ts", `import "@fabula/model";`);
    expect(checkLayers(house).problems).toEqual([
      `packages/engine/src/a.ts:1: "@fabula/model" is not a dependency in packages/engine/package.json`,
    ]);
  });

  it("lets a test import what is declared for tests, and a source not", () => {
    addPackage("language", ["@fabula/model"]);
    addPackage("engine", ["@fabula/model"], ["@fabula/language"]);
    write("packages/engine/test/a.test.ts", `import "@fabula/language";`);
    expect(checkLayers(house).problems).toEqual([]);
    write("packages/engine/src/a.ts", `import "@fabula/language";`);
    expect(checkLayers(house).problems).toHaveLength(1);
  });

  it("catches a package.json that depends up the layers", () => {
    addPackage("model", ["@fabula/engine"]);
    expect(checkLayers(house).problems).toEqual([
      "packages/model/package.json: packages/model may not depend on packages/engine",
    ]);
  });

  it("catches a package that has no layer", () => {
    addPackage("poetry");
    expect(checkLayers(house).problems).toEqual([expect.stringContaining("has no layer")]);
  });

  it("lets src/node use Node and words of a world stand in tests", () => {
    write("packages/engine/src/node/disk.ts", `import "node:fs";`);
    write("packages/engine/test/a.test.ts", `const name = "sakura";`);
    expect(checkLayers(house).problems).toEqual([]);
  });
});
