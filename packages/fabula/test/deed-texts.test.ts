/** Deeds that read alike are told apart by what their words leave out. */
import { createEnglish, ReplayedState } from "@fabula/telling";
import { expect, it } from "vitest";
import { deedTexts } from "../src/index.js";
import { openText, take } from "./small-world.js";

const story = openText(`story crowd "Crowd"
begins day 1 08:00
ends after 1 min
unit s of time
unit min = 60 s
type thing
type place is thing
type person is thing
  alive: boolean = true
mind of p: person
  able means p.alive
action stay(other: person) by p: person
  needs other != p
  said as "promise to stay"
action hold_for(other: person, where: place) by p: person
  said as "hold still for {other}"
action wave(other: person) by p: person
  needs other != p
  said as "wave to {other}"
person anna "Anna"
person ben "Ben"
person carl "the guard"
place hall "the hall"
place yard "the yard"
`);

it("names whom it is about where two would read the same", () => {
  const simulation = story.begin({ seed: 1, changes: [], jitter: 0 }).run();
  const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  const you = simulation.world.entities.find(({ name }) => name === "anna")?.id ?? -1;
  const scene = { at: 0, speaker: -1, hearer: -1, said: false, you };
  const texts = (...deeds: string[]) => {
    const ids = deeds.map((deed) => {
      const { question } = take(story.readQuestion(`anna intends ${deed}`));
      const asked = question.kind === "value" ? question.expr : -1;
      const node = story.world.expressions.get(asked);
      return "args" in node ? (node.args[1] as number) : -1;
    });
    return deedTexts(english, ids, scene);
  };
  expect(texts("anna.stay(ben)", "anna.stay(carl)", "anna.wave(ben)")).toEqual([
    "promise to stay (Ben)",
    "promise to stay (the guard)",
    "wave to Ben",
  ]);
  expect(texts("anna.hold_for(anna, hall)", "anna.hold_for(anna, yard)")).toEqual([
    "hold still for you (the hall)",
    "hold still for you (the yard)",
  ]);
  expect(texts("anna.stay(ben)", "anna.wave(carl)")).toEqual([
    "promise to stay",
    "wave to the guard",
  ]);
});
