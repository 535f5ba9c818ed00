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

  it("HOUSE-1 lets an editor use Node, its host and what is below, and nobody an editor", () => {
    const manifest = { name: "fabula-pen", dependencies: { "@fabula/engine": "0.1.0" } };
    write("editors/pen/package.json", JSON.stringify(manifest));
    const line = `import "node:fs";\nimport "vscode";\nimport "@fabula/engine";\n`;
    write("editors/pen/src/index.ts", line);
    expect(checkLayers(house)).toEqual({ problems: [], scanned: 4 });
    write("packages/engine/src/a.ts", `import "fabula-pen";\nimport "vscode";\n`);
    expect(checkLayers(house).problems).toEqual([
      expect.stringContaining("may not import editors/pen"),
      expect.stringContaining(`"vscode" is not a dependency`),
    ]);
  });

  it("HOUSE-7 fails when it scanned nothing", () => {
    rmSync(join(house, "packages"), { recursive: true });
    expect(checkLayers(house).problems).toEqual([expect.stringContaining("no source was found")]);
  });

  it("HOUSE-7 fails when one package has no source", () => {
    rmSync(join(house, "packages/engine/src"), { recursive: true });
    expect(checkLayers(house).problems).toEqual([
      "packages/engine: no source was found, so nothing was checked",
    ]);
  });

  /** Plants a violation on the second line of a file; it must be caught, and where it stands. */
  function expectCaught(path: string, line: string, message: string): void {
    write(`packages/${path}`, `// first line\n${line}\n`);
    const { problems } = checkLayers(house);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`packages/${path}:2: `);
    expect(problems[0]).toContain(message);
  }

  it.each([
    `import "@fabula/engine";`,
    `import type { A } from "@fabula/engine";`,
    `export * from "@fabula/engine";`,
    `await import("@fabula/engine");`,
  ])("HOUSE-1 catches %s in a lower layer", (line) => {
    expectCaught("model/src/a.ts", line, "may not import");
    rmSync(join(house, "packages/model/src/a.ts"));
    expectCaught("model/test/a.test.ts", line, "may not import");
  });

  it.each([
    ["of another package by its path", `import "../../model/src/a.js";`, "leaves packages/engine"],
    ["of a built file", `import "../dist/index.js";`, "leaves src"],
    ["of a library that is not declared", `import "left-pad";`, "not a dependency"],
  ])("HOUSE-2 catches an import %s", (_, line, message) => {
    expectCaught("engine/src/a.ts", line, message);
  });

  it.each([
    ["Node", `import "node:fs";`],
    ["Node without its prefix", `import "fs/promises";`],
    ["src/node", `import "./node/disk.js";`],
    ["the part of a library that needs Node", `import "@fabula/model/node";`],
  ])("HOUSE-3 catches an import of %s", (_, line) => {
    expectCaught("engine/src/a.ts", line, "src/node");
  });

  it.each(["export const chakraMax = 1;", "// like Sakura's"])("HOUSE-4 catches %s", (line) => {
    expectCaught("engine/src/a.ts", line, "word of a world");
  });

  it("HOUSE-2 catches a workspace import that package.json does not declare", () => {
    addPackage("engine", ["@fabula/chronicle"]);
    write("packages/engine/src/a.ts", `import "@fabula/model";`);
    expect(checkLayers(house).problems).toEqual([
      `packages/engine/src/a.ts:1: "@fabula/model" is not a dependency in packages/engine/package.json`,
    ]);
  });

  it("HOUSE-2 lets a test import what is declared for tests, and a source not", () => {
    addPackage("language", ["@fabula/model"]);
    addPackage("engine", ["@fabula/model"], ["@fabula/language"]);
    write("packages/engine/test/a.test.ts", `import "@fabula/language";`);
    expect(checkLayers(house).problems).toEqual([]);
    write("packages/engine/src/a.ts", `import "@fabula/language";`);
    expect(checkLayers(house).problems).toHaveLength(1);
  });

  it("HOUSE-1 catches a package.json that depends up the layers", () => {
    addPackage("model", ["@fabula/engine"]);
    expect(checkLayers(house).problems).toEqual([
      "packages/model/package.json: packages/model may not depend on packages/engine",
    ]);
  });

  it("catches a package that has no layer", () => {
    addPackage("poetry");
    expect(checkLayers(house).problems).toEqual([expect.stringContaining("has no layer")]);
  });

  it("HOUSE-3, HOUSE-4 lets src/node use Node and words of a world stand in tests", () => {
    write("packages/engine/src/node/disk.ts", `import "node:fs";`);
    write("packages/engine/test/a.test.ts", `const name = "sakura";`);
    expect(checkLayers(house).problems).toEqual([]);
  });
});
