import fc from "fast-check";
import { expect, it } from "vitest";
import { BinaryHeap } from "../binary-heap.js";

/** Too simple to be wrong: sorts all that is pending before each pop. */
class SortedList {
  readonly #pending: { time: number; id: number }[] = [];

  push(time: number, id: number): void {
    this.#pending.push({ time, id });
  }

  pop(): number {
    this.#pending.sort((a, b) => a.time - b.time || a.id - b.id);
    return this.#pending.shift()?.id ?? -1;
  }
}

it("pops in the order of times, then of ids, through any pushes and pops", () => {
  const step = fc.oneof(fc.constant("pop" as const), fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new BinaryHeap(steps.length);
      const list = new SortedList();
      steps.forEach((each, id) => {
        if (each === "pop") expect(heap.pop()).toBe(list.pop());
        else for (const queue of [heap, list]) queue.push(each, id);
      });
      while (heap.count > 0) expect(heap.pop()).toBe(list.pop());
      expect(heap.pop()).toBe(-1);
      expect(heap.firstTime).toBeNaN();
    }),
  );
});

it("refuses what it has no place for", () => {
  const heap = new BinaryHeap(1);
  heap.push(1, 1);
  expect(() => heap.push(2, 2)).toThrow(RangeError);
});
