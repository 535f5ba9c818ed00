/** What is fixed, what is state and what moves follows from all that writes. */
import { describe, expect, it } from "vitest";
import { compileStory } from "../src/lower/index.js";

const text = `story s "S"
unit s of time
type person
  by_nobody: boolean
  in_facts: boolean
  by_rule: boolean
  by_action: number
  by_creation: number
  from_outside: boolean
  in_what_if: number
  by_mind: number
  moves: quantity 0 .. 10
  also_moves: number 0 .. 10
  nobody_moves: quantity 0 .. 10
  computed means by_rule
  led_by: person
  lives_with: person
  likes: person
  first means the q: person where q.likes = self.likes.likes
mind of p: person
  able means true
  when outlook changes by change
    p.by_mind rises by change
process runs for p: person
  while p.by_nobody
  p.moves rises by 1 per s
  p.also_moves rises by 1 per s
rule falls for p: person
  when p.moves > 5
  then p.by_rule
rule is_alone for p: person
  when no q: person where q != p and p.led_by = q.led_by and q.by_rule
  then
    every q: person where q.lives_with = p
      not q.by_rule
action act by p: person
  at start
    if p.by_rule
      p.by_action = 2
  at end
    create person child
      by_creation = 3
person anna
facts
  anna.in_facts
at 5 s
  anna.from_outside
whatif "other"
  set anna.in_what_if = 3
  expect anna.by_rule
`;

describe("storage", () => {
  const { world, diagnostics } = compileStory({ name: "s", text }, () => []);
  const storageOf = (name: string) =>
    world?.fluents.find((fluent) => fluent.name === name)?.storage;

  it.each([
    ["by_nobody", "fixed"],
    ["in_facts", "fixed"],
    ["by_rule", "state"],
    ["by_action", "state"],
    ["by_creation", "state"],
    ["from_outside", "state"],
    ["in_what_if", "state"],
    ["by_mind", "state"],
    ["moves", "quantity"],
    ["also_moves", "quantity"],
    ["nobody_moves", "quantity"],
    ["computed", "derived"],
  ] as const)("LANG-9 %s is %s", (name, storage) => {
    expect(storageOf(name)).toBe(storage);
  });

  it("LANG-9 keeps who has which where somebody is searched for by it", () => {
    const kept = world?.fluents.filter(({ indexed }) => indexed === true).map(({ name }) => name);
    expect(kept).toEqual(["led_by", "lives_with", "likes"]);
  });

  it("hints at what is declared the other way", () => {
    expect(diagnostics.map(({ code, severity, span }) => [code, severity, span?.line])).toEqual([
      ["FAB5016", "hint", 13],
      ["FAB5016", "hint", 14],
    ]);
    const moved = world?.fluents.find((fluent) => fluent.name === "also_moves");
    expect(moved).toMatchObject({ private: true, quantum: 2 ** -17 });
  });
});
