/** A reader chooses for one person: in a process of its own, as built, with what is typed as its input. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { main, makeFolder, runFabula } from "./run-fabula.js";

/** Every test here starts processes, and the machine may be busy. */
vi.setConfig({ testTimeout: 300_000 });

const home = makeFolder();
await runFabula(["new", "small"], home);
const small = join(home, "small", "small.fabula");

/** One door, twelve lamps to light behind it, and a bell that anybody may ring again and again. */
const lamps = `story lamps "Lamps"
begins day 1 08:00
ends after 1 min
unit s of time
unit min = 60 s
type lamp
  lit: boolean
    said as "{self} {self.are} lit"
    unsaid as "{self} {self.are} dark"
type person
  alive: boolean = true
  rings: number 0 .. 9 = 0
mind of p: person
  able means p.alive
action light(l: lamp) by p: person
  needs not l.lit
  takes 2 s
  at end
    l.lit
  said as "light {l}"
  told "{p} light{p.s} {l}."
action ring by p: person
  takes 2 s
  at end
    p.rings = 1
  said as "ring"
  told "{p} ring{p.s}."
${Array.from({ length: 12 }, (_, index) => `lamp no_${index} "lamp ${index}"`).join("\n")}
person ada "Ada"
  wants every l: lamp where l.lit has ada.alive weight 2 while not no_0.lit
  wants not alive or rings = 1
person ben "Ben"
  wants ben.alive
`;
writeFileSync(join(home, "lamps.fabula"), lamps);

function choosing(input: string, args: readonly string[] = [], story = small) {
  const all = [main, "play", story, "--as", "ada", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd: home,
    input,
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

describe("play --as", () => {
  it("lets a reader choose, from what comes to that person's mind", () => {
    const { err, out, status } = choosing("1\n");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain("What do you do?\n  1  bind the cut in Ben’s arm");
    expect(out).toContain("You tie");
  });

  it("takes nothing for an answer, and asks again for what is no answer", () => {
    const { out } = choosing(`seven\n${"0\n".repeat(400)}`);
    expect(out).toContain("> seven\na number from 0 to");
    expect(out).not.toContain("You tie");
  });

  it("says at the beginning who one is and what one is after, and with each question when", () => {
    const { out } = choosing("", [], "lamps.fabula");
    expect(out).toMatch(
      /^Lamps\n\nYou are Ada\.\nYou hope that if some lamp is lit, you are alive, as long as /,
    );
    expect(out).toContain("\n\nday 1 08:00:00  What do you do?\n");
    expect(out).not.toContain("Ben is alive");
  });

  it("offers all that comes to mind, nine at once", () => {
    const { out } = choosing("+\n12\n", [], "lamps.fabula");
    const [first = ""] = out.split("> ", 1);
    expect(first).toMatch(/\n {2}9 {2}[^\n]+\n {2}\+ {2}4 more\n {2}0 {2}nothing\n$/);
    const twelfth = /\n {2}12 {2}(light lamp \d+)\n/.exec(out)?.[1];
    expect(twelfth).toBeDefined();
    expect(out).toContain(`You ${twelfth}.`);
  });

  it("tells what was chosen, though the same was told before it", () => {
    const choices = join(home, "rings.txt");
    writeFileSync(choices, "ring\nring\nring\n");
    const { out } = choosing("", ["--choices", choices], "lamps.fabula");
    const mine = out.split("The input ends here")[0] ?? "";
    expect(mine.match(/You ring\./g)).toHaveLength(3);
  });

  it("says that the input has ended and who goes on, and what is no end", () => {
    expect(choosing("", [], "lamps.fabula").out).toContain(
      "The input ends here: Ada chooses alone from now on.",
    );
    expect(choosing("").out).toContain("  The end. (");
    expect(choosing("", ["--until", "1 min"]).out).toContain("  So far. (");
  });

  it("keeps choices in a file, makes them again and goes on from there", () => {
    const file = join(home, "choices.txt");
    const first = choosing("2\n", ["--choices", file], "lamps.fabula");
    expect(readFileSync(file, "utf8")).toMatch(/^2 {2}light lamp \d+\n$/);
    choosing("1\n", ["--choices", file], "lamps.fabula");
    const both = readFileSync(file, "utf8");
    expect(both.split("\n")).toHaveLength(3);
    const again = choosing("", ["--choices", file], "lamps.fabula");
    expect(readFileSync(file, "utf8")).toBe(both);
    const asked = first.out.split("\n> 2\n")[0] ?? "";
    expect(again.out.startsWith(`${asked}\n> 2\n`)).toBe(true);
    writeFileSync(file, `${both}7  dance\n`);
    const wrong = choosing("", ["--choices", file], "lamps.fabula");
    expect(wrong.status).toBe(2);
    expect(wrong.err).toContain('choices.txt:3: "7  dance" cannot be chosen here');
    expect(readFileSync(file, "utf8")).toBe(`${both}7  dance\n`);
  });

  it("lets one look round, at all there is or at what has a word in it", () => {
    const { out } = choosing("look\nlook cut\nlook dragon\n?\n1\n");
    const [, all = "", some = "", none = "", help = ""] = out.split("> ");
    expect(all).toMatch(/^look\nYou are at the old bridge\./);
    expect(all).toContain("Ben");
    expect(all).toContain("What do you do?");
    expect(some).toContain("the cut in Ben’s arm");
    expect(some.split("What do you do?")[0]).not.toContain("You are at");
    expect(none).toContain('Nothing that you know of has "dragon" in it.');
    expect(help).toContain("undo        takes back your last choice");
    const hash = (text: string) => /[0-9a-f]{16}/.exec(text)?.[0];
    expect(hash(out)).toBe(hash(choosing("1\n").out));
  });

  it("takes choices back, one after the other, and tells again what led to the last", () => {
    const { out } = choosing("1\n2\nundo\nu\nundo\n3\n", [], "lamps.fabula");
    const [begins = "", ...turns] = out.split("> ");
    const question = begins.slice(begins.indexOf("  1  "));
    expect(turns[2]).toMatch(/^undo\nTaken back: light lamp \d+\.\n/);
    expect(turns[2]).toContain("You ring.");
    expect(turns[2]).not.toContain("You are Ada.");
    expect(turns[3]).toContain("Taken back: ring.");
    expect(turns[3]?.endsWith(question)).toBe(true);
    expect(turns[4]).toBe("undo\nthere is nothing to take back\n");
    const hash = (text: string) => /[0-9a-f]{16}/.exec(text)?.[0];
    expect(hash(out)).toBe(hash(choosing("3\n", [], "lamps.fabula").out));
  });

  it("takes back at the end too, and out of the file of choices", () => {
    const file = join(home, "undone.txt");
    writeFileSync(file, "1\n");
    const until = ["--until", "3 s", "--choices", file];
    const { out } = choosing("2\nundo\n1\n\n", until, "lamps.fabula");
    expect(out).toContain("(undo takes back your last choice; anything else ends here)\n> undo\n");
    expect(out.match(/So far\./g)).toHaveLength(2);
    const kept = readFileSync(file, "utf8").split("\n");
    expect(kept).toHaveLength(3);
    expect(kept[1]).toMatch(/^1 {2}\w/);
  });

  it("ends quietly where nobody reads on", () => {
    const command = `printf '0\\n%.0s' $(seq 400) | "${process.execPath}" "${main}" play "${small}" --as ada | head -1`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command], { cwd: home, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "Small\n", stderr: "" });
  });

  it("refuses what it would not do", async () => {
    const refused = async (...args: string[]) =>
      (await runFabula(["play", small, ...args], home)).err;
    expect(await refused("--as", "ada", "--json")).toContain(
      "FAB7006: --json does not go with --as",
    );
    expect(await refused("--as", "ada", "--store", "s")).toContain("--choices FILE keeps");
    expect(await refused("--choices", "c.txt")).toContain("--as PERSON as well");
  });

  it("is ended by Ctrl-C while it waits for an answer", async () => {
    const child = spawn(process.execPath, [main, "play", small, "--as", "ada"], { cwd: home });
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
      if (out.endsWith("> ")) child.kill("SIGINT");
    });
    const signal = await new Promise((resolve) => child.on("close", (_, by) => resolve(by)));
    expect(signal).toBe("SIGINT");
  });
});
