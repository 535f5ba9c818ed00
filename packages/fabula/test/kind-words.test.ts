/** That something is of a kind, as a clause. */
import { createEnglish, ReplayedState } from "@fabula/telling";
import { expect, it } from "vitest";
import { openText, take } from "./small-world.js";

const story = openText(`story kinds "Kinds"
begins day 1 08:00
ends after 1 min
unit s of time
unit min = 60 s
type thing
type person is thing
type oath is thing
person anna "Anna"
oath vow "the oath"
oath first "the first oath"
`);

it.each([
  ["anna", "Anna is an oath", "Anna is not an oath", "is Anna an oath"],
  ["vow", "there is an oath", "there is no oath", "is there an oath"],
  [
    "first",
    "the first oath is an oath",
    "the first oath is not an oath",
    "is the first oath an oath",
  ],
])("%s is oath", (name, said, unsaid, asked) => {
  const simulation = story.begin({ seed: 1, changes: [], jitter: 0 }).run();
  const { claims } = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  const { question } = take(story.readQuestion(`${name} is oath`));
  const claim = question.kind === "value" ? question.expr : -1;
  const scene = { at: 0, speaker: -1, hearer: -1, said: false };
  expect(claims.clause(claim, true, scene)).toBe(said);
  expect(claims.clause(claim, false, scene)).toBe(unsaid);
  expect(claims.question(claim, scene)).toBe(asked);
});
