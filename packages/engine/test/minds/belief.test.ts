import { describe, expect, it } from "vitest";
import { DEPTH_MAX } from "../../src/minds/beliefs/perspectives.js";
import { bench } from "./fake-host.js";
import { ModelBuilder, number } from "./model-builder.js";

function three() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const open = m.fluent("open", person);
  const secret = m.fluent("secret", person, { private: true, prior: m.num(0.1) });
  const sees = m.fluent("sees", person, { parameters: [{ name: "other", type: P }] });
  const marked = m.fluent("marked", person, {
    perceptions: [{ sense: "seen", as: -1, when: m.of(sees, m.person(1), m.person(0)) }],
  });
  const age = m.fluent("age", person, { type: number });
  const old = m.fluent("old", person, { means: m.op("gt", m.of(age, m.person(0)), m.num(60)) });
  const [a, b, c] = ["a", "b", "c"].map((name) => m.entity(name, person)) as [
    number,
    number,
    number,
  ];
  return { m, P, open, secret, sees, marked, age, old, a, b, c };
}

describe("belief", () => {
  it("BELIEF-1 what nobody told me of you, I take you to believe as I do", () => {
    const { m, open, a, b, c } = three();
    const t = bench(m.world());
    const claim = m.of(open, m.one(c));
    t.know(t.mind(a), claim, 0.8);
    expect(t.confidence(t.mind(a, b), claim)).toBeCloseTo(0.8);
    t.know(t.mind(a, b), claim, 0.2);
    expect(t.confidence(t.mind(a, b), claim)).toBeCloseTo(0.2);
    expect(t.confidence(t.mind(a), claim)).toBeCloseTo(0.8);
    expect(t.confidence(t.mind(a), m.believes(m.one(b), claim))).toBeCloseTo(0.2);
    expect(t.confidence(t.mind(a), m.believes(m.one(a), claim))).toBeCloseTo(0.8);
  });

  it("BELIEF-2 a private fluent is not common ground, but its owner knows it", () => {
    const { m, secret, a, b, c } = three();
    const t = bench(m.world());
    const claim = m.of(secret, m.one(c));
    t.know(t.mind(a), claim);
    expect(t.confidence(t.mind(a, b), claim)).toBeCloseTo(0.1);
    expect(t.confidence(t.mind(a, c), claim)).toBe(1);
    expect(t.confidence(t.mind(b), claim)).toBeCloseTo(0.1);
  });

  it("BELIEF-3 of what is perceived, another knows what they would perceive", () => {
    const { m, marked, sees, a, b, c } = three();
    const t = bench(m.world());
    const claim = m.of(marked, m.one(c));
    t.know(t.mind(a), claim);
    expect(t.confidence(t.mind(a, b), claim)).toBe(0);
    t.know(t.mind(a), m.of(sees, m.one(b), m.one(c)));
    expect(t.confidence(t.mind(a, b), claim)).toBe(1);
  });

  it("BELIEF-4 a derived fluent follows its definition in the same perspective, unless believed itself", () => {
    const { m, old, age, a, b, c } = three();
    const t = bench(m.world());
    const claim = m.of(old, m.one(c));
    t.know(t.mind(a), m.op("eq", m.of(age, m.one(c)), m.num(70)));
    t.know(t.mind(a, b), m.op("eq", m.of(age, m.one(c)), m.num(30)));
    expect(t.confidence(t.mind(a), claim)).toBe(1);
    expect(t.confidence(t.mind(a, b), claim)).toBe(0);
    t.know(t.mind(a), claim, 0.3);
    expect(t.confidence(t.mind(a), claim)).toBeCloseTo(0.3);
  });

  it("BELIEF-5 claims take their parts along, and are denied part by part", () => {
    const { m, open, a, b, c } = three();
    const t = bench(m.world());
    const [one, two] = [m.of(open, m.one(b)), m.of(open, m.one(c))];
    t.know(t.mind(a), m.and(one, m.not(two)), 0.9);
    expect(t.confidence(t.mind(a), one)).toBeCloseTo(0.9);
    expect(t.confidence(t.mind(a), two)).toBeCloseTo(0.1);
    expect(t.confidence(t.mind(a), m.and(one, two))).toBeCloseTo(0.09);
    expect(t.confidence(t.mind(a), m.op("or", one, two))).toBeCloseTo(0.91);
  });

  it("BELIEF-6, BELIEF-5 evidence multiplies odds; a comparison can be believed as a whole", () => {
    const { m, open, age, a, b, c } = three();
    const t = bench(m.world());
    const claim = m.of(open, m.one(c));
    t.know(t.mind(a), claim, 0.5);
    t.evidence(t.mind(a), claim, 3);
    expect(t.confidence(t.mind(a), claim)).toBeCloseTo(0.75);
    t.evidence(t.mind(a), m.not(claim), 9);
    expect(t.confidence(t.mind(a), claim)).toBeCloseTo(0.25);
    const older = m.op("gt", m.of(age, m.one(b)), m.of(age, m.one(c)));
    expect(t.confidence(t.mind(a), older)).toBe(0);
    t.know(t.mind(a), older, 0.7);
    expect(t.confidence(t.mind(a), older)).toBeCloseTo(0.7);
  });

  it("BELIEF-7 nested beliefs go no deeper than the limit", () => {
    const { m, open, a, b } = three();
    const t = bench(m.world());
    let deep = m.of(open, m.one(a));
    for (let depth = 0; depth < DEPTH_MAX + 3; depth++) {
      deep = m.believes(m.one(depth % 2 === 0 ? b : a), deep);
    }
    t.know(t.mind(a), deep, 0.6);
    expect(t.confidence(t.mind(a), deep)).toBeCloseTo(0.6);
  });

  it("FORESEE-2 what is foreseen is taken back; as at a mark it is not there", () => {
    const { m, open, a, c } = three();
    const t = bench(m.world());
    const claim = m.of(open, m.one(c));
    const mine = t.mind(a);
    t.know(mine, claim, 0.4);
    const mark = t.reader.space.mark();
    t.learning.believe(mine, claim, 0.9);
    const inner = t.reader.space.mark();
    t.learning.believe(mine, claim, 0.1);
    expect(t.confidence(mine, claim)).toBeCloseTo(0.1);
    expect(t.reader.space.asAt(inner, () => t.confidence(mine, claim))).toBeCloseTo(0.9);
    expect(t.reader.space.asAt(mark, () => t.confidence(mine, claim))).toBeCloseTo(0.4);
    expect(t.confidence(mine, claim)).toBeCloseTo(0.1);
    t.reader.space.undo(inner);
    expect(t.confidence(mine, claim)).toBeCloseTo(0.9);
    t.reader.space.undo(mark);
    expect(t.confidence(mine, claim)).toBeCloseTo(0.4);
  });

  it("BELIEF-8 every change that matters is recorded, with who holds it", () => {
    const { m, open, a, b, c } = three();
    const t = bench(m.world());
    const claim = m.of(open, m.one(c));
    t.know(t.mind(a), claim);
    t.know(t.mind(a), claim);
    t.know(t.mind(b, a), claim, 0.5);
    expect(t.recorded).toEqual([
      [a, 1],
      [b, 0.5],
    ]);
  });

  it("BELIEF-10 a denial of what is only taken for granted counts, of what is not it says nothing", () => {
    const { m, age, a, b, c } = three();
    const t = bench(m.world());
    const is = (one: number, years: number) => m.op("eq", m.of(age, m.one(one)), m.num(years));
    t.know(t.mind(a), is(b, 40), 0);
    expect(t.confidence(t.mind(a), is(b, 0))).toBe(1);
    t.know(t.mind(a), is(b, 0), 0);
    expect(t.confidence(t.mind(a), is(b, 0))).toBe(0);
    const same = m.op("eq", m.of(age, m.one(c)), m.of(age, m.one(b)));
    expect(t.confidence(t.mind(a), same)).toBe(0);
  });
});
