import { describe, expect, test } from "vitest";
import { keyedDraw } from "../src/chance/chance.js";
import { threefry2x32 } from "../src/chance/threefry.js";

const hex = (block: Int32Array) =>
  [...block].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ");

describe("threefry2x32-20", () => {
  // Random123's kat_vectors.
  test.each([
    [[0, 0], [0, 0], "6b200159 99ba4efe"],
    [[-1, -1], [-1, -1], "1cb996fc bb002be7"],
    [[0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344], "c4923a9c 483df7a0"],
  ])("CHANCE-1 %o under %o", (counter, key, expected) => {
    const block = Int32Array.from(counter);
    threefry2x32(block, key[0] as number, key[1] as number);
    expect(hex(block)).toBe(expected);
  });
});

describe("a draw", () => {
  test("is in [0, 1), and uniform enough over keys", () => {
    const bins = new Array<number>(10).fill(0);
    for (let nth = 0; nth < 10_000; nth++) {
      const draw = keyedDraw(7, "test", [nth % 13, nth], nth % 3);
      expect(draw).toBeGreaterThanOrEqual(0);
      expect(draw).toBeLessThan(1);
      const bin = Math.floor(draw * 10);
      bins[bin] = (bins[bin] as number) + 1;
    }
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test("CHANCE-2 differs by seed, purpose, who and which time", () => {
    const draws = [
      keyedDraw(1, "a", [1, 2], 0),
      keyedDraw(2, "a", [1, 2], 0),
      keyedDraw(4294967297, "a", [1, 2], 0),
      keyedDraw(1, "b", [1, 2], 0),
      keyedDraw(1, "a", [2, 1], 0),
      keyedDraw(1, "a", [1], 0),
      keyedDraw(1, "a", [1, 2], 1),
    ];
    expect(new Set(draws).size).toBe(draws.length);
  });
});
