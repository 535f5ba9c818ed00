import {
  addTallies,
  type EnginePort,
  type JudgedRun,
  mergeResults,
  resultsOf,
  rowCasesOf,
  tallySeeds,
} from "@fabula/lab";
import type { Expect, Intervention, Mechanism, Timed, World } from "@fabula/model";
import { describe, expect, it } from "vitest";

const span = { source: "row", start: 0, end: 0, line: 1, column: 1 };
const condition = { kind: "or", parts: [] } as const satisfies Timed;
const change = { kind: "remove", entity: 1, span } as const satisfies Intervention;

function mechanism(name: string, id: number): Mechanism {
  return { name, off: { kind: "switch-off", what: "rule", id, span }, span };
}

function expected(title: string): Expect {
  return { id: "", title, conditions: [condition], share: 0.9, runs: 12, span };
}

function rowOf(mechanisms: readonly Mechanism[]): World {
  const expects = [expected("it stands")];
  const whatif = { kind: "whatif", id: "", title: "changed", changes: [change] } as const;
  const whatifs = [{ ...whatif, expects: [expected("it falls")], mayChange: [], span }];
  return { story: { expects, whatifs, mechanisms } } as unknown as World;
}

/** Everything holds, but for what `fails` says of the changes of the run. */
function engineWhere(
  fails: (changes: readonly Intervention[], seed: number) => boolean,
  runs: number[] = [],
): EnginePort {
  return {
    judge: (_world, { seed, changes }, conditions) => {
      runs.push(changes.length);
      const chronicle = {} as JudgedRun["chronicle"];
      return { chronicle, answers: conditions.map(() => !fails(changes, seed)) };
    },
  };
}

function isOff(changes: readonly Intervention[], id: number): boolean {
  return changes.some((one) => one.kind === "switch-off" && one.id === id);
}

function test(world: World, engine: EnginePort) {
  const cases = rowCasesOf({ world, id: "S07", title: "The row" }, { jitter: 0 });
  const parts = [
    [1, 4],
    [4, 13],
  ].map(([from = 0, to = 0]) => tallySeeds(engine, world, cases, { from, to }, 0));
  return mergeResults(resultsOf("rows", cases, addTallies(parts)));
}

describe("a row", () => {
  const world = rowOf([mechanism("bleeding", 3), mechanism("fainting", 4)]);

  it("passes where something fails without each mechanism", () => {
    const results = test(
      world,
      engineWhere((changes) => isOff(changes, 3) || isOff(changes, 4)),
    );
    expect(results).toEqual([
      expect.objectContaining({ id: "S07", kind: "row", name: "The row", passed: true }),
    ]);
  });

  it("fails, with the name of it, where a mechanism does not matter", () => {
    const [result, ...others] = test(
      world,
      engineWhere((changes) => isOff(changes, 3)),
    );
    expect(others).toEqual([]);
    expect(result).toMatchObject({ passed: false, name: "The row: holds without fainting" });
  });

  it("takes a what-if that fails without it for proof", () => {
    const failing = engineWhere((changes) => changes.length === 2);
    expect(test(world, failing)).toMatchObject([{ passed: true }]);
  });

  it("does not take a failure now and then for proof", () => {
    const oneSeed = engineWhere((changes, seed) => seed === 99 && changes.length > 0);
    expect(test(world, oneSeed)).toMatchObject([{ passed: false }]);
  });

  it("asks no further in a seed in which something failed", () => {
    const runs: number[] = [];
    test(
      rowOf([mechanism("bleeding", 3)]),
      engineWhere((changes) => isOff(changes, 3), runs),
    );
    // 12 seeds plain and with the what-if; 5 without the mechanism, and none beyond that.
    expect(runs.filter((changes) => changes === 2)).toEqual([]);
    expect(runs).toHaveLength(12 + 12 + 5);
  });

  it("fails where something fails with everything on, whatever it rests on", () => {
    expect(
      test(
        world,
        engineWhere(() => true),
      ),
    ).toMatchObject([{ passed: false, name: "The row: it stands" }]);
  });
});
