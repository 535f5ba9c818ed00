/** A line that does not parse costs that line: what stands round it is still there. */
import { describe, expect, it } from "vitest";
import type { HasDecl } from "../../src/generated/ast.js";
import { parseFabula } from "../../src/parse.js";
import { loadSources } from "../../src/sources.js";
import { edit, finderOf, fixture, texts } from "../fixtures.js";

/** Names of the fields in the first item, and the errors by line. */
function fieldsOf(text: string) {
  const { file, diagnostics } = parseFabula(text, "x");
  const members = (file.items[0] as HasDecl | undefined)?.members ?? [];
  return {
    fields: members.map((member) => (member.$type === "Field" ? member.name : member.$type)),
    errors: diagnostics.map(({ code, span }) => `${code} ${span?.line}`),
  };
}

describe("recovery", () => {
  it("loses one line of an inner block", () => {
    const text =
      'person has\n  a: boolean\n    said as "x"\n    as "y"\n    private\n  b: boolean\n  c: boolean\n';
    expect(fieldsOf(text)).toEqual({ fields: ["a", "b", "c"], errors: ["FAB1201 4"] });
  });

  it("tells every broken line of a block, and keeps the others", () => {
    const text =
      "person has\n  a boolean\n  b: boolean\n  c means\n  d: boolean\n  e: : f\n  g: boolean\n";
    expect(fieldsOf(text).fields).toEqual(["b", "d", "g"]);
    expect(fieldsOf(text).errors).toHaveLength(3);
  });

  it("leaves out the block under a broken line, and nothing behind it", () => {
    const text = "person has\n  a boolean\n    private\n    prior 5%\n  b: boolean\n";
    expect(fieldsOf(text)).toEqual({ fields: ["b"], errors: ["FAB1207 2"] });
  });

  it("leaves out a block that nothing opens, once", () => {
    const text = "person has\n  a: boolean\n      b: boolean\n        c: boolean\n  d: boolean\n";
    expect(fieldsOf(text).errors).toEqual(["FAB1201 3"]);
    expect(fieldsOf(text).fields).toEqual(["a", "d"]);
  });

  it("does not tell what only follows from a line that was left out", () => {
    const body = edit(fixture("body"), "  when p.awake and", "  whn p.awake and");
    const all = texts({ body });
    const { diagnostics } = loadSources(all[3]!, finderOf(all));
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.source}:${span?.line}`)).toEqual([
      "FAB1201 body:59",
    ]);
  });

  it("does not call unknown what may be declared on a broken line", () => {
    const body = edit(fixture("body"), "  alive: boolean = true", "  alive boolean = true");
    const all = texts({ body });
    const { diagnostics } = loadSources(all[3]!, finderOf(all));
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.source}:${span?.line}`)).toEqual([
      "FAB1207 body:39",
    ]);
  });

  it("knows no parameter whose name is missing", () => {
    const text =
      "type person is thing\naction tell(other: person, : claim) by p: person\n" +
      'pattern lie "A lie" for liar: person\n  find a: liar.tell where not liar believes a.what\n';
    const { diagnostics } = loadSources({ name: "x", text }, () => []);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, span }) => `${code} ${span?.line}`)).toContain("FAB1207 2");
  });

  it("one spoilt word anywhere costs little", () => {
    const text = fixture("talk");
    const words = [...text.matchAll(/[a-z_]+/g)].filter((_, index) => index % 7 === 0);
    const counts = words.map(({ index, 0: word }) => {
      const spoilt = `${text.slice(0, index)}${word} xyzzy${text.slice(index + word.length)}`;
      return parseFabula(spoilt, "x").diagnostics.length;
    });
    expect(counts.length).toBeGreaterThan(50);
    expect(counts.filter((count) => count > 1).length / counts.length).toBeLessThan(0.05);
    expect(Math.max(...counts)).toBeLessThan(5);
  });
});
