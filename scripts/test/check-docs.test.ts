import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkErrorCodes, checkLinks, checkSpec } from "../check-docs.mjs";

let house = "";

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

const entry = "### FAB2103 unknown name\n\n```fabula\nperson p\n```\n\nRemedy: declare it.\n";

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "fabula-docs-"));
  write("packages/model/package.json", `{ "name": "@fabula/model" }`);
  write("packages/model/src/a.ts", `// FAB9999 in a comment\nexport const code = "FAB2103";\n`);
  write("packages/model/test/a.test.ts", `it("CLOCK-1 keeps order", () => {});\n`);
  write("docs/errors.md", entry);
  write("docs/spec/clock.md", "- **CLOCK-1** Order is kept.\n");
});

afterEach(() => rmSync(house, { recursive: true }));

describe("the check of docs/errors.md", () => {
  it("finds nothing where both sets are the same", () => {
    expect(checkErrorCodes(house)).toEqual({ problems: [], codes: 1 });
  });

  it.each([
    [
      "a code that is not documented",
      "packages/model/src/b.ts",
      `f("FAB3001");`,
      "src/b.ts:1: FAB3001 is not",
    ],
    [
      "a code inside a longer text",
      "packages/model/src/b.ts",
      "f(`FAB3002: in a template`);",
      "FAB3002",
    ],
    [
      "a documented code that nobody uses",
      "docs/errors.md",
      `${entry}${entry.replaceAll("2103", "3001")}`,
      "docs/errors.md:8: FAB3001 is in no source",
    ],
    ["a code that is documented twice", "docs/errors.md", entry + entry, "documented 2 times"],
    ["an entry without an example", "docs/errors.md", entry.replaceAll("```", ""), "no example"],
    ["an entry without a remedy", "docs/errors.md", entry.replace("Remedy", "Hm"), "Remedy"],
  ])("HOUSE-7 catches %s", (_, path, text, message) => {
    write(path, text);
    const { problems } = checkErrorCodes(house);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it("HOUSE-7 catches a code that means something in two packages", () => {
    write("packages/engine/package.json", `{ "name": "@fabula/engine" }`);
    write("packages/engine/src/a.ts", `f("FAB2103");`);
    expect(checkErrorCodes(house).problems).toEqual([
      "packages/model/src/a.ts:2: FAB2103 is a code of packages/engine already",
    ]);
  });

  it("HOUSE-7 fails when no source has a code", () => {
    write("packages/model/src/a.ts", "export {};\n");
    write("docs/errors.md", "# none\n");
    expect(checkErrorCodes(house).problems).toEqual([
      expect.stringContaining("nothing was checked"),
    ]);
  });
});

describe("the check of docs/spec", () => {
  it("finds nothing where both sets are the same", () => {
    expect(checkSpec(house)).toEqual({ problems: [], rules: 1 });
  });

  it("reads titles of every form", () => {
    write("docs/spec/clock.md", "- **CLOCK-1** A.\n- **CLOCK-2** B.\n- **CLOCK-3** C.\n");
    write(
      "packages/model/test/b.test.ts",
      `it.each([1])("CLOCK-2 of %s", () => {});\ndescribe(\`CLOCK-3: \${name}\`, () => {});\n`,
    );
    expect(checkSpec(house)).toEqual({ problems: [], rules: 3 });
  });

  it.each([
    [
      "a rule without a test",
      "docs/spec/clock.md",
      "**CLOCK-1** A.\n\n**CLOCK-2** B.\n",
      "docs/spec/clock.md:3: no title",
    ],
    [
      "a test of no rule",
      "packages/model/test/b.test.ts",
      `it("CLOCK-1, CLOCK-7 x", f);`,
      "CLOCK-7, which is no rule",
    ],
    ["a rule that stands twice", "docs/spec/also.md", "- **CLOCK-1** A.\n", "CLOCK-1 stands at"],
    ["a file without a rule", "docs/spec/also.md", "Just words.\n", "no numbered rule"],
  ])("HOUSE-7 catches %s", (_, path, text, message) => {
    write(path, text);
    const { problems } = checkSpec(house);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it("HOUSE-7 fails when there is no rule", () => {
    rmSync(join(house, "docs"), { recursive: true });
    expect(checkSpec(house).problems).toEqual([expect.stringContaining("nothing was checked")]);
  });
});

describe("the check of links", () => {
  it("finds nothing where everything linked is there", () => {
    write("README.md", "[a](docs/errors.md#x) [b](https://example.org/x) [c](#here)\n");
    expect(checkLinks(house)).toEqual({ problems: [], links: 1 });
  });

  it("HOUSE-7 catches a link to nothing, and not what is code", () => {
    write("docs/a.md", "```\n[a](none.md)\n```\n\n[b](errors.md) [c](none.md)\n");
    expect(checkLinks(house)).toEqual({
      problems: ["docs/a.md:5: none.md is not there"],
      links: 2,
    });
  });

  it("HOUSE-7 fails when there is no link", () => {
    expect(checkLinks(house).problems).toEqual([expect.stringContaining("nothing was checked")]);
  });
});
