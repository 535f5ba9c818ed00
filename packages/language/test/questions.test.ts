/** Changes and questions in the scope of a compiled story, and expressions back in words. */
import type { World } from "@fabula/model";
import { describe, expect, it } from "vitest";
import {
  compileChanges,
  compileQuestion,
  compileStory,
  describeEvent,
  describeExpression,
  describeValue,
} from "../src/lower/index.js";

const story = `story small "Small"
unit s of time
unit min = 60 s
unit % = 0.01
type place
type colour is one of red, green
type world
world has
  rain: boolean
  beats(one: colour, other: colour): boolean
type person
  at: place
  alive: boolean = true
  hair: colour = red
  blood: quantity 0% .. 100% = 100%
  trust(other: person): number 0 .. 1 = 0.5
  heard(what: claim): boolean
  plan: deed
mind of p: person
  able means p.alive
process mends for p: person
  while p.alive
  p.blood rises by 1% per min
rule dies for p: person
  when p.alive and p.blood = 0
  then not p.alive
action tell(other: person, what: claim) by p: person
  speech to other
  takes 2 s
  says what
action walk(to: place) by p: person
  takes 1 min
  at end
    p.at = to
place field
person anna "Anna"
  at = field
person ben "Ben"
question Q1 "does she live?"
  means anna.alive at ben.dies
expect "both"
  anna.alive and ben.alive
`;

function compiled(): World {
  const { world, diagnostics } = compileStory({ name: "small", text: story }, () => []);
  expect(diagnostics).toEqual([]);
  if (world === undefined) throw new Error("no world");
  return world;
}

const world = compiled();

function ask(text: string) {
  return compileQuestion(world, { name: "question", text });
}

function wordsOf(text: string): string {
  const { question, diagnostics } = ask(text);
  expect(diagnostics, text).toEqual([]);
  if (question?.kind !== "value") throw new Error(`no value: ${text}`);
  return describeExpression(world, question.expr);
}

describe("expressions in words", () => {
  it.each([
    "anna.alive",
    "not anna.alive",
    "anna believes not ben.alive",
    "anna believes ben believes anna.trust(ben) > 0.5",
    "not (anna believes ben.alive)",
    "(anna.alive or ben.alive) and rain",
    "anna.alive or ben.alive and rain",
    "anna.hair = green",
    "anna.at = field",
    "anna.at = unknown",
    "beats(red, green)",
    "anna.heard(ben.alive)",
    "anna.heard(ben believes anna.alive and rain)",
    "anna intends anna.tell(ben, not rain)",
    "anna.plan = anna.walk(field)",
    "anna wants ben.alive",
    "anna.sure_of(ben.alive) > 0.5",
    "anna.outlook",
    "ben.blood according to anna",
    "anna.trust(ben) - (0.1 - anna.trust(ben))",
    "anna.trust(ben) * (0.1 + anna.trust(ben)) / 2",
    "min(anna.trust(ben), 0.5)",
    "some x: person where x.alive",
    "no x: person where x.alive and x != anna",
    "every x: person where x.alive has x believes rain",
    "sum of x.blood for x: person where x.alive",
    "count of anna.tell(ben)",
    "count of anna.tell(any, rain)",
    "time since anna.walk starts",
    "if rain then 1 else 2",
    "the x: person where x.alive",
    "anna is person",
  ])("LANG-5 %s reads back as written", (text) => {
    const words = wordsOf(text);
    expect(words).toBe(text);
    expect(wordsOf(words)).toBe(text);
  });

  it("says what is the same in one form", () => {
    expect(wordsOf("anna.alive = false")).toBe("not anna.alive");
    expect(wordsOf("not not anna.alive")).toBe("anna.alive");
    expect(wordsOf("anna.blood > 2 * 25%")).toBe("anna.blood > 0.5");
  });

  it("names locals and values", () => {
    const action = world.actions.find((each) => each.name === "walk");
    const end = action?.atEnd[0];
    if (end?.kind !== "set") throw new Error("no effect");
    expect(describeExpression(world, end.value.low, ["p", "to"])).toBe("to");
    expect(describeExpression(world, end.value.low, [2, 1])).toBe("field");
    const colour = world.fluents.find((fluent) => fluent.name === "hair");
    if (colour === undefined) throw new Error("no fluent");
    expect(describeValue(world, 1, colour.type)).toBe("green");
    expect(describeValue(world, Number.NaN, { kind: "number", dimension: {} })).toBe("unknown");
  });
});

describe("questions", () => {
  it("are values, or conditions on the whole run", () => {
    expect(ask("anna.blood").question?.kind).toBe("value");
    expect(ask("anna.alive").question?.kind).toBe("value");
    expect(ask("anna.alive at 5 s").question).toMatchObject({
      kind: "timed",
      timed: { kind: "at", moment: { kind: "after" } },
    });
    expect(ask("anna.dies before ben.dies").question).toMatchObject({
      kind: "timed",
      timed: { kind: "before" },
    });
    expect(ask("Q1").question).toMatchObject({ kind: "timed", timed: { kind: "at" } });
  });

  it.each([
    ["anna.dies", "anna.dies"],
    ["anna.alive = false", "not anna.alive"],
    ["anna.tell(ben, rain) starts", "anna.tell(ben, rain) starts"],
    ["tell", "tell"],
    ["tell(ben, rain) starts", "tell(ben, rain) starts"],
    ["tell(any, rain)", "tell(any, rain)"],
    ["anna learns rain", "anna learns rain"],
    ["ben.dies before anna.dies", "ben.dies"],
  ])("%s can be asked why", (text, words) => {
    const { event } = ask(text);
    if (event === undefined) throw new Error("no event");
    expect(describeEvent(world, event)).toBe(words);
  });

  it.each([
    ["anna.bloood", "FAB2003", 6],
    ["carl.alive", "FAB2001", 1],
    ["anna.alive +", "FAB1205", 13],
    ["anna.blood > 3 s", "FAB4002", 1],
    ["(((", "FAB1103", 1],
    ["", "FAB1205", 1],
  ])("%s has a mistake with a place of its own", (text, code, column) => {
    const { question, diagnostics } = ask(text);
    expect(question).toBeUndefined();
    const [first] = diagnostics;
    expect(first?.code).toBe(code);
    expect(first?.span).toMatchObject({ source: "question", line: 1 });
    expect(first?.span?.column).toBe(column);
    expect(first?.remedy).not.toBeUndefined();
  });
});

describe("changes", () => {
  function change(...lines: string[]) {
    return compileChanges(
      world,
      lines.map((text) => ({ name: "change", text })),
    );
  }

  it("are lines of a what-if", () => {
    const { changes, diagnostics } = change(
      "set anna.blood = 10%",
      "set not rain at 5 s",
      "anna believes ben.alive sure 20%",
      "make anna.walk(field) at start",
      "forbid anna.tell(ben)",
      "switch off dies",
      "remove ben",
    );
    expect(diagnostics).toEqual([]);
    expect(changes?.map((each) => each.kind)).toEqual([
      "effects",
      "effects",
      "effects",
      "make",
      "forbid",
      "switch-off",
      "remove",
    ]);
  });

  it("LANG-10 bring somebody whom the lines behind know, and nobody later", () => {
    const { changes, diagnostics } = change("add person carl", "set carl.blood = 20%");
    expect(diagnostics.filter((each) => each.severity === "error")).toEqual([]);
    expect(changes?.[0]).toMatchObject({ kind: "add", entity: { name: "carl", id: 4 } });
    expect(change("remove carl").changes).toBeUndefined();
  });

  it.each([
    ["set anna.bloood = 3", "FAB2003"],
    ["set anna.blood = 300%", "FAB5004"],
    ["set anna.blood = 3 s", "FAB4002"],
    ["remove rain", "FAB3001"],
    ["forbid anna.alive", "FAB5007"],
    ["switch off anna", "FAB2001"],
    ["switch off blood", "FAB5007"],
    ["switch off walk", "FAB5007"],
    ["expect anna.alive", "FAB5007"],
    ["may change anna.blood", "FAB5007"],
    ["nonsense", "FAB1207"],
    ["make anna.walk", "FAB3002"],
  ])("%s is none", (text, code) => {
    const { changes, diagnostics } = change(text);
    expect(changes).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toContain(code);
  });
});

describe("a world that was not compiled here", () => {
  it("takes no questions", () => {
    expect(() => compileQuestion({ ...world }, { name: "q", text: "rain" })).toThrow(TypeError);
  });
});
