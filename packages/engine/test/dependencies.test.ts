import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dependencies } from "../src/kernel/dependencies.js";
import type { Unit } from "../src/kernel/unit.js";

const units = Array.from({ length: 40 }, (_, id) => ({ id }) as Unit);

const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("add" as const),
        unit: fc.oneof(fc.nat(2), fc.nat(units.length - 1)),
        // Of the state, above and far above; of minds, below 0. Often the same ones, in any order.
        addresses: fc.array(
          fc.oneof(
            { weight: 4, arbitrary: fc.integer({ min: 0, max: 6 }) },
            fc.integer({ min: -70, max: 30 }),
            fc.constantFrom(5_000, -900),
          ),
          { minLength: 1, maxLength: 6 },
        ),
      }),
    },
    fc.record({ kind: fc.constant("forget" as const), address: fc.integer({ min: -5, max: 10 }) }),
    fc.record({ kind: fc.constant("mark" as const) }),
    fc.record({ kind: fc.constant("drop" as const) }),
  ),
  { maxLength: 300 },
);

function listed(dependencies: Dependencies, address: number): number[] {
  const ids: number[] = [];
  for (let link = dependencies.first(address); link !== 0; link = dependencies.after(link)) {
    ids.push(dependencies.unitOf(link).id);
  }
  return ids;
}

describe("who hangs on what", () => {
  it("is listed once each in the order of coming, whatever was forgotten or forked", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const dependencies = new Dependencies(units);
        let plain = new Map<number, number[]>();
        const marks: { mark: number; plain: Map<number, number[]> }[] = [];
        const asked = new Set<number>();
        for (const step of all) {
          if (step.kind === "add") {
            const reads = Int32Array.from([99, ...step.addresses, 98]);
            dependencies.addAll(units[step.unit] as Unit, reads, 1, reads.length - 1);
            for (const address of step.addresses) {
              asked.add(address);
              const list = plain.get(address) ?? [];
              if (!list.includes(step.unit)) plain.set(address, [...list, step.unit]);
            }
          } else if (step.kind === "forget") {
            dependencies.forget(step.address);
            plain.delete(step.address);
          } else if (step.kind === "mark") {
            marks.push({ mark: dependencies.mark(), plain: new Map(plain) });
          } else {
            const last = marks.pop();
            if (last === undefined) continue;
            dependencies.drop(last.mark);
            plain = last.plain;
          }
          for (const address of asked) {
            expect(listed(dependencies, address)).toEqual(plain.get(address) ?? []);
          }
        }
      }),
    );
  });

  it("holds a thousand units on each of two hundred addresses", () => {
    const many = Array.from({ length: 1_000 }, (_, id) => ({ id }) as Unit);
    const dependencies = new Dependencies(many);
    for (const unit of many) {
      for (let address = 0; address < 200; address++) dependencies.add(unit, address);
    }
    for (const unit of many) dependencies.add(unit, 7);
    expect(listed(dependencies, 7)).toEqual(many.map((unit) => unit.id));
  });
});
