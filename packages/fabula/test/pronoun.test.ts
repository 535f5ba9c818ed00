import { describe, expect, it } from "vitest";
import { findModules } from "../../../scripts/worlds.mjs";
import { readStory, tellRun } from "../src/index.js";

const text = `story dusk "Dusk"
use std
begins day 1 18:00
ends after 1 min
place yard
action fold(what: thing) by p: person
  needs p.can_act and what.holder = p
  at end
    what.holder = unknown
  seen when observer.sees(p)
  told "{p} fold{p.s} {what}, and put{p.s} {what.them} on {p.their} knees."
person alex "Alex"
  at = yard
  intends alex.fold(sheet)
thing sheet "the sheet"
  holder = alex
`;

describe("a pronoun nobody has said", () => {
  it("is they of a person, and it of a thing", () => {
    const story = readStory({ name: "dusk.fabula", text }, findModules);
    if (!story.ok) throw new Error(story.diagnostics.map((one) => one.message).join("\n"));
    const told = tellRun(story.value, {
      seed: 1,
      changes: [],
      jitter: 0,
      eyes: -1,
      form: "prose",
      voice: "you",
    });
    expect(told.text).toContain("Alex folds the sheet, and puts it on their knees.");
  });
});
