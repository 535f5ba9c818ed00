/** Problems of Sabre written in Fabula's language mean the same: grounded, sought and checked. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileStory, importSabre } from "@fabula/language";
import { readSabre } from "@fabula/language/sabre";
import type { DiscreteProblem } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { ground, lowerWorld, seek } from "../src/index.js";

const cases = join(import.meta.dirname, "cases");
const files = readdirSync(cases).filter((file) => /^t\d+.*\.sabre$/.test(file));

/** What cannot be said, and why. */
const refused: Readonly<Record<string, string>> = {
  // No problem to begin with.
  t02_minus_token: "FAB4105",
  // Effects that undo each other are refused in either language.
  t06_conflict: "FAB4203",
  t07_conflict2: "FAB4203",
  // Two values are swapped at once; two guards of one fluent may hold: here order would decide.
  t05_effects: "FAB4203",
};

function throughFabula(text: string, name: string) {
  const imported = importSabre(text, name);
  if (imported.text === undefined) return { diagnostics: imported.diagnostics };
  const { diagnostics, world } = compileStory({ name, text: imported.text }, () => []);
  if (world === undefined) return { diagnostics };
  return lowerWorld(world);
}

function sizes(problem: DiscreteProblem) {
  const { diagnostics, ground: grounded } = ground(problem);
  if (grounded === undefined) return diagnostics[0]!.code;
  const { actions, fluents, initial } = grounded;
  return { actions: actions.length, fluents: fluents.length, minds: initial.length };
}

const schemas = (plan: readonly string[]) => plan.map((step) => step.slice(0, step.indexOf("(")));

describe("the tiny cases in Fabula's language", () => {
  it("are all here", () => expect(files.length).toBeGreaterThan(40));

  it.each(files)("%s", (file) => {
    const name = file.replace(".sabre", "");
    const text = readFileSync(join(cases, file), "utf8");
    const { diagnostics, problem } = throughFabula(text, file);
    if (refused[name] !== undefined) {
      expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set([refused[name]]));
      return;
    }
    const original = readSabre(text, file).problem!;
    expect(problem).toBeDefined();
    expect(sizes(problem!)).toEqual(sizes(original));
    const limits = [...text.matchAll(/^\/\/> solve (\S+) (\d+) (\d+) (\d+)/gm)].map((match) => ({
      goal: Number(match[1]),
      authorTemporalLimit: Number(match[2]),
      characterTemporalLimit: Number(match[3]),
      epistemicLimit: Number(match[4]),
    }));
    for (const limit of limits) {
      const options = { limits: limit, shortest: true };
      const [mine, theirs] = [seek(problem!, options), seek(original, options)];
      expect(mine.outcome).toBe(theirs.outcome);
      expect(mine.valid).toBe(theirs.valid);
      expect(schemas(mine.plan).map((one) => one.replace(/_\d?$/, ""))).toEqual(
        schemas(theirs.plan),
      );
    }
  });
});

const folder = [
  process.env.FABULA_SABRE ?? "",
  join(process.env.FABULA_SABRE ?? "", "problems"),
].find((path) => path !== "" && existsSync(join(path, "aladdin.txt")));

describe.skipIf(folder === undefined)("Sabre's own problems in Fabula's language", () => {
  const problems =
    folder === undefined ? [] : readdirSync(folder).filter((f) => f.endsWith(".txt"));

  it.each(problems)(
    "%s",
    (file) => {
      const text = readFileSync(join(folder!, file), "utf8");
      const { problem } = throughFabula(text, file);
      expect(sizes(problem!)).toEqual(sizes(readSabre(text, file).problem!));
    },
    120_000,
  );

  it("finds the same story", () => {
    const limits = {
      goal: 1,
      authorTemporalLimit: 5,
      characterTemporalLimit: 5,
      epistemicLimit: 1,
    };
    const text = readFileSync(join(folder!, "lovers.txt"), "utf8");
    const { problem } = throughFabula(text, "lovers.txt");
    const result = seek(problem!, { limits, shortest: true });
    expect(result).toMatchObject({ found: true, valid: true, length: 5, isShortest: true });
  }, 120_000);
});
