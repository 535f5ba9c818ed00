import { ExpressionPool } from "@fabula/model";
import { describe, expect, it } from "vitest";

describe("symbols", () => {
  it("of two lists are two expressions, whatever their place in them", () => {
    const pool = new ExpressionPool();
    const red = pool.intern({ op: "constant", value: 0 }, { kind: "symbol", type: 3 });
    const murmur = pool.intern({ op: "constant", value: 0 }, { kind: "symbol", type: 4 });
    expect(murmur).not.toBe(red);
    expect(pool.typeOf(murmur)).toEqual({ kind: "symbol", type: 4 });
    expect(pool.intern({ op: "constant", value: 0 }, { kind: "symbol", type: 3 })).toBe(red);
  });
});
