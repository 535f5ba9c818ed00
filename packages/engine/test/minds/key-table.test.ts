import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyTable } from "../../src/minds/beliefs/key-table.js";

describe("keys by atom", () => {
  test("are found again, where many of few atoms are held and where few of many are", () => {
    const atoms = fc.oneof(fc.nat(5_000), fc.nat(3_000_000));
    fc.assert(
      fc.property(fc.uniqueArray(atoms, { maxLength: 3_000, minLength: 1 }), (list) => {
        const table = new KeyTable();
        list.forEach((atom, index) => {
          expect(table.find(atom)).toBe(0);
          table.set(atom, index + 1, 1 + Math.max(...list.slice(0, index + 1)));
        });
        list.forEach((atom, index) => {
          expect(table.find(atom)).toBe(index + 1);
        });
        expect(table.find(4_000_000)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test("of many minds that hold little of a large world take little room", () => {
    const table = new KeyTable();
    for (let key = 1; key <= 100; key++) table.set(key * 30_000, key, key * 30_000 + 1);
    expect(table.words).toBeLessThan(5_000);
  });
});
