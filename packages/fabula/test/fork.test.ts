import { describe, expect, it } from "vitest";
import { readStory } from "../src/index.js";

/** After a minute a crack is there that was not; who sees it fears for the dam. */
const story = `story dam "The dam"
ends after 3 min
unit s of time
unit min = 60 s
type person
  at_dam: boolean = true
  fear: number 0 .. 1 = 0
type crack
  wide: boolean
    seen when observer.at_dam
  seen when observer.at_dam
type dam
  whole: boolean = true
  noise: number 0 .. 10 = 0
    seen when observer.at_dam
dam wall "the wall"
person ana "Ana"
person ben "Ben"
mind of p: person
  able means true
  when outlook changes by change
    p.fear rises by 0 - change
person has
  wants wall.whole weight 4
expectation breaks(c: crack) by p: person
  when c.wide
  then not wall.whole
rule gives for d: dam
  when d.noise > 5
  then
    create crack new_crack
      wide
at 45 s
  wall.noise = 2
at 1 min
  wall.noise = 6
at 2 min
  wall.noise = 7
`;

describe("a fork that is dropped", () => {
  it("leaves no trace in what people make of things that came to be in it", () => {
    const read = readStory({ name: "dam.fabula", text: story }, () => []);
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics, null, 1));
    const begin = () => read.value.begin({ seed: 1, changes: [], jitter: 0 });
    const plain = begin();
    plain.runUntil(Number.POSITIVE_INFINITY);
    const forked = begin();
    forked.runUntil(forked.now + 30_000);
    const fork = forked.fork();
    forked.runUntil(Number.POSITIVE_INFINITY);
    fork.drop();
    forked.runUntil(Number.POSITIVE_INFINITY);
    expect(plain.chronicle.hash()).toBe(forked.chronicle.hash());
    const fear = read.value.world.fluents.find((one) => one.name === "fear")?.id;
    const afraid = Array.from({ length: plain.chronicle.count }, (_, id) => plain.chronicle.get(id))
      .flatMap((one) => one.writes)
      .filter((write) => write.fluent === fear);
    expect(afraid.length).toBeGreaterThan(0);
  });
});
