/** What names mean: nearest first, by type, in the modules in use and no others. */
import { AstUtils } from "langium";
import { describe, expect, it } from "vitest";
import type { MemberCall, NameRef } from "../../src/generated/ast.js";
import { typeOf } from "../../src/names/type-of.js";
import { loadSources } from "../../src/sources.js";
import { finderOf, texts } from "../fixtures.js";

const base = `module base
unit s of time
type thing
  at: place
type place is thing
type person is thing
type shape is one of dome, wall, none
type spell
  shape: shape = wall
person has
  mood: number 0 .. 1 = 0
  friend: person
  knows(s: spell): boolean = false
spell dome
  shape = dome
`;

/** The diagnostics of a story in which `lines` stand. */
function check(lines: string, more: readonly string[] = [], uses = "base"): readonly string[] {
  const story = { name: "story", text: `story s "S"\nuse ${uses}\n${lines}` };
  const all = [
    story,
    { name: "base", text: base },
    ...more.map((text, i) => ({ name: `m${i}`, text })),
  ];
  const { diagnostics } = loadSources(story, finderOf(all));
  return diagnostics.map(({ code, message, remedy, span }) =>
    [code, `${span?.source}:${span?.line}`, message, remedy ?? ""].join(" | "),
  );
}

/** What each bare name and member with this text means: the kind of its declaration. */
function meaningsOf(lines: string, word: string): readonly string[] {
  const story = { name: "story", text: `story s "S"\nuse base\n${lines}` };
  const { main, diagnostics } = loadSources(story, finderOf([story, { name: "base", text: base }]));
  expect(diagnostics).toEqual([]);
  return AstUtils.streamAst(main.file)
    .flatMap((node) => AstUtils.streamReferences(node))
    .filter(({ reference }) => reference.$refText === word)
    .map(({ reference }) => ("ref" in reference ? (reference.ref?.$type ?? "nothing") : "several"))
    .toArray();
}

describe("names", () => {
  it("a parameter hides an entity, and an entity the type's own symbol", () => {
    expect(
      meaningsOf("rule r for dome: person\n  when dome.mood > 0\n  then dome.mood = 1\n", "dome"),
    ).toEqual(["Param", "Param"]);
    expect(meaningsOf("person p\n  knows(dome)\n", "dome")).toEqual(["Entity"]);
  });

  it("beside `=` a symbol is meant where the other side is of its type", () => {
    expect(meaningsOf("spell x\n  shape = dome\n", "dome")).toEqual(["Option"]);
    expect(
      meaningsOf(
        "rule r for s: spell where s.shape = dome\n  when s = dome\n  then s.shape = dome\n",
        "dome",
      ),
    ).toEqual(["Option", "Entity", "Option"]);
  });

  it("in a block bare names are fields of whose block it is", () => {
    expect(meaningsOf("person p\n  mood = 1\n  friend = self\n", "mood")).toEqual(["Field"]);
    expect(meaningsOf("person has\n  glad means mood > 0.5\n", "mood")).toEqual(["Field"]);
  });

  it("in `create` the left side is the new thing's field, the right a name from outside", () => {
    const rule = `rule r(mood: spell) for friend: person
  when friend.knows(mood)
  then
    create person x
      mood = 0.5
      friend = friend
      knows(mood)
    x.mood = 1
`;
    expect(meaningsOf(rule, "friend")).toEqual(["Param", "Field", "Param"]);
    expect(meaningsOf(rule, "mood")).toEqual(["Param", "Field", "Param", "Field"]);
    expect(meaningsOf(rule, "x")).toEqual(["Create"]);
  });

  it("what the language brings along stands behind the author's own names", () => {
    expect(meaningsOf("person has\n  a means min(mood, 1)\n", "min")).toEqual(["BuiltIn"]);
    expect(
      meaningsOf(
        "world has\n  min(x: number, y: number) means x\nperson has\n  a means min(mood, 1)\n",
        "min",
      ),
    ).toEqual(["Field"]);
    expect(meaningsOf("person p\nexpect p.outlook > 0.5\n", "outlook")).toEqual(["BuiltIn"]);
  });

  it("members are those of the type and its parents, from all modules in use", () => {
    expect(check("person p\n  at = p.friend.friend.at\n")).toEqual([]);
    expect(check("person p\n  at = p.friend.shape\n")).toEqual([
      "FAB2003 | story:4 | A person has no `shape`. | Declare it in `person has`.",
    ]);
    expect(check("person p\n  at = p.mood.at\n")).toEqual([
      "FAB2008 | story:4 | `p.mood` is no thing or person: there is no `at` of it. | See what stands before the dot: only things and persons have members.",
    ]);
  });

  it("modules in use are not handed on; the missing `use` is named", () => {
    const inner = "module inner\nuse base\nspell flame\ntype rune\nperson has\n  aura: number\n";
    const outer = "module outer\nuse base, inner\n";
    expect(
      check("person p\n  knows(flame)\n  aura = 1\nrune r\n", [inner, outer], "base, outer"),
    ).toEqual([
      "FAB2001 | story:4 | Nothing here is called `flame`. | It is declared in inner: add `use inner`.",
      "FAB2001 | story:5 | Nothing here is called `aura`. | Declare it, or add a `use` for the module that does.",
      "FAB2002 | story:6 | There is no type `rune` here. | It is declared in inner: add `use inner`.",
    ]);
    expect(check("person p\n  knows(flame)\n", [inner, outer], "base, outer, inner")).toEqual([]);
  });

  it("where a thing or symbol of one type is needed, names of that type are what could be meant", () => {
    const told = (lines: string) => check(lines).map((text) => text.split(" | ")[3]);
    expect(told("spell s\n  shape = wal\n")).toEqual(["Did you mean `wall`?"]);
    expect(told("spell s\n  shape = round\n")).toEqual([
      "Of type shape there are `dome`, `wall`, `none`.",
    ]);
    // `boat` is near, and no place.
    const harbour = 'place pier "the long pier"\nthing boat\nperson p\n';
    expect(told(`${harbour}  at = boad\n`)).toEqual(["Of type place there are `pier`."]);
    expect(told(`${harbour}  at = long_pier\n`)).toEqual(['Did you mean `pier`, "the long pier"?']);
    expect(told("person p\n  friend = anna\n")).toEqual(["Of type person there are `p`."]);
    expect(told("person p\n  at = home\n")).toEqual(['Declare it: `place home "..."`.']);
  });

  it("of whoever does it, an act stands alone", () => {
    const act = "action give(q: person) by p: person\nmind of p: person\n  able means true\n";
    expect(check(`${act}person p\nexpect never any.give(p)\n`)).toEqual([
      "FAB2001 | story:7 | Nothing here is called `any`. | Of whoever does it, write the act alone: `give`.",
    ]);
    expect(check(`${act}person p\nexpect never give(p)\n`)).toEqual([]);
  });

  it("a yes/no takes no value", () => {
    const flag = "person has\n  tired: boolean\n";
    expect(check(`${flag}person p\n  tired = no\n`)).toEqual([
      "FAB2001 | story:6 | Nothing here is called `no`. | It is yes or no: write `tired` or `not tired`.",
    ]);
  });

  it("modules may use each other in a circle", () => {
    const left = "module c.left\nuse base, c.right\nperson has\n  a means b\n";
    const right = "module c.right\nuse base, c.left\nperson has\n  b means mood + friend.a\n";
    expect(check("person p\n", [left, right], "base, c")).toEqual([]);
  });

  it("a module that is read by itself is the one that the others use", () => {
    const all = texts();
    const body = { name: "elsewhere/body", text: all[0]!.text };
    for (const found of [all, all.slice(1)]) {
      const { files, diagnostics } = loadSources(
        { ...body, text: body.text.replace("base.body\n", "base.body\nuse craft\n") },
        finderOf(found),
      );
      expect(diagnostics).toEqual([]);
      expect(files.map(({ source }) => source)).toEqual(["craft", "talk", "elsewhere/body"]);
    }
  });

  it("modules stand again for the next story as long as they and all they use are the same", () => {
    const low = (word: string) => ({ name: "low", text: `module low\nuse base\n${word}\n` });
    const high = { name: "high", text: "module high\nuse base, low\nperson has\n  b means a\n" };
    const read = (word: string) => {
      const found = [{ name: "base", text: base }, low(word), high];
      return loadSources({ name: "s", text: 'story s "S"\nuse high\n' }, finderOf(found));
    };
    const first = read("person has\n  a means mood");
    const again = read("person has\n  a means mood");
    expect(again.diagnostics).toEqual([]);
    expect(again.files.slice(0, -1)).toEqual(first.files.slice(0, -1));
    for (const [at, file] of again.files.slice(0, -1).entries()) expect(file).toBe(first.files[at]);

    const broken = read("person has\n  c means mood");
    expect(broken.diagnostics.map(({ code, span }) => `${code} ${span?.source}`)).toEqual([
      "FAB2001 high",
    ]);
    expect(read("person has\n  a means mood").diagnostics).toEqual([]);
  });

  it("definitions that go in a circle are told and do not hang", () => {
    const found = check("person has\n  a means b.friend\n  b means a.friend\n  c means a.mood\n");
    expect(found.map((text) => text.slice(0, 7))).toContain("FAB2006");
  });

  it("a story goes on about an entity of a module; anything else of that name hides it", () => {
    const cast = 'module cast\nuse base\nperson anna "Anna"\n  mood = 1\n';
    expect(check("person anna\n  mood = 0.5\n", [cast], "base, cast")).toEqual([]);
    expect(check("spell anna\n", [cast], "base, cast").map((text) => text.slice(0, 17))).toEqual([
      "FAB2010 | story:3",
    ]);
    expect(
      check("person a\nperson a\nperson has\n  mood: number\n").map((text) => text.slice(0, 17)),
    ).toEqual(["FAB2005 | story:4", "FAB2010 | story:6"]);
  });

  it("one of many is named by its number, as far as there are so many", () => {
    const many = "person guest times 2 .. 3\n";
    expect(check(`${many}expect guest_1.mood < guest_3.mood\n`)).toEqual([]);
    for (const name of ["guest_0", "guest_4", "guest_01", "guest_", "p_1"]) {
      const found = check(`${many}person p\nexpect ${name}.mood < 1\n`);
      expect(found.map((text) => text.slice(0, 17))).toEqual(["FAB2001 | story:5"]);
    }
  });

  it("the last word of a hole may be a form of words", () => {
    const action = (told: string) => `action wave by p: person\n  told "${told}"\n`;
    expect(check(action("{p.they} wave{p.s} {p.friend.their} hand"))).toEqual([]);
    expect(check(action("{p.they.them}")).map((text) => text.slice(0, 7))).toEqual(["FAB2003"]);
  });

  it("a missing module, or a line about modules that does not parse, is told alone", () => {
    const codes = (uses: string) =>
      check("spell s\n  shape = dome\nperson p\n  mood = 1\n", [], uses).map((text) =>
        text.slice(0, 17),
      );
    expect(codes("bsae")).toEqual(["FAB2004 | story:2"]);
    expect(codes("base, , base")).toEqual(["FAB1207 | story:2"]);
  });

  it("what follows from an unknown name is not told again", () => {
    expect(check("person p\n  at = nobody.friend.at\n")).toHaveLength(1);
  });
});

describe("types of entities", () => {
  it("are known of names, members, quantifiers and choices", () => {
    const all = texts();
    const { files } = loadSources(all[3]!, finderOf(all));
    const types = files.flatMap(({ file }) =>
      AstUtils.streamAst(file)
        .filter((node) => node.$type === "NameRef" || node.$type === "MemberCall")
        .map((node) => typeOf(node as NameRef | MemberCall)?.name)
        .toArray(),
    );
    expect(new Set(types)).toContain("wound");
    expect(types.filter((name) => name === "person").length).toBeGreaterThan(100);
  });
});
