import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NumberSet } from "../src/kernel/number-set.js";
import { sortFew } from "../src/kernel/order.js";

describe("putting few things in order", () => {
  test("is what putting many in order is, and leaves equals as they stood", () => {
    const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat()), { maxLength: 20 });
    fc.assert(
      fc.property(pairs, (list) => {
        const byFirst = (a: readonly number[], b: readonly number[]): number =>
          (a[0] as number) - (b[0] as number);
        expect(sortFew(list.slice(), byFirst)).toEqual(list.slice().sort(byFirst));
      }),
    );
  });

  test("gives the numbers of a set by size, few or many", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 60 }), (numbers) => {
        const set = new NumberSet();
        for (const number of numbers) set.add(number);
        expect(set.sorted()).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }),
    );
  });
});
