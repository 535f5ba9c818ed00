/** That something is of a kind, or is none at all, as a clause. */
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
mind of p: person
  able means false
type oath is thing
  keeper: person
    said as "{value} {value.have} {self}"
  source: oath
person anna "Anna"
oath vow "the oath"
oath first "the first oath"
`);

it.each([
  ["anna", "Anna is an oath", "Anna is not an oath", "is Anna an oath"],
  ["vow", "there is an oath", "there is no oath", "is there an oath"],
  ["first", "the first oath is there", "the first oath is gone", "is the first oath there"],
])("%s is oath", (name, said, unsaid, asked) => {
  expect(wordsOf(`${name} is oath`)).toEqual([said, unsaid, asked]);
});

it.each([
  ["vow.keeper = unknown", "nobody has the oath", "somebody has the oath"],
  ["vow.keeper != unknown", "somebody has the oath", "nobody has the oath"],
  ["vow.source = unknown", "the oath’s source is no oath", "the oath’s source is some oath"],
])("%s", (text, said, unsaid) => {
  expect(wordsOf(text).slice(0, 2)).toEqual([said, unsaid]);
});

/** Said, denied and asked. */
function wordsOf(text: string): string[] {
  const simulation = story.begin({ seed: 1, changes: [], jitter: 0 }).run();
  const { claims } = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  const { question } = take(story.readQuestion(text));
  const claim = question.kind === "value" ? question.expr : -1;
  const scene = { at: 0, speaker: -1, hearer: -1, said: false };
  const clauses = [true, false].map((holds) => claims.clause(claim, holds, scene));
  return [...clauses, claims.question(claim, scene)];
}
