import type { FluentId } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bench } from "./fake-host.js";
import { ModelBuilder, number } from "./model-builder.js";

const FIXED = 3;

/** Two persons and a thing: numbers of the thing that nothing writes, and what is made of them. */
function things() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const thing = m.type("thing");
  const self = m.local(0, { kind: "entity", type: thing });
  const fixed = Array.from({ length: FIXED }, (_, index) =>
    m.fluent(`f${index}`, thing, { type: number, storage: "fixed" }),
  );
  const sound = m.fluent("sound", thing, { storage: "fixed" });
  const of = (which: number) => m.of(fixed[which] as FluentId, self);
  const sum = m.fluent("sum", thing, { type: number, means: m.op("add", of(0), of(1)) });
  const good = m.fluent("good", thing, {
    means: m.op("and", m.of(sound, self), m.op("gt", of(2), m.num(3))),
  });
  const a = m.entity("a", person);
  const b = m.entity("b", person);
  const it = m.entity("it", thing);
  return { m, a, b, it, fixed, sound, read: [...fixed, sound, sum, good] };
}

type Things = ReturnType<typeof things>;

function mindsOf({ m, a, b, it, fixed, sound, read }: Things, manner: "plain" | "anew" | "all") {
  const t = bench(m.world());
  t.reader.log.forgetful = manner === "anew";
  // As if of everything somebody had believed something.
  if (manner === "all") for (const fluent of [...fixed, sound]) t.reader.undisputed.dispute(fluent);
  fixed.forEach((fluent, index) => {
    t.reader.common.tell(t.reader.atoms.of(fluent, [it]), index + 2);
  });
  t.reader.common.tell(t.reader.atoms.of(sound, [it]), 1);
  const perspectives = [t.mind(a), t.mind(b), t.mind(a, b), t.mind(b, a)];
  return {
    t,
    believe: (at: number, which: number, value: number, foreseen: boolean) => {
      const perspective = perspectives[at] as number;
      const field = which < FIXED ? (fixed[which] as FluentId) : sound;
      const plain = m.of(field, m.one(it));
      const claim = which < FIXED ? m.op("eq", plain, m.num(value)) : plain;
      const sure = which < FIXED || value > 5 ? 1 : 0;
      if (!foreseen) t.know(perspective, claim, sure);
      else {
        t.reader.perspective = perspective;
        t.learning.believe(perspective, claim, sure);
      }
    },
    values: () =>
      perspectives.map((perspective) =>
        read.map((fluent) => t.reader.soft(perspective, m.of(fluent, m.one(it)), [])),
      ),
  };
}

const write = fc.record({
  at: fc.nat(3),
  which: fc.nat(FIXED),
  value: fc.nat(10),
  foreseen: fc.boolean(),
});

describe("facts that nobody ever believed otherwise", () => {
  it("are read in every mind as if they had been looked up there", () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
        const world = things();
        const all = (["plain", "anew", "all"] as const).map((manner) => mindsOf(world, manner));
        const same = () => {
          const [plain, anew, looked] = all.map((one) => one.values());
          expect(plain).toEqual(anew);
          expect(plain).toEqual(looked);
        };
        same();
        for (const { at, which, value, foreseen } of writes) {
          const marks = all.map(({ t }) => t.reader.space.mark());
          for (const one of all) one.believe(at, which, value, foreseen);
          same();
          all.forEach(({ t }, index) => {
            t.reader.space.undo(marks[index] as number);
          });
          same();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("are disputed for good by the first belief, held or foreseen, of that field alone", () => {
    const world = things();
    const minds = mindsOf(world, "plain");
    const { undisputed, space } = minds.t.reader;
    const [first, second, third] = world.fixed as [FluentId, FluentId, FluentId];
    expect([first, second, third].map((one) => undisputed.is(one))).toEqual([true, true, true]);
    minds.believe(0, 0, 9, false);
    const mark = space.mark();
    minds.believe(1, 1, 9, true);
    space.undo(mark);
    expect([first, second, third].map((one) => undisputed.is(one))).toEqual([false, false, true]);
  });

  it("end what hangs on a condition: nobody weighs what stands beside one that cannot hold", () => {
    const { m, a, it: thing, fixed } = things();
    const open = m.fluent("open", m.typeNamed("thing"), { storage: "state" });
    const t = bench(m.world());
    const { reader } = t;
    reader.common.tell(reader.atoms.of(fixed[0] as FluentId, [thing]), 2);
    const it = m.one(thing);
    const high = m.op("gt", m.of(fixed[0] as FluentId, it), m.num(3));
    const conditions = [
      m.op("and", high, m.of(open, it)),
      m.op("and", m.op("and", high, m.yes), m.of(open, it)),
      m.op("and", m.op("lt", m.of(fixed[0] as FluentId, it), m.num(3)), m.of(open, it)),
    ];
    const traced = () =>
      conditions.map((condition) => {
        const seen: number[] = [];
        reader.tracer = (_, atom) => seen.push(reader.atoms.fluentOf(atom));
        reader.soft(t.mind(a), condition, []);
        reader.tracer = undefined;
        return seen.includes(open);
      });
    expect(traced()).toEqual([false, false, true]);
    reader.undisputed.dispute(fixed[0] as FluentId);
    expect(traced()).toEqual([true, true, true]);
  });
});
