import { describe, expect, it } from "vitest";
import { combineDimensions, describeDimension, rootOfDimension } from "../src/lower/dimension.js";
import { defaultQuantum, powerOfTwoBelow } from "../src/lower/grid.js";
import { hashSources } from "../src/lower/source-hash.js";
import { UnitTable } from "../src/lower/unit-table.js";

function commonUnits(): UnitTable {
  const units = new UnitTable();
  units.declareBase("s", "time");
  units.declareBase("m", "length");
  units.declareDerived("min", { value: 60, dimension: { time: 1 } });
  units.declareDerived("%", { value: 0.01, dimension: {} });
  return units;
}

describe("dimensions", () => {
  it("add their powers and leave out what cancels", () => {
    expect(combineDimensions({ length: 1 }, { time: 1 }, -1)).toEqual({ length: 1, time: -1 });
    expect(combineDimensions({ length: 1, time: -1 }, { time: 1 }, 1)).toEqual({ length: 1 });
    const keys = Object.keys(combineDimensions({ time: 1 }, { length: 1 }, 1));
    expect(keys).toEqual(["length", "time"]);
  });

  it("have a root only where every power is even", () => {
    expect(rootOfDimension({ length: 2 })).toEqual({ length: 1 });
    expect(rootOfDimension({ length: 1 })).toBeUndefined();
    expect(rootOfDimension({})).toEqual({});
  });

  it("read as an author writes them", () => {
    const { baseUnits } = commonUnits();
    expect(describeDimension({ length: 1, time: -1 }, baseUnits)).toBe("m per s");
    expect(describeDimension({ time: -2 }, baseUnits)).toBe("per s^2");
    expect(describeDimension({}, baseUnits)).toBe("a plain number");
  });
});

describe("measures", () => {
  it("LANG-8 are in base units, as near as can be to what was written", () => {
    const units = commonUnits();
    expect(units.measure(95, "%", [])).toEqual({ value: 0.95, dimension: {} });
    expect(units.measure(4, "%", ["min"])).toEqual({
      value: 0.04 / 60,
      dimension: { time: -1 },
    });
    expect(units.measure(3, "m", ["s"])).toEqual({
      value: 3,
      dimension: { length: 1, time: -1 },
    });
  });

  it("tell which name is no unit", () => {
    expect(commonUnits().measure(3, "furlong", [])).toEqual({ unknownUnit: "furlong" });
    expect(commonUnits().measure(3, "m", ["week"])).toEqual({ unknownUnit: "week" });
  });
});

describe("the grid", () => {
  it("is the power of two below a millionth of the range", () => {
    for (const [low, high] of [
      [0, 1],
      [0, 10],
      [-40, 1000],
      [0, 1e-6],
    ] as const) {
      const quantum = defaultQuantum(low, high);
      const steps = (high - low) / quantum;
      expect(steps).toBeGreaterThanOrEqual(2 ** 20);
      expect(steps).toBeLessThan(2 ** 21);
      expect(powerOfTwoBelow(quantum)).toBe(quantum);
    }
  });

  it("rounds a declared step down", () => {
    expect(powerOfTwoBelow(0.01)).toBe(2 ** -7);
    expect(powerOfTwoBelow(1)).toBe(1);
    expect(powerOfTwoBelow(3)).toBe(2);
  });
});

describe("the hash of sources", () => {
  it("LANG-7 is 16 digits and sees every name, text, border and order", () => {
    const one = { source: "a", text: "bc" };
    const two = { source: "d", text: "" };
    const hashes = [
      hashSources([one]),
      hashSources([two]),
      hashSources([one, two]),
      hashSources([two, one]),
      hashSources([{ source: "ab", text: "c" }]),
      hashSources([{ source: "a", text: "bd" }]),
    ];
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(hashes).size).toBe(hashes.length);
    // Frozen: a saved run names its world by this.
    expect(hashSources([one])).toBe(hashSources([{ ...one }]));
  });
});
