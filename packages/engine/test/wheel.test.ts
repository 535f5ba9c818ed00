import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena } from "../src/state/arena.js";
import { WordAllocator } from "../src/state/pool.js";
import { Agenda, compareParts } from "../src/state/wheel.js";

function createAgenda(begins = 0) {
  const arena = new Arena();
  return { arena, agenda: new Agenda(arena, new WordAllocator(arena), begins) };
}

/** Too simple to be wrong. */
class NaiveAgenda {
  entries: { time: number; parts: readonly number[] }[] = [];
  add(parts: readonly number[], time: number) {
    this.entries.push({ time, parts });
  }
  clear(parts: readonly number[]) {
    this.entries = this.entries.filter((one) => compareParts(one.parts, parts) !== 0);
  }
  next(limit: number) {
    const time = Math.min(Number.POSITIVE_INFINITY, ...this.entries.map((one) => one.time));
    return time <= limit ? time : Number.POSITIVE_INFINITY;
  }
  open(time: number) {
    const due = this.entries.filter((one) => one.time === time).map((one) => one.parts);
    this.entries = this.entries.filter((one) => one.time !== time);
    return due.sort(compareParts);
  }
}

const command = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), key: fc.nat(20), in: delay() }),
  fc.record({ kind: fc.constant("put" as const), key: fc.nat(20), in: delay() }),
  fc.record({ kind: fc.constant("clear" as const), key: fc.nat(20), in: fc.constant(0) }),
  fc.record({ kind: fc.constant("step" as const), key: fc.constant(0), in: delay() }),
);

function delay() {
  return fc.oneof(
    fc.nat(3),
    fc.nat(100),
    fc.nat(10_000),
    fc.nat(100_000_000),
    fc.maxSafeNat().map((x) => x % 1e13),
  );
}

describe("the agenda", () => {
  test("AGENDA-1 does what a sorted list does, ties in order of keys, across 2^32 ms and more", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), fc.nat(1e12), (commands, begins) => {
        const { agenda } = createAgenda(begins);
        const naive = new NaiveAgenda();
        let now = begins;
        for (const one of commands) {
          const parts = [one.key % 3, one.key];
          if (one.kind === "add" || one.kind === "put") {
            if (one.kind === "put") naive.clear(parts);
            naive.add(parts, now + one.in);
            if (one.kind === "add") agenda.add(agenda.key(parts), now + one.in);
            else agenda.put(agenda.key(parts), now + one.in);
          } else if (one.kind === "clear") {
            naive.clear(parts);
            agenda.clear(agenda.key(parts));
          } else {
            const limit = now + one.in;
            const time = agenda.nextTime(limit);
            expect(time).toBe(naive.next(limit));
            if (time === Number.POSITIVE_INFINITY) continue;
            now = time;
            expect(agenda.open(time).map((key) => agenda.partsOf(key))).toEqual(naive.open(time));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("STATE-1 what a dropped fork did is undone", () => {
    const { arena, agenda } = createAgenda();
    for (let key = 0; key < 50; key++) agenda.add(agenda.key([key]), key * 997);
    const mark = arena.mark();
    for (let key = 0; key < 80; key++) agenda.put(agenda.key([key]), key * 31 + 5);
    for (let time = agenda.nextTime(9_000); time <= 9_000; time = agenda.nextTime(9_000)) {
      agenda.open(time);
    }
    arena.drop(mark);
    // Keys interned in the fork took words, all zero again.
    expect(agenda.nextTime(Number.POSITIVE_INFINITY)).toBe(0);
    expect(agenda.timeOf(agenda.key([49]))).toBe(49 * 997);
    expect(agenda.timeOf(agenda.key([70]))).toBe(Number.POSITIVE_INFINITY);
  });

  test("takes whole milliseconds only", () => {
    const { agenda } = createAgenda();
    expect(() => agenda.add(agenda.key([1]), 0.5)).toThrow(RangeError);
  });
});
