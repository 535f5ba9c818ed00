/** What takes two is weighed by the other, and a no is heard. */
import { describe, expect, it } from "vitest";
import { createWords } from "../src/index.js";
import { openText, take } from "./small-world.js";

const hall = `story dance "The dance"
begins day 1 20:00
ends after 2 min
unit s of time
unit min = 60 s
type place
type thing
type person is thing
  at: place
  danced: boolean
  merry: boolean
mind of p: person
  able means true
  pause means 1 s
  floor means 0.1
place hall "the hall"

action dance(other: person) by p: person with other
  needs p.at = other.at and p != other and not p.danced
  takes 5 s
  at end
    p.danced
    other.danced
  seen when observer.at = p.at
  said as "dance with {other}"
  told "{p} dances with {other}."

person ann "Ann"
  at = hall
  wants danced weight 5
person ben "Ben"
  at = hall
  wants ben.merry and ben.danced or not ben.merry and not ben.danced weight 9
`;

function decisions(changes: readonly string[] = []): string[] {
  const story = openText(hall);
  const simulation = story.begin({ seed: 1, changes: take(story.readChanges(changes)), jitter: 0 });
  simulation.run();
  const { chronicle } = simulation;
  const words = createWords(simulation);
  return Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id))
    .filter(({ kind }) => kind === "decision")
    .map((one) => words.sentence(one));
}

describe("what takes two", () => {
  it("CHOICE-4 is tried again a few times where the other will not, and then no more", () => {
    const made = decisions();
    const refused = made.filter((text) => text === "Ben refuses to let Ann dance with Ben.");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(10);
    expect(made.filter((text) => text === "Ann decides to dance with Ben.")).toHaveLength(
      refused.length,
    );
  });

  it("CHOICE-3 is done where the other wants it too", () => {
    const made = decisions(["set ben.merry"]);
    expect(made).toContain("Ben agrees to let Ann dance with Ben.");
    expect(made.filter((text) => text.includes("refuses"))).toEqual([]);
  });
});
