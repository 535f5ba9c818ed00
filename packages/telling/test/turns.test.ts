import type { Told } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { Turns } from "../src/turns.js";

const span = { source: "", start: 0, end: 0, line: 1, column: 1 };
const told = (text: string, again?: true): Told => ({
  parts: [{ kind: "plain", text }],
  span,
  ...(again === undefined ? {} : { again }),
});
const [first, second] = [told("a"), told("b")];
const [third, fourth] = [told("c", true), told("d", true)];

describe("several templates for one thing", () => {
  it("are told in turn, whoever it happens to", () => {
    const turns = new Turns();
    const found = [1, 2, 1, 3].map((who) => turns.next([first, second], [who]));
    expect(found).toEqual([first, second, first, second]);
  });

  it("with `again` stand where the same happened before between the same", () => {
    const turns = new Turns();
    const all = [first, second, third, fourth];
    const found = [1, 1, 2, 1, 2, 3].map((who) => turns.next(all, [who, 9]));
    expect(found).toEqual([first, third, second, fourth, third, first]);
  });

  it("are nothing the first time where all are for again", () => {
    const turns = new Turns();
    expect([turns.next([third], []), turns.next([third], [])]).toEqual([undefined, third]);
  });

  it("stay where there is one, and are nothing where there is none", () => {
    const turns = new Turns();
    expect([turns.next([first], []), turns.next([first], [])]).toEqual([first, first]);
    expect(turns.next([], [])).toBeUndefined();
  });
});
