import { describe, expect, it } from "vitest";
import { findModules, readWorldText } from "../../../scripts/worlds.mjs";
import {
  beliefsAt,
  causeGraphOf,
  causesBehind,
  occurrenceView,
  outlineOf,
  pageOf,
  playStory,
  RecordedRun,
  readStory,
  tellRecorded,
  tellRun,
  timelineOf,
} from "../src/index.js";

const source = readWorldText("leaf/stories/until-the-end.fabula");
const read = readStory(source, findModules);
if (!read.ok) throw new Error("the story has errors");
const story = read.value;
const run = RecordedRun.of(story, { seed: 1, changes: [], jitter: 0 });
const { persons } = outlineOf(story.world);
const [watched] = persons.slice(-1);

describe("the outline", () => {
  it.each(["leaf/stories/until-the-end.fabula", "examples/the-boat.fabula"])(
    "of %s has what is expected to come to be as questions that can be asked",
    (path) => {
      const read = readStory(readWorldText(path), findModules);
      if (!read.ok) throw new Error("the story has errors");
      const asked = outlineOf(read.value.world).expects.filter((one) => one.asks !== "");
      expect(asked.length).toBeGreaterThan(0);
      const wrong = asked.filter((one) => !read.value.readQuestion(one.asks).ok);
      expect(wrong).toEqual([]);
    },
  );
});

describe("a recorded run", () => {
  it("is the run that the command line plays", () => {
    expect(run.chronicle.hash()).toBe(
      playStory({ story: source, find: findModules, seed: 1 }).hash,
    );
  });

  it("is told as the command line tells it, through any eyes, in any order", () => {
    const [telling] = story.world.story.tellings;
    if (telling === undefined || watched === undefined) throw new Error("nothing to tell");
    const orders = [
      { eyes: -1, voice: "you" },
      { eyes: watched.id, voice: "you" },
      { eyes: -1, voice: "name", telling },
    ] as const;
    for (const order of orders) {
      const told = { ...order, form: "epub" } as const;
      expect(tellRecorded(run, told)).toEqual(tellRun(story, { ...run.options, ...told }));
    }
    // Nobody's eyes are nobody's to be called.
    const [named, called] = (["name", "you"] as const).map(
      (voice) => tellRecorded(run, { eyes: -1, voice, form: "prose" }).text,
    );
    expect(named).toBe(called);
  });

  it("can be given up on the way", () => {
    const playing = RecordedRun.play(story, { seed: 2, changes: [], jitter: 0 });
    const { done, value } = playing.next();
    if (done) throw new Error("played to its end at once");
    expect(value.occurrences).toBeGreaterThan(0);
    expect(value.time).toBeLessThan(run.chronicle.endTime);
    expect(playing.return(run)).toEqual({ done: true, value: run });
    expect(playing.next().done).toBe(true);
  });

  it("knows beliefs that are mistaken, and more that are not", () => {
    const ids = Array.from({ length: run.chronicle.count }, (_, id) => id);
    const mistaken = ids.filter((id) => run.isTrue(id) === false);
    const right = ids.filter((id) => run.isTrue(id) === true);
    expect(mistaken.length).toBeGreaterThan(0);
    expect(right.length).toBeGreaterThan(mistaken.length);
  });
});

describe("the page", () => {
  it("tells through one pair of eyes only what they have part in", () => {
    const page = pageOf(run, { eyes: watched?.id ?? -1, voice: "you" });
    const sentences = page.sections.flatMap((section) => section.paragraphs.flat());
    expect(sentences.length).toBeGreaterThan(10);
    for (const { occurrence } of sentences) {
      const one = run.chronicle.get(occurrence);
      const own = one.belief?.holder ?? one.decision?.who ?? one.args[0];
      const perceives = one.perceived.some(({ who }) => who === watched?.id);
      expect(perceives || own === watched?.id).toBe(true);
    }
  });

  it("follows the story's own telling", () => {
    const [telling] = story.world.story.tellings;
    if (telling === undefined) throw new Error("the story has no telling");
    const page = pageOf(run, { eyes: -1, telling, voice: "name" });
    expect(new Set(page.sections.map((section) => section.eyes)).size).toBeGreaterThan(1);
  });
});

describe("the timeline", () => {
  const timeline = timelineOf(run);

  it("has a lane for every person and an entry for every occurrence", () => {
    const lanes = timeline.lanes.filter((lane) => lane.kind === "person");
    const entities = lanes.map((lane) => lane.entity).sort((a, b) => a - b);
    expect(entities).toEqual(persons.map((person) => person.id));
    expect(lanes[0]?.busy).toBe(true);
    expect(timeline.occurrences.times.length).toBe(run.chronicle.count);
  });

  it("has curves in order of time, within their range", () => {
    expect(timeline.curves.length).toBeGreaterThan(3);
    for (const { times, values, low, high } of timeline.curves) {
      times.forEach((time, index) => {
        expect(time).toBeGreaterThanOrEqual(times[index - 1] ?? 0);
      });
      for (const value of values) {
        expect(value).toBeGreaterThanOrEqual(low - 1e-9);
        expect(value).toBeLessThanOrEqual(high + 1e-9);
      }
    }
  });

  it("has actions that last", () => {
    expect(timeline.extents.some((extent) => extent.kind === "action")).toBe(true);
    for (const { from, to } of timeline.extents) expect(to).toBeGreaterThan(from);
  });
});

describe("an occurrence looked at", () => {
  const decision = Array.from({ length: run.chronicle.count }, (_, id) => id).find(
    (id) => (run.chronicle.decisionOf(id)?.reasons.length ?? 0) > 1,
  );

  it("shows what was weighed, with what was chosen among it", () => {
    const view = occurrenceView(run, decision ?? -1, -1);
    expect(view.reasons.length).toBeGreaterThan(1);
    expect(view.reasons.filter((reason) => reason.chosen).length).toBe(1);
    expect(view.reasons.flatMap((reason) => reason.wants).length).toBeGreaterThan(0);
  });

  it("shows of an act that began what came of it when it was done", () => {
    const ids = Array.from({ length: run.chronicle.count }, (_, id) => id);
    const starts = ids.filter((id) => run.chronicle.kindOf(id) === "started");
    const changing = starts.filter((id) => occurrenceView(run, id, -1).writes.length > 0);
    expect(changing.length).toBeGreaterThan(0);
    for (const id of starts) {
      const { what, effects } = occurrenceView(run, id, -1);
      const done = what.replace(/ starts$/, "");
      expect(effects.map((one) => one.what)).not.toContain(done);
      expect(new Set(effects.map((one) => one.occurrence)).size).toBe(effects.length);
    }
  });

  it("hides from one person the causes they know nothing of", () => {
    const ids = Array.from({ length: run.chronicle.count }, (_, id) => id);
    const views = persons.map(({ id: as }) => ids.map((id) => occurrenceView(run, id, as)));
    const hidden = views.flat().reduce((sum, view) => sum + view.hiddenCauses, 0);
    expect(hidden).toBeGreaterThan(0);
    for (const id of ids) expect(occurrenceView(run, id, -1).hiddenCauses).toBe(0);
  });

  it("shows one person what they learned of what it changed, and not who else noticed", () => {
    const all = Array.from({ length: run.chronicle.count }, (_, id) => id);
    const writesOf = (as: number) =>
      all.flatMap((id) => occurrenceView(run, id, as).writes.map(({ what }) => `${id} ${what}`));
    const truth = writesOf(-1);
    for (const { id: as, title } of persons) {
      const seen = writesOf(as);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.length).toBeLessThan(truth.length);
      expect(truth).toEqual(expect.arrayContaining(seen));
      // What others feel is theirs.
      const others = persons.filter(({ id }) => id !== as).map((one) => `${one.title}: joy`);
      expect(seen.filter((what) => others.some((felt) => what.endsWith(felt)))).toEqual([]);
      expect(seen.some((what) => what.includes(`${title}: `))).toBe(true);
      for (const id of all) {
        const { args } = run.chronicle.get(id);
        const noticed = occurrenceView(run, id, as).perceived.map(({ who }) => who);
        expect(noticed.filter((who) => who !== as && who !== args[0])).toEqual([]);
      }
    }
  });
});

describe("beliefs at a moment", () => {
  it("grow, and some of them are false", () => {
    const { endTime } = run.chronicle;
    const begins = run.chronicle.timeOf(0);
    const early = beliefsAt(run, begins + 1000);
    const late = beliefsAt(run, endTime);
    expect(late.length).toBeGreaterThan(early.length);
    const wrong = late.filter(
      (one) => one.claimHolds !== null && one.claimHolds !== one.confidence > 0.5,
    );
    expect(wrong.length).toBeGreaterThan(0);
  });
});

describe("the graph of causes", () => {
  const last = run.chronicle.count - 1;

  const behind = [last, ...causesBehind(run.chronicle, last).map((step) => step.id)];

  it("holds what the chronicle recorded, but beginnings of acts whose end is there", () => {
    const graph = causeGraphOf(run, last, { as: -1 });
    const shown = graph.nodes.map((node) => node.occurrence);
    expect(new Set(behind)).toEqual(new Set([...behind, ...shown]));
    const acts = new Map(graph.nodes.map((node) => [node.what, node.kind]));
    const left = behind.filter((id) => !shown.includes(id)).map((id) => run.chronicle.get(id));
    expect(left.length).toBeGreaterThan(0);
    for (const one of left) {
      expect(one.kind).toBe("started");
      expect(acts.has(run.words.label(one).replace(/ starts$/, ""))).toBe(true);
    }
  });

  it("names no act as the cause of its own end", () => {
    for (const { occurrence: id, what } of causeGraphOf(run, last, { as: -1 }).nodes) {
      const { causes } = occurrenceView(run, id, -1);
      expect(causes.map((cause) => cause.what)).not.toContain(`${what} starts`);
    }
  });

  it("stops where told to, and says so", () => {
    const graph = causeGraphOf(run, last, { as: -1, sizeMax: 5 });
    expect(graph.nodes.length).toBe(5);
    expect(graph.nodes.some((node) => node.more === "cut")).toBe(true);
  });
});
