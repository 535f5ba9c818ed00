/** Things that share a title are told apart where they could be taken for one another. */
import { createEnglish, planThrough, ReplayedState, tellStory } from "@fabula/telling";
import { describe, expect, it } from "vitest";
import { createWords, deedTexts, playedAs, whatIf } from "../src/index.js";
import { openText, take } from "./small-world.js";

const text = (guests: number) => `story party "Party"
begins day 1 08:00
ends after 1 min
unit s of time
unit min = 60 s
type thing
  alive: boolean = true
type person is thing
type crumb is thing
mind of p: person
  able means p.alive
action shove(other: person) by p: person
  needs other != p
  takes 1 s
  said as "shove {other}"
  told "{p} shove{p.s} {other}, and {other} laugh{other.s}."
at 1 s
  do guest_3.shove(guest_2)
at 2 s
  do guest_2.shove(mara)
at 3 s
  do guest_1.shove(mara)
rule falls_apart for g: person
  when g = mara
  then
    create crumb one
    create crumb two
rule drops for c: crumb
  when c.alive
  then not c.alive
person guest "a guest" times ${guests}
person mara "Mara"
`;

const options = { seed: 1, changes: [], jitter: 0 };
const few = openText(text(3));

function textsOf(apart?: "few" | "all", story = few): string[] {
  const { chronicle, world } = story.begin(options).run();
  const reading = new ReplayedState(world, chronicle);
  const plan = { ...planThrough(reading, -1), ...(apart === undefined ? {} : { apart }) };
  return tellStory(reading, plan).passages.map((one) => one.text);
}

describe("things that share a title", () => {
  it("are another one in one sentence of prose, and numbered where few are told apart", () => {
    expect(textsOf()).toEqual([
      "A guest shoves another guest, and another guest laughs.",
      "A guest shoves Mara, and Mara laughs.",
      "Another guest shoves Mara, and Mara laughs.",
    ]);
    expect(textsOf("few")).toEqual([
      "A third guest shoves a second guest, and a second guest laughs.",
      "A second guest shoves Mara, and Mara laughs.",
      "A guest shoves Mara, and Mara laughs.",
    ]);
    expect(textsOf("few", openText(text(40)))[0]).toBe(textsOf()[0]);
    expect(textsOf("all", openText(text(40)))[0]).toBe(textsOf("few")[0]);
  });

  it("are told apart among what can be chosen, and in what is chosen", () => {
    const mara = few.world.entities.find(({ name }) => name === "mara")?.id ?? -1;
    const { options: deeds } = playedAs(few, options, mara, []);
    const texts = deeds.map((one) => one.text);
    expect(new Set(texts).size).toBe(texts.length);
    const simulation = few.begin(options).run();
    const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
    const scene = { at: 0, speaker: -1, hearer: -1, said: false, you: mara };
    const shove = (name: string) => {
      const { question } = take(few.readQuestion(`mara intends mara.shove(${name})`));
      const node = few.world.expressions.get(question.kind === "value" ? question.expr : -1);
      return "args" in node ? (node.args[1] as number) : -1;
    };
    const guests = ["guest_1", "guest_2", "guest_3"].map(shove);
    expect(deedTexts(english, guests, scene)).toEqual([
      "shove a guest",
      "shove a second guest",
      "shove a third guest",
    ]);
  });

  it("that come to be are numbered in one run, and not where two runs are compared", () => {
    const simulation = few.begin(options).run();
    const { chronicle } = simulation;
    const drops = Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id)).filter(
      (one) => one.kind === "rule" && createWords(simulation).label(one).endsWith("drops"),
    );
    expect(drops.map((one) => createWords(simulation).sentence(one))).toEqual([
      "The crumb: drops.",
      "The second crumb: drops.",
    ]);
    expect(drops.map((one) => createWords(simulation).label(one))).toEqual([
      "crumb.drops",
      "crumb.drops",
    ]);
    const changes = take(few.readChanges(["switch off drops"]));
    const { followed } = whatIf(few, changes, options);
    expect(followed.map((one) => one.text)).toEqual(["The crumb: drops.", "The crumb: drops."]);
    const persons = whatIf(few, take(few.readChanges(["forbid guest_3.shove"])), options).persons;
    expect(persons.map((one) => one.name)).toEqual([...new Set(persons.map((one) => one.name))]);
  });
});
