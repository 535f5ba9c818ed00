import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nowhere, type Place, readPlace, viewNames, writePlace } from "../src/shell/place.js";

const places: fc.Arbitrary<Place> = fc.record({
  story: fc.string(),
  view: fc.constantFrom(...viewNames),
  eyes: fc.string(),
  telling: fc.string(),
  seed: fc.nat(),
  changes: fc.array(fc.string()),
  at: fc.integer({ min: -1, max: 1_000_000 }),
  marks: fc.boolean(),
  question: fc.string(),
});

describe("a place", () => {
  it("comes back from its address, whatever it holds", () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(readPlace(writePlace(place))).toEqual(place);
      }),
    );
  });

  it("has the shortest address", () => {
    expect(writePlace(nowhere)).toBe("#");
    expect(writePlace({ ...nowhere, story: "a.fabula", seed: 3 })).toBe("#story=a.fabula&seed=3");
  });

  it("is read from any address at all: what cannot be read is left out", () => {
    const read = readPlace("#view=nonsense&seed=-3&at=1e9&seed=4&story=x");
    expect(read).toEqual({ ...nowhere, story: "x" });
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(viewNames).toContain(readPlace(hash).view);
      }),
    );
  });
});
