import { describe, expect, it } from "vitest";
import { createEnglish, lookAround, playedAs, ReplayedState } from "../src/index.js";
import { openText } from "./small-world.js";

/** Two rooms; what is cold is seen by who is there, what aches is felt, a splinter is found. */
const rooms = openText(`story rooms "Rooms"
begins day 1 08:00
ends after 30 s
unit s of time
unit min = 60 s
unit % = 0.01
type place
type person
  alive: boolean = true
  at: place
  pronoun: gender = she
  cold: boolean
    seen when observer.at = at
    said as "{self} {self.are} cold"
    unsaid as "{self} {self.are} warm"
  ache: quantity 0% .. 100% = 0%
    felt by self
  fond: boolean
    private
type gender is one of she, he
type jar
  at: place
  holder: person
  sealed: boolean
  full: boolean = true
    seen when observer.at = at
type splinter
  bearer: person
  seen when observer = bearer
  deep: boolean
    seen when observer.at = bearer.at
mind of p: person
  able means p.alive
action warm(other: person) by p: person
  needs other.cold and p.at = other.at
  takes 2 s
  at end
    not other.cold
  seen when observer.at = p.at
  told "{p} warm{p.s} {other}."
at 5 s
  cai.cold
place cellar "the cellar"
place attic "the attic"
person ada "Ada"
  at = cellar
  ache = 25%
  wants every p: person where p.alive has not p.cold weight 3
person ben "Ben"
  at = cellar
  cold
person cai "Cai"
  at = attic
  fond
jar honey "the honey"
  at = cellar
  holder = ada
  sealed
  not full
jar salt "the salt"
  at = attic
splinter thorn "the thorn in Ben's heel"
  bearer = ben
  deep
`);

const options = { seed: 1, changes: [], jitter: 0 };
const idOf = (name: string) => rooms.world.entities.find((one) => one.name === name)?.id as number;

function look(name: string, seconds = 0) {
  const simulation = rooms.begin(options);
  simulation.begin();
  if (seconds > 0) simulation.runUntil(simulation.now + seconds * 1000);
  const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
  return lookAround(simulation, english, idOf(name));
}

describe("looking round", () => {
  it("tells how one is, who and what is there, and what is one's own", () => {
    expect(look("ada")).toMatchObject({
      clock: "day 1 08:00:00",
      self: ["You are at the cellar.", "Your ache is 25 %."],
      here: [
        { name: "Ben", notes: ["Ben is cold."] },
        {
          name: "the honey",
          notes: ["The honey’s holder is you.", "The honey is not full.", "The honey is sealed."],
        },
      ],
    });
  });

  it("leaves out what is out of reach of the senses, and what is not known to be there", () => {
    expect(look("ada").here.map(({ name }) => name)).not.toContain("the thorn in Ben’s heel");
    expect(look("ben").here.map(({ name }) => name)).toContain("the thorn in Ben’s heel");
    const cai = look("cai", 8);
    expect(cai.self).toEqual(["You are at the attic.", "You are cold."]);
    expect(cai.here).toEqual([{ name: "the salt", notes: [] }]);
    expect(
      look("ada", 8)
        .here.flatMap(({ notes }) => notes)
        .join(" "),
    ).not.toContain("Cai");
  });

  it("tells what was learned besides, the latest first, and nothing twice", () => {
    const { here, known } = look("ada", 20);
    expect(here[0]).toEqual({ name: "Ben", notes: [] });
    expect(known.map(({ text }) => text)).toEqual(["Ben is warm."]);
  });

  it("changes nothing in the run, and comes with each choice of whoever plays a person", () => {
    const plain = rooms.begin(options).run().chronicle.hash();
    const simulation = rooms.begin(options);
    simulation.begin();
    const english = createEnglish(new ReplayedState(simulation.world, simulation.chronicle));
    do for (const name of ["ada", "ben", "cai"]) lookAround(simulation, english, idOf(name));
    while (simulation.step());
    expect(simulation.chronicle.hash()).toBe(plain);
    const played = playedAs(rooms, options, idOf("ada"), []);
    expect(played.look?.self).toContain("Your ache is 25 %.");
    expect(playedAs(rooms, options, idOf("ada"), [0, 0, 0, 0, 0, 0]).look).toBeUndefined();
  });
});
