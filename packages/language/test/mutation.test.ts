/**
 * Texts as they are while somebody types: good ones with words changed, lost, doubled and lines
 * swapped. Whatever comes of it, the reader answers.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSource } from "../src/lower/index.js";

const folder = join(import.meta.dirname, "conformance", "good");
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".fabula"))
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8"));
const words = [...new Set(texts.join("\n").match(/[A-Za-z_]+|[0-9.]+|[^\sA-Za-z_0-9]+/g) ?? [])];

interface Mutation {
  readonly kind: "drop" | "replace" | "insert" | "swap";
  readonly at: number;
  readonly by: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("drop", "replace", "insert", "swap"),
  at: fc.nat(),
  by: fc.nat(),
});

function mutate(text: string, { kind, at, by }: Mutation): string {
  if (kind === "swap") {
    const lines = text.split("\n");
    const [first, second] = [at % lines.length, by % lines.length];
    [lines[first], lines[second]] = [lines[second] ?? "", lines[first] ?? ""];
    return lines.join("\n");
  }
  const tokens = [...text.matchAll(/[A-Za-z_]+|[0-9.]+|[^\sA-Za-z_0-9]+/g)];
  const token = tokens[at % tokens.length];
  if (token === undefined) return text;
  const end = token.index + token[0].length;
  const word = words[by % words.length] ?? "";
  const put = kind === "drop" ? "" : kind === "replace" ? word : `${word} ${token[0]}`;
  return text.slice(0, token.index) + put + text.slice(end);
}

describe("texts half written", () => {
  it("LANG-1, LANG-2 end in a world or in errors that help", () => {
    let mistakes = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (text, mutations) => {
          const source = { name: "half", text: mutations.reduce(mutate, text) };
          const { story, diagnostics } = compileSource(source, () => []);
          const errors = diagnostics.filter(({ severity }) => severity === "error");
          mistakes += errors.length;
          if (errors.length === 0) return;
          expect(story?.world).toBeUndefined();
          for (const error of errors) {
            expect(error.span?.source, error.message).toBe("half");
            expect(error.remedy ?? "", error.message).not.toBe("");
          }
        },
      ),
      { numRuns: 120 },
    );
    expect(mistakes, "no text was made worse, so nothing was tried").toBeGreaterThan(50);
  });
});
