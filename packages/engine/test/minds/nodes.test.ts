import type { FluentId } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Nodes } from "../../src/minds/reading/nodes.js";
import { Remembered } from "../../src/minds/reading/remembered.js";
import { bench } from "./fake-host.js";
import { ModelBuilder, number } from "./model-builder.js";

const BASES = 4;

/** Four numbers, and fields computed from those, and from such fields. */
function computed() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const self = m.local(0, { kind: "entity", type: person });
  const base = Array.from({ length: BASES }, (_, index) =>
    m.fluent(`n${index}`, person, { type: number }),
  );
  const of = (fluent: FluentId | undefined) => m.of(fluent as FluentId, self);
  const above = (fluent: FluentId | undefined, least: number) =>
    m.op("gt", of(fluent), m.num(least));
  const high = m.fluent("high", person, { means: above(base[0], 5) });
  const either = m.fluent("either", person, { means: m.op("or", of(high), above(base[1], 3)) });
  const sum = m.fluent("sum", person, {
    type: number,
    means: m.op("add", of(base[1]), of(base[2])),
  });
  const both = m.fluent("both", person, { means: m.op("and", of(either), above(sum, 6)) });
  const last = m.fluent("last", person, { means: m.op("or", of(both), above(base[3], 8)) });
  const a = m.entity("a", person);
  return { m, a, base, fields: [high, either, sum, both, last] };
}

type World = ReturnType<typeof computed>;

function mindOf({ m, a, base }: World, forgetful: boolean) {
  const t = bench(m.world());
  t.reader.log.forgetful = forgetful;
  const mine = t.mind(a);
  const { log, space, atoms } = t.reader;
  const claim = (which: number, value: number) =>
    m.op("eq", m.of(base[which] as FluentId, m.one(a)), m.num(value));
  return {
    t,
    mine,
    learn: (which: number, value: number) => t.know(mine, claim(which, value)),
    foresee: (which: number, value: number) => {
      t.reader.perspective = mine;
      t.learning.believe(mine, claim(which, value), 1);
    },
    /** The value, and the fluents of all that was read for it, in order. */
    read: (field: FluentId) => {
      const start = log.open();
      const value = t.reader.soft(mine, m.of(field, m.one(a)), []);
      const reads = log.keysOf(log.close(start));
      return [value, ...Array.from(reads, (key) => atoms.fluentOf(space.atomOf(key)))];
    },
  };
}

const write = fc.record({
  which: fc.nat(BASES - 1),
  value: fc.nat(10),
  foreseen: fc.boolean(),
});

describe("what is made up out of other things", () => {
  it("FORESEE-5 comes out, and is read, as if it were worked out anew each time", () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), fc.array(fc.nat(4)), (writes, asked) => {
        const world = computed();
        const kept = mindOf(world, false);
        const anew = mindOf(world, true);
        writes.forEach(({ which, value, foreseen }, index) => {
          const marks = [kept, anew].map(({ t }) => t.reader.space.mark());
          for (const mind of [kept, anew]) {
            if (foreseen) mind.foresee(which, value);
            else mind.learn(which, value);
          }
          // Sometimes this one, sometimes that one, so that what is kept is of different ages.
          const field = world.fields[asked[index] ?? index % 5] as FluentId;
          expect(kept.read(field)).toEqual(anew.read(field));
          [kept, anew].forEach(({ t }, at) => {
            t.reader.space.undo(marks[at] as number);
          });
        });
        for (const field of world.fields) expect(kept.read(field)).toEqual(anew.read(field));
      }),
      { numRuns: 200 },
    );
  });

  it("FORESEE-5 is worked out from again only when it comes out otherwise", () => {
    const world = computed();
    const { t, mine, learn } = mindOf(world, false);
    const [high] = world.fields as [FluentId];
    let made = 0;
    const remembered = new Remembered<number>(t.reader);
    const ask = () =>
      remembered.get(0, 0, () => {
        made++;
        return t.reader.soft(mine, world.m.of(high, world.m.one(world.a)), []);
      });
    learn(0, 1);
    expect([ask(), made]).toEqual([0, 1]);
    for (const value of [2, 3, 4]) {
      learn(0, value);
      expect([ask(), made]).toEqual([0, 1]);
    }
    learn(0, 6);
    expect([ask(), made]).toEqual([1, 2]);
    // There and back again between two looks: it changed, whatever it is now.
    learn(0, 1);
    t.reader.soft(mine, world.m.of(high, world.m.one(world.a)), []);
    learn(0, 7);
    expect([ask(), made]).toEqual([1, 3]);
  });

  it("what reads the clock is no node: it changes without anybody's writing", () => {
    const world = computed();
    const { t, mine } = mindOf(world, false);
    const { log, perspective } = t.reader;
    t.reader.perspective = mine;
    const nodes = new Nodes<number>(t.reader, () => 1, Object.is);
    const start = log.open();
    const inner = log.open();
    log.note(0);
    log.note(40);
    nodes.close(inner, 3, 1);
    expect(Array.from(log.close(start))).toEqual([0, 40]);
    expect(nodes.find(3)?.timed).toBe(true);
    t.host.now += 1;
    expect(nodes.find(3)).toBeUndefined();
    t.reader.perspective = perspective;
  });
});
