import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, runFabula, spawnFabula } from "./run-fabula.js";

const folder = makeFolder();
const write = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return name;
};
write("junk.fabula", Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 37) % 256)));
write("nul.fabula", "story a\n\0\0\0");
write("empty.fabula", "");
write("broken.fabula", 'story broken "Broken"\nuse std\nperson p "P"\n  colur = 3\n');
write("deep.fabula", `story deep "Deep"\nends when ${"(".repeat(10_000)}`);
write(
  "loop.fabula",
  `story loop "Loop"
use std

begins day 1 12:00
ends after 1 min

person p "P"
  flips = 1

person has
  flips: number 0 .. 10 = 0

rule turns_over for p: person
  when p.flips = 1
  then p.flips = 2

rule turns_back for p: person
  when p.flips = 2
  then p.flips = 1

expect "ends"
  p.alive at end
`,
);
mkdirSync(join(folder, "inn"));
write("inn/inn.fabula", 'story inn "The inn"\nuse std\nperson ada "Ada"\n');
const huge = openSync(join(folder, "huge.fabula"), "w");
ftruncateSync(huge, 100_000_000);
closeSync(huge);

const story = "leaf/until-the-end";
const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["no such story", ["play", "leaf/until-the-ned"], /FAB7001.*\n.*leaf\/until-the-end/],
  ["a story of which world?", ["play", "untill-the-end"], /FAB7001.*\n.*leaf\/until-the-end$/m],
  ["no such file", ["play", "nowhere/x.fabula"], /FAB7001/],
  ["a folder", ["play", "."], /FAB7002.*\n.*name a story file/],
  ["a folder of one story", ["play", "inn"], /FAB7002.*\n.*inn\/inn\.fabula$/m],
  ["binary junk", ["play", "junk.fabula"], /junk\.fabula.*FAB7004|FAB7004.*junk\.fabula/],
  ["NUL characters", ["check", "nul.fabula"], /FAB7004/],
  ["100 MB", ["play", "huge.fabula"], /FAB1006.*100 MB/],
  ["100 MB to check", ["check", "huge.fabula"], /FAB1006/],
  ["an empty file", ["play", "empty.fabula"], /empty\.fabula/],
  ["a mistake in a story", ["play", "broken.fabula"], /broken\.fabula:4:3: error FAB\d{4}/],
  ["10,000 levels", ["check", "deep.fabula"], /deep\.fabula:\d+:\d+: error FAB\d{4}/],
  ["a bad seed", ["play", story, "--seed", "seven"], /FAB7006.*--seed/],
  ["a negative seed", ["play", story, "--seed", "-1"], /--seed/],
  ["a seed that is too large", ["play", story, "--seed", "99999999999999999"], /FAB7006/],
  ["a bad jitter", ["play", story, "--jitter", "lots"], /FAB7006.*--jitter/],
  ["a fleet that is no Redis", ["odds", story, "now > 0", "--fleet", "http://x"], /FAB7006.*Redis/],
  ["a bad time", ["ask", story, "kakashi.alive", "--at", "teatime"], /FAB6001/],
  ["a time before", ["ask", story, "kakashi.alive", "--at", "day 1 00:00"], /FAB6001/],
  ["an unknown person", ["ask", story, "kakashi.alive", "--as", "kakasi"], /FAB6002/],
  ["a thing as a person", ["why", story, "kakashi.alive", "--as", "mask"], /FAB6002/],
  ["an unknown name in a question", ["ask", story, "kakasi.alive"], /question:1:1: error FAB2/],
  ["no question", ["why", story, ""], /question:1:1: error FAB1205: There is no question here/],
  ["a question that is no question", ["ask", story, "= ="], /question:1:\d+: error FAB/],
  ["a change that names nothing", ["whatif", story, "--change", "set kakasi.alive"], /error FAB2/],
  ["a change that is none", ["whatif", story, "--change", "banana"], /error FAB/],
  ["no change", ["whatif", story], /FAB7006/],
  ["no story to test", ["test", "empty.fabula"], /FAB7007/],
  ["a name that climbs", ["new", "../up"], /FAB7008/],
  ["an unknown command", ["plya", story], /plya/],
  ["an unknown option", ["play", story, "--sede", "3"], /--sede/],
  ["no argument", ["play"], /missing required argument/],
  ["an unknown telling", ["tell", story, "--order", "told", "--telling", "x"], /FAB6003/],
  ["a rule without end", ["play", "loop.fabula"], /loop\.fabula:\d+:\d+: error FAB5\d{3}/],
  ["a rule without end, on threads", ["test", "loop.fabula"], /loop\.fabula:.*error FAB5\d{3}/],
  ["an unknown form", ["tell", story, "--form", "opera"], /FAB7006.*prose/],
];

describe("bad input", () => {
  const stack = /\n\s+at .*:\d+:\d+\)?\n|defect of Fabula/;

  it.each(cases)("%s: exit 2, what and where, no stack", async (_, args, said) => {
    const { code, out, err } = await runFabula(args, folder);
    expect(err).toMatch(said);
    expect(err).not.toMatch(stack);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("is refused in a process of its own too, 100 MB without being read", () => {
    for (const file of ["huge.fabula", "junk.fabula", "broken.fabula"]) {
      const { code, out, err } = spawnFabula(["play", file], folder);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(new RegExp(`${file}.*FAB|FAB.*${file}`));
      expect(err).not.toMatch(stack);
    }
  }, 60_000);

  it("writes nothing into the folder", async () => {
    const before = readdirSync(folder);
    await runFabula(["fmt", "broken.fabula", "junk.fabula"], folder);
    await runFabula(["new", "a/b"], folder);
    expect(readdirSync(folder)).toEqual(before);
  });
});
