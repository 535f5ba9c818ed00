/**
 * Sabre's benchmark problems, where they are to be had: FABULA_SABRE names the folder that holds
 * `problems/`, `plans/` and `trees/`. They belong to their authors and are not in the repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSabre } from "@fabula/language/sabre";
import { describe, expect, it } from "vitest";
import { type Setting, settings } from "../../../bench/sabre/settings.js";
import { checkPlan, readPlan, seek, toSabreForm, validate } from "../src/index.js";

const folder = process.env.FABULA_SABRE ?? "";
const isThere = existsSync(join(folder, "problems", "aladdin.txt"));

if (!isThere) console.warn("benchmark.test.ts: FABULA_SABRE is not set; its tests are left out");

/** Solved in well under a second each; the others are for `npm run bench:sabre`. */
const small = ["bribery", "deerhunter_both", "secretagent", "space_all", "raiders", "treasure"];

function problemOf(setting: Setting) {
  const path = join(folder, "problems", `${setting.problem}.txt`);
  return readSabre(readFileSync(path, "utf8"), path).problem!;
}

describe.runIf(isThere)("Sabre's benchmark problems", () => {
  for (const setting of settings) {
    it(`${setting.name}: the tree of reasons recorded for it is valid`, { timeout: 60_000 }, () => {
      const tree = readPlan(readFileSync(join(folder, "trees", `${setting.name}.txt`), "utf8"));
      expect(tree.steps.some(({ reasons }) => reasons.length > 0)).toBe(
        !["space_any"].includes(setting.name),
      );
      expect(validate(problemOf(setting), tree, setting.limits).failures).toEqual([]);
    });
  }

  for (const setting of settings.filter(({ name }) => small.includes(name))) {
    it(`${setting.name}: a story is found, and its printed form reads back`, () => {
      const problem = problemOf(setting);
      const result = seek(problem, { limits: setting.limits });
      expect(result.found).toBe(true);
      const again = readPlan(toSabreForm(result.story!));
      expect(again).toEqual(result.story);
      expect(validate(problem, again, setting.limits).valid).toBe(true);
    });
  }

  const western = settings.find(({ name }) => name === "western")!;
  for (const file of isThere ? readdirSync(join(folder, "plans", "bad")) : []) {
    if (!file.startsWith("western")) continue;
    it(`${file}: refused`, { timeout: 120_000 }, () => {
      const plan = readPlan(readFileSync(join(folder, "plans", "bad", file), "utf8"));
      const { failures, valid } = checkPlan(problemOf(western), plan, western.limits);
      expect(valid).toBe(false);
      expect(failures).toHaveLength(1);
    });
  }
});
