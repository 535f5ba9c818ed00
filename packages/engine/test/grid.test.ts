import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clamp, createGrid, moved, toGrid } from "../src/state/grid.js";

const bounds = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  )
  .map(([low, range]) => createGrid(low, low + range));

describe("the grid of a quantity", () => {
  test("GRID-1 splitting an integration changes no bit", () => {
    fc.assert(
      fc.property(
        bounds,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.array(fc.nat(10_000), { minLength: 1, maxLength: 20 }),
        (grid, at, speed, steps) => {
          const start = clamp(grid, toGrid(grid, grid.low + at * (grid.high - grid.low)));
          const rate = toGrid(grid, ((grid.high - grid.low) * speed) / 50_000);
          const total = steps.reduce((sum, step) => sum + step, 0);
          let value = start;
          for (const step of steps) value = moved(grid, value, rate, step);
          const whole = moved(grid, start, rate, total);
          // Held at a bound it stays there: only runs that never leave the range are compared.
          const free = start + rate * total;
          if (free >= grid.low && free <= grid.high) expect(value).toBe(whole);
          else expect(value === grid.low || value === grid.high).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("GRID-2 contributions added and taken back in any order leave nothing", () => {
    fc.assert(
      fc.property(
        bounds,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.integer(),
        (grid, parts, order) => {
          const rates = parts.map((part) => toGrid(grid, (part * (grid.high - grid.low)) / 1000));
          let rate = 0;
          for (const one of rates) rate += one;
          const shuffled = rates
            .map((one, index) => ({ one, key: Math.imul(index + 1, order | 1) }))
            .sort((a, b) => a.key - b.key);
          for (const { one } of shuffled) rate -= one;
          expect(rate).toBe(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("plain doubles would not do: the property can fail", () => {
    let broken = 0;
    for (let index = 1; index < 1000; index++) {
      const rate = index * 1.1e-7;
      if (0.3 + rate * 700 !== 0.3 + rate * 300 + rate * 400) broken++;
    }
    expect(broken).toBeGreaterThan(50);
  });

  test("needs finite bounds, low below high", () => {
    expect(() => createGrid(1, 1)).toThrow(RangeError);
    expect(() => createGrid(0, Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(() => createGrid(Number.NaN, 1)).toThrow(RangeError);
  });
});
