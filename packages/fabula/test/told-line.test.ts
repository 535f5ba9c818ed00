/** What was read can be asked about: by its line, or by the time before it. */
import { describe, expect, it } from "vitest";
import { whatIf, whyRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

const story = openText(`story kitchen "Kitchen"
begins day 1 08:00
ends after 2 min
unit s of time
unit min = 60 s
type person
  alive: boolean = true
  fed: boolean
  washed: boolean
mind of p: person
  able means p.alive
action eat by p: person
  needs not p.fed
  takes 10 s
  at end
    p.fed
  told "{p} eat{p.s}, 'slowly.'"
action wash by p: person
  needs p.fed and not p.washed
  takes 20 s
  at end
    p.washed
  told "{p} wash{p.es} up."
rule done for p: person
  when p.washed and p = ada
  then p.alive
  told "The day can begin."
at 0 s
  told "A bell rings."
person ada "Ada"
  intends ada.wash
  wants ada.fed weight 3
  wants ada.washed weight 3
person ben "Ben"
  wants ben.fed weight 1 while ada.washed
`);

const options = { seed: 1, changes: [], jitter: 0, as: -1, verify: false } as const;
const why = (line: string, given: Partial<Parameters<typeof whyRun>[2]> = {}) => {
  const answer = whyRun(story, take(story.readWhy(line)), { ...options, ...given });
  if (!answer.found) throw new Error("it is told, so it was");
  return answer;
};

describe("a line that was told", () => {
  const eats = why("ada.eat").tree;

  it("is found by its words, however they are quoted, and whatever time it took", () => {
    expect(eats.begun).toMatch(/^day 1 08:00:\d\d$/);
    expect(eats.begun).not.toBe(eats.clock);
    for (const line of [
      "Ada eats, “slowly.”",
      'ada eats, "slowly."',
      `${eats.begun}  Ada eats, “slowly.”`,
    ]) {
      expect(why(line).tree).toEqual(eats);
    }
    expect(why("The day can begin.").tree.what).toBe("ada.done");
  });

  it("is found by the time at which it is told, not by that at which it was done", () => {
    const washes = why("ada.wash").tree;
    expect(why(washes.begun ?? "").tree).toEqual(washes);
    expect(() => why(eats.clock)).toThrow(/FAB6006|nothing in this run/);
  });

  it("is found through the eyes of whoever it was told to", () => {
    expect(why("You wash up.", { as: 1 }).tree.what).toBe("ada.wash");
    expect(why("You wash up.").tree.what).toBe("ada.wash");
  });

  it("can be put to the test, where other runs can be asked for it", () => {
    const { verified } = why("Ada washes up.", { verify: true });
    expect(verified?.map((one) => one.without)).toContain("forbid ada.eat");
    expect(() => why("A bell rings.", { verify: true })).toThrow("cannot be asked of other runs");
    expect(why("A bell rings.").tree.text).toBe("A bell rings.");
  });

  it("is refused where nothing is told so, or several things are told then", () => {
    expect(() => why("Ada dances all night.")).toThrow("nothing in this run is told");
    expect(() => why("08:00")).toThrow("more than one thing is told");
    expect(story.readWhy("ada.dance").ok).toBe(false);
  });

  it("has its time in a what-if too", () => {
    const { followed } = whatIf(story, take(story.readChanges(["forbid ada.wash"])), options);
    const washes = followed.find(({ what }) => what === "ada.wash");
    expect(washes?.begun).toBe(why("ada.wash").tree.begun);
  });
});
