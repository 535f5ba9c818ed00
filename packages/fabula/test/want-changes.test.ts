/** What somebody wants, changed from outside: they act on it, and nobody else does. */
import { describe, expect, it } from "vitest";
import { type OpenedStory, readStory } from "../src/index.js";
import { openText, take } from "./small-world.js";

const kitchen = `story supper "Supper"
begins day 1 18:00
ends after 1 min
unit s of time
unit min = 60 s
unit % = 0.01
type thing
type person is thing
  fed: boolean
  glad: boolean
  bond(other: person): number 0 .. 1 = 0
  wants fed weight 1
  wants q.fed weight 3 * bond(q) for q: person where q != self
mind of p: person
  pause means 1 s
  floor means 0.1
action feed(other: person) by p: person
  needs not other.fed
  takes 5 s
  at end
    other.fed
  seen when true
  said as "feed {other}"
action sing by p: person
  needs not p.glad
  takes 2 s
  at end
    p.glad
  seen when true
thing cup "a cup"
person ann "Ann"
  bond(ben) = 80%
  bond(cid) = 50%
person ben "Ben"
  fed
  wants glad weight 2
person cid "Cid"
  fed
`;

const story = openText(kitchen);

/** Who did what, in order. */
function acts(changes: readonly string[], of: OpenedStory = story): string[] {
  const simulation = of.begin({ seed: 1, changes: take(of.readChanges(changes)), jitter: 0 });
  simulation.run();
  expect(simulation.diagnostics).toEqual([]);
  const { chronicle, world } = simulation;
  const ids = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id));
  const nameOf = (id: number) => world.entities[id]?.name ?? "?";
  return ids
    .filter(({ kind }) => kind === "ended")
    .map(({ schema, args }) => `${args.map(nameOf).join(" ")} ${world.actions[schema]?.name}`);
}

function wrong(line: string): string {
  const read = story.readChanges([line]);
  if (read.ok) throw new Error(`\`${line}\` was understood`);
  return read.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
}

const hungry = "set not ben.fed";

describe("a want that is changed", () => {
  it("is as the story has it where nothing is changed", () => {
    expect(acts([])).toEqual(["ben sing", "ann ann feed"]);
    expect(acts([hungry]).filter((act) => act.startsWith("ann"))).toEqual([
      "ann ben feed",
      "ann ann feed",
    ]);
  });

  it("of somebody alone gives way: another weight, or none", () => {
    expect(acts(["not ben wants ben.glad"])).toEqual(["ann ann feed"]);
    expect(acts(["ben wants ben.glad weight 0"])).toEqual(["ann ann feed"]);
    expect(acts(["ben wants not ben.glad weight 2"])).not.toContain("ben sing");
  });

  it("is one more where they did not want it", () => {
    expect(acts(["cid wants cid.glad weight 2"])).toContain("cid sing");
    expect(acts(["cid wants cid.glad weight 2 while ann.fed"])).toEqual([
      "ben sing",
      "ann ann feed",
      "cid sing",
    ]);
  });

  it("of all their like is theirs no longer, and stays with everybody else", () => {
    expect(acts(["not ann wants ann.fed"])).toEqual(["ben sing"]);
    const both = ["set not ben.fed", "set not cid.fed", "not ann wants ann.fed"];
    expect(acts(both)).toContain("ben ben feed");
    expect(acts(both)).toContain("cid cid feed");
    expect(acts(both)).not.toContain("ann ann feed");
  });

  it("of whomever it runs over is left out for that one alone", () => {
    const both = [hungry, "set not cid.fed", "forbid ben.feed", "forbid cid.feed"];
    expect(acts(both)).toEqual(expect.arrayContaining(["ann ben feed", "ann cid feed"]));
    const without = acts([...both, "not ann wants ben.fed"]);
    expect(without).toContain("ann cid feed");
    expect(without).not.toContain("ann ben feed");
    const last = acts([...both, "ann wants ben.fed weight 50%"]);
    expect(last.indexOf("ann ben feed")).toBeGreaterThan(last.indexOf("ann cid feed"));
  });

  it("comes with who is added", () => {
    const added = "add person dan\n  fed\n  wants glad weight 2\n  wants cid.glad weight 1";
    expect(acts([added])).toContain("dan sing");
    expect(acts([added])).toContain("ben sing");
  });

  it("changes nobody's chances but through what they choose", () => {
    const plain = story.begin({ seed: 1, changes: [], jitter: 0 });
    const same = take(story.readChanges(["ben wants ben.glad weight 2"]));
    const again = story.begin({ seed: 1, changes: same, jitter: 25 / 100 });
    const shaken = story.begin({ seed: 1, changes: [], jitter: 25 / 100 });
    for (const run of [plain, again, shaken]) run.run();
    expect(again.chronicle.hash()).toBe(shaken.chronicle.hash());
  });

  it("stands in a what-if of the story, and is read with its errors there", () => {
    const lines =
      '\nwhatif X1 "he does not care"\n  not ben wants ben.glad\n  expect never ben.glad\n';
    const read = readStory({ name: "supper.fabula", text: kitchen + lines }, () => []);
    expect(read.diagnostics).toEqual([]);
    const bad = readStory(
      { name: "supper.fabula", text: kitchen + lines.replace("ben.glad\n", "ann.glad\n") },
      () => [],
    );
    expect(bad.diagnostics.map(({ code }) => code)).toContain("FAB5007");
  });

  it("is refused where it means nothing", () => {
    expect(wrong("not ben wants ann.glad")).toContain(
      "does not want `ann.glad` in the first place",
    );
    expect(wrong("not ben wants ben.glad weight 3")).toContain("no weight and no condition");
    expect(wrong("ben wants ben.glad weight -1")).toContain("FAB");
    expect(wrong("ben wants ben.gladd")).toContain("FAB2003");
    expect(wrong("ben wants ben.glad weight 2 at 1 min")).toContain("FAB");
    expect(wrong("cup wants ben.glad")).toContain("FAB5007 `cup` names nobody");
  });
});
