/** A sentence that was told just now is not told again, unless it happens anew. */
import { expect, it } from "vitest";
import { compose, tellRun } from "../src/index.js";
import { openText } from "./small-world.js";

/** A bell that rings so often, and so many minutes apart. */
const bell = (minutes: number) => `story bell "The bell"
begins day 1 08:00
ends after 1 h
unit s of time
unit min = 60 s
unit h = 60 min
type thing
type bell is thing
  rung: number 0 .. 1000 = 0
type person is thing
rule rings for b: bell
  every ${minutes} min when b.rung < 4
  then b.rung rises by 1
  told "The bell rings."
bell big "the bell"
person anna "Anna"
`;

function told(minutes: number): string[] {
  const options = {
    seed: 1,
    changes: [],
    jitter: 0,
    form: "prose",
    voice: "you",
    eyes: -1,
  } as const;
  const sections = compose(tellRun(openText(bell(minutes)), options).passages);
  return sections.flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ sentences }) => sentences.map(({ text }) => text)),
  );
}

it("is told once where it happens again and again", () => {
  expect(told(1).filter((text) => text === "The bell rings.")).toHaveLength(1);
});

it("is told each time where a while goes by", () => {
  expect(told(10).filter((text) => text === "The bell rings.")).toHaveLength(4);
});
