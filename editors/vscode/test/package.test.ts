/** What the extension brings along: its snippets, and the file that VS Code installs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatText, parseFabula } from "@fabula/language";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { makeVsix } from "../../../scripts/vsix.mjs";
import manifest from "../package.json" with { type: "json" };
import snippets from "../snippets/fabula.json" with { type: "json" };

/** With what stands at its places until somebody types. */
function filledIn(lines: readonly string[]): string {
  const text = lines.join("\n").replace(/\$\{\d+:((?:\\.|[^\\}])*)\}/g, "$1");
  return `${text.replace("$0", "").replaceAll("\\}", "}").trimEnd()}\n`;
}

describe("snippets", () => {
  it.each(Object.entries(snippets))(
    "%s reads, and stands as the formatter would have it",
    (...each) => {
      const text = filledIn(each[1].body);
      expect(text).not.toContain("$");
      expect(parseFabula(text, "snippet").diagnostics).toEqual([]);
      expect(formatText({ name: "snippet", text }).text).toBe(text);
    },
  );
});

describe("the file that is installed", () => {
  const { name, bytes } = makeVsix();
  const files = unzipSync(bytes);
  const textOf = (path: string) => strFromU8(files[path] ?? new Uint8Array());

  it("holds what its manifests name, and nothing that only builders need", () => {
    expect(name).toBe(`fabula-vscode-${manifest.version}.vsix`);
    const told = JSON.parse(textOf("extension/package.json"));
    const named = [...JSON.stringify(told).matchAll(/"\.\/([^"]+)"/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(4);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(named.map((path) => `extension/${path}`)),
    );
    const assets = [...textOf("extension.vsixmanifest").matchAll(/ Path="([^"]+)"/g)];
    expect(assets.length).toBe(3);
    for (const [, path = ""] of assets) expect(files[path]?.length).toBeGreaterThan(0);
    expect(told.dependencies ?? told.devDependencies).toBeUndefined();
    expect(Object.keys(files).some((path) => /node_modules|\.ts$/.test(path))).toBe(false);
  });

  it("says the kind of every file in it, and whose work is in the bundle", () => {
    const types = textOf("[Content_Types].xml");
    for (const path of Object.keys(files).filter((one) => one !== "[Content_Types].xml")) {
      expect(types).toContain(`Extension="${/\.\w+$/.exec(path)?.[0]}"`);
    }
    expect(textOf("extension/THIRD-PARTY.txt")).toContain("vscode-languageclient 9.0.1");
    expect(textOf("extension/build/extension.cjs")).toBe(
      readFileSync(join(import.meta.dirname, "..", manifest.main), "utf8"),
    );
  });

  it("is the same each time", () => {
    expect(makeVsix().bytes).toEqual(bytes);
  });
});
