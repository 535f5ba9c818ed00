/** The tiny cases: what Sabre answers, and where the strict meaning differs, with the reason. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CaseRunner, readCase } from "./support/case-runner.js";

const directory = join(import.meta.dirname, "cases");
const files = readdirSync(directory).filter((name) => name.endsWith(".sabre"));

describe("cases", () => {
  it("are all there", () => {
    expect(files.length).toBeGreaterThanOrEqual(43);
  });

  for (const file of files) {
    const { directives, errors, problem } = readCase(join(directory, file));
    it(`${file}: answers as recorded`, () => {
      expect(directives.length).toBeGreaterThan(0);
      if (directives[0]?.text === "read") {
        expect(readErrors(errors, problem)).toContain(directives[0].sabre);
        return;
      }
      expect(errors).toEqual([]);
      const runner = new CaseRunner(problem!);
      const answers = directives.map(({ text }) => `${text} => ${unordered(runner.run(text))}`);
      const wanted = directives.map(({ ours, sabre, text }) => {
        return `${text} => ${unordered(ours ?? sabre)}`;
      });
      expect(answers).toEqual(wanted);
    });
  }

  it("differ from Sabre only where a reason is given", () => {
    const different = files.flatMap((file) =>
      readCase(join(directory, file)).directives.filter(({ ours }) => ours !== undefined),
    );
    expect(different).not.toEqual([]);
    for (const { why } of different) {
      expect(why).toMatch(/^(Sabre's bug|leak|soft limit|minimality|mind|simplification): /);
    }
  });
});

/** Of plans of the same actions the order does not matter. */
function unordered(answer: string): string {
  return answer.trim().split("; ").sort().join("; ");
}

function readErrors(errors: readonly string[], problem: unknown): string {
  if (errors.length > 0) return errors.join("; ");
  try {
    new CaseRunner(problem as ConstructorParameters<typeof CaseRunner>[0]);
  } catch (error) {
    return String(error).replace("contradict", "contradictory: contradict");
  }
  return "";
}
