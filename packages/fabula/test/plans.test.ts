/** Plans: deeds in a row, where one alone will not do. */
import { createForgetfulMinds, createSimulation } from "@fabula/engine";
import { describe, expect, it } from "vitest";
import { type OpenedStory, whyRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** Gold in a vault behind a locked gate, and a key to it in the kitchen. */
const vault = (people: string, ahead = 6) => `story vault "The vault"
begins day 1 08:00
ends after 1 h
unit s of time
unit min = 60 s
unit h = 60 min
type thing
type place is thing
  road(to: place): boolean both ways
type person is thing
  at: place
  rich: boolean
  told: boolean
mind of p: person
  plans means ${ahead}
  trust(other: person) means 50
  together(other: person) means p.at = other.at
type key is thing
  at: place
    seen when observer.at = at
  held_by: person
type gate is thing
  at: place
  open: boolean
action go(to: place) by p: person
  needs p.at.road(to) and (to != strongroom or door.open)
  takes 1 min
  at end
    p.at = to
action take(k: key) by p: person
  needs k.held_by = unknown and p.at = k.at
  takes 5 s
  at end
    k.held_by = p
action unlock(g: gate) by p: person
  needs (some k: key where k.held_by = p) and p.at = g.at and not g.open
  takes 5 s
  at end
    g.open
action lock(g: gate) by p: person
  needs p.at = g.at and g.open
  takes 5 s
  at end
    not g.open
action take_gold by p: person
  needs p.at = strongroom and not p.rich
  takes 5 s
  at end
    p.rich
action tell(hearer: person, what: claim) by p: person
  needs hearer != p
  speech to hearer
  takes 2 s
  says what
  heard when observer.at = p.at
place hall
  road(kitchen)
  road(strongroom)
  road(attic)
place kitchen
place strongroom
place attic
gate door
  at = hall
key brass
  at = kitchen
${people}`;

const anna = `person anna
  at = hall
  believes brass.at = kitchen
  wants anna.rich weight 5
`;

function played(story: OpenedStory, changes: readonly string[] = []) {
  const run = story.begin({ seed: 1, changes: take(story.readChanges(changes)), jitter: 0 });
  run.run();
  const all = Array.from({ length: run.chronicle.count }, (_, id) => run.chronicle.get(id));
  return { run, all };
}

/** What was done from beginning to end, in order: `anna.go(kitchen)`. */
function deeds(text: string, changes: readonly string[] = []): string[] {
  const { run, all } = played(openText(text), changes);
  const name = (id: number) => run.world.entities[id]?.name ?? "";
  return all.flatMap((one) => {
    if (one.kind !== "ended") return [];
    const [who, ...args] = one.args.map(name);
    return [`${who}.${run.world.actions[one.schema]?.name}(${args.join()})`];
  });
}

const way = [
  "anna.go(kitchen)",
  "anna.take(brass)",
  "anna.go(hall)",
  "anna.unlock(door)",
  "anna.go(strongroom)",
  "anna.take_gold()",
];

describe("a plan", () => {
  it("PLAN-1 brings about what a deed needs, and what that needs, each in its turn", () => {
    expect(deeds(vault(anna))).toEqual(way);
  });

  it("PLAN-1 is no longer than the person thinks ahead", () => {
    expect(deeds(vault(anna, 5))).toEqual([]);
    expect(deeds(vault(anna, 1))).toEqual([]);
    expect(deeds(vault(anna, 2), ["set door.open"])).toEqual(way.slice(-2));
  });

  it("leaves out what is so already, and is given up where there is no way", () => {
    expect(deeds(vault(anna), ["set brass.held_by = anna"])).toEqual(way.slice(-3));
    expect(deeds(vault(anna), ["forbid anna.unlock"])).toEqual([]);
    expect(deeds(vault(anna), ["not anna wants anna.rich"])).toEqual([]);
  });

  it("PLAN-2 is made from what the person believes, and made anew from what they find", () => {
    const wrong = anna.replace("brass.at = kitchen", "brass.at = attic");
    expect(deeds(vault(wrong))).toEqual(["anna.go(attic)"]);
    expect(deeds(vault(wrong), ["set anna.at = kitchen"])).toEqual(way.slice(1));
  });

  it("is made anew where somebody undoes what was done", () => {
    const done = deeds(vault(anna), ["set not door.open at anna.unlock"]);
    expect(done.filter((one) => one === "anna.unlock(door)").length).toBeGreaterThan(1);
  });

  it("leads to whoever is to be told something", () => {
    const people = `${anna.replace("anna.rich", "ben believes anna.told")}  told\nperson ben\n  at = attic\n`;
    const secret = vault(people).replace("  told: boolean", "  told: boolean\n    felt by self");
    expect(deeds(secret)).toEqual(["anna.go(attic)", "anna.tell(ben,)"]);
  });

  it("PLAN-3 speaks for its first step, on record and in words", () => {
    const { all } = played(openText(vault(anna)));
    const first = all.find((one) => one.decision !== undefined);
    const [reason] = first?.decision?.reasons ?? [];
    expect(reason?.plan?.length).toBe(5);
    expect(reason?.gain).toBeCloseTo(5);
    const story = openText(vault(anna));
    const why = whyRun(story, take(story.readQuestion("anna.go(kitchen)")), {
      seed: 1,
      changes: [],
      jitter: 0,
      as: -1,
      verify: false,
    });
    expect(JSON.stringify(why)).toContain(
      "planned: then to take brass, go hall, unlock door, go strongroom and take gold",
    );
  });

  it("is the same for minds that keep nothing, and for a fork", () => {
    const { world } = openText(vault(`${anna}${anna.replaceAll("anna", "ben")}`));
    for (let seed = 1; seed <= 3; seed++) {
      const kept = createSimulation({ world, seed });
      kept.run();
      const forgetful = createSimulation({ world, seed, createMinds: createForgetfulMinds });
      forgetful.run();
      const forked = createSimulation({ world, seed });
      for (let at = 30_000; at <= 210_000; at += 60_000) {
        forked.runUntil(world.story.begins + at);
        const fork = forked.fork();
        forked.run();
        fork.drop();
      }
      forked.run();
      expect(forgetful.chronicle.hash()).toBe(kept.chronicle.hash());
      expect(forked.chronicle.hash()).toBe(kept.chronicle.hash());
    }
  });
});
