/**
 * Mistakes an author makes, and what is said about them: on the right line, once, with a remedy,
 * and without harm to the rest of the file or to other files.
 */
import { formatDiagnostic } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { loadSources } from "../../src/sources.js";
import { edit, type FixtureName, finderOf, fixture, texts } from "../fixtures.js";

interface Mistake {
  readonly title: string;
  readonly file: FixtureName;
  readonly text: string;
  /** `code line`, in order. */
  readonly told: readonly string[];
  /** What the first of them says, remedy included. */
  readonly says?: string;
  /** Items that can no longer be read. */
  readonly lost?: number;
}

const body = fixture("body");
const craft = fixture("craft");
const tale = fixture("tale");

const mistakes: readonly Mistake[] = [
  {
    title: "1 a misspelt word at the beginning of a line",
    file: "craft",
    text: edit(craft, "  needs medic.can_act", "  nedes medic.can_act"),
    told: ["FAB1201 13"],
    says: "Did you mean `needs`?",
  },
  {
    title: "2 a body that is not indented",
    file: "craft",
    text: edit(craft, "  lasts until", "lasts until"),
    told: ["FAB1202 15"],
    says: "`lasts` is a line inside an action.",
  },
  {
    title: "3 a line that is one space off",
    file: "craft",
    text: edit(craft, "  seen as green_light", "   seen as green_light"),
    told: ["FAB1102 22"],
    says: "This line is 3 spaces in, but the blocks around it start at 0, 2 and 4.",
  },
  {
    title: "4 three of four spaces in an inner block",
    file: "craft",
    text: edit(craft, "    w.depth falls by medic.output", "   w.depth falls by medic.output"),
    told: ["FAB1102 21"],
  },
  {
    title: "5 a tab instead of spaces",
    file: "craft",
    text: edit(craft, "  interrupted when", "\tinterrupted when"),
    told: ["FAB1101 16"],
    says: "Use two spaces a step",
  },
  {
    title: "6 == and ||",
    file: "craft",
    text: edit(craft, "w.depth = 0 or", "w.depth == 0 ||"),
    told: ["FAB1004 15"],
    says: "Write `or`.",
  },
  {
    title: "7 a text that does not close",
    file: "tale",
    text: edit(tale, 'the cloth down."', "the cloth down."),
    told: ["FAB1003 53"],
    says: "This text does not close.",
  },
  {
    title: "8 a hole that does not close",
    file: "tale",
    text: edit(tale, '"{p} draws', '"{p draws'),
    told: ["FAB1003 53"],
  },
  {
    title: "9 the misspelt name of a person",
    file: "tale",
    text: edit(tale, "wants bert.sees", "wants brt.sees"),
    told: ["FAB2001 19"],
    says: "Did you mean `bert`?",
  },
  {
    title: "10 a field and a member that do not exist",
    file: "tale",
    text: edit(
      edit(tale, "  touches(bert)", "  holds_hand(bert)"),
      "anna.dies before",
      "anna.dys before",
    ),
    told: ["FAB2001 15", "FAB2003 62"],
  },
  {
    title: "13 a bracket that does not close",
    file: "tale",
    text: edit(tale, "make bert.bind(leg) at start", "make bert.bind(leg at start"),
    told: ["FAB1103 77"],
    says: "Add `)`.",
  },
  {
    title: "14 a missing value",
    file: "tale",
    text: edit(tale, "  medic = 0.9", "  medic ="),
    told: ["FAB1205 12"],
    says: "I expected a value after `=`, but found the end of the line.",
  },
  {
    title: "15 the quotes of a word processor",
    file: "tale",
    text: edit(tale, '"Anna"', "“Anna”"),
    told: ["FAB1002 10"],
    says: "Use straight quotes",
  },
  {
    title: "16 a name with a space",
    file: "tale",
    text: edit(tale, "wound leg ", "wound left leg "),
    told: ["FAB1206 33"],
    says: "A name is one word",
  },
  {
    title: "17 a forgotten `when`",
    file: "body",
    text: edit(body, "  when p.awake and", "  p.awake and"),
    told: ["FAB1207 59"],
    says: "I expected `when` or `every`",
  },
  {
    title: "18 a word of the language as a name is no mistake",
    file: "craft",
    text: edit(
      craft,
      "  medic: number",
      "  before: number 0 .. 1\n  weight: number\n  medic: number",
    ),
    told: [],
  },
  {
    title: "19 a block pasted one level too deep",
    file: "tale",
    text: edit(
      tale,
      'whatif X8 "he cannot bind"\n  forbid bert.bind\n  expect bert.faints earlier by 10 s\n',
      '    whatif X8 "he cannot bind"\n      forbid bert.bind\n      expect bert.faints earlier by 10 s\n',
    ),
    told: ["FAB1203 80"],
    says: "indented further than the one above",
    lost: 1,
  },
  {
    title: "20 the last line of an inner block moved out",
    file: "body",
    text: edit(body, "    not p.awake\n", "  not p.awake\n"),
    told: ["FAB1201 68"],
    says: "Effects stand indented under `then`.",
  },
  {
    title: "21 the last line of a what-if at the left margin",
    file: "tale",
    text: edit(tale, "  expect bert.faints earlier", "expect bert.faints earlier"),
    told: ["FAB1210 80"],
    says: "This what-if expects nothing.",
    lost: -1,
  },
  {
    title: "23 no-break spaces are spaces",
    file: "craft",
    text: craft.replace(/^ {2}/gm, "\u00a0\u00a0"),
    told: [],
  },
  {
    title: "24 a misspelt word that begins an item",
    file: "craft",
    text: edit(craft, "process closes", "proces closes"),
    told: ["FAB1201 27"],
    says: "Did you mean `process`?",
  },
  {
    title: "25 a misspelt word in the middle of a line",
    file: "craft",
    text: edit(craft, "w.depth falls by 0.02", "w.depth fals by 0.02"),
    told: ["FAB1206 29"],
    says: "Did you mean `falls`?",
  },
  {
    title: "26 an open bracket in the head of a block",
    file: "craft",
    text: edit(craft, "heal(w: wound) by", "heal(w: wound by"),
    told: ["FAB1103 12"],
  },
  {
    title: "27 a type that does not exist",
    file: "tale",
    text: edit(tale, "place field", "plaice field"),
    told: ["FAB2002 8"],
    says: "Did you mean `place`?",
  },
  {
    title: "28 a person without a name",
    file: "tale",
    text: edit(tale, "person bert ", "person "),
    told: ["FAB1207 22"],
    says: "I expected a name after `person`, but found a text.",
    lost: 1,
  },
  {
    title: "29 two claims in one belief",
    file: "tale",
    text: edit(tale, "believes bert.alive", "believes bert.alive and bert.awake"),
    told: ["FAB1207 16"],
    says: "Put brackets round what belongs together.",
  },
  {
    title: "30 an empty block",
    file: "body",
    text: edit(body, '  then not p.awake\n  told "{p} faints."', '  then\n  told "{p} faints."'),
    told: ["FAB1204 60"],
  },
  {
    title: "31 a person declared twice",
    file: "tale",
    text: `${tale}\nperson anna\n  at = field\n`,
    told: ["FAB2005 100"],
    lost: -1,
    says: "tale:10:8: It is declared here first.",
  },
  {
    title: "32 a module that does not exist",
    file: "tale",
    text: edit(tale, "use base, craft", "use base, craft, magic"),
    told: ["FAB2004 3"],
  },
  {
    title: "33 a title behind how many there are",
    file: "tale",
    text: `${tale}\nperson guest times 3 "a guest"\n`,
    told: ["FAB1207 100"],
    lost: -1,
    says: "A title stands right behind the name, before `times`.",
  },
];

describe("what an author reads about a mistake", () => {
  it.each(mistakes)("$title", (mistake) => {
    const all = texts({ [mistake.file]: mistake.text });
    const main = all.find(({ name }) => name === "tale")!;
    const { files, diagnostics } = loadSources(main, finderOf(all));
    // A broken declaration may be missed elsewhere: names of persons and their heads.
    const here = diagnostics.filter(({ span }) => span?.source === mistake.file);
    const missed = mistake.lost === 1 ? here.filter(({ code }) => code.startsWith("FAB1")) : here;
    expect(missed.map(({ code, span }) => `${code} ${span?.line}`)).toEqual(mistake.told);
    if (mistake.says !== undefined) expect(formatDiagnostic(missed[0]!)).toContain(mistake.says);
    expect(diagnostics.filter(({ span }) => span?.source !== mistake.file)).toEqual([]);
    const items = files.find(({ source }) => source === mistake.file)!.file.items.length;
    expect(itemsOf(mistake.file) - items).toBe(mistake.lost ?? 0);
  });

  it("22 all indentation lost: every error has a line of its own and a remedy", () => {
    const all = texts({ craft: craft.replace(/^ +/gm, "") });
    const { diagnostics } = loadSources(all[3]!, finderOf(all));
    const here = diagnostics.filter(({ span }) => span?.source === "craft");
    expect(here.length).toBeGreaterThan(5);
    expect(new Set(here.map(({ span }) => span?.line)).size).toBe(here.length);
    expect(here.filter(({ remedy }) => remedy === undefined)).toEqual([]);
  });

  it("every fixture is free of mistakes", () => {
    const all = texts();
    for (const main of all) expect(loadSources(main, finderOf(all)).diagnostics).toEqual([]);
  });
});

function itemsOf(name: FixtureName): number {
  const all = texts();
  const { files } = loadSources(all[3]!, finderOf(all));
  return files.find(({ source }) => source === name)!.file.items.length;
}
