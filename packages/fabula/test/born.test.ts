/** Persons who come to be while the story runs have minds, as long as they are there. */
import { createForgetfulMinds, createSimulation } from "@fabula/engine";
import { describe, expect, it } from "vitest";
import { askRun, type OpenedStory } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** A gate and a yard; who is there wants to be at the gate, to have shouted, and says what they saw. */
const story = (rest: string) => `story guard "The guard"
begins day 1 08:00
ends after 6 min

unit s of time
unit min = 60 s

type place
type person
  at: place
    seen when observer.at = self.at
  shouted: boolean
    heard when observer.at = self.at
  startled: boolean
    seen when observer.at = self.at
  knack(with_what: place): number 0 .. 1 = 0.5
  wants shouted weight 1
  wants at = gate weight 2
type child is person
  wants not shouted weight 5

mind of p: person
  able means true
  together(other: person) means p.at = other.at

action shout by p: person
  needs not p.shouted
  takes 1 s
  at end
    p.shouted
  heard when observer.at = p.at
  told "{p} shout{p.s}."
action go_to(x: place) by p: person
  needs p.at != x
  takes 5 s
  at end
    p.at = x
  seen when observer.at = p.at
  told "{p} go{p.es} to {x}."
action start_at(other: person) by p: person
  needs not p.startled and other != p
  takes 0 s
  at end
    p.startled

reflex starts(other: person) by p: person
  when other.shouted and not p.startled and other != p
  score 1
  do p.start_at(other)

place yard "the yard"
place gate "the gate"
person anna "Anna"
  at = yard
${rest}`;

const recruits = story(`
at 1 min
  create person recruit "a recruit"
    at = yard
    knack(gate) = 0.9
at 2 min
  create child small
    at = gate
`);

function play(opened: OpenedStory) {
  const simulation = opened.begin({ seed: 1, changes: [], jitter: 0 });
  simulation.run();
  return simulation;
}

/** `MINUTE: WHO WHAT` of each act that ended; who is a birth number. */
function acts({ chronicle, world }: ReturnType<typeof play>): string[] {
  const found: string[] = [];
  for (let id = 0; id < chronicle.count; id++) {
    const { kind, args, schema, time } = chronicle.get(id);
    if (kind !== "ended") continue;
    const minute = Math.floor((time - world.story.begins) / 60_000);
    found.push(`${minute}: ${args[0]} ${world.actions[schema]?.name}`);
  }
  return found;
}

describe("who comes to be while the story runs", () => {
  it("knows where they are, chooses by their own wants, and is perceived", () => {
    const opened = openText(recruits);
    const [anna, recruit, child] = [3, 4, 5];
    expect(acts(play(opened))).toEqual([
      `0: ${anna} go_to`,
      `0: ${anna} shout`,
      `1: ${recruit} go_to`,
      `1: ${recruit} start_at`,
      `1: ${recruit} shout`,
      `1: ${anna} start_at`,
      `2: ${child} start_at`,
    ]);
  });

  it("has the same mind whether what was worked out is kept or not, and after a dropped fork", () => {
    const { world } = openText(recruits);
    for (let seed = 1; seed <= 5; seed++) {
      const kept = createSimulation({ world, seed });
      kept.run();
      const forgetful = createSimulation({ world, seed, createMinds: createForgetfulMinds });
      forgetful.run();
      const forked = createSimulation({ world, seed });
      forked.runUntil(world.story.begins + 30_000);
      const fork = forked.fork();
      forked.run();
      fork.drop();
      forked.run();
      expect(forgetful.chronicle.hash()).toBe(kept.chronicle.hash());
      expect(forked.chronicle.hash()).toBe(kept.chronicle.hash());
    }
  });

  it("knows what the text gives them, and nobody else does before they meet", () => {
    const opened = openText(recruits);
    const at = opened.world.story.begins + 60_500;
    const ask = (text: string) =>
      askRun(opened, take(opened.readQuestion(text)), {
        seed: 1,
        changes: [],
        jitter: 0,
        at,
        as: -1,
      }).value;
    const is = "some p: person where p.knack(gate) = 0.9";
    expect(ask(is)).toBe(true);
    expect(ask(`anna believes (${is})`)).toBe(false);
    expect(ask(`some q: person where q != anna and q believes (${is})`)).toBe(true);
  });

  it("acts no more once they are gone, as nobody does who was there from the beginning", () => {
    const gone = `${recruits}
at 63 s
  every p: person where p.at = yard
    remove p
`;
    const found = acts(play(openText(gone)));
    expect(found.filter((one) => one.includes(": 4"))).toEqual([]);
    const early = story("at 6 s\n  remove anna\n");
    expect(acts(play(openText(early)))).toEqual(["0: 3 go_to"]);
  });
});
