/** FAB5018: numbers of a story that nothing ever sets. */
import { describe, expect, it } from "vitest";
import { compileStory } from "../src/lower/index.js";

const world = `module people
type person
  pull: number 0 .. 1
  strong means pull > 0.5
mind of p: person
  able means true
`;

function told(rest: string): string[] {
  const text = `story s "S"\nuse people\nperson has\n  luck: number 0 .. 1\n${rest}person anna "Anna"\n`;
  const { diagnostics } = compileStory({ name: "s", text }, () => [
    { name: "people", text: world },
  ]);
  return diagnostics.map(({ code, span }) => `${code} ${span?.line}`);
}

const reads = "person has\n  lucky means luck > 0.5\n";

describe("a number that nothing sets", () => {
  it("is told, where something reads it", () => {
    expect(told(reads)).toEqual(["FAB5018 4"]);
    expect(told("")).toEqual([]);
  });

  it("is given by a start, a fact of anybody's, a fact of the type or an effect", () => {
    expect(told(`${reads}person ben\n  luck = 1\n`)).toEqual([]);
    expect(told(`${reads}person has\n  luck = 0.5\n`)).toEqual([]);
    expect(told(`${reads}at 5\n  anna.luck = 1\n`)).not.toContain("FAB5018 4");
    expect(told(`${reads}rule gains for p: person\n  when p.strong\n  then p.luck = 1\n`)).toEqual(
      [],
    );
  });
});
