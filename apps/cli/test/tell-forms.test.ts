/** Forms on their way out of the command line: files of bytes, and terminals that take none. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { formNames } from "fabula";
import { describe, expect, it } from "vitest";
import { main, makeFolder, runFabula } from "./run-fabula.js";

const story = join(import.meta.dirname, "..", "..", "..", "worlds", "examples", "the-boat.fabula");
const home = makeFolder();

describe("tell --form", () => {
  it("takes every form, and --help names it", async () => {
    const { out } = await runFabula(["tell", "--help"], home);
    for (const form of formNames) expect(out).toContain(form);
  });

  it("epub: the bytes of a file in a pipe, the same in base64 in --json", async () => {
    const args = ["tell", story, "--form", "epub"];
    const piped = spawnSync(process.execPath, [main, ...args], { cwd: home });
    expect(piped.status).toBe(0);
    expect(piped.stdout.subarray(30, 58).toString("latin1")).toBe("mimetypeapplication/epub+zip");
    const value = JSON.parse((await runFabula([...args, "--json"], home)).out);
    expect(value.base64).toBe(piped.stdout.toString("base64"));
    expect(value).not.toHaveProperty("text");
  });

  it("epub: nothing of it comes to a terminal", async () => {
    const before = process.stdout.isTTY;
    process.stdout.isTTY = true;
    const args = ["tell", story, "--form"];
    try {
      const { code, out, err } = await runFabula([...args, "epub"], home);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/error FAB7010: .*\n?.*> story\.epub/);
      expect((await runFabula([...args, "ink"], home)).out).toContain("-> END");
    } finally {
      process.stdout.isTTY = before;
    }
  });
});
