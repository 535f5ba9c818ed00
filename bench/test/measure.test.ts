import { describe, expect, it } from "vitest";
import type { Comparison, Contender } from "../comparison.js";
import { compareForks } from "../fork.js";
import { compareSchedulers } from "../hold.js";
import { measure, quantile } from "../measure.js";

/** A clock that contenders move themselves. */
let now = 0;
const clock = () => now;

function takes(name: string, micros: () => number, checksum = 1): Contender {
  return {
    name,
    prepare: () => () => {
      now += micros();
      return checksum;
    },
  };
}

function compare(baseline: Contender, contender: Contender, mustAgree = true): Comparison {
  const contenders = [contender];
  return { name: "c", operation: "nothing", operations: 100, baseline, contenders, mustAgree };
}

const options = { rounds: 4, warmups: 1, clock };

describe("measure", () => {
  it("gives the ratio of the same round, whatever the machine does between rounds", () => {
    let slowness = 1;
    const slower = () => {
      slowness *= 2;
      return slowness;
    };
    const baseline = takes("slow", () => 60 * slowness);
    const contender = takes("fast", () => 20 * slowness);
    const clocked = { ...baseline, prepare: () => withBefore(slower, baseline.prepare()) };
    const result = measure(compare(clocked, contender), { ...options, warmups: 0, rounds: 3 });
    expect(result.measurements.map(({ name }) => name)).toEqual(["slow", "fast"]);
    expect(result.measurements[0]?.ratio).toBe(1);
    // Rounds 0 and 2 run in the same order; round 1 the other way, with half the slowness.
    expect(result.measurements[1]?.ratio).toBe(3);
  });

  it("gives operations per second of CPU time", () => {
    const result = measure(
      compare(
        takes("a", () => 1_000),
        takes("b", () => 500),
      ),
      options,
    );
    expect(result.measurements.map(({ perSecond }) => perSecond)).toEqual([100_000, 200_000]);
  });

  it("divides by the repeats of a contender, and catches one that does not repeat", () => {
    const repeated = { ...takes("b", () => 5), repeats: 10 };
    const result = measure(
      compare(
        takes("a", () => 50),
        repeated,
      ),
      options,
    );
    expect(result.measurements[1]?.ratio).toBe(10);
    const changing = { name: "c", prepare: () => () => ++now, repeats: 2 };
    expect(() =>
      measure(
        compare(
          takes("a", () => 1),
          changing,
        ),
        options,
      ),
    ).toThrow("when repeated");
  });

  it("runs the contenders in turned order, so that neither is always first", () => {
    const order: string[] = [];
    const noting = (name: string) =>
      takes(name, () => {
        order.push(name);
        return 1;
      });
    measure(compare(noting("a"), noting("b")), { ...options, warmups: 0 });
    expect(order.join("")).toBe("abbaabba");
  });

  it("catches a contender that did different work", () => {
    const different = compare(
      takes("a", () => 1),
      takes("b", () => 1, 2),
    );
    expect(() => measure(different, options)).toThrow("did different work");
    expect(measure({ ...different, mustAgree: false }, options).measurements).toHaveLength(2);
  });

  it("refuses to report on fewer than three rounds", () => {
    const two = { ...options, rounds: 2 };
    expect(() =>
      measure(
        compare(
          takes("a", () => 1),
          takes("b", () => 1),
        ),
        two,
      ),
    ).toThrow(RangeError);
  });
});

it("quantile lies between neighbours in straight lines", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([7], 0.25)).toBe(7);
});

it("the baselines give the same checksum again, and a scheduler that forgets is caught", () => {
  const again = { ...compareSchedulers(50, []), contenders: [compareSchedulers(50, []).baseline] };
  expect(measure(again, { ...options, rounds: 3 }).measurements).toHaveLength(2);
  const forgetful = {
    name: "forgets ties",
    create: () => ({ firstTime: 0, push: () => undefined, pop: () => 0 }),
  };
  const planted = compareSchedulers(50, [forgetful]);
  expect(() => measure(planted, { ...options, rounds: 3 })).toThrow("did different work");
});

it("a fork that writes through to its parent is caught", () => {
  const honest = compareForks([]);
  const shared: Contender = {
    name: "no fork at all",
    prepare: () => () => 3 * ((honest.operations * (honest.operations - 1)) / 2),
  };
  expect(() => measure({ ...honest, contenders: [shared] }, { ...options, rounds: 3 })).toThrow(
    "did different work",
  );
});

function withBefore(before: () => void, round: () => number): () => number {
  return () => {
    before();
    return round();
  };
}
