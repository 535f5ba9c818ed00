import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  coverageItems,
  coverageOf,
  type FoundStory,
  findDrivers,
  type LeastChangeAnswer,
  meanOf,
  modulesFrom,
  oddsIn,
  openSurvey,
  readAnsweredRun,
  readFeaturedRun,
  readStory,
  seekChange,
  surveyStory,
} from "../src/index.js";
import { bells, openText, take } from "./small-world.js";

/** Two blows by chance; what the second can do hangs on the first. */
const duel = `story duel "A duel"
begins day 1 08:00
ends after 5 s
unit s of time
type world
type thing
world has
  first: number 0 .. 1 = 0.5
  hurt: number 0 .. 1 = 0.5
  whole: number 0 .. 1 = 0.5
type fighter is thing
  wounded: boolean
  down: boolean
fighter ada
fighter ben
at 1 s
  with chance first
    ben.wounded
at 2 s
  if ben.wounded
    with chance hurt
      ben.down
  else
    with chance whole
      ben.down
`;

/** Thousands of runs, and the machine may be busy. */
vi.setConfig({ testTimeout: 300_000 });

const percent = fc.integer({ min: 5, max: 95 });

describe("odds", () => {
  it("of a duel in two steps are those of counting its chances through, in 200 random worlds", () => {
    const story = openText(duel);
    let within = 0;
    let worlds = 0;
    let sum = 0;
    const trial = (first: number, hurt: number, whole: number): void => {
      const exact = (first * hurt + (100 - first) * whole) / 10_000;
      const chances = { first, hurt, whole };
      const changes = Object.entries(chances).map(
        ([name, value]) => `set ${name} = ${value / 100}`,
      );
      const ask = { kind: "odds", questions: ["ben.down"], changes, jitter: 0 } as const;
      const answer = take(surveyStory(story, ask));
      const seeds = Array.from({ length: 16 }, (_, index) => 1 + worlds * 16 + index);
      const odds = oddsIn(seeds.map((seed) => readAnsweredRun(seed, answer(seed))));
      if (odds.low <= exact && exact <= odds.high) within += 1;
      sum += odds.estimate - exact;
      worlds += 1;
    };
    fc.assert(fc.property(percent, percent, percent, trial), { numRuns: 200, seed: 5 });
    expect(worlds).toBe(200);
    // A 95 % interval: 190 expected, 180 is three standard deviations below.
    expect(within).toBeGreaterThanOrEqual(180);
    // The mean of 3200 runs: three standard deviations.
    expect(Math.abs(sum / worlds)).toBeLessThan((3 * 0.5) / Math.sqrt(3200));
  });

  it("of what is rare are found by splitting, where plain runs see nothing", () => {
    const steps = [1, 2, 3].map(
      (step) =>
        `at ${step} s\n  if level = ${step - 1}\n    with chance 10%\n      level = ${step}\n`,
    );
    const story = openText(`story rare "Rare"
begins day 1 08:00
ends after 5 s
unit s of time
unit % = 0.01
type world
type thing
thing stone
world has
  level: number 0 .. 3 = 0
${steps.join("")}`);
    const ask = {
      kind: "rare",
      question: "level = 3",
      levels: ["level >= 1", "level >= 2"],
      copies: 10,
      changes: [],
      jitter: 0,
    } as const;
    const answer = take(surveyStory(story, ask));
    const runs = Array.from({ length: 200 }, (_, index) => JSON.parse(answer(index + 1)));
    const { low, high } = meanOf(runs.map(([estimate]) => estimate));
    expect(low).toBeLessThan(0.001);
    expect(high).toBeGreaterThan(0.001);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(0.003);
    expect(surveyStory(story, { ...ask, question: "always level < 3" })).toMatchObject({
      ok: false,
      diagnostics: [{ code: "FAB6008" }],
    });
  });
});

describe("surveys", () => {
  it("answer the same from texts alone, in any order", () => {
    const texts = { story: { name: "bells", text: bells }, modules: {} };
    const ask = {
      kind: "odds",
      questions: ["one_bell.cracked", "one_bell.wait"],
      changes: [],
      compare: ["set one_bell.wait = 2"],
      jitter: 0,
    } as const;
    const one = take(openSurvey({ texts, ask }));
    const other = take(surveyStory(openText(bells), ask));
    const seeds = [1, 2, 3, 4, 5, 6];
    const forward = seeds.map(one);
    expect([...seeds].reverse().map(other).reverse()).toEqual(forward);
    expect(new Set(forward).size).toBeGreaterThan(3);
  });

  it("coverage names what never happens, with its place", () => {
    const story = openText(
      `${bells}rule never_rings for b: bell\n  when b.wait > 100\n  then b.rung\n`,
    );
    const answer = take(surveyStory(story, { kind: "coverage", changes: [], jitter: 0 }));
    const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
    const happened = seeds.map((seed) => [seed, JSON.parse(answer(seed))] as const);
    const items = coverageOf(coverageItems(story.world), happened);
    const never = items.filter((item) => item.runs === 0).map((item) => item.name);
    expect(never).toEqual(["never_rings"]);
    const luck = items.filter((item) => item.kind === "branch").map((item) => item.name);
    expect(luck).toEqual(["rings: with chance, then", "rings: with chance, else"]);
    expect(items.find((item) => item.name === "alarm")).toMatchObject({ runs: 12, seed: 1 });
    expect(items[0]?.span.line).toBeGreaterThan(10);
  });

  it("drivers are the draws that an outcome hangs on, and no others", () => {
    const story = openText(bells);
    const question = "one_bell.wait > 12";
    const ask = { kind: "drivers", question, changes: [], jitter: 0 } as const;
    const answer = take(surveyStory(story, ask));
    const runs = Array.from({ length: 60 }, (_, seed) => readFeaturedRun(answer(seed)));
    const drivers = findDrivers(runs);
    expect(drivers.map((one) => one.name)).toEqual(["start wait (one_bell)"]);
    expect(drivers[0]).toMatchObject({ kind: "draw", without: 0 });
    expect(drivers[0]?.low).toBeGreaterThan(0.3);
  });

  it("sift finds a micro-story step by step, and leaves out what `without` forbids", () => {
    const patterns = `pattern wakes "A bell wakes everybody" for b: bell
  find first: b.rings where b != far_bell
  then last: alarm within 20 s
  told "{b} and another."
pattern undisturbed "Nothing between" for b: bell
  find first: b.rings where b != far_bell
  then last: alarm
  without far_bell.rings between first and last
`;
    const story = openText(`${bells}${patterns}`);
    const ask = { kind: "sift", patterns: [], changes: [], jitter: 0 } as const;
    const answer = take(surveyStory(story, ask));
    const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
    let disturbed = 0;
    for (const seed of seeds) {
      const found = JSON.parse(answer(seed)) as FoundStory[];
      const wakes = found.filter((one) => one.pattern === "wakes");
      expect(wakes.length).toBeGreaterThanOrEqual(1);
      for (const { steps } of wakes) {
        expect(steps.map((step) => step.name)).toEqual(["first", "last"]);
        expect((steps[1]?.time ?? 0) - (steps[0]?.time ?? 0)).toBeLessThanOrEqual(20_000);
      }
      if (found.filter((one) => one.pattern === "undisturbed").length < 2) disturbed += 1;
    }
    expect(disturbed).toBeGreaterThan(0);
    expect(disturbed).toBeLessThan(12);
  });
});

describe("least change", () => {
  const worlds = join(import.meta.dirname, "../../../worlds");
  const std = join(worlds, "std");
  const find = modulesFrom(
    Object.fromEntries(
      readdirSync(std)
        .filter((file) => file.endsWith(".fabula"))
        .map((file) => [
          `std.${file.replace(".fabula", "")}`,
          readFileSync(join(std, file), "utf8"),
        ]),
    ),
  );
  const text = readFileSync(join(worlds, "examples/the-boat.fabula"), "utf8");
  const story = take(readStory({ name: "the-boat.fabula", text }, find));

  function seek(goal: string, of = story, wanted = 1): LeastChangeAnswer {
    const search = seekChange(of, take(of.readQuestion(goal)), {
      share: 0.8,
      seeds: 2,
      freshSeeds: 3,
      runsMax: 100,
      changesMax: 1,
      wanted,
      allowed: [],
      jitter: 0,
    });
    for (;;) {
      const next = search.next();
      if (next.done === true) return next.value;
    }
  }

  it("is the choice that turns it, tried on fresh seeds, with its path", () => {
    const { found, answers, base } = seek("mara.drink(flask)");
    expect([found, base.yes]).toEqual([true, 0]);
    expect(answers[0]).toMatchObject({
      changes: ["forbid mara.hand_over(flask, tomas)"],
      odds: { runs: 3, yes: 3 },
      before: { yes: 0 },
    });
    expect(answers[0]?.path.at(-1)?.text).toContain("Mara drinks");
  });

  it("has what comes in the same words time after time once on its path", () => {
    const { answers } = seek("never drips", openText(drip));
    expect(answers[0]?.changes).toEqual(["set not tap.open"]);
    expect(answers[0]?.path).toEqual([
      {
        clock: "day 1 08:00:05",
        text: "A drop falls.",
        happens: "no longer",
        again: { times: 11, lastClock: "day 1 08:00:55" },
      },
    ]);
  });

  it("is nothing where it ends so as it is", () => {
    expect(seek("mara.alive at end")).toMatchObject({ found: true, answers: [], runs: 2 });
  });

  it("is what the story lets be otherwise: other values, of a number no more than it takes", () => {
    const { found, answers } = seek("hut.water < 90 at end", openText(leak), 9);
    expect(found).toBe(true);
    expect(answers.map(({ asks, changes, titles }) => [changes, asks, titles])).toEqual([
      [["set hut.hole = 3.7"], expect.closeTo(1.3), []],
      [["set hut.tarred"], 10, []],
      [["set hut.roof = slate"], 10, []],
      [["remove spring"], 10, ["it has run dry"]],
    ]);
  });
});

const drip = `story drip "A tap"
begins day 1 08:00
ends after 58 s
unit s of time
unit min = 60 s
type thing
type basin is thing
  open: boolean = true
  level: quantity 0 .. 100 = 0
process fills for b: basin
  while b.open and b.level < 100
  b.level rises by 1 per s
rule drips for b: basin
  when b.level >= 5
  then b.level = 0
  told "A drop falls."
basin tap
may change tap.open
`;

/** 24 a unit of the hole run in: the hole must be smaller than 3.75 for less than 90. */
const leak = `story leak "A leak"
begins day 1 08:00
ends after 1 h
unit s of time
unit min = 60 s
unit h = 60 min
type world
type thing
type roofing is one of thatch, moss, slate
type house is thing
  water: quantity 0 .. 200
  hole: number 0 .. 10 = 5
  height: number 0 .. 10 = 5
  tarred: boolean
  roof: roofing
house hut
  roof = thatch
thing spring
process leaks for h: house
  while not h.tarred and h.roof != slate and some s: thing where s = spring
  h.water rises by h.hole * 0.4 per min
may change hut.hole, hut.height, hut.tarred, hut.roof
may change hut.hole to 5 .. 7
may change "it has run dry"
  remove spring
`;
