/** What is said of what never came to be: who weighed it, and what stood in the way. */
import { describe, expect, it } from "vitest";
import { whyRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** Two at a well, who want different things of one cup. */
const well = `story well "The well"
begins day 1 08:00
ends after 10 min
unit s of time
unit min = 60 s
type place
type thing
  at: place
type cup is thing
  full: boolean = true
    said as "{self} {self.are} full"
  broken: boolean
type person is thing
  alive: boolean = true
  dry: boolean
  strong: boolean
  neat: boolean
mind of p: person
  able means p.alive
  pause means 1 s
  floor means 0.1
place yard "the yard"
place far "the far field"

action drink(c: cup) by p: person
  needs p.at = c.at and c.full
  takes 2 s
  at end
    not c.full
    not p.dry
  seen when observer.at = p.at
  said as "drink from {c}"
  told "{p} drinks from {c}."
action spill(c: cup) by p: person
  needs p.at = c.at and c.full
  takes 2 s
  at end
    not c.full
  seen when observer.at = p.at
  said as "spill {c}"
  told "{p} spills {c}."
action smash(c: cup) by p: person
  needs p.at = c.at and p.strong
  at end
    c.broken
  seen when observer.at = p.at
  said as "smash {c}"
  told "{p} smashes {c}."
action sing by p: person
  needs p.alive
  comes to mind when not p.dry
  takes 2 s
  said as "sing"
  told "{p} sings."

person mara "Mara"
  at = yard
  dry
  wants not dry weight 5
  wants bowl.full weight 2 while neat
person tomas "Tomas"
  at = far
cup bowl "the bowl"
  at = yard
`;

const story = openText(well);

function never(question: string, changes: readonly string[] = [], of = story): readonly string[] {
  const answer = whyRun(of, take(of.readQuestion(question)), {
    seed: 1,
    changes: take(of.readChanges(changes)),
    jitter: 0,
    as: -1,
    verify: false,
  });
  if (answer.found) throw new Error(`it came to be: ${answer.tree.text}`);
  expect(answer.unknown).toBe(false);
  return answer.hindered;
}

describe("why something was so at a moment", () => {
  it("tells what ended it where it was not so any more", () => {
    expect(never("bowl.full at end")).toEqual([
      expect.stringMatching(/^It was so until day 1 08:00:0\d: Mara drinks from the bowl\.$/),
    ]);
    expect(never("bowl.full at mara.drink(bowl)")).toEqual(never("bowl.full at end"));
  });

  it("tells by what it last came to be so before", () => {
    const textOf = (question: string): string => {
      const asked = take(story.readQuestion(question));
      const options = { seed: 1, changes: [], jitter: 0, as: -1, verify: false };
      const answer = whyRun(story, asked, options);
      return answer.found ? answer.tree.text : "";
    };
    expect(textOf("not bowl.full at end")).toBe("Mara drinks from the bowl.");
    expect(textOf("bowl.full at start")).toBe("So things stood at the beginning.");
    expect(textOf("bowl.full at 1 s")).toBe("So things stood at the beginning.");
  });

  it("says that the moment never came, and refuses what is said of a whole run", () => {
    expect(never("bowl.full at mara.smash(bowl)")).toEqual([
      "The moment never came.",
      expect.stringContaining("`mara.strong`"),
    ]);
    expect(() => never("always bowl.full")).toThrow(/FAB6005|whole run/);
  });
});

describe("why something never came to be", () => {
  it("tells who weighed it, what it was worth to them, and what they chose", () => {
    const [said, ...more] = never("mara.spill(bowl)");
    expect(more).toEqual([]);
    expect(said).toMatch(
      /^Mara weighed once whether to spill the bowl, at day 1 08:00:0\d: \+0.00/,
    );
    expect(said).toContain("nothing that Mara wants would come of it");
    expect(said).toContain("Mara chose to drink from the bowl (+5.00)");
  });

  it("tells what an act needs that was not so for who could have done it", () => {
    expect(never("tomas.drink(bowl)")).toEqual([
      "It never came to Tomas’s mind: it needs `tomas.at = bowl.at`, not so for Tomas at the beginning nor at the end.",
    ]);
    expect(never("mara.smash(any)")).toEqual([
      "It never came to Mara’s mind: it needs `mara.strong`, not so for Mara at the beginning nor at the end.",
    ]);
  });

  it("says of who plans one deed alone that they do", () => {
    const short = openText(well.replace("floor means 0.1", "floor means 0.1\n  plans means 1"));
    expect(never("mara.smash(any)", [], short)).toEqual([
      expect.stringMatching(/nor at the end\. Mara plans one deed, no further\.$/),
    ]);
  });

  it("finds the acts that would make a condition so, and asks that of each", () => {
    expect(never("bowl.broken").map((one) => /`.*?`/.exec(one)?.[0])).toEqual([
      "`mara.strong`",
      "`tomas.at = bowl.at`",
    ]);
    expect(never("tomas.strong")).toEqual([]);
  });

  it("tells what was weighed and came to nothing, though no choice speaks of it", () => {
    const [said, ...more] = never("mara.spill(bowl)", ["forbid mara.drink(bowl)", "set mara.neat"]);
    expect(more).toEqual([]);
    expect(said).toMatch(
      /^Mara weighed \d+ times whether to spill the bowl, at best at day 1 08:00:00: −2.00; −2.00 that the bowl is full; nothing seemed worth it\.$/,
    );
  });

  it("follows the changes of the run it is asked of", () => {
    const [said] = never("mara.drink(bowl)", ["set not bowl.full"]);
    expect(said).toContain("it needs `bowl.full`");
    const [kept] = never("mara.sing", ["forbid mara.drink(bowl)"]);
    expect(kept).toContain("`not mara.dry`");
  });
});
