/** What is coloured how in the studio's editor. */
import { StringStream } from "@codemirror/language";
import { hardWords, headWords } from "fabula/keywords";
import { describe, expect, it } from "vitest";
import { readToken } from "../src/views/write/fabula-mode.js";

/** Each coloured word of a line with its colour. */
function coloursOf(line: string): string[] {
  const stream = new StringStream(line, 2, 2);
  const found: string[] = [];
  while (!stream.eol()) {
    stream.start = stream.pos;
    const colour = readToken(stream);
    if (colour !== null && colour !== "variableName") found.push(`${stream.current()}: ${colour}`);
  }
  return found;
}

describe("the editor's colours", () => {
  it.each([
    ['person anna "Anna"', ["person: keyword", '"Anna": string']],
    ["rule thirsts for p: person", ["rule: keyword", "for: modifier"]],
    [
      "  when p.blood < 40% and not p.asleep",
      ["when: keyword", "40%: number", "and: modifier", "not: modifier"],
    ],
    ["  wants ben.alive weight 6", ["wants: keyword", "weight: modifier", "6: number"]],
    ["  at = yard // where she is", ["// where she is: comment"]],
    ["  weight: number 0 .. 5", ["number: modifier", "0: number", "5: number"]],
    ["  p.time falls by 3", ["falls: modifier", "by: modifier", "3: number"]],
    ["  unnoticed", ["unnoticed: keyword"]],
    ["  time", []],
  ])("%s", (line, colours) => {
    expect(coloursOf(line)).toEqual(colours);
  });

  it("hold for every word that begins a line or is a keyword everywhere", () => {
    for (const word of headWords) {
      if (!hardWords.has(word)) expect(coloursOf(`  ${word} x y`)[0]).toBe(`${word}: keyword`);
    }
    for (const word of hardWords) expect(coloursOf(`  x ${word} y`)).toContain(`${word}: modifier`);
  });
});
