import { describe, expect, it } from "vitest";
import { modulesFrom, readStory, type Verification, whyRun } from "../src/index.js";

const plain = { seed: 1, changes: [], jitter: 0, as: -1, verify: true };

function verified(lines: string, asked: string): readonly Verification[] {
  const text = `story mill "The mill"
begins day 1 12:00
unit s of time
unit min = 60 s
ends after 30 min
type world
type house
house has
  dry: boolean
  wet: number 0 .. 10 = 0
  sparks: number 0 .. 10 = 0
  ash: boolean
${lines}
`;
  const read = readStory({ name: "mill.fabula", text }, modulesFrom({}));
  if (!read.ok) throw new Error(read.diagnostics.map((one) => one.message).join("\n"));
  const question = read.value.readQuestion(asked);
  if (!question.ok) throw new Error(question.diagnostics.map((one) => one.message).join("\n"));
  const answer = whyRun(read.value, question.value, plain);
  if (!answer.found) throw new Error("never");
  return answer.verified ?? [];
}

function verdicts(all: readonly Verification[]): Record<string, string> {
  return Object.fromEntries(all.map((one) => [one.without, one.verdict]));
}

describe("why --verify", () => {
  it("takes away what comes from outside, and facts of the start", () => {
    const all = verified(
      `house mill "the mill"
  dry
rule burns for h: house
  when h.sparks > 0 and h.dry
  then h.ash
at 1 min
  mill.sparks = 1
  told "A spark flies."`,
      "mill.ash",
    );
    expect(verdicts(all)).toEqual({
      "without from outside (1): A spark flies.": "necessary",
      "set not mill.dry": "necessary",
    });
    // Asked is that it becomes ash, which is the rule's own doing.
    expect(all.find((one) => one.occurrence === 0)).toMatchObject({
      what: "mill.dry",
      sufficient: false,
    });
  });

  it("leaves out what the text goes wrong without", () => {
    const all = verified(
      `house mill "the mill"
  dry
  wet = 2
rule burns for h: house
  when h.dry and 4 / h.wet > 1
  then h.ash`,
      "mill.ash",
    );
    expect(Object.keys(verdicts(all))).toEqual(["set not mill.dry"]);
  });

  it("names what is overdetermined: none necessary alone, all of them together", () => {
    const all = verified(
      `house mill "the mill"
rule burns for h: house
  when h.sparks > 0
  then h.ash
at 1 min
  mill.sparks rises by 1
  told "A spark from the east."
at 1 min
  mill.sparks rises by 1
  told "A spark from the west."`,
      "mill.ash",
    );
    const [east, west] = all;
    expect(east).toMatchObject({ verdict: "one-of", necessary: false, sufficient: true });
    expect(west).toMatchObject({ verdict: "one-of", necessary: false, sufficient: true });
    expect(east?.others).toEqual([west?.without]);
    expect(east?.without).toContain("east");
  });

  it("finds what stands ready to take over, and says how much later it comes", () => {
    const all = verified(
      `house mill "the mill"
rule burns for h: house
  when h.sparks > 0
  then h.ash
at 1 min
  mill.sparks = 1
  told "A spark from the east."
at 3 min
  mill.sparks = 1
  told "A spark from the west."`,
      "mill.ash",
    );
    expect(all.map((one) => [one.verdict, one.later, one.occurrence >= 0])).toEqual([
      ["one-of", 120_000, true],
      ["one-of", 0, false],
    ]);
  });

  it("says of what made no difference that it made none", () => {
    const all = verified(
      `house mill "the mill"
  wet = 1
rule burns for h: house
  when h.sparks > h.wet
  then h.ash
at 1 min
  mill.sparks = 9
  told "Sparks fly."`,
      "mill.ash",
    );
    expect(verdicts(all)).toEqual({
      "without from outside (1): Sparks fly.": "necessary",
      "set mill.wet = 0": "no-difference",
    });
    expect(all[0]).toMatchObject({ sufficient: true });
  });

  it("a fact that is as its type says cannot be taken away", () => {
    const all = verified(
      `house mill "the mill"
  wet = 0
rule burns for h: house
  when h.sparks > h.wet
  then h.ash
at 1 min
  mill.sparks = 9`,
      "mill.ash",
    );
    expect(all.map((one) => one.verdict)).toEqual(["necessary"]);
  });
});
