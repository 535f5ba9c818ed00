/** docs/recipes.md answers by whole stories: each is in form, and does what it says that it does. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";

const page = readFileSync(join(import.meta.dirname, "../../../docs/recipes.md"), "utf8");
const stories = [...page.matchAll(/```fabula\n(story (\S+).*?\n)```/gs)].map(
  ([, text = "", name = ""]) => ({ name, text }),
);

describe("docs/recipes.md", () => {
  it("answers each question by a story", () => {
    expect(stories.length).toBe([...page.matchAll(/^### /gm)].length);
    expect(stories.length).toBeGreaterThan(10);
  });

  it.each(stories)(
    "$name",
    async ({ name, text }) => {
      const folder = makeFolder();
      const file = `${name}.fabula`;
      writeFileSync(join(folder, file), text);
      const form = await runFabula(["fmt", file, "--check"], folder);
      expect({ code: form.code, err: form.err }).toEqual({ code: 0, err: "" });
      const args = ["test", file, "--runs", "20", "--json"];
      const { code, out, err } = await runFabula(args, folder);
      expect(err).toBe("");
      const { failed, passed } = JSON.parse(out) as { failed: number; passed: number };
      expect(failed, out).toBe(0);
      expect(passed).toBeGreaterThan(0);
      expect(code).toBe(0);
    },
    120_000,
  );
});
