/** What an editor asks while a text is written. `|` marks the cursor. */
import { describe, expect, it } from "vitest";
import { completeAt } from "../../src/editor/completion.js";
import { hoverAt } from "../../src/editor/hover.js";
import {
  findDeclarations,
  findName,
  findOccurrences,
  renameSymbol,
} from "../../src/editor/symbol.js";
import { loadSources } from "../../src/sources.js";
import { edit, finderOf, fixture, texts } from "../fixtures.js";

const all = texts();
const find = finderOf(all);
const loaded = loadSources(all[3]!, find);
const tale = fixture("tale");

function offsetOf(name: string, passage: string, into = 0): number {
  const offset = fixture(name as "tale").indexOf(passage);
  if (offset === -1) throw new RangeError(`no "${passage}"`);
  return offset + into;
}

/** Labels offered where `|` stands in `replacement`, which is put for `passage`. */
function complete(passage: string, replacement: string): readonly string[] {
  const marked = edit(tale, passage, replacement);
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  return completeAt({ name: loaded.main.source, text }, offset, find).map(({ label }) => label);
}

describe("completion", () => {
  it("after a dot offers the members of its type and nothing else", () => {
    const labels = complete("  set anna.power = 40", "  set anna.|");
    expect(labels).toContain("power");
    expect(labels).toContain("heal");
    expect(labels).toContain("dies");
    expect(labels).not.toContain("depth");
    expect(labels).not.toContain("anna");
  });

  it("offers a name that is hidden once, as the nearer text declares it", () => {
    const text = `${tale}\nperson has\n  power: boolean\nrule r for p: person\n  when p.pow`;
    const offered = completeAt({ name: loaded.main.source, text }, text.length, find);
    expect(offered).toEqual([{ label: "power", kind: "Field", detail: "power: boolean" }]);
  });

  it("takes what is typed already for a beginning", () => {
    expect(complete("  set anna.power = 40", "  set anna.po|wer = 40")).toEqual(["power"]);
  });

  it("offers the words that begin a line of the block", () => {
    expect(complete("  needs p.masked", "  ne|\n  needs p.masked")).toEqual(["needs"]);
    expect(complete("  forbid bert.bind", "  fo|")).toEqual(["forbid"]);
    expect(complete("at 20 s", "wha|\nat 20 s")).toEqual(["whatif"]);
    expect(complete("    seen when observer", "    pri|\n    seen when observer")).toEqual([
      "prior",
      "private",
    ]);
  });

  it("offers fields and words in the block of an entity", () => {
    const labels = complete("  medic = 0.9", "  |\n  medic = 0.9");
    expect(labels).toContain("believes");
    expect(labels).toContain("power");
  });

  it("offers names inside a hole, and none in the text round it", () => {
    expect(complete('"{p} draws', '"{p.maske|} draws')).toEqual(["masked", "masked_face"]);
    expect(complete('"{p} draws', '"{p} dr|aws')).toEqual([]);
    expect(complete("// Two are hurt", "// Two ar|e hurt")).toEqual([]);
  });

  it("offers types and the words for types behind a colon", () => {
    const labels = complete("take_off_mask by p: person", "take_off_mask by p: p|");
    expect(labels).toContain("person");
    expect(labels).toContain("place");
    expect(complete("  masked: boolean", "  masked: bo|")).toEqual(["boolean"]);
  });
});

describe("names under the cursor", () => {
  it("lead to their declaration in another file", () => {
    const found = findName(loaded, "tale", offsetOf("tale", "anna.power", 6));
    expect(found?.span).toMatchObject({ source: "tale", start: offsetOf("tale", "anna.power", 5) });
    expect(findDeclarations(loaded, found!.named)).toMatchObject([
      { source: "craft", start: offsetOf("craft", "power: quantity") },
    ]);
  });

  it("are found everywhere they stand, in holes too", () => {
    const found = findName(loaded, "body", offsetOf("body", "bearer: person", 1))!;
    const places = findOccurrences(loaded, found.named);
    expect(new Set(places.map(({ source }) => source))).toEqual(
      new Set(["body", "craft", "talk", "tale"]),
    );
    for (const { source, start, end } of places) {
      expect(fixture(source as "tale").slice(start, end)).toBe("bearer");
    }
  });

  it("are renamed in all files, and the result is free of mistakes", () => {
    const found = findName(loaded, "body", offsetOf("body", "bearer: person", 1))!;
    const { edits, problem } = renameSymbol(loaded, found.named, "owner");
    expect(problem).toBeUndefined();
    const changed = all.map(({ name, text }) => {
      const own = edits.filter(({ span }) => span.source === name).reverse();
      const renamed = own.reduce(
        (now, { span, text: to }) => now.slice(0, span.start) + to + now.slice(span.end),
        text,
      );
      return { name, text: renamed };
    });
    expect(changed.some(({ text }) => /\bbearer\b/.test(text))).toBe(false);
    expect(loadSources(changed[3]!, finderOf(changed)).diagnostics).toEqual([]);
  });

  it("are not renamed to what is no name, or is one already", () => {
    const found = findName(loaded, "body", offsetOf("body", "bearer: person", 1))!;
    for (const name of ["two words", "not", "1st", "", "depth"]) {
      expect(renameSymbol(loaded, found.named, name)).toMatchObject({
        edits: [],
        problem: { code: "FAB2009" },
      });
    }
  });

  it("are told apart from what a module calls the same", () => {
    const power = "\nperson has\n  power: boolean // hers\n";
    const spoilt = texts({ tale: `${tale}${power}` });
    const again = loadSources(spoilt[3]!, finderOf(spoilt));
    const at = spoilt[3]!.text.indexOf("anna.power") + 6;
    const found = findName(again, "tale", at)!;
    expect(findDeclarations(again, found.named)).toMatchObject([{ source: "tale" }]);
    expect(hoverAt(again, "tale", at)).toMatchObject({ comment: "hers" });
    const { edits, problem } = renameSymbol(again, found.named, "might");
    expect(problem).toBeUndefined();
    expect(new Set(edits.map(({ span }) => span.source))).toEqual(new Set(["tale"]));
    const theirs = findName(again, "craft", fixture("craft").indexOf("power: quantity"))!;
    const places = findOccurrences(again, theirs.named).map(({ source }) => source);
    expect(places).toContain("craft");
    expect(places).not.toContain("tale");
  });

  it("of one of many keep their number", () => {
    const text = `${tale}\nperson guest "a guest" times 3\nexpect guest_2.masked\n`;
    const [body, craft, talk] = all;
    const again = loadSources({ name: "tale", text }, finderOf([body!, craft!, talk!]));
    expect(again.diagnostics).toEqual([]);
    const found = findName(again, "tale", text.indexOf("guest_2") + 2)!;
    const { edits } = renameSymbol(again, found.named, "visitor");
    const renamed = [...edits]
      .reverse()
      .reduce(
        (now, { span, text: to }) => now.slice(0, span.start) + to + now.slice(span.end),
        text,
      );
    expect(renamed).toContain('person visitor "a guest" times 3\nexpect visitor_2.masked');
  });

  it("show their declaration and comment", () => {
    const text = edit(
      fixture("craft"),
      "  power: quantity 0 .. 1000 = 100",
      "  power: quantity 0 .. 1000 = 100  // what is left",
    );
    const changed = texts({ craft: text });
    const again = loadSources(changed[3]!, finderOf(changed));
    expect(hoverAt(again, "tale", offsetOf("tale", "anna.power", 6))).toMatchObject({
      declaration: "power: quantity 0 .. 1000 = 100",
      comment: "what is left",
      declaredAt: { source: "craft" },
    });
    expect(hoverAt(again, "tale", offsetOf("tale", "use base"))).toBeUndefined();
  });
});
