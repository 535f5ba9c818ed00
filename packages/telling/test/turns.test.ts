import type { Told } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { Turns } from "../src/turns.js";

const span = { source: "", start: 0, end: 0, line: 1, column: 1 };
const told = (text: string): Told => ({ parts: [{ kind: "plain", text }], span });
const [first, second, third] = [told("a"), told("b"), told("c")] as [Told, Told, Told];

describe("several templates for one thing", () => {
  it("are told in turn; the first of several once", () => {
    const turns = new Turns();
    const all = [first, second, third];
    const found = Array.from({ length: 6 }, () => turns.next(all, [1, 2]));
    expect(found).toEqual([first, second, third, second, third, second]);
  });

  it("begin anew where it happens between others", () => {
    const turns = new Turns();
    expect(turns.next([first, second], [1, 2])).toBe(first);
    expect(turns.next([first, second], [1, 3])).toBe(first);
    expect(turns.next([first, second], [1, 2])).toBe(second);
  });

  it("stay where there is one, and are nothing where there is none", () => {
    const turns = new Turns();
    expect([turns.next([first], []), turns.next([first], [])]).toEqual([first, first]);
    expect(turns.next([], [])).toBeUndefined();
  });
});
