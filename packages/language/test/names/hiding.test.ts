/** Names are nearest first: what a text declares itself, then what the modules it uses declare. */
import type { SourceText, World } from "@fabula/model";
import { describe, expect, it } from "vitest";
import {
  compileChanges,
  compileQuestion,
  compileSource,
  describeExpression,
} from "../../src/lower/index.js";
import { loadSources } from "../../src/sources.js";
import { finderOf } from "../fixtures.js";

const base = `module base
unit s of time
unit min = 60 s
unit % = 0.01
type thing
  at: place
type place is thing
type person is thing
  alive: boolean = true
mind of p: person
  able means p.alive
`;
/** A module that has grown: it declares what the stories below call something of their own. */
const grown = `module grown
use base
type world
type look is one of still, wild
world has
  outside: place
person has
  down: boolean
  home: place
  look: look = still
place gate "the gate of the module"
rule falls for p: person
  when p.at = outside
  then p.down
rule rises for p: person
  when p.down
  then p.home = gate
`;

function sources(story: string, more: readonly string[] = []): readonly SourceText[] {
  const modules = [base, grown, ...more].map((text, index) => ({ name: `m${index}`, text }));
  return [{ name: "story", text: story }, ...modules];
}

function told(story: string, more: readonly string[] = []): readonly string[] {
  const all = sources(story, more);
  const { diagnostics } = loadSources(all[0]!, finderOf(all));
  return diagnostics.map(({ code, severity, span, message, notes }) =>
    [
      `${span?.source}:${span?.line}:${span?.column} ${severity} ${code} ${message}`,
      ...(notes ?? []).map((note) => `${note.span?.source}:${note.span?.line}`),
    ].join(" | "),
  );
}

function worldOf(story: string, more: readonly string[] = []): World {
  const all = sources(story, more);
  const { story: compiled, diagnostics } = compileSource(all[0]!, finderOf(all));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return compiled!.world!;
}

const head = 'story s "S"\nuse base, grown\n';

describe("a name of this text comes before that of a module", () => {
  it("a field: the story means its own, the module goes on meaning its own", () => {
    const story = `${head}person has
  down: number 0 .. 10 = 3
rule sinks for p: person
  when p.down > 5
  then p.down = 1
person anna "Anna"
  down = 4
`;
    const world = worldOf(story);
    const [theirs, ours] = world.fluents.filter(({ name }) => name === "down");
    expect(theirs).toMatchObject({ module: "grown", type: { kind: "boolean" } });
    expect(ours).toMatchObject({ type: { kind: "number" }, low: 0, high: 10 });
    expect(ours).not.toHaveProperty("module");
    const written = (rule: string) => {
      const effect = world.rules.find(({ name }) => name === rule)!.then[0]!;
      return effect.kind === "set" ? effect.place.fluent : undefined;
    };
    expect(written("falls")).toBe(theirs!.id);
    expect(written("sinks")).toBe(ours!.id);
    expect(world.entities.find(({ name }) => name === "anna")!.facts).toMatchObject([
      { kind: "set", place: { fluent: ours!.id } },
    ]);
    expect(told(story)).toEqual([
      "story:4:3 warning FAB2010 `down` hides what `grown` calls the same. | m1:8",
    ]);
  });

  it("a person hides a field of the world, a rule another rule, a type another type", () => {
    const story = `${head}type look is one of kind, stern
person has
  gaze: look = stern
rule falls for p: person
  when p.down
  then not p.down
person outside "Outis"
  gaze = kind
  look = wild
person anna "Anna"
expect "both"
  outside.alive
  outside.falls
`;
    const world = worldOf(story);
    const outside = world.entities.find(({ name }) => name === "outside")!;
    const [first, second] = world.story.expects[0]!.conditions;
    expect(first?.kind === "at" && describeExpression(world, first.condition)).toBe(
      "outside.alive",
    );
    const mine = world.rules.find(({ name, module }) => name === "falls" && module === undefined)!;
    expect(second).toMatchObject({ kind: "happens", event: { kind: "rule", id: mine.id } });
    expect(outside.facts).toHaveLength(2);
    const looks = world.types.filter(({ name }) => name === "look");
    expect(looks.map(({ symbols }) => symbols)).toEqual([
      ["still", "wild"],
      ["kind", "stern"],
    ]);
    expect(told(story).map((text) => text.split(" calls")[0])).toEqual([
      "story:3:6 warning FAB2010 `look` hides what `grown`",
      "story:6:6 warning FAB2010 `falls` hides what `grown`",
      "story:9:8 warning FAB2010 `outside` hides what `grown`",
    ]);
  });

  it("also before a field of whose block it is, but for what is made to hold there", () => {
    const story = `${head}place home "her own place"
person anna "Anna"
  at = home
  home = home
`;
    const world = worldOf(story);
    const anna = world.entities.find(({ name }) => name === "anna")!;
    const home = world.entities.find(({ name }) => name === "home")!;
    const values = anna.facts.map((fact) =>
      fact.kind === "set" ? world.expressions.get(fact.value.low) : undefined,
    );
    expect(values).toEqual([
      { op: "entity", entity: home.id },
      { op: "entity", entity: home.id },
    ]);
    expect(told(story)).toEqual([]);
  });

  it("in a row its own things come first, then those of its file", () => {
    const all = sources(`module rows
use base, grown
row R1 "R1"
  person outside
  person anna
    at = gate
  expect outside.alive
row R2 "R2"
  person outside
  place gate
    at = outside_of_all
  place outside_of_all
  expect outside.alive
`);
    const { rows, diagnostics } = compileSource(all[0]!, finderOf(all));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [first, second] = rows.map(({ world }) => world!);
    expect(compileQuestion(first!, { name: "q", text: "outside.alive" }).diagnostics).toEqual([]);
    // The same name and type: the row goes on about the module's gate.
    expect(second!.entities.filter(({ name }) => name === "gate")).toHaveLength(1);
    expect(second!.entities.find(({ name }) => name === "gate")!.facts).toHaveLength(1);
  });

  it("a field of a wider or a narrower type hides it as well", () => {
    const field = (type: string) => told(`${head}${type} has\n  down: number\nperson anna\n`);
    const warning = ["story:4:3 warning FAB2010 `down` hides what `grown` calls the same. | m1:8"];
    expect(field("thing")).toEqual(warning);
    expect(field("place")).toEqual([]);
    const world = worldOf(`${head}thing has\n  down: number = 3\nperson anna\n  down = 4\n`);
    const own = world.fluents.find(({ type }) => type.kind === "number")!;
    expect(world.entities.find(({ name }) => name === "anna")!.facts).toMatchObject([
      { place: { fluent: own.id } },
    ]);
    const soldier = "type soldier is person\nsoldier has\n  down: number\nsoldier anna\n";
    expect(told(`${head}${soldier}`)).toEqual([warning[0]!.replace(":4:", ":5:")]);
  });

  it("a person of the story's own type has no mind of the module's", () => {
    const all = sources(`${head}type person is thing\nperson anna "Anna"\n`);
    const { diagnostics } = compileSource(all[0]!, finderOf(all));
    const error = diagnostics.find(({ severity }) => severity === "error");
    expect(error).toMatchObject({ code: "FAB5002", remedy: expect.stringContaining("it hides") });
  });

  it("the fields of the world are one set, whichever module declares the type", () => {
    const sky = "module sky\nuse base\ntype world\nworld has\n  rain: boolean\n";
    const sea = "module sea\nuse base\nworld has\n  tide: boolean\n";
    const story = 'story s "S"\nuse base, sky, sea\nperson anna\nexpect rain = tide\n';
    const world = worldOf(story, [sky, sea]);
    expect(world.types.filter(({ name }) => name === "world")).toHaveLength(1);
    expect(world.fluents.filter(({ owner }) => world.types[owner]!.name === "world")).toHaveLength(
      2,
    );
  });

  it("modules that are shared between stories mean the same in each", () => {
    const plain = `${head}person anna "Anna"\n`;
    const before = JSON.stringify(worldOf(plain).rules);
    worldOf(`${head}person has\n  down: number\nperson anna "Anna"\n`);
    expect(JSON.stringify(worldOf(plain).rules)).toBe(before);
  });
});

describe("what is typed into a finished story", () => {
  const story = `${head}person has
  down: number 0 .. 10 = 3
place gate_of_hers "hers"
person outside "Outis"
`;

  it("means what the story would mean", () => {
    const world = worldOf(story);
    const ours = world.fluents.find(({ name, module }) => name === "down" && !module)!;
    const asked = compileQuestion(world, { name: "q", text: "outside.down" });
    expect(asked.diagnostics).toEqual([]);
    const { question } = asked;
    expect(question?.kind === "value" && world.expressions.get(question.expr)).toMatchObject({
      op: "fluent",
      fluent: ours.id,
    });
    const set = compileChanges(world, [{ name: "c", text: "set outside.down = 4" }]);
    expect(set.diagnostics).toEqual([]);
    expect(set.changes).toMatchObject([
      { kind: "effects", effects: [{ kind: "set", place: { fluent: ours.id } }] },
    ]);
  });

  it("reaches what only modules of modules declare, last", () => {
    const hall = 'module hall\nuse base\nplace porch "the porch"\n';
    const house = "module house\nuse base, hall\nperson has\n  inside means at = porch\n";
    const world = worldOf('story s "S"\nuse base, house\nperson anna "Anna"\n', [hall, house]);
    const { diagnostics } = compileQuestion(world, { name: "q", text: "anna.at = porch" });
    expect(diagnostics).toEqual([]);
  });
});

describe("two modules that declare the same", () => {
  const left = "module left\nuse base\nperson has\n  mark: boolean\nplace pit\n";
  const right = "module right\nuse base\nperson has\n  mark: number\nplace pit\n";
  const uses = 'story s "S"\nuse base, left, right\nperson anna "Anna"\n';

  it("do not get in each other's way where neither name is used", () => {
    expect(told(uses, [left, right])).toEqual([]);
    const world = worldOf(uses, [left, right]);
    expect(world.fluents.filter(({ name }) => name === "mark")).toHaveLength(2);
    expect(world.entities.filter(({ name }) => name === "pit")).toHaveLength(2);
  });

  it("are told at the name that could be either", () => {
    expect(told(`${uses}  mark\nexpect anna.at = pit\nplace pit "hers"\n`, [left, right])).toEqual([
      "story:4:3 error FAB2011 `mark` can be that of `left` or that of `right`. | m2:4 | m3:4",
      "story:6:7 error FAB2011 `pit` can be that of `left` or that of `right`. | m2:5 | m3:5",
    ]);
  });

  it("the one that uses the other hides it, for all who use both", () => {
    const over = "module over\nuse base, left\nperson has\n  mark: number 0 .. 5 = 2\n";
    const story = 'story s "S"\nuse base, left, over\nperson anna "Anna"\n  mark = 4\n';
    expect(told(story, [left, over])).toEqual([]);
    expect(told(over.replace("module over", "module over "), [left])).toEqual([
      "story:4:3 warning FAB2010 `mark` hides what `left` calls the same. | m2:4",
    ]);
    const world = worldOf(story, [left, over]);
    const marks = world.fluents.filter(({ name }) => name === "mark");
    expect(marks.map(({ module, type }) => [module, type.kind])).toEqual([
      ["left", "boolean"],
      [undefined, "number"],
    ]);
  });

  it("there is one world", () => {
    expect(
      told(`${head}type world\nperson anna "Anna"\n`).map((text) => text.slice(0, 24)),
    ).toEqual(["story:3:6 error FAB2005 "]);
  });
});
