import { expect, it } from "vitest";
import { whyRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** A row of houses that dry one after the other; one spark takes all that are dry. */
const text = `story row "The row"
begins day 1 12:00
unit s of time
unit min = 60 s
ends after 30 min
type world
type house
house has
  slow: number 1 .. 20
  dry: boolean
  ash: boolean
world has
  minutes: quantity 0 .. 100 = 0
  sparked: boolean
process ticks for w: world
  while minutes < 100
  minutes rises by 1 per min
rule dries for h: house
  when minutes >= h.slow and not h.dry
  then h.dry
rule burns for w: world
  when sparked
  then
    every h: house where h.dry
      h.ash
at 25 min
  sparked
${[1, 2, 3, 4, 5].map((n) => `house house_${n} "the house"\n  slow = ${3 * n}`).join("\n")}
`;

it("puts what befell the one asked about before what befell the others", () => {
  const story = openText(text);
  for (const name of ["house_2", "house_5"]) {
    const asked = take(story.readQuestion(`${name}.ash`));
    const answer = whyRun(story, asked, { seed: 1, changes: [], jitter: 0, as: -1, verify: false });
    if (!answer.found) throw new Error(`${name} never burns`);
    const dried = answer.tree.causes.filter((cause) => cause.what.endsWith(".dries"));
    expect(dried).toHaveLength(5);
    expect(dried[0]?.what).toBe(`${name}.dries`);
    // Which of the like it was is said, and that they are alike.
    expect(new Set(dried.map((cause) => cause.series)).size).toBe(1);
    expect(new Set(dried.map((cause) => cause.text)).size).toBe(5);
  }
});
