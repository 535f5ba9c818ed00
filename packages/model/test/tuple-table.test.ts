import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TupleTable } from "../src/tuple-table.js";

const part = fc.oneof(
  fc.integer({ min: -1, max: 9 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: false }),
);

describe("numbers for lists of numbers", () => {
  test("are those that names made of the numbers would have", () => {
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 5 }), { maxLength: 300 }), (tuples) => {
        const table = new TupleTable();
        const names = new Map<string, number>();
        for (const tuple of tuples) {
          const name = tuple.join(",");
          expect(table.find(tuple)).toBe(names.get(name) ?? -1);
          const number = table.add(tuple);
          if (!names.has(name)) names.set(name, names.size);
          expect(number).toBe(names.get(name));
        }
        expect(table.count).toBe(names.size);
        for (const tuple of tuples) {
          expect(table.get(table.find(tuple)).join(",")).toBe(tuple.join(","));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("keep the tuple as it was, whatever becomes of the list", () => {
    const table = new TupleTable();
    const list = [1, 2];
    expect(table.add(list)).toBe(0);
    list[1] = 3;
    expect(table.find([1, 2])).toBe(0);
    expect(table.find(list)).toBe(-1);
  });
});
