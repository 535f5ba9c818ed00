import { canBranch, createSimulation, judge, judgeBranches } from "@fabula/engine";
import { engine, tallySeeds, testCasesOf } from "@fabula/lab";
import type { World } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { openText } from "./small-world.js";

/** Two who see to bells, by choice, with chance in it; changes of every kind that come late. */
const watch = openText(`story watch "The watch"
begins day 1 08:00
ends after 2 min
unit s of time
unit min = 60 s
unit % = 0.01
type world
type thing
type bell is thing
  wait: number 1 .. 90 = 10 .. 80
  rung: boolean
  oiled: boolean
  colour: text = "grey"
type person
  strength: quantity 0 .. 100 = 100
  doings: number 0 .. 100 = 0
  wants b.oiled weight 2 for b: bell
mind of p: person
  able means p.strength > 10
  pause means 2 s
  lull means 4 s
world has
  seconds: quantity 0 .. 1000 = 0
  alarmed: boolean
process ticks for w: world
  while seconds < 1000
  seconds rises by 1 per s
process tires for p: person
  while p.strength > 0
  p.strength falls by p.doings * 10 per min
rule rings for b: bell
  when seconds > b.wait
  then
    b.rung
    with chance 40%
      not b.oiled
  told "{b} rings."
rule alarm for w: world
  when one_bell.rung and two_bell.rung
  then alarmed
  told "Everybody wakes."
action oil(b: bell) by p: person
  needs p.strength > 10 and not b.oiled
  takes 3 s .. 9 s
  at end
    p.doings rises by 1
    with chance 60%
      b.oiled
  told "{p} oils {b}."
reflex jumps by p: person
  when alarmed and p.strength > 20 and p.doings > 0
  score 2
  do p.rest
action rest by p: person
  takes 5 s
  comes to mind when false
  at end
    p.doings = 0
bell one_bell "the first bell"
bell two_bell "the second bell"
bell far_bell "the far bell"
person ada "Ada"
  believes not one_bell.oiled
person ben "Ben"

expect D1 "they oil it"
  ada.oil(one_bell)
  ada.strength < 100 at 30 s
whatif X1 "at a time"
  set two_bell.wait = 90 at 45 s
  expect never alarmed until 60 s
  expect ada.strength > 50 at 30 s
whatif X2 "at something that happens"
  make ben.rest at one_bell.rings
  expect ben.rest before two_bell.rings
whatif X3 "at a condition"
  set ada.strength = 5 at far_bell.oiled
  expect ada.strength < 6
whatif X4 "forbidden"
  forbid ada.oil(two_bell)
  expect never ada.oil(two_bell)
whatif X5 "forbidden by reflex alone"
  forbid ben.rest
  expect never ben.rest
whatif X6 "never comes"
  set ben.strength = 1 at ben.strength > 100
  expect alarmed
whatif X7 "two, the second first"
  set ben.strength = 11 at 100 s
  set ada.strength = 11 at 20 s
  expect ada.strength < 12
whatif X8 "another time, against the run as it is"
  set two_bell.wait = 90 at 5 s
  expect two_bell.rings later by 1 s
whatif X9 "at once"
  set two_bell.oiled
  expect alarmed
whatif X10 "at once, by its condition"
  set ada.strength = 50 at ada.strength > 10
  expect ada.strength < 60
control C1 "colours, late"
  set far_bell.colour = "red" at 50 s
  may change far_bell.colour
control C2 "no control at all"
  set far_bell.wait = 90 at 9 s
  may change far_bell.colour
`).world;

describe("runs that begin alike", () => {
  it("are, with their beginning shared, the runs they are alone, to the byte", () => {
    let shared = 0;
    let apart = 0;
    for (let seed = 1; seed <= 4; seed += 1) {
      const found = branchesOf(watch, seed);
      shared += found.shared;
      apart += found.apart;
    }
    expect(shared).toBeGreaterThan(20);
    expect(apart).toBeGreaterThanOrEqual(4);
  });

  it("give the same answers in tests of stories", () => {
    const cases = testCasesOf(watch, { runs: 3, jitter: 0 });
    const alone = tallySeeds({ judge: engine.judge }, watch, cases, { from: 1, to: 4 }, 0);
    const shared = tallySeeds(engine, watch, cases, { from: 1, to: 4 }, 0);
    expect(shared).toEqual(alone);
    const heldOf = (id: string) => shared[cases.findIndex((one) => one.id === id)]?.held;
    expect(heldOf("C1")).toBe(3);
    expect(heldOf("C2")).toBeLessThan(3);
  });
});

/** Plays every what-if that may share a beginning both ways, and compares. */
function branchesOf(world: World, seed: number): { shared: number; apart: number } {
  const { expects, whatifs } = world.story;
  const conditions = expects.flatMap((one) => one.conditions);
  const branches = whatifs
    .map(({ changes, expects }) => {
      const conditions = expects.flatMap((one) => one.conditions);
      return { changes, conditions, toEnd: true };
    })
    .filter(canBranch);
  const alone = [{ changes: [], conditions }, ...branches].map((one) => {
    const simulation = createSimulation({ world, seed, changes: one.changes });
    const answers = judge(simulation, one.conditions, { toEnd: true });
    return { answers, hash: simulation.chronicle.hash() };
  });
  let missing: readonly number[] = [];
  const seen = new Set<number>();
  judgeBranches({ world, seed }, conditions, branches, {
    base: (simulation, answers, apart) => {
      missing = apart;
      expect({ answers, hash: simulation.chronicle.hash() }).toEqual(alone[0]);
    },
    branch: (index, simulation, answers) => {
      seen.add(index);
      expect(simulation.diagnostics).toEqual([]);
      expect({ answers, hash: simulation.chronicle.hash() }).toEqual(alone[index + 1]);
    },
  });
  expect(seen.size + missing.length).toBe(branches.length);
  return { shared: seen.size, apart: missing.length };
}
