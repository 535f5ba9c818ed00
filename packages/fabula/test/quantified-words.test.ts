/** What holds of some, every or no thing reads as a clause and not as "it is so". */
import { createEnglish, ReplayedState } from "@fabula/telling";
import { describe, expect, it } from "vitest";
import { openText, take } from "./small-world.js";

const story = openText(`story crowd "Crowd"
begins day 1 08:00
ends after 1 min
unit s of time
unit min = 60 s
type thing
type person is thing
  loyal: boolean = true
    said as "{self} {self.are} loyal"
    unsaid as "{self} {self.are} ready for mutiny"
  jailed: boolean
    said as "{self} {self.are} in irons"
  trusts(other: person): boolean
type captain is person
mind of p: person
  able means true
person anna "Anna"
captain carl "Carl"
`);

describe("a quantified claim in words", () => {
  const simulation = story.begin({ seed: 1, changes: [], jitter: 0 }).run();
  const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  const scene = { at: 0, speaker: -1, hearer: -1, said: false };
  const cases: readonly (readonly [claim: string, said: string, unsaid: string])[] = [
    ["some p: person where p.jailed", "somebody is in irons", "nobody is in irons"],
    [
      "some p: person where not p.loyal and not p.jailed",
      "somebody is ready for mutiny and that person is not in irons",
      "it is not so that somebody is ready for mutiny and that person is not in irons",
    ],
    ["no c: captain where c.jailed", "no captain is in irons", "some captain is in irons"],
    [
      "every p: person where not p.loyal has p.jailed",
      "if somebody is ready for mutiny, that person is in irons",
      "it is not so that if somebody is ready for mutiny, that person is in irons",
    ],
    ["every p: person has p.loyal", "everybody is loyal", "it is not so that everybody is loyal"],
    [
      "every p: person has not p.jailed",
      "nobody is in irons",
      "it is not so that nobody is in irons",
    ],
    [
      "no p: person where anna believes p.jailed",
      "it is not so that Anna believes that somebody is in irons",
      "Anna believes that somebody is in irons",
    ],
  ];
  for (const [claim, said, unsaid] of cases) {
    it(claim, () => {
      const { question } = take(story.readQuestion(claim));
      const expr = question.kind === "value" ? question.expr : -1;
      expect(english.claims.clause(expr, true, scene)).toBe(said);
      expect(english.claims.clause(expr, false, scene)).toBe(unsaid);
      expect(english.claims.question(expr, scene)).toBe(`is it so that ${said}`);
    });
  }
});
