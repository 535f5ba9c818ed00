import { describe, expect, it } from "vitest";
import { causeGraphOf, occurrenceView, RecordedRun, type WhyNode, whyRun } from "../src/index.js";
import { openText, take } from "./small-world.js";

/** A barrel with two holes: once it is filled again; then it runs dry. */
const text = `story barrel "The barrel"
begins day 1 08:00
ends after 60 min

unit s of time
unit min = 60 s
unit % = 0.01

type world
type thing
type barrel is thing
  water: quantity 0% .. 100% = 100%
  filled: boolean
  dry: boolean
type hole is thing
  side: barrel
  width: number 0 .. 10 = 1
  plugged: boolean

process leaks for h: hole
  while not h.plugged and not h.side.dry
  h.side.water falls by h.width * 1% per min

process rains for b: barrel
  while not b.dry
  b.water rises by 1% per min

rule is_filled for b: barrel
  when b.water <= 40% and not b.filled
  then
    b.filled
    b.water = 80%

rule runs_dry for b: barrel
  when b.water = 0 and not b.dry
  then b.dry

barrel butt "the butt"
hole knothole "the knothole"
  side = butt
  width = 3
hole crack "the crack"
  side = butt
  width = 1
hole bunghole "the bunghole"
  side = butt
  width = 9
  plugged
`;
const story = openText(text);
const plain = { seed: 1, changes: [], jitter: 0 };

function why(verify: boolean) {
  const answer = whyRun(story, take(story.readQuestion("butt.dry")), { ...plain, as: -1, verify });
  if (!answer.found) throw new Error("the butt never runs dry");
  return answer;
}

describe("what carried a quantity to where a rule found it", () => {
  // 100 % at 08:00, 3 % a minute less: 40 % after 20 minutes, filled to 80 %, dry 27 minutes later.
  const ranDry =
    "The butt’s water, 80 % at day 1 08:20:00, had come to 0 %: " +
    "leaks (the knothole), 75 % of it; leaks (the crack), 25 % of it.";

  it("is the processes that drew it, from where it was last set anew", () => {
    const { tree } = why(false);
    expect(tree.clock).toBe("day 1 08:46:40");
    expect(tree.carried).toEqual([ranDry]);
    const all: WhyNode[] = [tree];
    for (const node of all) all.push(...node.causes);
    const filled = all.find((node) => node.what === "butt.is_filled");
    expect(filled?.carried).toEqual([
      "The butt’s water, 100 % at day 1 08:00:00, had come to 40 %: " +
        "leaks (the knothole), 75 % of it; leaks (the crack), 25 % of it.",
    ]);
  });

  it("can be put to the test like any cause", () => {
    const leaks = why(true).verified?.find((one) => one.without === "switch off leaks");
    expect(leaks).toMatchObject({ occurrence: 0, what: "leaks", verdict: "necessary" });
  });

  it("stands in the views of an occurrence and of its causes", () => {
    const run = RecordedRun.of(story, plain);
    const root = why(false).tree.occurrence;
    expect(occurrenceView(run, root, -1).carried).toEqual([ranDry]);
    expect(causeGraphOf(run, root, { as: -1 }).carried).toEqual([ranDry]);
    expect(occurrenceView(run, 0, -1).carried).toEqual([]);
  });
});
