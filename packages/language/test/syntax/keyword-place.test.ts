/** Words of the language are names wherever a name can stand. */
import { describe, expect, it } from "vitest";
import { parseFabula } from "../../src/parse.js";
import { grammarWords } from "../../src/syntax/grammar-words.js";
import {
  hardWords,
  headWords,
  infixWords,
  pairs,
  prefixWords,
  typeWords,
} from "../../src/syntax/words.js";

const words = grammarWords();
const errorsOf = (text: string) => parseFabula(text, "x").diagnostics.map(({ message }) => message);

describe("words of the language as names", () => {
  it("every word is known to the tables", () => {
    const second = [...pairs].map((pair) => pair.split(":")[1]!);
    const known = new Set([
      ...hardWords,
      ...headWords,
      ...infixWords,
      ...prefixWords,
      ...typeWords,
      ...second,
      "any",
      "openly",
    ]);
    expect(words.length).toBeGreaterThan(120);
    expect(words.filter((word) => !known.has(word))).toEqual([]);
  });

  it.each(words.filter((word) => !hardWords.has(word)))("%s", (word) => {
    expect(errorsOf(`type t\n  ${word}: number 0 .. 1 = 0\n  x means self.${word} + 1\n`)).toEqual(
      [],
    );
    expect(errorsOf(`t a\n  ${word} = 5\n`)).toEqual([]);
    expect(errorsOf(`t ${word} "The ${word}"\n`)).toEqual([]);
    expect(
      errorsOf(`rule r for p: t\n  when p.${word} = p.${word}\n  then p.${word} = 1\n`),
    ).toEqual([]);
    expect(
      errorsOf(`action a(${word}: t) by p: t\n  needs p.${word}(${word}.${word}) or not p.x\n`),
    ).toEqual([]);
  });
});
