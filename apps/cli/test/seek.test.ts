/** `fabula seek`, in this process. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, runFabula } from "./run-fabula.js";

const world = `
entity Ann : character; entity Ben : character;
property box() : boolean; property gift() : boolean; property seen() : boolean;
action wrap() { precondition: !box(); effect: box(); consenting: Ann; };
action give() { precondition: box(); effect: gift(); consenting: Ann, Ben; };
action look() { precondition: box() & !gift(); effect: seen(); };
utility(): if(gift()) 1 else 0;
utility(Ann): if(gift()) 1 else 0;
utility(Ben): if(gift()) 1 else 0;
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = makeFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Acts that last, and nothing that moves: neither plans nor the least change are for it. */
const takesTime = `story rained "Rained on"
unit s of time
type world
type thing
type person is thing
  wet: boolean
mind of p: person
  able means not p.wet
action bathe by p: person
  needs not p.wet
  takes 5 s
  at end
    p.wet
person ann "Ann"
`;

describe("fabula seek in a world with time", () => {
  it("says how often it ends so as it is, and what is the least that changes it", async () => {
    const boat = await runFabula(
      ["seek", "examples/the-boat", "mara.alive at end", "--seeds", "2", "--json"],
      makeFolder(),
    );
    expect([boat.code, boat.err]).toEqual([0, ""]);
    expect(JSON.parse(boat.out)).toMatchObject({ found: true, base: { yes: 2 }, answers: [] });
  });
});

describe("fabula seek", () => {
  const folder = folderWith({
    "gift.txt": world,
    "plan.txt": "wrap()\ngive()\n",
    "bad.txt": "give()\n",
  });

  it("says that it is so at the start already, and of no limits", async () => {
    const { code, out } = await runFabula(["seek", "gift.txt", "!gift()"], folder);
    expect(code).toBe(1);
    expect(out).toMatch(/^no story: it is so at the start already, [^\n]*\n$/);
  });

  it("tells a story and ends with 0", async () => {
    const { code, out } = await runFabula(["seek", "gift.txt"], folder);
    expect(code).toBe(0);
    expect(out).toContain("1. wrap()\n");
    expect(out).toContain("Ann counts on give().");
  });

  it("takes a condition, and prints Sabre's form", async () => {
    const args = ["seek", "gift.txt", "gift() & seen()", "--form", "sabre"];
    const { code, out } = await runFabula(args, folder);
    expect(code).toBe(0);
    expect(out).toBe(
      "wrap()\n| give()\n| | goal(Ben, True)\n| goal(Ann, True)\nlook()\n" +
        "give()\n| goal(Ann, True)\n| goal(Ben, True)\ngoal(True)\n",
    );
  });

  it("prints one JSON value", async () => {
    const { out } = await runFabula(["seek", "gift.txt", "--json", "--shortest"], folder);
    expect(JSON.parse(out)).toMatchObject({
      found: true,
      valid: true,
      isShortest: true,
      length: 2,
      plan: ["wrap()", "give()"],
      reason: "found; proven shortest",
    });
  });

  it("says why there is none, and ends with 1", async () => {
    const { code, out } = await runFabula(["seek", "gift.txt", "1", "--atl", "1"], folder);
    expect(code).toBe(1);
    expect(out).toContain("out of reach within 1");
    expect(out).toContain("With --atl 10 there is one of 2 actions.");
    const json = await runFabula(["seek", "gift.txt", "1", "--ctl", "1", "--json"], folder);
    expect(JSON.parse(json.out)).toMatchObject({
      found: false,
      wider: { limit: "characterTemporalLimit", value: 5, length: 2 },
    });
  });

  it("says so where no limit alone was in the way", async () => {
    const { code, out } = await runFabula(["seek", "gift.txt", "seen() & !box()"], folder);
    expect(code).toBe(1);
    expect(out).toContain("None of these, raised alone for a while, brought one.");
  });

  it("refuses options that mean nothing for what is looked for", async () => {
    const plan = await runFabula(["seek", "gift.txt", "--may", "box()"], folder);
    expect([plan.code, plan.err]).toEqual([2, expect.stringMatching(/FAB7006: --may .*no time/)]);
    const least = await runFabula(
      ["seek", "examples/the-boat", "mara.alive", "--atl", "3"],
      folder,
    );
    expect([least.code, least.err]).toEqual([
      2,
      expect.stringMatching(/FAB7006: --atl .*has time/),
    ]);
    const half = await runFabula(["seek", "gift.txt", "--ctl", "2.5"], folder);
    expect([half.code, half.err]).toEqual([2, expect.stringMatching(/--ctl takes a whole number/)]);
  });

  it("checks a plan", async () => {
    const good = await runFabula(["seek", "gift.txt", "--check", "plan.txt"], folder);
    expect([good.code, good.out]).toEqual([0, "valid\n"]);
    const bad = await runFabula(["seek", "gift.txt", "--check", "bad.txt"], folder);
    expect([bad.code, bad.out]).toEqual([1, "step 1: impossible: give() is not possible then\n"]);
  });

  it("refuses what it cannot read, with the place, and ends with 2", async () => {
    const { code, err } = await runFabula(["seek", "gift.txt", "gifts()"], folder);
    expect(code).toBe(2);
    expect(err).toContain('unknown property "gifts"');
    expect(err).toContain('did you mean "gift"?');
  });

  it("takes a story, and tells it in its own words", async () => {
    const { code, out } = await runFabula(["seek", "examples/the-ford", "wick.caught"], folder);
    expect(code).toBe(0);
    expect(out).toContain("2. wick.go(ford)\n");
    expect(out).toContain("wick is wrong: believes hale.at = bridge, in truth it is ford.");
    expect(out).toContain("hale wants wick.caught = true (0 to 1).");
  });

  it("checks a plan that is written as the story's language writes it", async () => {
    writeFileSync(
      join(folder, "caught.txt"),
      "wick.go(market)\nwick.go(ford)\nhale.arrest(wick)\n",
    );
    const check = (plan: string) =>
      runFabula(["seek", "examples/the-ford", "wick.caught", "--check", plan], folder);
    expect((await check("caught.txt")).out).toBe("valid\n");
    writeFileSync(join(folder, "early.txt"), "hale.arrest(wick)\n");
    expect(await check("early.txt")).toMatchObject({
      code: 1,
      out: "step 1: impossible: hale.arrest(wick) is not possible then\n",
    });
  });

  it("refuses a story that is no discrete world, and one that asks for nothing", async () => {
    const rained = join(folder, "rained.fabula");
    writeFileSync(rained, takesTime);
    const timed = await runFabula(["seek", rained, "ann.wet"], folder);
    expect([timed.code, timed.err.includes("FAB4201")], timed.err).toEqual([2, true]);
    const nothing = await runFabula(["seek", "examples/the-ford"], folder);
    expect([nothing.code, nothing.err.includes("FAB7007")]).toEqual([2, true]);
    const much = await runFabula(["seek", "examples/the-ford", "1"], folder);
    expect([much.code, much.err.includes("FAB7007")]).toEqual([2, true]);
    const later = ["seek", "examples/the-ford", "wick.caught before wick.at = ford"];
    const { code, err } = await runFabula(later, folder);
    expect([code, err.includes("FAB4205")]).toEqual([2, true]);
  });
});

describe("fabula import sabre", () => {
  const folder = folderWith({ "gift.txt": world, "broken.txt": "entity Ann : character" });

  it("writes a story that seek takes, and never over another", async () => {
    const args = ["import", "sabre", "gift.txt", "-o", "gift.fabula"];
    expect(await runFabula(args, folder)).toMatchObject({ code: 0, out: "wrote gift.fabula\n" });
    const { code, out } = await runFabula(["seek", "gift.fabula", "gift and seen_"], folder);
    expect([code, out.includes("Ann.give(Ben)") || out.includes("Ann.give")]).toEqual([0, true]);
    expect((await runFabula(args, folder)).code).toBe(2);
  });

  it("refuses what is no problem", async () => {
    writeFileSync(join(folder, "bytes.txt"), Buffer.from([0xff, 0xfe, 0x00]));
    writeFileSync(join(folder, "deep.txt"), `x() = ${"(".repeat(5000)}`);
    writeFileSync(join(folder, "odd.txt"), "type boolean : number; action ( ; utility( : ;");
    for (const file of ["bytes.txt", "deep.txt", "odd.txt", "missing.txt"]) {
      const { code, err } = await runFabula(["import", "sabre", file], folder);
      expect([file, code, /FAB\d{4}/.test(err)]).toEqual([file, 2, true]);
    }
  });
});
