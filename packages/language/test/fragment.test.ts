/** Lines from outside a file: read in the scope of the story, with places of their own. */
import { describe, expect, it } from "vitest";
import { parseChanges, parseQuestion } from "../src/fragment.js";
import { loadSources } from "../src/sources.js";
import { finderOf, texts } from "./fixtures.js";

const all = texts();
const loaded = loadSources(all[3]!, finderOf(all));

function change(text: string) {
  return parseChanges({ name: "--change", text }, loaded);
}

describe("changes", () => {
  it.each([
    ["set anna.power = 40", "SetChange"],
    ["set not bert.awake at 5 s", "SetChange"],
    ["anna believes bert.dying sure 80%", "MindChange"],
    ["make anna.heal(lung) at start", "MakeChange"],
    ["forbid bert.bind", "ForbidChange"],
    ["switch off bleeding", "SwitchOff"],
    ["remove mask", "RemoveChange"],
    ["add person third\n  at = field", "AddChange"],
  ])("%s", (text, kind) => {
    const { lines, diagnostics } = change(text);
    expect(diagnostics).toEqual([]);
    expect(lines.map((line) => line.$type)).toEqual([kind]);
  });

  it("several lines are several changes", () => {
    expect(change("set anna.power = 40\nforbid bert.bind").lines).toHaveLength(2);
  });

  it.each([
    ["set ana.power = 40", "FAB2001", 1, 5],
    ["set anna.power = = 40", "FAB1208", 1, 18],
    ["add person third\n  att = field", "FAB2001", 2, 3],
    ["frobnicate", "FAB1", 1, 11],
    ["", "FAB1205", 1, 1],
  ])("%s: the error is where the author sees it", (text, code, line, column) => {
    const [first] = change(text).diagnostics;
    expect(first?.code).toContain(code);
    expect(first?.span).toMatchObject({ source: "--change", line, column });
  });

  it.each([
    ["anna.power = 40", "Did you mean `set anna.power = 40`?"],
    ["not bert.awake", "Did you mean `set not bert.awake`?"],
    ["anna wants bert.awake weight 3 at 1 min", "`while` says as long as what"],
    ["kill anna", "A change is `set x.field = value`"],
    ["", "A change is `set x.field = value`"],
  ])("%s: says how a change is written", (text, remedy) => {
    const [first] = change(text).diagnostics;
    expect(first?.remedy).toContain(remedy);
  });

  it("what is wrong behind the first word keeps its own remedy", () => {
    expect(change("set anna.power 40").diagnostics[0]?.remedy).not.toContain("A change is");
  });
});

describe("questions", () => {
  it.each([
    ["anna.alive", "MemberCall"],
    ["anna believes not bert.dying at anna.dies", "At"],
    ["bert.blood according to anna", "According"],
    ["60% + 5%", "Arith"],
  ])("%s", (text, kind) => {
    const { expression, diagnostics } = parseQuestion({ name: "question", text }, loaded);
    expect(diagnostics).toEqual([]);
    expect(expression?.$type).toBe(kind);
  });

  it("an error has its place in the question", () => {
    const { diagnostics } = parseQuestion({ name: "question", text: "anna.alife" }, loaded);
    expect(diagnostics).toMatchObject([
      { code: "FAB2003", span: { line: 1, column: 6, start: 5, end: 10 } },
    ]);
  });
});
