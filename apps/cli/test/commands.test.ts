import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { main, makeFolder, runFabula, spawnFabula } from "./run-fabula.js";
import { dice } from "./surveys.js";

/** Every test here starts processes, and the machine may be busy. */
vi.setConfig({ testTimeout: 300_000 });

const home = makeFolder();
await runFabula(["new", "small"], home);
const story = join(home, "small", "small.fabula");
const commands = "new play tell publish ask why whatif odds test check fmt words".split(" ");

describe("help", () => {
  it.each(commands)("%s shows an example that works", async (name) => {
    const help = await runFabula([name, "--help"], home);
    expect(help.code).toBe(0);
    const example = /\$ fabula (.*)/.exec(help.out)?.[1] ?? "";
    expect(example).toMatch(new RegExp(`^${name} `));
    const args = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
    const { code, err } = await runFabula(args, makeFolder());
    expect([0, 1], `${example}\n${err}`).toContain(code);
  });
});

describe("play", () => {
  const play = async (seed: string) => {
    const { code, out } = await runFabula(["play", story, "--seed", seed, "--json"], home);
    const lines = out.trim().split("\n");
    return { code, lines: lines.map((line) => JSON.parse(line)) };
  };

  it("gives JSON Lines: a header, occurrences with ascending ids, an end line with the hash", async () => {
    const { code, lines } = await play("3");
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ story: "small", seed: 3 });
    expect(lines.at(-1).hash).toMatch(/^[0-9a-f]{16}$/);
    const ids = lines.slice(1, -1).map((line) => line.id);
    expect(ids).toEqual(ids.map((_, index) => index));
    expect(ids.length).toBe(lines.at(-1).occurrences);
    expect(ids.length).toBeGreaterThan(10);
  });

  it("is the same again, in another process too, and another with another seed", async () => {
    const hash = async (seed: string) => (await play(seed)).lines.at(-1).hash;
    const five = await hash("5");
    expect(await hash("6")).not.toBe(five);
    expect(await hash("5")).toBe(five);
    expect(spawnFabula(["play", story, "--seed", "5", "--json"], home).out).toContain(five);
  });

  it("says so where nothing happens, and how to ask why not", async () => {
    const still = 'story inn "The inn"\nuse std\nends after 1 min\nperson ada "Ada"\n';
    writeFileSync(join(home, "inn.fabula"), still);
    const { code, out } = await runFabula(["play", "inn.fabula"], home);
    expect(code).toBe(0);
    expect(out).toMatch(/Nothing happens that a sentence tells.*\n.*fabula why STORY/);
  });

  it("ends quietly when its reader goes away", async () => {
    const child = spawn(process.execPath, [main, "play", story, "--json"]);
    let err = "";
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });
});

describe("a story of one's own", () => {
  it("is made by new and runs at once, from any folder", async () => {
    const folder = makeFolder();
    expect((await runFabula(["new", "the-bridge"], folder)).code).toBe(0);
    const file = "the-bridge/the-bridge.fabula";
    expect(await runFabula(["check", file], folder)).toMatchObject({ code: 0, err: "" });
    expect((await runFabula(["fmt", file, "--check"], folder)).code).toBe(0);
    const played = await runFabula(["play", file], folder);
    expect(played).toMatchObject({ code: 0, err: "" });
    expect(played.out.split("\n").length).toBeGreaterThan(6);
    expect(await runFabula(["test", file, "--runs", "5"], folder)).toMatchObject({
      code: 0,
      err: "",
    });
    expect((await runFabula(["new", "the-bridge"], folder)).code).toBe(2);
  });

  it.each([".", "sea/stories", "sea/stories/of/old"])(
    "finds its own world beside it, or round about it: %s",
    async (place) => {
      const folder = makeFolder();
      mkdirSync(join(folder, "sea", "stories", "of", "old"), { recursive: true });
      writeFileSync(
        join(folder, "sea", "weather.fabula"),
        "module sea.weather\nuse std\n\nplace has\n  stormy: boolean = true\n",
      );
      writeFileSync(
        join(folder, place, "ship.fabula"),
        'story ship "The ship"\nuse std, sea\n\nbegins day 1 12:00\nends after 1 min\n\n' +
          'place deck "the deck"\n\nperson una "Una"\n  at = deck\n',
      );
      const { code, out, err } = await runFabula(
        ["ask", join(place, "ship.fabula"), "deck.stormy", "--json"],
        folder,
      );
      expect({ code, out, err }).toEqual({ code: 0, out: '{"value":true}\n', err: "" });
    },
  );
});

describe("questions of a story", () => {
  const json = async (...args: string[]) => {
    const { code, out, err } = await runFabula([...args, "--json"], home);
    return { code, err, value: out === "" ? undefined : JSON.parse(out) };
  };

  it("ask answers with a value, in truth and as far as one person knows", async () => {
    expect(await json("ask", story, "ben.alive", "--at", "end")).toMatchObject({
      value: { value: true },
    });
    expect((await json("ask", story, "ada.at = here")).value).toEqual({ value: true });
    expect((await json("ask", story, "ada.at")).value).toEqual({ value: "here" });
    const lost = (await json("ask", story, "ben.lost")).value.value;
    expect(lost).toBeGreaterThan(0);
    expect((await json("ask", story, "ben.grieving", "--as", "ada")).value).toEqual({
      value: "unknown",
    });
  });

  it("ask says no with exit code 1", async () => {
    expect(await json("ask", story, "not ben.alive")).toMatchObject({
      code: 1,
      value: { value: false },
    });
  });

  it("why reaches the beginning, and as one person no further than they know", async () => {
    const { value } = await json("why", story, "cut.bound");
    const ids = (node: { occurrence: number; causes: never[] }): number[] => [
      node.occurrence,
      ...node.causes.flatMap(ids),
    ];
    expect(value).toMatchObject({ value: "known", found: true });
    expect(ids(value.tree)).toContain(0);
    const mine = (await json("why", story, "cut.bound", "--as", "ada")).value;
    expect(new Set(ids(mine.tree)).size).toBeLessThanOrEqual(new Set(ids(value.tree)).size);
    expect(await json("why", story, "not ada.alive")).toMatchObject({
      code: 1,
      value: { value: "never" },
    });
  });

  it("why --verify says of each cause whether it was needed", async () => {
    const { value } = await json("why", story, "cut.bound", "--verify");
    expect(value.verified.length).toBeGreaterThan(0);
    expect(value.verified[0]).toHaveProperty("necessary");
  });

  it("whatif names what changes and leaves the rest the same", async () => {
    const change = ["--change", "forbid ada.bind"];
    const { value } = await json("whatif", story, ...change);
    expect(value.hash).not.toBe(value.baseHash);
    expect(value.firstDivergence).not.toBeNull();
    expect(value.changed.map((one: { what: string }) => one.what).join()).toContain("ada.bind");
    const none = await json("whatif", story, "--change", "forbid ada.unmask");
    expect(none.value).toMatchObject({ changed: [], firstDivergence: null });
    expect(none.value.hash).toBe(none.value.baseHash);
  });

  it("takes several changes joined by semicolons as it takes each by itself", async () => {
    const both = ["forbid ada.bind", "set cut.depth = 4"];
    const apart = await json("whatif", story, ...both.flatMap((line) => ["--change", line]));
    const joined = await json("whatif", story, "--change", `${both.join(" ; ")};`);
    expect(joined.value.hash).toBe(apart.value.hash);
    expect(joined.value.changed).toEqual(apart.value.changed);
  });

  it("odds gives a share and its interval", async () => {
    const { value } = await json("odds", story, "ben.alive at end", "--runs", "5");
    expect(value).toMatchObject({ runs: 5, yes: 5, estimate: 1, high: 1 });
    expect(value.low).toBeGreaterThan(0.4);
  });

  it("test gives results by id, the same on any number of threads", async () => {
    const one = await json("test", story, "--runs", "6");
    expect(one.code).toBe(0);
    expect(one.value.failed).toBe(0);
    expect(one.value.results[0]).toMatchObject({
      id: "D1",
      kind: "expect",
      seeds: 6,
      passed: true,
    });
    expect(one.value.results.map((each: { id: string }) => each.id)).toEqual(["D1", "D2", "X1"]);
    const threads = spawnFabula(["test", story, "--runs", "6", "--workers", "2", "--json"], home);
    expect(JSON.parse(threads.out)).toEqual(one.value);
  });

  it("test --sure asks on only what may still turn out otherwise", async () => {
    const file = join(home, "dice.fabula");
    const asked = [
      'expect D1 "rolled" in 90% of 200 runs\n  red.rolled at end\n',
      'expect D2 "never blue" in 90% of 200 runs\n  not blue.lucky at end\n',
      'expect D3 "red, at times" in 40% of 200 runs\n  red.lucky at end\n',
      'control X1 "slow blue"\n  set blue.wait = 20\n  may change blue.wait, blue.rolls, blue.rolled, blue.lucky\n',
    ];
    writeFileSync(file, `${dice}\n${asked.join("\n")}`);
    const whole = (await json("test", file)).value.results;
    const sure = (await json("test", file, "--sure")).value.results;
    const seeds = (results: { id: string; seeds: number }[]) =>
      Object.fromEntries(results.map((one) => [one.id, one.seeds]));
    expect(seeds(whole)).toEqual({ D1: 200, D2: 200, D3: 200, X1: 200 });
    expect(seeds(sure)).toEqual({ D1: 50, D2: 50, D3: 200, X1: 100 });
    expect(sure[2]).toEqual(whole[2]);
    const threads = spawnFabula(["test", file, "--sure", "--workers", "2", "--json"], home);
    expect(JSON.parse(threads.out).results).toEqual(sure);
  });

  it("test exits 1 where an expectation fails", async () => {
    const file = join(home, "sad.fabula");
    writeFileSync(
      file,
      readFileSync(story, "utf8").replace("ben.alive at end", "not ben.alive at end"),
    );
    expect(await json("test", file, "--runs", "3")).toMatchObject({
      code: 1,
      value: { failed: 1 },
    });
  });

  it("tell is one chronicle in several tellings", async () => {
    const tellings = [
      (await json("tell", story, "--eyes", "ada")).value,
      (await json("tell", story, "--eyes", "ben")).value,
    ];
    expect(new Set(tellings.map((one) => one.hash)).size).toBe(1);
    expect(tellings[0].text).not.toBe(tellings[1].text);
    expect(tellings[0].text).toContain("You tie");
    expect((await runFabula(["tell", story, "--form", "outline"], home)).out).toContain("  - ");
  });
});

describe("fmt", () => {
  it("keeps what it wrote and writes it in full", async () => {
    const folder = makeFolder();
    const file = join(folder, "a.fabula");
    writeFileSync(file, 'story a "A"\nuse std\n\n\n\nplace  here "here"   // kept\n');
    expect((await runFabula(["fmt", "a.fabula", "--check"], folder)).code).toBe(1);
    expect((await runFabula(["fmt", "a.fabula"], folder)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("// kept");
    expect((await runFabula(["fmt", "a.fabula", "--check"], folder)).code).toBe(0);
  });
});
