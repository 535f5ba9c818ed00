import { describe, expect, it } from "vitest";
import { checkPurity, checkText } from "../check-purity.mjs";

describe("the purity check", () => {
  it("HOUSE-7 fails when it scanned nothing", () => {
    expect(checkPurity("/nowhere").problems).toEqual([expect.stringContaining("no source")]);
  });

  it.each([
    "Math.sqrt(2) + Math.floor(x) * Math.imul(a, b)",
    "2 ** 32",
    "const limits = { eval: 1, Math: 2 }; limits.eval",
    `await import("./other.js")`,
    `const text = "Math.pow(2, 3)"; // Math.sin`,
  ])("HOUSE-6 lets %s pass", (line) => {
    expect(checkText("a.ts", line)).toEqual([]);
  });

  it.each([
    ["Math.pow(2, x)", "Math.pow"],
    ["Math.random()", "Math.random"],
    ["Math.hypot(a, b)", "Math.hypot"],
    ["const { sin } = Math", "only used as"],
    [`Math["exp"](1)`, "only used as"],
    ["2 ** x", "**"],
    ["x **= 2", "**"],
    ["a.localeCompare(b)", "locale"],
    ["n.toLocaleString()", "locale"],
    ["globalThis.x", "globalThis"],
    [`new Function("return 1")`, "code from text"],
    [`eval("1")`, "code from text"],
    ["await import(name)", "computed"],
    ["import.meta.url", "import.meta"],
  ])("HOUSE-6 catches %s", (line, message) => {
    const problems = checkText("a.ts", `\n${line}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("a.ts:2: ");
    expect(problems[0]).toContain(message);
  });
});
