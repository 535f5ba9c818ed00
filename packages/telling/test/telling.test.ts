import type { Occurrence } from "@fabula/chronicle";
import { compose, forms, planThrough, ReplayedState, tellStory } from "@fabula/telling";
import { describe, expect, it } from "vitest";
import { actions, ana, ben, chronicleOf, fluents, lamp, SmallWorld } from "./small-world.js";

function whole(who: number) {
  return { who, sense: "seen" as const, whole: true };
}

/** Ana lights the lamp unseen, tells Ben that she is dying, and is cut short the second time. */
function setUp() {
  const small = new SmallWorld();
  const dying = small.claim(fluents.dying, ana);
  const occurrences: Partial<Occurrence>[] = [
    { kind: "started", schema: actions.light, args: [ana, lamp], time: 1000 },
    { kind: "ended", schema: actions.light, args: [ana, lamp], time: 3000 },
    { kind: "started", schema: actions.tell, args: [ana, ben, dying], time: 4000 },
    {
      kind: "ended",
      schema: actions.tell,
      args: [ana, ben, dying],
      time: 6000,
      perceived: [whole(ben)],
    },
    {
      kind: "belief",
      time: 6000,
      belief: { holder: ben, claim: dying, before: 0, after: 0.95, source: "inferred", by: -1 },
    },
    {
      kind: "interrupted",
      schema: actions.tell,
      args: [ana, ben, dying],
      time: 700_000,
      perceived: [whole(ben)],
    },
  ];
  const reading = new ReplayedState(small.world, chronicleOf(small, occurrences));
  const textsThrough = (eyes: number, voice: "you" | "name" = "name") =>
    tellStory(reading, { ...planThrough(reading, eyes), voice }).passages.map((one) => one.text);
  return { small, reading, textsThrough };
}

describe("a telling", () => {
  it("breaks off at the first words, and says whose they were", () => {
    const small = new SmallWorld();
    const cut = {
      kind: "interrupted",
      schema: actions.wish,
      args: [ana, ben],
      time: 1000,
    } as const;
    const reading = new ReplayedState(small.world, chronicleOf(small, [cut]));
    const { passages } = tellStory(reading, { ...planThrough(reading, -1), voice: "name" });
    expect(passages.map((one) => one.text)).toEqual(["“Next—” Ana says."]);
  });

  it("leaves out what was told just now, but not what is said to somebody else", () => {
    const small = new SmallWorld();
    const dying = small.claim(fluents.dying, ana);
    const says = (hearer: number, time: number): Partial<Occurrence> => ({
      kind: "ended",
      schema: actions.tell,
      args: [ana, hearer, dying],
      time,
    });
    const occurrences = [says(ben, 1000), says(ben, 2000), says(ben, 3000), says(lamp, 4000)];
    const reading = new ReplayedState(small.world, chronicleOf(small, occurrences));
    const { passages } = tellStory(reading, { ...planThrough(reading, -1), voice: "name" });
    expect(passages.map((one) => [one.text, one.to])).toEqual([
      ["“I am dying,” Ana says.", ben],
      ["“I am dying,” she says.", ben],
      ["“I am dying,” she says.", lamp],
    ]);
  });

  it("has nothing of an answer without words that was cut short", () => {
    const small = new SmallWorld();
    const cut = { kind: "interrupted", schema: actions.nod, args: [ana, ben], time: 1000 } as const;
    const reading = new ReplayedState(small.world, chronicleOf(small, [cut]));
    const { passages } = tellStory(reading, { ...planThrough(reading, -1), voice: "name" });
    expect(passages).toEqual([]);
  });

  it("without eyes has everything that happened, acts once each", () => {
    const { textsThrough } = setUp();
    expect(textsThrough(-1)).toEqual([
      "Ana lights the lamp.",
      "“I am dying,” she says.",
      "“I am—” Ana says.",
    ]);
  });

  it("leaves out what those eyes did not perceive, and has their thoughts", () => {
    const { textsThrough } = setUp();
    expect(textsThrough(ben)).toEqual([
      "“I am dying,” Ana says.",
      "Ben knows that Ana is dying.",
      "“I am—” Ana says.",
    ]);
  });

  it("has nobody else's thoughts, and calls the focalizer you", () => {
    const { textsThrough } = setUp();
    expect(textsThrough(ana, "you")).toEqual([
      "You light the lamp.",
      "“I am dying,” you say.",
      "“I am—” you say.",
    ]);
  });

  it("knows several things at one instant with one verb, and tells of no ignorance", () => {
    const small = new SmallWorld();
    const learns = (claim: number, time: number, after = 0.95): Partial<Occurrence> => ({
      kind: "belief",
      time,
      belief: { holder: ben, claim, before: 0, after, source: "inferred", by: -1 },
    });
    const dying = small.claim(fluents.dying, ana);
    const lit = small.claim(fluents.lit, lamp);
    const occurrences = [
      learns(dying, 1000),
      learns(lit, 1000),
      learns(small.isNothing(small.claim(fluents.at, ana)), 2000),
      learns(small.claim(fluents.dying, ben), 3000),
      learns(lit, 4000, 0.8),
      learns(lit, 4000),
    ];
    const reading = new ReplayedState(small.world, chronicleOf(small, occurrences));
    const plan = { ...planThrough(reading, ben), voice: "you" as const };
    expect(tellStory(reading, plan).passages.map((one) => one.text)).toEqual([
      "You know that Ana is dying.",
      "The lamp is lit.",
      "You know that you are dying.",
      "You think that the lamp is lit.",
      "You know that the lamp is lit.",
    ]);
  });

  it("means nobody by a pronoun of whom only what was left out told", () => {
    const small = new SmallWorld();
    const dying = small.claim(fluents.dying, ana);
    const lights = (who: number, time: number): Partial<Occurrence> => ({
      kind: "started",
      schema: actions.light,
      args: [who, lamp],
      time,
    });
    const says = { kind: "ended", schema: actions.tell, args: [ben, ana, dying] } as const;
    const occurrences = [lights(ben, 1000), lights(ana, 2000), { ...says, time: 4000 }];
    const texts = (all: readonly Partial<Occurrence>[]) => {
      const reading = new ReplayedState(small.world, chronicleOf(small, all));
      return tellStory(reading, planThrough(reading, -1)).passages.map((one) => one.text);
    };
    const told = ["Ben lights the lamp.", "Ana lights the lamp.", "“You are dying,” Ben says."];
    expect(texts(occurrences)).toEqual(told);
    expect(texts(occurrences.toSpliced(2, 0, lights(ben, 3000)))).toEqual(told);
  });

  it("is made of occurrences of the one chronicle, whoever's eyes", () => {
    const { reading } = setUp();
    const all = new Set(
      tellStory(reading, planThrough(reading, -1)).passages.map((one) => one.occurrence),
    );
    for (const eyes of [ana, ben]) {
      const mine = tellStory(reading, planThrough(reading, eyes)).passages;
      const deeds = mine.filter((one) => one.kind !== "thought");
      expect(deeds.length).toBeGreaterThan(0);
      expect(deeds.every((one) => all.has(one.occurrence))).toBe(true);
    }
  });

  it("withholds until the moment, and tells it there", () => {
    const { reading } = setUp();
    const plan = planThrough(reading, -1);
    const withheld = (until?: number) => [
      { entities: [lamp], fluents: [], ...(until === undefined ? {} : { until }) },
    ];
    const told = (until?: number) =>
      tellStory(reading, { ...plan, voice: "name", withheld: withheld(until) }).passages.map(
        (one) => one.occurrence,
      );
    expect(told(4)).toEqual([4, 1, 6]);
    expect(told()).toEqual([4, 6]);
  });
});

describe("forms", () => {
  it("part paragraphs by time and say how much went by", () => {
    const { reading } = setUp();
    const told = tellStory(reading, { ...planThrough(reading, -1), voice: "name" });
    const sections = compose(told.passages);
    const clockOf = (time: number) => `${time / 1000}`;
    const input = { told, sections, hash: "", nameOf: String, clockOf };
    expect(forms.prose(input)).toBe(
      "A small story\n\nAna lights the lamp. “I am dying,” she says.\n\n" +
        "Twelve minutes go by. “I am—” Ana says.\n",
    );
    expect(forms.outline(input)).toContain("  - “I am dying,” she says.");
    expect(forms.markdown(input)).toContain("# A small story");
  });

  it("never repeat a sentence at once", () => {
    const passage = { occurrence: 1, time: 0, kind: "deed", eyes: -1, who: ana } as const;
    const [section] = compose([
      { ...passage, text: "She waits. She waits." },
      { ...passage, text: "She waits. The lamp burns." },
    ]);
    expect(section?.paragraphs[0]?.sentences.map((one) => one.text)).toEqual([
      "She waits.",
      "The lamp burns.",
    ]);
  });

  it("tell what is said in two parts whole or not at all, and of time since what was told", () => {
    const said = { occurrence: 1, time: 0, kind: "speech", eyes: -1, who: ana } as const;
    const why = { ...said, text: "“Why?” she asks. “Why now?”" };
    const other = { ...said, who: ben, text: "“Why?” he asks. “Why now?”" };
    const soon = { ...why, time: 240_000 };
    const late = { ...why, time: 360_000 };
    const [section] = compose([why, other, soon, late]);
    expect(section?.paragraphs.map((one) => one.sentences.map(({ text }) => text))).toEqual([
      ["“Why?” she asks.", "“Why now?”"],
      ["“Why?” he asks.", "“Why now?”"],
      ["Six minutes go by.", "“Why?” she asks.", "“Why now?”"],
    ]);
  });

  it("part two sayings of one mouth where their marks would meet", () => {
    const said = { occurrence: 1, time: 0, kind: "speech", eyes: -1, who: ana } as const;
    const [section] = compose([
      { ...said, text: "“Thank you,” she says. “For all of it.”" },
      { ...said, text: "“You are good at this,” she says." },
      { ...said, text: "“Better than I,” she says." },
    ]);
    expect(section?.paragraphs.map((one) => one.sentences.length)).toEqual([2, 2]);
  });

  it("escape what an author wrote", () => {
    const told = { title: "<script>alert(1)</script> *b*", passages: [] };
    const input = { told, sections: [], hash: "", nameOf: String, clockOf: String };
    expect(forms.html(input)).not.toContain("<script>");
    expect(forms.markdown(input)).toContain("\\<script");
  });
});
