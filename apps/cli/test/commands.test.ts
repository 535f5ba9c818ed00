import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";

const story = "leaf/until-the-end";
const commands = "new play tell ask why whatif odds test check fmt".split(" ");
const main = join(import.meta.dirname, "..", "dist", "main.js");

describe("help", () => {
  it.each(commands)("%s shows an example", (name) => {
    const { code, out } = runFabula([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`$ fabula ${name} `);
  });

  it("has examples that work", () => {
    for (const name of commands) {
      const example = /\$ fabula (.*)/.exec(runFabula([name, "--help"]).out)?.[1] ?? "";
      const args = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
      const { code, err } = runFabula(args, makeFolder());
      expect([0, 1], `${example}\n${err}`).toContain(code);
    }
  }, 300_000);
});

describe("play", () => {
  it("gives JSON Lines: a header, occurrences with ascending ids, an end line with the hash", () => {
    const { code, out } = runFabula(["play", story, "--seed", "3", "--json"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ story: "until_the_end", seed: 3 });
    expect(lines.at(-1).hash).toMatch(/^[0-9a-f]{16}$/);
    const ids = lines.slice(1, -1).map((line) => line.id);
    expect(ids).toEqual(ids.map((_, index) => index));
    expect(ids.length).toBe(lines.at(-1).occurrences);
    expect(ids.length).toBeGreaterThan(10);
  });

  it("is the same again, and another with another seed", () => {
    const hash = (seed: string) =>
      JSON.parse(
        runFabula(["play", story, "--seed", seed, "--json"]).out.trim().split("\n").at(-1)!,
      ).hash;
    expect(hash("5")).toBe(hash("5"));
    expect(hash("5")).not.toBe(hash("6"));
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
  it("is made by new and runs at once, from any folder", () => {
    const folder = makeFolder();
    expect(runFabula(["new", "the-bridge"], folder).code).toBe(0);
    const file = "the-bridge/the-bridge.fabula";
    expect(runFabula(["check", file], folder)).toMatchObject({ code: 0, err: "" });
    expect(runFabula(["fmt", file, "--check"], folder).code).toBe(0);
    const played = runFabula(["play", file], folder);
    expect(played).toMatchObject({ code: 0, err: "" });
    expect(played.out.split("\n").length).toBeGreaterThan(6);
    expect(runFabula(["test", file, "--runs", "20"], folder)).toMatchObject({ code: 0, err: "" });
    expect(runFabula(["new", "the-bridge"], folder).code).toBe(2);
  });

  it("finds its own world beside it", () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "sea"));
    writeFileSync(
      join(folder, "sea", "weather.fabula"),
      "module sea.weather\nuse std\n\nplace has\n  stormy: boolean = true\n",
    );
    writeFileSync(
      join(folder, "ship.fabula"),
      'story ship "The ship"\nuse std, sea\n\nbegins day 1 12:00\nends after 1 min\n\nplace deck "the deck"\n',
    );
    const { code, out, err } = runFabula(["ask", "ship.fabula", "deck.stormy", "--json"], folder);
    expect({ code, out, err }).toEqual({ code: 0, out: '{"value":true}\n', err: "" });
  });
});

describe("fmt", () => {
  it("keeps what it wrote and writes it in full", () => {
    const folder = makeFolder();
    const file = join(folder, "a.fabula");
    writeFileSync(file, 'story a "A"\nuse std\n\n\n\nplace  here "here"   // kept\n');
    expect(runFabula(["fmt", "a.fabula", "--check"], folder).code).toBe(1);
    expect(runFabula(["fmt", "a.fabula"], folder).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("// kept");
    expect(runFabula(["fmt", "a.fabula", "--check"], folder).code).toBe(0);
  });
});
