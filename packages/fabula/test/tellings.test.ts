/** The row of tellings, told: what no expectation of a world can say of the told text itself. */
import { describe, expect, it } from "vitest";
import { findModules, readWorldText } from "../../../scripts/worlds.mjs";
import { readStory, tellRun } from "../src/index.js";

/** A row as a story of its own: its lines one step to the left, without what it rests on. */
function rowAsStory(file: string): string {
  const text = readWorldText(`std/systems/${file}`).text;
  const at = text.indexOf("\nrow ");
  const [head = "", ...lines] = text.slice(at + 1).split("\n");
  const title = /"[^"]*"/.exec(head)?.[0] ?? "";
  const before = text.slice(0, at + 1).replace(/^module .*$/m, `story asked ${title}`);
  const body = lines.filter((line) => !line.startsWith("  rests on"));
  return `${before}${body.map((line) => line.replace(/^ {2}/, "")).join("\n")}
telling secret "Kept from the reader"
  eyes keeper from start until end
  withhold chest_of_oak until keeper.tell
`;
}

describe("S70", () => {
  const read = readStory(
    { name: "asked", text: rowAsStory("s70-one-log-three-heads.fabula") },
    findModules,
  );
  if (!read.ok) throw new Error(read.diagnostics.map(({ message }) => message).join("\n"));
  const story = read.value;
  const plain = { seed: 1, changes: [], jitter: 0, form: "prose", voice: "name" } as const;
  const tell = (name: string | undefined) => {
    const eyes = name === undefined ? -1 : story.readPerson(name, "--eyes");
    const who = typeof eyes === "number" ? eyes : eyes.ok ? eyes.value : -2;
    return tellRun(story, { ...plain, eyes: who });
  };

  it("one log: every telling is of the same chronicle", () => {
    const hashes = [undefined, "keeper", "guest", "stranger"].map((name) => tell(name).hash);
    expect(new Set(hashes).size).toBe(1);
  });

  it("three heads: each telling holds what those eyes perceived, and no more", () => {
    const lid = "The lid stands open";
    expect(tell("keeper").text).toContain(lid);
    expect(tell("guest").text).not.toContain(lid);
    expect(tell("guest").text).toContain("“The chest is empty,”");
    expect(tell("stranger").passages).toEqual([]);
  });

  it("what is withheld is told later, in another order than it happened", () => {
    const telling = story.world.story.tellings.find(({ id }) => id === "secret");
    if (telling === undefined) throw new Error("no telling");
    const told = tellRun(story, { ...plain, eyes: -1, telling });
    const plainly = tell("keeper");
    const ofLid = (one: typeof told) =>
      one.passages.findIndex(({ text }) => text.startsWith("The lid"));
    const ofWords = (one: typeof told) =>
      one.passages.findIndex(({ text }) => text.startsWith("“The chest"));
    expect(ofLid(plainly)).toBeLessThan(ofWords(plainly));
    expect(ofLid(told)).toBeGreaterThan(-1);
    expect(ofWords(told)).toBeGreaterThan(-1);
    expect(ofLid(told)).toBeGreaterThan(ofWords(told));
    expect(told.hash).toBe(plainly.hash);
  });
});
