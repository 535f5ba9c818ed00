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

describe("fabula seek", () => {
  const folder = folderWith({
    "gift.txt": world,
    "plan.txt": "wrap()\ngive()\n",
    "bad.txt": "give()\n",
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
});
