import { Chronicle, WriteFlag } from "@fabula/chronicle";
import { findDifference, findDivergence, leavingRates } from "@fabula/lab";
import { describe, expect, it } from "vitest";
import { askRun, type Following, keeping, toldDifference, whatIf } from "../src/index.js";
import { bells, openText, take } from "./small-world.js";

const story = openText(bells);
const plain = { changes: [], jitter: 0 };

function ask(change: string, seed = 1) {
  return whatIf(story, take(story.readChanges([change])), { ...plain, seed });
}

describe("what if", () => {
  it("tells what follows from a change of the start, by causes", () => {
    const { followed, untouched, anyway, changed } = ask("set one_bell.wait = 25");
    const rings = followed.findIndex((one) => one.what === "one_bell.rings");
    const alarm = followed.findIndex((one) => one.what === "alarm");
    expect(followed.map((one) => one.what)).toEqual(["one_bell.rings", "alarm"]);
    expect(followed[rings]).toMatchObject({ happens: "later", from: [] });
    expect(followed[alarm]).toMatchObject({ happens: "later", from: [rings] });
    expect(changed.map((one) => one.what)).toEqual(["one_bell.rings", "alarm"]);
    expect(untouched).toEqual(expect.arrayContaining(["two_bell.rings", "far_bell.rings"]));
    expect(anyway).toEqual([]);
  });

  it("tells what no longer happens, and leaves alone what has no part in it", () => {
    const { followed, shared } = ask("set one_bell.rung at 0.5 s");
    expect(followed.map((one) => one.what)).toEqual(["alarm"]);
    expect(shared).toBeGreaterThan(0);
    const none = ask("switch off alarm");
    expect(none.followed).toMatchObject([{ what: "alarm", happens: "no longer", from: [] }]);
    expect(none.untouched).toHaveLength(3);
  });

  it("names what came about in spite of a change behind it", () => {
    // The alarm waits for the later bell: an earlier first bell is behind it and moves nothing.
    const rings = (seed: number) => {
      const { chronicle } = story.begin({ ...plain, seed }).run();
      const all = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
      return all.filter((one) => one.kind === "rule").map((one) => one.args[0]);
    };
    const one = story.world.entities.find((each) => each.name === "one_bell")?.id;
    const two = story.world.entities.find((each) => each.name === "two_bell")?.id;
    const seed = [1, 2, 3, 4, 5, 6, 7, 8].find((each) => {
      const order = rings(each);
      return order.indexOf(one as number) < order.indexOf(two as number);
    });
    expect(seed).toBeDefined();
    const { anyway, followed, untouched } = ask("set one_bell.wait = 1", seed);
    expect(followed.map((one) => one.what)).toEqual(["one_bell.rings"]);
    expect(anyway).toContain("alarm");
    expect(untouched).toContain("far_bell.rings");
  });

  it("says of a change that changes nothing that nothing changes", () => {
    expect(ask("set far_bell.cracked at 59 s").followed).toEqual([]);
    expect(ask("switch off ticks").followed.every((one) => one.happens === "no longer")).toBe(true);
  });
});

describe("what sets a quantity going", () => {
  const counting = story.world.fluents.find((one) => one.name === "seconds")?.id as number;

  /** Something from outside sets it going and writes `value`, by a rate alone or as such. */
  function record(value: number, flags: number): Chronicle {
    const chronicle = new Chronicle(story.world);
    const { begins } = story.world.story;
    chronicle.append(begins, "beginning", -1, []);
    const id = chronicle.append(begins + 1, "outside", 0, []);
    chronicle.append(begins + 5, "rule", 0, [1]);
    chronicle.appendWrite(id, chronicle.groundId(counting, [0]), value, flags, 0);
    return chronicle;
  }

  it("is not what differs where only how fast it goes on differs later", () => {
    const rate = WriteFlag.accumulates | WriteFlag.rateOnly;
    const [base, changed] = [record(2, rate), record(3, rate)];
    expect(base.get(1).writes).toMatchObject([{ value: 2, rateOnly: true }]);
    expect(findDivergence(base, changed, leavingRates)).toBeUndefined();
    expect(findDifference(base, changed).lost).toEqual([]);
    const everything = { occurrence: () => false, fluents: new Set<number>() };
    expect(findDivergence(base, changed, everything)?.base?.id).toBe(1);
  });

  it("is what differs where the value it sets differs", () => {
    const [base, changed] = [record(2, 0), record(3, 0)];
    expect(findDivergence(base, changed, leavingRates)?.base?.id).toBe(1);
    expect(findDifference(base, changed).lost).toEqual([1]);
  });
});

describe("what is told of what followed", () => {
  const one = (what: string, from: number[], silent?: true): Following => {
    const shown = { what, text: what, happens: "now", time: 0, clock: "", from } as const;
    return silent ? { ...shown, silent } : shown;
  };
  const shifted = (what: string, later: number, from: number[] = []): Following => ({
    ...one(what, from),
    happens: later < 0 ? "earlier" : "later",
    later,
  });

  it("leaves out what no sentence tells, and keeps what it led to where it came from", () => {
    const all = [
      one("a", []),
      one("b", [0], true),
      one("c", [1], true),
      one("d", [2]),
      one("e", [3]),
    ];
    const { other, untold } = toldDifference(all);
    expect(other).toEqual([one("a", []), one("d", [0]), one("e", [1])]);
    expect(untold).toBe(2);
  });

  it("tells once what comes again and again, how often, and what it leads to behind it", () => {
    const again = (clock: string, from: number[]) => ({ ...one("a", from), clock });
    const all = [
      again("1", []),
      again("2", [0]),
      one("b", [1], true),
      again("3", [2]),
      one("c", [3]),
    ];
    const told = { ...again("1", []), again: { times: 3, lastClock: "3" } };
    expect(toldDifference(all).other).toEqual([told, one("c", [0])]);
    const kept = keeping([told, one("d", [0]), again("4", [])], (_, index) => index !== 1);
    expect(kept).toEqual([{ ...told, again: { times: 4, lastClock: "4" } }]);
  });

  it("puts what both runs have together, by how much it is shifted, and apart from the rest", () => {
    const all = [
      one("a", []),
      shifted("b", 1000, [0]),
      shifted("c", -60_000, [1]),
      one("d", [1]),
      shifted("e", 3000, [3]),
      shifted("f", -80_000),
      shifted("g", 0),
      shifted("h", 600_000),
      shifted("i", 20_000),
    ];
    const { other, shifted: groups, unlike } = toldDifference(all);
    expect(unlike.map(({ what }) => what)).toEqual(["g"]);
    expect(other).toEqual([one("a", []), one("d", [0])]);
    const whats = groups.map(({ least, most, all: alike }) => [
      least,
      most,
      alike.map(({ what }) => what).join(""),
    ]);
    expect(whats).toEqual([
      [1000, 3000, "be"],
      [-80_000, -60_000, "cf"],
      [600_000, 600_000, "h"],
      [20_000, 20_000, "i"],
    ]);
    expect(groups.flatMap((group) => group.all.flatMap(({ from }) => from))).toEqual([]);
  });

  it("is all of it where nothing has a sentence", () => {
    const all = [one("a", [], true), one("b", [0], true)];
    expect(toldDifference(all)).toEqual({ other: all, shifted: [], unlike: [], untold: 0 });
  });
});

describe("who chose otherwise", () => {
  const rooms = openText(`story rooms "Rooms"
begins day 1 08:00
ends after 20 s
unit s of time
unit min = 60 s
type person
  alive: boolean = true
  fed: boolean
    felt by self
  rested: boolean
    felt by self
  warned: boolean
  tired: number 0 .. 9 = 2
mind of p: person
  able means p.alive
action eat by p: person
  needs not p.fed
  takes 2 s
  at end
    p.fed
  seen when observer = p
action rest by p: person
  needs not p.rested
  takes 4 s
  at end
    p.rested
  seen when observer = p
person ada "Ada"
  wants ada.fed weight 3
  wants ada.rested weight ada.tired
person cai "Cai"
  wants cai.fed or cai.rested weight 2
person ben "Ben"
  wants ben.rested weight 1
person zoe "Zoe"
  wants zoe.fed weight 2 while zoe.warned
`);
  const asked = (...changes: string[]) =>
    whatIf(rooms, take(rooms.readChanges(changes)), { ...plain, seed: 1 });

  it("says what instead of what where both chose then, and leaves out what only moved", () => {
    // Ada rests first now and eats later: she chooses both, in another order.
    const turned = asked("set ada.tired = 9");
    expect(turned.followed).toMatchObject([{ what: "ada.rest" }, { what: "ada.eat" }, {}, {}]);
    expect(turned.followed.every(({ later }) => later !== undefined)).toBe(true);
    expect(turned.persons.flatMap(({ chose }) => chose)).toEqual([]);
    const chosen = (change: string, who: string) =>
      asked(change).persons.find((one) => one.who === who)?.chose;
    expect(chosen("forbid ada.eat", "ada")).toMatchObject([
      { base: "Ada decides to eat.", now: null },
    ]);
    expect(chosen("forbid cai.eat", "cai")).toMatchObject([
      { base: "Cai decides to eat.", now: "Cai decides to rest." },
    ]);
  });

  it("names first who was first to go another way, and how each learned", () => {
    const { persons } = asked("set zoe.warned at 5 s", "forbid ben.rest");
    const names = persons.map(({ who }) => who);
    expect(names[0]).toBe("zoe");
    expect(names).toContain("ben");
    const sources = persons.flatMap(({ learned }) => learned.map(({ source }) => source));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.every((source) => /^[a-z]+$/.test(source))).toBe(true);
  });
});

describe("what is the same", () => {
  it("names of what is untouched that which was over before the runs part", () => {
    const late = ask("set one_bell.wait = 30");
    expect(late.before).toEqual(late.untouched);
    expect(late.before).toHaveLength(2);
    expect(late.firstDivergence).toMatchObject({ baseValues: [], nowValues: [] });
    const early = ask("set one_bell.wait = 1");
    expect(early.before).toEqual([]);
    expect(early.untouched.length).toBeGreaterThan(0);
  });

  it("is no proof that nothing differs where the same has set something else", () => {
    const story = openText(`${bells}rule counts for w: world
  when alarmed
  then seconds = one_bell.weight
bell has
  weight: number 0 .. 9 = 1
`);
    const read = take(story.readChanges(["set one_bell.weight = 2"]));
    const { untouched, anyway } = whatIf(story, read, { ...plain, seed: 1 });
    expect(untouched).not.toContain("counts");
    expect(anyway).toContain("counts");
  });
});

describe("chance in a what-if", () => {
  it("a draw that the change cannot reach is what it was, in every run", () => {
    const untouched = ["two_bell", "far_bell"].flatMap((bell) =>
      ["wait", "cracked"].map((field) => {
        const { question } = take(story.readQuestion(`${bell}.${field}`));
        if (question.kind === "timed") throw new Error("a field is a value");
        return question.expr;
      }),
    );
    let draws = 0;
    for (let seed = 1; seed <= 100; seed += 1) {
      const changes = take(story.readChanges(["set one_bell.wait = 2", "switch off alarm"]));
      const base = story.begin({ ...plain, seed }).run();
      const changed = story.begin({ seed, changes, jitter: 0 }).run();
      for (const expr of untouched) {
        expect(changed.evaluate(expr)).toBe(base.evaluate(expr));
        draws += 1;
      }
    }
    expect(draws).toBe(400);
  });

  it("keeps what it sets at the start, whatever the story's own `at start` would make of it", () => {
    const begun = openText(`${bells}at start
  one_bell.wait = two_bell.wait + 1
  two_bell.wait = 20 .. 30
  one_bell.wait rises by 1
`);
    const waits = (lines: readonly string[]) => {
      const changes = take(begun.readChanges(lines));
      return ["one_bell.wait", "two_bell.wait"].map((text) => {
        const read = take(begun.readQuestion(text));
        return askRun(begun, read, { changes, seed: 1, jitter: 0, at: 28_800_000, as: -1 }).value;
      });
    };
    const [plainFirst, plainSecond] = waits([]) as [number, number];
    expect(waits(["set one_bell.wait = 3"])).toEqual([3, plainSecond]);
    // What is set is seen by the effects of the beginning that read it.
    expect(waits(["set two_bell.wait = 4"])).toEqual([6, 4]);
    expect(waits(["set one_bell.wait falls by 1"])).toEqual([plainFirst, plainSecond]);
  });
});
