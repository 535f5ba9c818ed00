import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NumberSet } from "../src/number-set.js";

describe("a set of numbers", () => {
  test("says of each number whether it is new, small or large", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(80), { maxLength: 200 }), (numbers) => {
        const set = new NumberSet();
        const plain = new Set<number>();
        for (const number of numbers) {
          expect(set.add(number)).toBe(!plain.has(number));
          plain.add(number);
          expect(set.count).toBe(plain.size);
        }
      }),
    );
  });
});
