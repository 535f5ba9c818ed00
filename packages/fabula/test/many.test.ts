import { isTrue } from "@fabula/engine";
import { describe, expect, it } from "vitest";
import { readStory } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** As many lamps as are wanted, and one by itself. How high they hang everybody knows. */
const story = (lamps: number) => `story street "A street"
ends after 1 s
unit s of time
type person
type lamp
  height: number 0 .. 9 = 3
lamp row "a lamp" times ${lamps}
lamp last "the last lamp"
  height = 5
person ana "Ana"
mind of p: person
  able means true
`;

describe("among many", () => {
  it.each([10, 60_000])("everybody knows to begin with what everybody knows of %i", (lamps) => {
    const read = readStory({ name: "street.fabula", text: story(lamps) }, () => []);
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics, null, 1));
    const question = read.value.readQuestion("ana believes last.height > 4");
    if (!question.ok) throw new Error(JSON.stringify(question.diagnostics, null, 1));
    const asked = question.value.question;
    if (asked.kind === "timed") throw new Error("asked of one moment");
    const simulation = read.value.begin({ seed: 1, changes: [], jitter: 0 });
    simulation.begin();
    expect(isTrue(simulation.evaluate(asked.expr))).toBe(true);
  });

  it("what nothing can bring about is looked at for nobody, until a change brings it about", () => {
    const village = openText(`story village "A village"
begins day 1 08:00
ends after 1 h
unit s of time
unit min = 60 s
unit h = 60 min
type person
  owes(other: person): boolean
  awake: boolean = true
  paid: boolean
rule pays(other: person) for p: person where other != p
  when p.owes(other) and p.awake
  then p.paid
person villager "a villager" times 30
person ana "Ana"
person ben "Ben"
`);
    const play = (changes: readonly string[]) => {
      const simulation = village.begin({
        seed: 1,
        changes: take(village.readChanges(changes)),
        jitter: 0,
      });
      simulation.begin();
      const rules = simulation.kernel.units.all.filter(({ name }) => name === "pays");
      simulation.run();
      const { chronicle } = simulation;
      const fired = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id))
        .filter(({ kind }) => kind === "rule")
        .map(({ time, args }) => [time, ...args]);
      return { looked: rules.map(({ args }) => args), fired };
    };
    expect(play([])).toEqual({ looked: [], fired: [] });
    const [ana, ben] = [31, 32]; // after the world and the villagers
    const now = play(["set ana.owes(ben)"]);
    expect(now).toEqual({ looked: [[ana, ben]], fired: [[expect.any(Number), ana, ben]] });
    const later = play(["set ana.owes(ben) at 30 min"]);
    expect(later.looked).toEqual([]);
    expect(later.fired).toEqual([[30_600_000, ana, ben]]);
  });
});
