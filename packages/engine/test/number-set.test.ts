import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NumberSet } from "../src/kernel/number-set.js";

describe("a set of numbers", () => {
  test("says of each number whether it is new, small or large", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(80), fc.boolean()), { maxLength: 200 }), (steps) => {
        const set = new NumberSet();
        const plain = new Set<number>();
        for (const [number, comes] of steps) {
          expect(set.has(number)).toBe(plain.has(number));
          if (comes) expect(set.add(number)).toBe(!plain.has(number));
          else set.delete(number);
          if (comes) plain.add(number);
          else plain.delete(number);
          expect(set.count).toBe(plain.size);
        }
        set.clear();
        expect(set.count).toBe(0);
        for (const number of plain) expect(set.add(number)).toBe(true);
        expect(set.count).toBe(plain.size);
      }),
    );
  });
});
