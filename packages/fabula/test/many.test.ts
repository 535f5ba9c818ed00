import { isTrue } from "@fabula/engine";
import { describe, expect, it } from "vitest";
import { readStory } from "../src/index.js";

/** As many lamps as are wanted, and one by itself. How high they hang everybody knows. */
const story = (lamps: number) => `story street "A street"
ends after 1 s
unit s of time
type person
type lamp
  height: number 0 .. 9 = 3
lamp row "a lamp" times ${lamps}
lamp last "the last lamp"
  height = 5
person ana "Ana"
mind of p: person
  able means true
`;

describe("among many", () => {
  it.each([10, 60_000])("everybody knows to begin with what everybody knows of %i", (lamps) => {
    const read = readStory({ name: "street.fabula", text: story(lamps) }, () => []);
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics, null, 1));
    const question = read.value.readQuestion("ana believes last.height > 4");
    if (!question.ok) throw new Error(JSON.stringify(question.diagnostics, null, 1));
    const asked = question.value.question;
    if (asked.kind === "timed") throw new Error("asked of one moment");
    const simulation = read.value.begin({ seed: 1, changes: [], jitter: 0 });
    simulation.begin();
    expect(isTrue(simulation.evaluate(asked.expr))).toBe(true);
  });
});
