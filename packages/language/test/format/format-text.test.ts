/** The formatter: one form, reached at once, with every comment and every word in it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatText } from "../../src/format/format-text.js";
import { fabulaServices } from "../../src/services.js";
import { type FixtureName, fixture } from "../fixtures.js";

const names: readonly FixtureName[] = ["body", "craft", "talk", "tale"];

function format(text: string): string {
  const formatted = formatText({ name: "x", text });
  expect(formatted.diagnostics).toEqual([]);
  return formatted.text!;
}

/** Words and signs, blocks and lines; nothing of where they stand. */
function tokensOf(text: string): readonly string[] {
  const { tokens } = fabulaServices().parser.Lexer.tokenize(text);
  return tokens.map(({ tokenType, image }) => `${tokenType.name} ${image}`);
}

function commentsOf(text: string): readonly string[] {
  return fabulaServices()
    .parser.Lexer.tokenize(text)
    .hidden.map(({ image }) => image.trim());
}

describe("the formatter", () => {
  it.each(names)("leaves %s as it is", (name) => {
    expect(format(fixture(name))).toBe(fixture(name));
  });

  it.each(names)("makes the same of a copy of %s with four spaces and CRLF", (name) => {
    const wide = fixture(name)
      .replace(/^ +/gm, (indent) => indent.repeat(2))
      .replaceAll("\n", "\r\n");
    expect(format(wide)).toBe(fixture(name));
  });

  it("is idempotent and keeps words and comments, however lines are indented and spaced", () => {
    const lines = fixture("talk").split("\n");
    const change = fc.record({
      index: fc.nat(lines.length - 1),
      comment: fc.constantFrom(
        "",
        "  // why",
        "// because",
        "\n// on a line of its own",
        "\n        // deep",
      ),
      blank: fc.constantFrom("", "\n", "\n\n\n", "   \n"),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (changes, step) => {
          const copy = lines.map((line) =>
            line.replace(/^ +/, (indent) => " ".repeat((indent.length / 2) * step)),
          );
          for (const { index, comment, blank } of changes) copy[index] += comment + blank;
          const text = copy.join("\n");
          const formatted = format(text);
          expect(format(formatted)).toBe(formatted);
          expect(tokensOf(formatted)).toEqual(tokensOf(text));
          expect(commentsOf(formatted).map((image) => image.replace(/^\/\/ ?/, ""))).toEqual(
            commentsOf(text).map((image) => image.replace(/^\/\/ ?/, "")),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ["a sign without spaces", "type t\n  a : number 0..5=1\n", "type t\n  a: number 0 .. 5 = 1\n"],
    ["a comma", "use a ,b,  c\n", "use a, b, c\n"],
    [
      "a minus of two kinds",
      "type t\n  a means b-1 + ( -2 )\n",
      "type t\n  a means b - 1 + (-2)\n",
    ],
    [
      "a call and a bracket",
      "type t\n  a means f( b ) and ( c )\n",
      "type t\n  a means f(b) and (c)\n",
    ],
    ["a percentage", "type t\n  a means 5 %\n", "type t\n  a means 5%\n"],
    ["a template", 'type t\n  a means "x {  b } y"\n', 'type t\n  a means "x {b} y"\n'],
    ["columns of the author", "type t\n  a: b       // x\n", "type t\n  a: b       // x\n"],
    ["a byte order mark", "\uFEFFtype t\n", "type t\n"],
    ["a comment at the end of a block", "type t\n  a: b\n  // of t\n// of u\ntype u\n", undefined],
    ["nothing", "", ""],
  ])("lays out %s", (_title, text, expected) => {
    expect(format(text)).toBe(expected ?? text);
  });

  it.each([
    ["an open bracket", "type t\n  a means (b\ntype u\n", "FAB1103"],
    ["a line at a depth of its own", "type t\n    a: b\n  c: d\n", "FAB1102"],
    ["a tab", "type t\n\ta: b\n", "FAB1101"],
    ["an open text", 'type t "x\n', "FAB1003"],
  ])("refuses %s", (_title, text, code) => {
    const formatted = formatText({ name: "x", text });
    expect(formatted.text).toBeUndefined();
    expect(formatted.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  it("lays out what does not parse yet", () => {
    expect(format("type t\n     a  number\n")).toBe("type t\n  a  number\n");
  });
});
