/** What a newcomer meets: empty answers, long lists, choices and limits, in words that help. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";
import { writeDice } from "./surveys.js";

/** The machine may be busy. */
vi.setConfig({ testTimeout: 300_000 });

const dice = writeDice();
const home = makeFolder();

describe("answers in plain words", () => {
  it("a telling with nothing in it says so, beside the text", async () => {
    const { code, err } = await runFabula(["tell", dice], home);
    expect({ code, err }).toEqual({
      code: 0,
      err: "left to itself, nothing happens here that is worth telling\n",
    });
  });

  it("a telling that is named is told, and must be there", async () => {
    const story = ["tell", "leaf/until-the-end", "--telling"];
    const told = await runFabula([...story, "as_written"], home);
    expect(told.out).toContain("* * *");
    const { code, err } = await runFabula([...story, "as_writen"], home);
    expect(code).toBe(2);
    expect(err).toContain("as_written");
  });

  it("a number that is another one in every run is told by where its values lie", async () => {
    const { out } = await runFabula(["odds", dice, "red.wait", "--runs", "40"], home);
    const [mean, spread, ...more] = out.trim().split("\n");
    expect(mean).toContain("on average of 40 runs");
    expect(spread).toMatch(/^from [\d.]+ \(seed \d+\) to [\d.]+ \(seed \d+\); half of them from/);
    expect(more).toEqual([]);
  });

  it("coverage names what the story declares, and counts what the modules in use do", async () => {
    const { out } = await runFabula(["coverage", "examples/the-boat", "--runs", "1"], home);
    expect(out).toMatch(/never {2}\d+ of the modules it uses \(--all names them\)/);
    expect(out).not.toContain("std/");
    const all = await runFabula(["coverage", "examples/the-boat", "--runs", "1", "--all"], home);
    expect(all.out).toContain("std/");
  });

  it("help names no default where nothing is one", async () => {
    const { out } = await runFabula(["odds", "--help"], home);
    expect(out).not.toContain("[]");
    expect(out).toContain("(default: 200)");
  });

  it("a search without a find names its limits and how to widen them", async () => {
    const { code, out } = await runFabula(["seek", "examples/the-ford", "hale.caught"], home);
    expect(code).toBe(1);
    expect(out).toMatch(/Looked at: .*\(--atl\).*\(--ctl\).*\(--el\)/);
  });

  it("of what never came to be it says who weighed it", async () => {
    const asked = ["why", "examples/the-boat", "mara.drink(flask)"];
    const { code, out } = await runFabula(asked, home);
    expect(code).toBe(1);
    expect(out).toMatch(/^never: .*\n {2}Mara weighed once whether to drink from the flask, at /);
    const { hindered } = JSON.parse((await runFabula([...asked, "--json"], home)).out);
    expect(hindered).toHaveLength(1);
  });

  it("of what somebody keeps back it says what speaks against it", async () => {
    const story = "leaf/until-the-end";
    const { code, out } = await runFabula(["why", story, "kakashi keeps back kakashi.dying"], home);
    expect(code).toBe(0);
    expect(out).toMatch(/Kakashi could tell Sakura that Kakashi is dying, and does not, because /);
    const hers = await runFabula(["why", story, "sakura keeps back sakura.dying"], home);
    expect([hers.code, hers.out]).toEqual([1, "never: sakura keeps back sakura.dying\n"]);
  });

  it("a few results of a test are said once", async () => {
    const file = join(makeFolder(), "wrong.fabula");
    writeFileSync(
      file,
      'story wrong "Wrong"\nbegins day 1 08:00\nends after 1 min\nunit s of time\nunit min = 60 s\nunit % = 0.01\ntype thing\ntype die is thing\n  up: boolean\ndie red\n\nexpect D1 "it is up" in 90% of 2 runs\n  red.up at end\n',
    );
    const { code, out } = await runFabula(["test", file], home);
    expect(code).toBe(1);
    expect(out.match(/FAIL/g)).toHaveLength(1);
  });
});
