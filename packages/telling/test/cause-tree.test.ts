import { growCauseTree, occurrencesOf } from "@fabula/telling";
import { describe, expect, it } from "vitest";
import { chronicleOf, SmallWorld } from "./small-world.js";

const cause = (from: number, to: number) => ({ from, to, kind: "triggered" as const });

/** 4 <- 3, 2; 3 <- 2; 2 <- 1; 1 <- 0. */
function chronicle() {
  return chronicleOf(new SmallWorld(), [
    { causes: [cause(0, 1)] },
    { causes: [cause(1, 2)] },
    { causes: [cause(2, 3)] },
    { causes: [cause(2, 4), cause(3, 4)] },
  ]);
}

describe("a causal tree", () => {
  it("reaches the beginning and writes each occurrence out once, nearest to the root", () => {
    const tree = growCauseTree(chronicle(), 4);
    expect(occurrencesOf(tree)).toEqual([0, 1, 2, 3, 4]);
    expect(tree.causes.map((one) => [one.occurrence, one.repeated])).toEqual([
      [3, false],
      [2, false],
    ]);
    expect(tree.causes[0]?.causes).toMatchObject([{ occurrence: 2, repeated: true, causes: [] }]);
  });

  it("ends with unknown where somebody's knowledge ends", () => {
    const tree = growCauseTree(chronicle(), 4, { known: new Set([4, 3]) });
    expect(occurrencesOf(tree)).toEqual([3, 4]);
    expect(tree.unknown).toBe(true);
    expect(tree.causes[0]?.unknown).toBe(true);
  });

  it("does not outgrow its limits", () => {
    const tree = growCauseTree(chronicle(), 4, { depthMax: 1 });
    expect(occurrencesOf(tree)).toEqual([2, 3, 4]);
    expect(tree.causes.map((one) => one.cut)).toEqual([true, true]);
    const small = growCauseTree(chronicle(), 4, { sizeMax: 2 });
    expect(occurrencesOf(small).length).toBeLessThan(5);
    expect(JSON.stringify(small)).toContain('"cut":true');
  });
});
