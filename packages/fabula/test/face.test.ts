import { describe, expect, it } from "vitest";
import { findModules } from "../../../scripts/worlds.mjs";
import {
  askRun,
  type OpenedStory,
  parseMoment,
  playStory,
  readStory,
  tellRun,
  type WhyNode,
  whatIf,
  whyRun,
} from "../src/index.js";

/** Mara knows that Jon is dead and does not want Tom to know; Tom asks. */
const text = `story night "The night of the boat"
use std

begins day 1 21:00
ends after 5 min

place tower "the tower"
place sea "the sea"

person mara "Mara"
  pronoun = she
  at = tower
  bond(tom) = 0.7
  believes not jon.alive
  believes tom believes jon.alive sure 80%
  wants tom believes jon.alive weight 3

person tom "Tom"
  pronoun = he
  at = tower
  bond(mara) = 0.7
  bond(jon) = 0.9
  trust(mara) = 0.8
  believes jon.alive sure 80%

person jon "Jon"
  at = sea
  not alive
  not awake

telling both "Both"
  eyes mara from start until tom.ask
  eyes tom until end
`;
const source = { name: "night.fabula", text };
const plain = { seed: 1, changes: [], jitter: 0 };

function open(): OpenedStory {
  const read = readStory(source, findModules);
  if (!read.ok) throw new Error(read.diagnostics.map((one) => one.message).join("\n"));
  return read.value;
}

function question(story: OpenedStory, of: string) {
  const read = story.readQuestion(of);
  if (!read.ok) throw new Error(read.diagnostics.map((one) => one.message).join("\n"));
  return read.value;
}

describe("playStory", () => {
  it("gives the same hash for the same world, seed and changes", () => {
    const once = playStory({ story: source, find: findModules, seed: 3 });
    expect(once.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(playStory({ story: source, find: findModules, seed: 3 })).toEqual(once);
    expect(playStory({ story: source, find: findModules, seed: 4 }).hash).not.toBe(once.hash);
  });

  it("does not depend on what was played and asked of the same world before", () => {
    const story = open();
    const fresh = playStory({ story: source, find: findModules, seed: 3 }).hash;
    question(story, "tom believes mara believes jon.alive");
    whatIf(story, [], { ...plain, seed: 8 });
    const simulation = story.begin({ ...plain, seed: 3 });
    simulation.runUntil(Number.POSITIVE_INFINITY);
    expect(simulation.chronicle.hash()).toBe(fresh);
  });

  it("says what is wrong instead of playing it", () => {
    const broken = { name: "b.fabula", text: text.replace("at = tower", "at = tovver") };
    const { hash, diagnostics } = playStory({ story: broken, find: findModules, seed: 1 });
    expect(hash).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ severity: "error", span: { source: "b.fabula" } });
  });
});

describe("knowledge", () => {
  const story = open();
  const ask = (of: string, as: string | undefined, at = Number.POSITIVE_INFINITY) => {
    const person = as === undefined ? -1 : story.readPerson(as, "--as");
    const who = typeof person === "number" ? person : person.ok ? person.value : -2;
    return askRun(story, question(story, of), { ...plain, at, as: who }).value;
  };

  it("is one thing in truth and another in a head", () => {
    expect(ask("jon.alive", undefined)).toBe(false);
    expect(ask("jon.alive", "mara")).toBe(false);
    expect(ask("jon.alive", "tom")).not.toBe(false);
    expect(ask("tom believes jon.alive", "mara")).toBe(true);
  });

  it("of what happened is what was perceived; of the whole run nobody's", () => {
    expect(ask("mara.answer", undefined)).toBe(true);
    expect(ask("mara.answer", undefined, story.world.story.begins)).toBe(false);
    expect(ask("mara.answer", "tom")).toBe(true);
    expect(ask("mara.answer", "jon")).toBe("unknown");
    expect(ask("tom.ask before mara.answer", undefined)).toBe(true);
    expect(ask("tom.ask before mara.answer", "tom")).toBe("unknown");
  });

  it("can be asked at an event: as it first happens", () => {
    const at = (text: string) => {
      const read = story.readAskedMoment(text, "--at");
      if (!read.ok) throw new Error(read.diagnostics[0]?.message);
      return read.value;
    };
    const asked = question(story, "mara.answer");
    const atEvent = (text: string) =>
      askRun(story, asked, { ...plain, at: at(text), as: -1 }).value;
    expect(atEvent("tom.ask")).toBe(false);
    expect(atEvent("mara.answer")).toBe(true);
    expect(atEvent("tom believes mara.alive")).toBe(false);
    expect(() => atEvent("tom.kiss(mara)")).toThrow(/never happens/);
    expect(story.readAskedMoment("25:00", "--at")).toMatchObject({ ok: false });
    expect(story.readAskedMoment("mara.bond(tom)", "--at")).toMatchObject({
      ok: false,
      diagnostics: [{ code: "FAB6001" }],
    });
    expect(story.readAskedMoment("mara.nowhere", "--at")).toMatchObject({ ok: false });
  });

  it("bounds a telling: through his eyes her thoughts and the truth are not in it", () => {
    const persons = ["mara", "tom"].map((name) => story.readPerson(name, "--eyes"));
    const [mara, tom] = persons.map((read) => {
      const eyes = read.ok ? read.value : -2;
      return tellRun(story, { ...plain, eyes, form: "prose", voice: "you" });
    });
    expect(mara?.text).toContain("You could tell Tom that Jon is dead, and do not.");
    expect(tom?.text).toContain("“Jon is alive,” Mara answers.");
    expect(tom?.text).not.toContain("Jon is dead");
    expect(tom?.hash).toBe(mara?.hash);
  });

  it("has heads and eyes for those whom a change adds, too", () => {
    const line = 'add person zoe "Zoe"\n  at = tower\n  believes jon.alive';
    const read = story.readChanges([line]);
    const changes = read.ok ? read.value : [];
    expect(story.readPerson("zoe", "--as")).toMatchObject({ ok: false });
    const zoe = story.readPerson("Zoe", "--as", changes);
    const as = zoe.ok ? zoe.value : -2;
    const options = { ...plain, changes };
    const at = story.world.story.begins;
    expect(askRun(story, question(story, "jon.alive"), { ...options, at, as }).value).toBe(true);
    const told = tellRun(story, { ...options, eyes: as, form: "prose", voice: "you" });
    expect(told.text).toContain("Tom asks Mara");
  });

  it("bounds why: he knows what he asked and what she said, and not what moved her", () => {
    const asked = question(story, "mara.answer");
    const truth = whyRun(story, asked, { ...plain, as: -1, verify: false });
    const tom = story.readPerson("tom", "--as");
    const his = whyRun(story, asked, { ...plain, as: tom.ok ? tom.value : -2, verify: false });
    const flat = (answer: typeof truth) => (answer.found ? JSON.stringify(answer.tree) : "");
    expect(flat(truth)).toContain('"mara answers"');
    expect(flat(his)).not.toContain('"mara answers"');
    expect(flat(his).length).toBeLessThan(flat(truth).length);
    // She answered because he had asked: that much he can tell himself.
    const causes = his.found ? his.tree.causes : [];
    const starts = causes.find((one) => one.what.endsWith(" starts")) ?? his;
    const supposed = "causes" in starts ? starts.causes[0] : undefined;
    expect(supposed).toMatchObject({ kind: "supposed", what: expect.stringContaining("tom.ask") });
  });

  it("says unknown where the cause lives in another head alone, and one's own account elsewhere", () => {
    const asked = question(story, "tom.ask");
    const mara = story.readPerson("mara", "--as");
    const hers = whyRun(story, asked, { ...plain, as: mara.ok ? mara.value : -2, verify: false });
    const flat = (node: WhyNode): WhyNode[] => [node, ...node.causes.flatMap(flat)];
    const nodes = hers.found ? flat(hers.tree) : [];
    const supposed = nodes.flatMap((node) => node.supposed ?? []);
    expect(supposed).toContain("Tom wants to know: is Jon alive?");
    expect(nodes.some((node) => node.text.startsWith("Tom decides"))).toBe(false);
  });
});

describe("a telling of the story's own", () => {
  it("switches eyes where it says", () => {
    const story = open();
    const telling = story.readTelling(undefined);
    if (!telling.ok) throw new Error("no telling");
    const told = tellRun(story, {
      ...plain,
      eyes: -1,
      form: "prose",
      voice: "you",
      telling: telling.value,
    });
    const eyes = told.passages.map((passage) => passage.eyes);
    expect(new Set(eyes).size).toBe(2);
    expect(eyes).toEqual([...eyes].sort((a, b) => eyes.indexOf(a) - eyes.indexOf(b)));
    expect(story.readTelling("other")).toMatchObject({ ok: false });
  });
});

describe("moments", () => {
  const { world } = open();
  const begins = world.story.begins;

  it.each([
    ["start", begins],
    ["end", Number.POSITIVE_INFINITY],
    ["10 s", begins + 10_000],
    ["2.5 min", begins + 150_000],
    ["21:04", begins + 240_000],
    ["21:04:30", begins + 270_000],
    ["20:00", begins + 23 * 3_600_000],
    ["day 2 21:00", begins + 86_400_000],
    ["teatime", undefined],
    ["25:00", undefined],
    ["5 m", undefined],
    ["day 0 12:00", undefined],
  ])("%s", (written, time) => {
    expect(parseMoment(world, written)).toBe(time);
  });
});

describe("why", () => {
  const story = open();
  const flat = (node: WhyNode): WhyNode[] => [node, ...node.causes.flatMap(flat)];
  const nodesOf = (of: string): WhyNode[] => {
    const answer = whyRun(story, question(story, of), { ...plain, as: -1, verify: false });
    return answer.found ? flat(answer.tree) : [];
  };

  it("says of a decision what was weighed, and what it was preferred to", () => {
    const [asks] = nodesOf("tom.ask").filter((node) => node.weighed !== undefined);
    expect(asks?.text).toMatch(/^Tom decides to ask/);
    expect(asks?.weighed).toMatch(/^because Tom .*\(weighed: .*\)$/);
    const rejected = story.begin(plain);
    rejected.runUntil(Number.POSITIVE_INFINITY);
    const { decision } = rejected.chronicle.get(asks?.occurrence ?? 0);
    const others = decision?.reasons.length ?? 0;
    expect(asks?.weighed?.includes("rather than to ")).toBe(others > 1);
  });
});
