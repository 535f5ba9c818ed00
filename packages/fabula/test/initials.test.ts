/** What things of a type start with, said in the block of the type. */
import { describe, expect, it } from "vitest";
import { askRun, type OpenedStory } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** Wolves of three kinds, one of whom comes to be at 2 min; somebody far away, and two doors. */
const woods = (more = "") => `story woods "The woods"
begins day 1 08:00
ends after 4 min

unit s of time
unit min = 60 s

type thing
type place is thing
type torch is thing
type creature is thing
  at: place
  weight: number 0 .. 100 = 1 .. 2
  tame: boolean
    seen when observer.at = self.at
  fear(of_what: thing): number 0 .. 1 = 0.5
  greeted: number 0 .. 9 = 0
type wolf is creature
  weight = 20 .. 40
  fear(flame) = 0.9
type winter_wolf is wolf
  tame
  weight = 70
type person is creature
  safe: boolean
  let_in: creature
  wants safe weight 5

mind of p: person
  able means true

action open_to(guest: creature) by p: person
  needs p.let_in = unknown and not (guest is person)
  takes 5 s
  at end
    p.let_in = guest
    if guest.tame
      p.safe
rule greets for c: creature
  when c.tame and c.weight > 60
  then c.greeted rises by 1

place den "the den"
place hut "the hut"
torch flame
wolf grey "the grey wolf"
  at = den
winter_wolf white "the white wolf"
  at = den
winter_wolf wild "the wild wolf"
  at = den
  not tame
person anna "Anna"
  at = hut
at 2 min
  create winter_wolf cub "the cub"
    at = den
${more}`;

function startOf(story: OpenedStory, question: string, seed = 1): string {
  const at = Number.POSITIVE_INFINITY;
  const read = take(story.readQuestion(question));
  return askRun(story, read, { seed, changes: [], jitter: 0, at, as: -1 }).text;
}

describe("facts in the block of a type", () => {
  it("are what each of it starts with; what is nearer counts more", () => {
    const story = openText(woods());
    expect(startOf(story, "white.weight")).toBe("70");
    expect(startOf(story, "white.tame")).toBe("yes");
    expect(startOf(story, "grey.tame")).toBe("no");
    expect(startOf(story, "wild.tame")).toBe("no");
    expect(startOf(story, "wild.fear(flame)")).toBe("0.9");
    expect(startOf(story, "wild.fear(den)")).toBe("0.5");
    expect(startOf(story, "anna.fear(flame)")).toBe("0.5");
    const grey = Number(startOf(story, "grey.weight"));
    expect(grey).toBeGreaterThanOrEqual(20);
    expect(grey).toBeLessThanOrEqual(40);
  });

  it("hold of who comes to be later", () => {
    const story = openText(woods());
    expect(startOf(story, "some c: winter_wolf where c != white and c.tame")).toBe("yes");
    expect(startOf(story, "sum of c.weight for c: winter_wolf")).toBe("210");
  });

  it("set off what waits for them", () => {
    const story = openText(woods());
    expect(startOf(story, "white.greeted")).toBe("1");
    expect(startOf(story, "sum of c.greeted for c: creature")).toBe("2");
  });

  it("draw nothing anew for others", () => {
    const weights = (text: string) =>
      [1, 2, 3].map((seed) => startOf(openText(text), "anna.weight", seed));
    expect(weights(woods("wolf has\n  weight = 3 .. 4\n"))).toEqual(weights(woods()));
    expect(new Set(weights(woods())).size).toBe(3);
  });

  it("can be said again by a text that uses the type", () => {
    const story = openText(woods("winter_wolf has\n  weight = 50\ncreature has\n  tame\n"));
    expect(startOf(story, "white.weight")).toBe("50");
    expect(startOf(story, "grey.tame")).toBe("yes");
    expect(startOf(story, "wild.tame")).toBe("no");
  });

  it("are what a person reckons with who was told nothing", () => {
    const letIn = (text: string) => startOf(openText(text), "anna.let_in");
    expect(letIn(woods())).toBe("white");
    const wild = "winter_wolf has\n  not tame\n";
    expect(letIn(woods(wild))).toBe("none");
    const hound = "type hound is creature\n  tame\nhound rex\n  at = den\n";
    expect(letIn(woods(`${wild}${hound}`))).toBe("rex");
  });
});
