import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "../src/views/read/kept-place.js";
import { firstAt, marksIn } from "../src/views/timeline/marks.js";
import { moved, spanLabel, ticksOf, zoomed } from "../src/views/timeline/scale.js";

const length = 1_000_000;
const stretches = fc
  .tuple(fc.nat(length - 100), fc.nat(length - 100))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 100 }));

describe("a stretch of time", () => {
  it("stays inside the run however it is zoomed and moved", () => {
    const factors = fc.double({ min: 0.01, max: 100, noNaN: true });
    const steps = fc.integer({ min: -2 * length, max: 2 * length });
    fc.assert(
      fc.property(stretches, factors, steps, (stretch, factor, by) => {
        for (const now of [
          zoomed(stretch, factor, stretch.from, length),
          moved(stretch, by, length),
        ]) {
          expect(now.from).toBeGreaterThanOrEqual(0);
          expect(now.to).toBeLessThanOrEqual(length + 1e-6);
          expect(now.to - now.from).toBeGreaterThanOrEqual(10 - 1e-6);
        }
      }),
    );
  });

  it("keeps what is under the pointer where it is", () => {
    const now = zoomed({ from: 400, to: 800 }, 0.5, 500, 1000);
    expect((500 - now.from) / (now.to - now.from)).toBeCloseTo(0.25);
  });

  it("has few ticks, at round times, from milliseconds to years", () => {
    for (let span = 10; span < 1e13; span *= 7) {
      const ticks = ticksOf({ from: 0, to: span }, 8);
      expect(ticks.length, String(span)).toBeLessThan(205);
      expect(new Set(ticks.map((one) => one.label)).size).toBe(ticks.length);
    }
    expect(spanLabel(150_000, 1000)).toBe("+2 min 30 s");
    expect(spanLabel(0, 1)).toBe("start");
  });
});

describe("marks", () => {
  const columns = (times: number[]) => ({
    times: Float64Array.from(times),
    looks: Uint8Array.from(times, (_, index) => index % 2),
    lanes: Int32Array.from(times, (_, index) => (index % 3) - 1),
  });

  it("stand for every occurrence in the stretch that has a lane and is shown, once", () => {
    const times = fc.array(fc.nat(1000)).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.nat(500), fc.nat(500), (sorted, from, span) => {
        const all = columns(sorted);
        const stretch = { from, to: from + span + 1 };
        const marks = marksIn(all, stretch, 300, 3, 2, [true, false]);
        const wanted = sorted.filter(
          (time, index) =>
            time >= stretch.from && time <= stretch.to && index % 2 === 0 && index % 3 > 0,
        );
        expect(marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(wanted.length);
      }),
    );
  });

  it("are no more than the columns of the screen, however many occurrences there are", () => {
    const many = columns(Array.from({ length: 100_000 }, (_, index) => index));
    const marks = marksIn(many, { from: 0, to: 100_000 }, 900, 3, 2, [true, true]);
    expect(marks.length).toBeLessThanOrEqual((900 / 3 + 1) * 2 * 2);
  });

  it("are found by bisection", () => {
    expect(firstAt([1, 3, 3, 5], 3)).toBe(1);
    expect(firstAt([1, 3, 3, 5], 6)).toBe(4);
    expect(firstAt([], 6)).toBe(0);
  });
});

describe("the nearest of some numbers", () => {
  it("is the earlier one where two are as near, and none of none", () => {
    expect(nearest([1, 5, 9], 6)).toBe(1);
    expect(nearest([1, 5, 9], 7)).toBe(1);
    expect(nearest([], 7)).toBe(-1);
  });
});
