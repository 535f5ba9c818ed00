/** What is weighed names whom a want is about, where it is about one more than about all others. */
import { expect, it } from "vitest";
import { whyRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** Three by a well; who has the cup may hand it to one, or pour it out for all. */
const well = (pours: boolean) => `story well "The well"
begins day 1 12:00
unit s of time
unit min = 60 s
ends after 1 min
type person
  thirsty: boolean = true
    said as "{self} {self.are} thirsty"
    unsaid as "{self} {self.have} drunk"
  has_cup: boolean
  dear(other: person): number 0 .. 1 = 0.2
person has
  wants not other.thirsty weight 4 * dear(other) for other: person where other != self
mind of p: person
  able means true
action give_to(other: person) by p: person
  needs p.has_cup and other != p and other.thirsty
  at end
    not p.has_cup
    not other.thirsty
action pour_out by p: person
  needs p.has_cup and ${pours}
  at end
    not p.has_cup
    every other: person
      not other.thirsty
person ana "Ana"
  has_cup
  dear(caro) = 0.5
person ben "Ben"
person caro "Caro"
person dora "Dora"
person enzo "Enzo"
`;

function reasonOf(text: string): string {
  const story = openText(text);
  const asked = take(story.readQuestion("not ana.has_cup"));
  const answer = whyRun(story, asked, { seed: 1, changes: [], jitter: 0, as: -1, verify: false });
  if (!answer.found) throw new Error("she keeps it");
  const all = [
    answer.tree,
    ...answer.tree.causes,
    ...answer.tree.causes.flatMap((one) => one.causes),
  ];
  return all.map((one) => one.weighed ?? "").join(" ");
}

it("says who, of many a want could be about", () => {
  expect(reasonOf(well(false))).toContain("Ana hopes that Caro has drunk");
});

it("names nobody where it is about several alike", () => {
  expect(reasonOf(well(true))).toContain("Ana hopes that another person has drunk");
});
