import { describe, expect, it } from "vitest";
import { modulesFrom, readStory } from "../src/index.js";

/** Two sleepers and a bell; `line` says what wakes them. */
function story(line: string) {
  const text = `story bells "Bells"
begins day 1 12:00
unit s of time
unit min = 60 s
ends after 30 min
type world
type house
type person
person has
  deaf: boolean
house has
  due: boolean
action sleep(in_house: house) by p: person
  lasts until p.deaf = unknown
  ${line}
rule strikes for h: house
  when h.due
  then not h.due
action ring(h: house) by p: person
  needs p.deaf or not p.deaf
house tower "the tower"
house barn "the barn"
person anna "Anna"
person ben "Ben"
  deaf
person carl "Carl"
at 1 s
  do anna.sleep(tower)
  do ben.sleep(tower)
  do carl.sleep(barn)
at 1 min
  tower.due
at 2 min
  do anna.ring(barn)
`.replace("lasts until p.deaf = unknown", "takes 20 min");
  return readStory({ name: "bells.fabula", text }, modulesFrom({}));
}

function cutShort(line: string): [string, number, string][] {
  const read = story(line);
  if (!read.ok) throw new Error(read.diagnostics.map((one) => one.message).join("\n"));
  const simulation = read.value.begin({ seed: 1, changes: [], jitter: 0 });
  simulation.runUntil(Number.POSITIVE_INFINITY);
  expect(simulation.diagnostics).toEqual([]);
  const { chronicle, world } = simulation;
  const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  return all
    .filter((one) => one.kind === "interrupted")
    .map((one) => {
      const by = one.causes.find((cause) => cause.kind === "interrupted");
      const minutes = (one.time - world.story.begins) / 60_000;
      return [world.entities[one.args[0] ?? -1]?.name ?? "", minutes, kindOf(by?.from)];
    });

  function kindOf(id: number | undefined): string {
    return id === undefined ? "" : chronicle.get(id).kind;
  }
}

describe("interrupted when", () => {
  it("DEED-1 takes a rule, matched by what the act is about", () => {
    expect(cutShort("interrupted when in_house.strikes")).toEqual([
      ["anna", 1, "rule"],
      ["ben", 1, "rule"],
    ]);
  });

  it("DEED-1 takes an act, with a condition beside it", () => {
    expect(cutShort("interrupted when anna.ring(in_house) and not p.deaf")).toEqual([
      ["carl", 2, "ended"],
    ]);
    expect(cutShort("interrupted when in_house.strikes and not p.deaf")).toEqual([
      ["anna", 1, "rule"],
    ]);
  });

  it("DEED-1 refuses what is no event of the story", () => {
    const read = story("interrupted when p learns p.deaf");
    expect(read).toMatchObject({ ok: false });
    expect(read.diagnostics.map((one) => one.code)).toContain("FAB3007");
  });
});
