import { describe, expect, it } from "vitest";
import { askRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** Two who wave back at whoever waves. Green calls for a wave and red does not, as all know. */
const text = `story signals "Signals"
begins day 1 08:00
ends after 1 min

unit s of time
unit min = 60 s
type colour is one of red, green
type world
world has
  calls(shown: colour): boolean
facts
  calls(green)
type thing
type flag is thing
  shown: colour = green
    seen
flag banner "the banner"
type person is thing
  waves: number 0 .. 10 = 0
mind of p: person
  able means true
action stretch by p: person
  takes 3 s
  comes to mind when false
  seen
action wave(f: flag) by p: person
  needs p.waves < 3
  comes to mind when false
  takes 2 s
  at end
    p.waves rises by 1
  seen by p
reflex answers(f: flag) by p: person
  when calls(f.shown) and p.waves < 3
  score 1
  do p.wave(f)
person anna "Anna"
`;

describe("reflexes", () => {
  const ask = (story: string, expr: string) => {
    const opened = openText(story);
    const plain = { seed: 1, changes: [], jitter: 0, as: -1, at: Number.POSITIVE_INFINITY };
    return askRun(opened, take(opened.readQuestion(expr)), plain).value;
  };

  it("know the facts of the start, of symbols as well", () => {
    expect(ask(text, "anna.waves > 0")).toBe(true);
    expect(ask(text.replace("shown: colour = green", "shown: colour = red"), "anna.waves")).toBe(0);
  });

  it("answer what came while the hands were full as soon as they are free", () => {
    const busy = text
      .replace("shown: colour = green", "shown: colour = red")
      .concat("at start\n  do anna.stretch\nat 1 s\n  banner.shown = green\n");
    expect(ask(busy, "anna.wave starts after anna.stretch within 1 s")).toBe(true);
  });
});
