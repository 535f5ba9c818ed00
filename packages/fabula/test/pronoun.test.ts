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

function proseOf(story: string): string {
  const read = readStory({ name: "dusk.fabula", text: story }, findModules);
  if (!read.ok) throw new Error(read.diagnostics.map((one) => one.message).join("\n"));
  const options = {
    seed: 1,
    changes: [],
    jitter: 0,
    eyes: -1,
    form: "prose",
    voice: "you",
  } as const;
  return tellRun(read.value, options).text;
}

describe("a pronoun nobody has said", () => {
  it("is they of a person, and it of a thing", () => {
    expect(proseOf(text)).toContain("Alex folds the sheet, and puts it on their knees.");
  });

  it("is a name in what is said of whom nobody has spoken", () => {
    const marked = `story dusk "Dusk"
use std
begins day 1 18:00
ends after 1 min
place yard
place house
person has
  feverish: boolean
    said as "{self.their} forehead is hot"
person alex "Alex"
  at = yard
  intends alex.tell(kim, sam.feverish)
person kim "Kim"
  pronoun = she
  at = yard
person sam "Sam"
  pronoun = she
  at = house
  feverish
`;
    expect(proseOf(marked)).toContain("“Sam’s forehead is hot,” Alex says.");
  });
});
