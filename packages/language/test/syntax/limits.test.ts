/** Texts from anyone: too deep, too long, no text at all. Each ends in a diagnostic, none in a throw. */
import { textLengthMax } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFabula } from "../../src/parse.js";
import { loadSources } from "../../src/sources.js";
import { blockDepthMax, diagnosticsMax, nestingMax } from "../../src/syntax/limits.js";
import { fixture } from "../fixtures.js";

const head = "type t\n  a: boolean\n  b means ";

function codes(text: string): readonly string[] {
  const { diagnostics } = loadSources({ name: "x", text }, () => []);
  return diagnostics.map(({ code, span }) => `${code} ${span?.line}`);
}

function brackets(depth: number): string {
  return `${head}${"(".repeat(depth)}a${")".repeat(depth)}\n`;
}

function blocks(depth: number): string {
  const lines = Array.from({ length: depth }, (_, index) => `${"  ".repeat(index + 2)}if t.a`);
  const last = `${"  ".repeat(depth + 2)}t.a`;
  return [
    "type t",
    "  a: boolean",
    "rule r for t: t",
    "  when t.a",
    "  then",
    ...lines,
    last,
    "",
  ].join("\n");
}

describe("limits of a text", () => {
  it("as many brackets as allowed are read, one more is told", () => {
    expect(codes(brackets(nestingMax))).toEqual([]);
    expect(codes(brackets(nestingMax + 1))).toEqual(["FAB1104 3"]);
  });

  it("brackets side by side do not nest", () => {
    expect(codes(`${head}${"(a) and ".repeat(100)}a\n`)).toEqual([]);
  });

  it("as many blocks as allowed are read, one more is told", () => {
    expect(codes(blocks(blockDepthMax - 2))).toEqual([]);
    expect(codes(blocks(blockDepthMax - 1))).toEqual([`FAB1105 ${blockDepthMax + 5}`]);
  });

  it.each([
    ["10,000 brackets", brackets(10_000), "FAB1106 3"],
    ["5,000 brackets", brackets(5_000), "FAB1104 3"],
    ["4,000 nots", `${head}${"not ".repeat(4_000)}a\n`, "FAB1104 3"],
    ["1,500 beliefs", `${head}${"t believes ".repeat(1_500)}a\n`, "FAB1104 3"],
    ["1,500 ifs", `${head}${"if a then ".repeat(1_500)}a\n`, "FAB1104 3"],
    ["1,000 quantifiers", `${head}${"some x: t where ".repeat(1_000)}a\n`, "FAB1104 3"],
    ["5,000 members", `${head}a${".a".repeat(5_000)}\n`, "FAB1104 3"],
    ["3,000 ands", `${head}${"a and ".repeat(3_000)}a\n`, "FAB1106 3"],
    ["10,000 ands on as many lines", `${head}${"a and\n    ".repeat(10_000)}a\n`, "FAB1106 1001"],
    ["4,000 sums", `${head}${"1 + ".repeat(4_000)}1\n`, "FAB1106 3"],
    ["600 blocks", blocks(600), `FAB1105 ${blockDepthMax + 5}`],
    ["a NUL", "type t\n\0", "FAB1005 2"],
    ["bytes that are no UTF-8", "type \uFFFD\n", "FAB1005 1"],
    ["control characters", "type t\u0007\n", "FAB1005 1"],
    ["100,000 quotes", '"'.repeat(100_001), "FAB1106 1"],
    ["15,000 quotes", '"'.repeat(15_001), "FAB1003 1"],
    ["15,000 closing braces", "}".repeat(15_000), "FAB1003 1"],
    ["emoji", "type 😀\n", "FAB1001 1"],
    ["a lone carriage return", "type t\rtype u\n", "FAB1001 1"],
  ])("%s: one error, no throw", (_title, text, told) => {
    expect(codes(text)).toEqual([told]);
  });

  it("a file that is too large is refused unread", () => {
    expect(codes("x".repeat(textLengthMax + 1))).toEqual(["FAB1006 1"]);
  });

  it("a flood of errors is cut off", () => {
    const flood = "blah blah blah blah\n".repeat(20_000);
    expect(codes(flood)).toHaveLength(diagnosticsMax);
    expect(parseFabula(flood, "x").file.items.length).toBeLessThan(2_000);
  });

  it("many items beside each other cost no more than their number", () => {
    const { file, diagnostics } = parseFabula("unit a\n".repeat(50_000), "x");
    expect(diagnostics).toEqual([]);
    expect(file.items).toHaveLength(50_000);
  });

  it("no text throws, whatever is cut out of it or put into it", () => {
    const pieces = [
      ...fixture("talk").split(/(?<=\s)/),
      ...'()"{}\n\t  .=:,-',
      "\n      ",
      " not ",
    ];
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 200 });
    fc.assert(
      fc.property(soup, (parts) => {
        for (const diagnostic of loadSources({ name: "x", text: parts.join("") }, () => [])
          .diagnostics) {
          expect(diagnostic.code).toMatch(/^FAB[12]\d{3}$/);
          expect(diagnostic.code).not.toBe("FAB1299");
          expect(diagnostic.span?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
