/** What somebody writes who knows other languages, or English: each is told what to write instead. */
import { describe, expect, it } from "vitest";
import { compileSource } from "../src/index.js";

const inn = `story inn "The inn"
begins day 1 18:00
ends after 1 h
unit s of time
unit min = 60 s
unit h = 60 min
unit % = 0.01
type world
type thing
  at: place
type place is thing
type mug is thing
  full: boolean = true
type person is thing
  awake: boolean = true
  debt: number 0 .. 100 = 0
mind of p: person
  able means p.awake
action drink(m: mug) by p: person
  needs p.awake and m.full
  takes 10 s
  at end
    not m.full
  told "{p} drain{p.s} {m}."
rule reddens for p: person
  when p.debt > 50
  then p.debt falls by 1
place taproom "the taproom"
person ada "Ada"
  at = taproom
mug jug "the jug"
  at = taproom
expect D1 "she drinks" in 90% of 20 runs
  ada.drink(jug)
`;

/** `code: message remedy` of everything that is wrong. */
function toldOf(text: string): string[] {
  const { diagnostics } = compileSource({ name: "inn", text }, () => []);
  return diagnostics.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
}

type Mistake = readonly [right: string, wrong: string, told: RegExp];

const mistakes: readonly Mistake[] = [
  ["ada.drink(jug)", "ada drinks jug", /^FAB1206.*`drinks` is left over.*`ada\.drinks`/],
  ["type mug is thing", "type mug is a thing", /^FAB1206.* Leave `a` out/],
  ["takes 10 s", "takes ten s", /^FAB1206: The line should end after `ten`/],
  ["person ada", "person ada\nperson ada", /^FAB2005.*Put its lines below the first/],
  [
    "type place is thing",
    "type place is thing\ntype place is thing",
    /^FAB2005.*write `place has`/,
  ],
  ["takes 10 s", "takes 10 seconds", /^FAB4001.*Did you mean `s`\?/],
  ["ends after 1 h", "ends after 1 hour", /^FAB4001.*Did you mean `h`\?/],
  ["p.awake and m.full", "p.awake, m.full", /^FAB1207.*found `,`.*Take out `,`/],
  ["p.awake and m.full", "p.awake and full", /^FAB2001.*Did you mean `m\.full`\?/],
  ["at end\n    not m.full", "at end not m.full", /^FAB1207.*found `not`/],
  ["  at = taproom\nmug", "  at : taproom\nmug", /^FAB1207.*stands behind `=`/],
  ["when p.debt > 50", "when p.debt is 50", /^FAB1207: `is` does not go on so.*stands behind `=`/],
  [
    "when p.debt > 50",
    "if p.debt > 50",
    /^FAB1207.*Write `when` or `every` before `if` or instead/,
  ],
  ["p.debt falls by 1", "p.debt -= 1", /^FAB1207.*`x falls by 5`/],
  ["p.debt falls by 1", "p.debt decreases by 1", /^FAB1206.*`x falls by 5`/],
  ["full: boolean = true", "full: boolean = yes", /^FAB2001.*write `true` or `false`/],
  ["full: boolean", "full: bool", /^FAB2002.*Did you mean `boolean`\?/],
  ["full: boolean = true", "full: flag", /^FAB2002.*Values are number, quantity, boolean/],
  ["day 1 18:00", "day 1 6 pm", /^FAB1207: I expected a time of day, but found `6`/],
  ["day 1 18:00", "18:00 day 1", /^FAB1206.*Take out `day`/],
  ['"{p} drain{p.s} {m}."', "'{p} drains {m}.'", /^FAB1001.*A text stands in double quotes/],
  ["drain{p.s}", "wipe{p.s} {p.thier} mouth", /^FAB2003.*Did you mean `their`\?/],
  ["ada.drink(jug)", "ada.awake at ende", /^FAB2001.*Did you mean `end`\?/],
  ["  at = taproom\nmug", "at = taproom\nmug", /^FAB1202: What somebody or something is.*Indent/],
  ["ada.drink(jug)", "ada.drink(jug)\nnot jug.full", /^FAB1202.*Indent/],
  ["story inn", "Story inn", /^FAB2002.*Did you mean `story`\?/],
];

describe("what a beginner writes", () => {
  it("is measured by a story that is in order", () => {
    expect(toldOf(inn)).toEqual([]);
  });

  it.each(mistakes)("%j as %j", (right, wrong, told) => {
    expect(inn).toContain(right);
    const errors = toldOf(inn.replace(right, wrong));
    expect(errors).toEqual([expect.stringMatching(told)]);
  });
});

describe("what follows from a mistake is not told", () => {
  it("without a module, nothing but that", () => {
    const errors = toldOf(inn.replace("begins", "use tavern\nbegins"));
    expect(errors).toEqual([expect.stringMatching(/^FAB2004: There is no module `tavern`/)]);
  });

  it("of a type that is not known, no field of it or of its kinds", () => {
    const misspelt = toldOf(inn.replace("mug is thing", "mug is thign"));
    expect(misspelt).toEqual([expect.stringMatching(/^FAB2002.*Did you mean `thing`\?/)]);
    const unknown = toldOf(inn.replace("mug jug", "jar jug"));
    expect(unknown).toEqual([expect.stringMatching(/^FAB2002: There is no type `jar`/)]);
  });

  it("a type called like a line of the language is told where it is declared", () => {
    const text = inn.replaceAll("mug is", "module is").replaceAll(": mug", ": module");
    const errors = toldOf(text.replace("mug jug", "module jug"));
    expect(errors).toEqual([
      expect.stringMatching(/^FAB2012: A line that begins with `module` is one of the language's/),
      expect.stringMatching(/^FAB1201/),
    ]);
  });
});
