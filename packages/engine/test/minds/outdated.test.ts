import { describe, expect, it } from "vitest";
import { answerAs } from "../../src/minds/reading/known.js";
import { bench } from "./fake-host.js";
import { ModelBuilder, number } from "./model-builder.js";

/** A lamp is low when it has little oil; who is near sees that. */
function lamp() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const thing = m.type("thing");
  const T = { kind: "entity", type: thing } as const;
  const near = m.fluent("near", person, { parameters: [{ name: "what", type: T }] });
  const lampSlot = m.local(0, T);
  const oil = m.fluent("oil", thing, { type: number, storage: "quantity" });
  const shaded = m.fluent("shaded", thing, { private: true, prior: m.num(0.4) });
  const low = m.fluent("low", thing, {
    means: m.op("or", m.op("lt", m.of(oil, lampSlot), m.num(2)), m.of(shaded, lampSlot)),
    perceptions: [
      { sense: "seen", as: -1, when: m.of(near, m.local(1, m.pool.typeOf(m.person(0))), lampSlot) },
    ],
  });
  const a = m.entity("a", person);
  const l = m.entity("l", thing);
  return { m, a, l, near, oil, shaded, low };
}

function seen() {
  const world = lamp();
  const { m, a, l, low } = world;
  const t = bench(world.m.world());
  const claim = m.of(low, m.one(l));
  const mine = t.mind(a);
  const sees = (from: "saw" | "told" = "saw") =>
    t.writer.forGood({ source: from, by: -1, cause: 0 }, () => t.learning.believe(mine, claim, 1));
  const confidence = (): number => {
    t.reader.perspective = mine;
    return t.confidence(mine, claim);
  };
  return { ...world, t, claim, mine, sees, confidence };
}

describe("a computed field that was perceived", () => {
  it("OUTDATED-1 gives way to its definition where a foresight changes what it is computed from", () => {
    const { m, l, oil, t, mine, sees, confidence } = seen();
    sees();
    expect(confidence()).toBe(1);
    const mark = t.reader.space.mark();
    t.reader.perspective = mine;
    t.learning.believe(mine, m.op("eq", m.of(oil, m.one(l)), m.num(9)), 1);
    expect(confidence()).toBeCloseTo(0.4);
    t.reader.space.undo(mark);
    expect(confidence()).toBe(1);
  });

  it("OUTDATED-2 an answer to what is uncertain on a path changes nothing of it", () => {
    const { m, l, shaded, t, mine, sees, confidence } = seen();
    sees();
    const mark = t.reader.space.mark();
    const atom = t.reader.atoms.ofOwner(shaded, l);
    t.reader.space.settle(mine, atom, 1e-6, 0);
    expect(confidence()).toBe(1);
    t.reader.space.foresee(mine, atom, 1e-6, 0);
    t.learning.believe(mine, m.op("eq", m.of(lampOil(m), m.one(l)), m.num(9)), 1);
    expect(confidence()).toBeCloseTo(0);
    t.reader.space.undo(mark);
    expect(confidence()).toBe(1);
  });

  it("OUTDATED-3 gives way to newer knowledge, unless it is still before one's eyes", () => {
    const { m, a, l, near, oil, t, mine, sees, confidence } = seen();
    t.host.now = 1000;
    sees();
    t.host.now = 2000;
    t.know(mine, m.op("eq", m.of(oil, m.one(l)), m.num(9)));
    expect(confidence()).toBeCloseTo(0.4);
    expect(answerAs(t.reader, a, m.of(oil, m.one(l)))).toBe(9);
    const isNear = m.of(near, m.one(a), m.one(l));
    t.know(mine, isNear);
    expect(confidence()).toBe(1);
    t.know(mine, isNear, 0);
    expect(confidence()).toBeCloseTo(0.4);
    // Looked at again, and found to be as it was.
    t.host.now = 3000;
    sees();
    expect(confidence()).toBe(1);
  });

  it("OUTDATED-4 what was told of it stays as told", () => {
    const { m, l, oil, t, mine, sees, confidence } = seen();
    sees("told");
    t.host.now = 2000;
    t.know(mine, m.op("eq", m.of(oil, m.one(l)), m.num(9)));
    expect(confidence()).toBe(1);
  });
});

function lampOil(m: ModelBuilder): number {
  return m.fluents.findIndex((one) => one.name === "oil");
}
