import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena, PAGE_WORDS } from "../src/state/arena.js";
import { RecordPool, WordAllocator } from "../src/state/pool.js";

describe("the arena", () => {
  test("STATE-1 forks in forks, each dropped, put back every word and head", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4000), fc.double(), fc.constantFrom("write", "fork", "drop")), {
          maxLength: 300,
        }),
        (steps) => {
          const arena = new Arena();
          for (let page = 0; page < 40; page++) arena.allocatePage();
          const open: { mark: ReturnType<Arena["mark"]>; hash: number }[] = [];
          for (const [address, value, what] of steps) {
            if (what === "fork" && open.length < 5) {
              open.push({ hash: arena.rawHash(), mark: arena.mark() });
            } else if (what === "drop" && open.length > 0) {
              const { mark, hash } = open.pop() as (typeof open)[number];
              arena.drop(mark);
              expect(arena.rawHash()).toBe(hash);
            } else {
              arena.write(address, value);
              arena.setHead(address, Math.round(address * 3));
            }
          }
        },
      ),
    );
  });

  test("a dropped fork copied only the pages it touched", () => {
    const arena = new Arena();
    for (let page = 0; page < 1000; page++) arena.allocatePage();
    const mark = arena.mark();
    for (let word = 0; word < 10; word++) arena.write(500 * PAGE_WORDS + word, 1);
    expect(arena.savedCount).toBe(1);
    arena.drop(mark);
    expect(arena.read(500 * PAGE_WORDS)).toBe(0);
  });

  test("records are taken again in forks as if nothing had been", () => {
    const arena = new Arena();
    const pool = new RecordPool(arena, 16, new WordAllocator(arena).take(2));
    const first = [pool.take(), pool.take(), pool.take()];
    pool.give(first[1] as number);
    const mark = arena.mark();
    const inFork = [pool.take(), pool.take()];
    arena.drop(mark);
    expect([pool.take(), pool.take()]).toEqual(inFork);
  });
});
