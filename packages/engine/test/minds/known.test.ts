import { describe, expect, it } from "vitest";
import { Wants } from "../../src/minds/choosing/wants.js";
import { answerAs, canTell } from "../../src/minds/reading/known.js";
import { bench } from "./fake-host.js";
import { ModelBuilder, number } from "./model-builder.js";

function two() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const self = m.person(0);
  const open = m.fluent("open", person);
  const secret = m.fluent("secret", person, { private: true, prior: m.num(0) });
  const thirst = m.fluent("thirst", person, { type: number, storage: "quantity" });
  const weak = m.fluent("weak", person, { means: m.op("gt", m.of(thirst, self), m.num(5)) });
  const double = m.fluent("double", person, {
    type: number,
    means: m.op("mul", m.of(thirst, self), m.num(2)),
  });
  const [a, b] = [m.entity("a", person), m.entity("b", person)];
  const friend = m.fluent("friend", person, { type: P, private: true });
  return { m, person, open, secret, thirst, weak, double, friend, a, b };
}

describe("what a person knows", () => {
  it("KNOW-1 a default is no knowledge, though the mind reckons with it", () => {
    const { m, secret, thirst, friend, a, b } = two();
    const t = bench(m.world());
    const amount = m.of(thirst, m.one(b));
    expect(t.confidence(t.mind(a), amount)).toBe(0);
    expect(answerAs(t.reader, a, amount)).toBeNaN();
    expect(answerAs(t.reader, a, m.of(friend, m.one(b)))).toBeNaN();
    const claim = m.of(secret, m.one(b));
    expect(t.confidence(t.mind(a), claim)).toBe(0);
    expect(answerAs(t.reader, a, claim)).toBeNaN();
    expect(answerAs(t.reader, a, m.not(claim))).toBeNaN();
    t.know(t.mind(a), claim, 0);
    expect(answerAs(t.reader, a, claim)).toBe(0);
    expect(answerAs(t.reader, a, m.not(claim))).toBe(1);
    t.know(t.mind(a), m.op("eq", amount, m.num(7)));
    expect(answerAs(t.reader, a, amount)).toBe(7);
  });

  it("KNOW-2 what stood open at the start is known to all", () => {
    const { m, open, a, b } = two();
    const t = bench(m.world());
    expect(answerAs(t.reader, a, m.of(open, m.one(b)))).toBe(0);
    t.know(t.mind(a), m.of(open, m.one(b)), 0.6);
    expect(answerAs(t.reader, a, m.of(open, m.one(b)))).toBeNaN();
  });

  it("KNOW-3 what is computed is known as far as what decides it is known", () => {
    const { m, open, secret, thirst, weak, double, a, b } = two();
    const t = bench(m.world());
    const [low, dark] = [m.of(open, m.one(b)), m.of(secret, m.one(b))];
    expect(answerAs(t.reader, a, m.of(weak, m.one(b)))).toBeNaN();
    expect(answerAs(t.reader, a, m.of(double, m.one(b)))).toBeNaN();
    expect(answerAs(t.reader, a, m.and(dark, low))).toBe(0);
    expect(answerAs(t.reader, a, m.and(low, dark))).toBe(0);
    expect(answerAs(t.reader, a, m.op("or", m.not(low), dark))).toBe(1);
    expect(answerAs(t.reader, a, m.op("or", low, dark))).toBeNaN();
    t.know(t.mind(a), m.op("eq", m.of(thirst, m.one(b)), m.num(7)));
    expect(answerAs(t.reader, a, m.of(weak, m.one(b)))).toBe(1);
    expect(answerAs(t.reader, a, m.of(double, m.one(b)))).toBe(14);
  });

  it("KNOW-4 of all and of some: one known case decides", () => {
    const { m, person, secret, a, b } = two();
    const all = (quantifier: "some" | "every" | "none") =>
      m.node(
        {
          op: "quantified",
          quantifier,
          slot: 0,
          type: person,
          where: m.yes,
          body: m.of(secret, m.person(0)),
        },
        { kind: "boolean" },
      );
    const t = bench(m.world());
    expect(answerAs(t.reader, a, all("some"))).toBeNaN();
    t.know(t.mind(a), m.of(secret, m.one(b)));
    expect(answerAs(t.reader, a, all("some"))).toBe(1);
    expect(answerAs(t.reader, a, all("none"))).toBe(0);
    expect(answerAs(t.reader, a, all("every"))).toBeNaN();
    t.know(t.mind(a), m.of(secret, m.one(b)), 0);
    expect(answerAs(t.reader, a, all("every"))).toBe(0);
  });

  it("KNOW-5 another's mind: what was told of it, else what is common ground", () => {
    const { m, open, secret, a, b } = two();
    const t = bench(m.world());
    const [low, dark] = [m.of(open, m.one(a)), m.of(secret, m.one(a))];
    expect(answerAs(t.reader, a, m.believes(m.one(b), low))).toBe(0);
    expect(answerAs(t.reader, a, m.believes(m.one(b), dark))).toBeNaN();
    t.know(t.mind(a, b), dark);
    expect(answerAs(t.reader, a, m.believes(m.one(b), dark))).toBe(1);
    expect(answerAs(t.reader, b, m.believes(m.one(b), dark))).toBeNaN();
  });

  it("KNOW-6 another's wants and intentions, where something is believed of them", () => {
    const { m, open, a, b } = two();
    const act = m.action("act", [["p", m.pool.typeOf(m.person(0))]]);
    const t = bench(m.world());
    new Wants(t.reader);
    const sets = m.intends(m.one(b), m.deed(act, m.one(b)));
    const wants = (who: number) =>
      m.node({ op: "wants", args: [m.one(who), m.of(open, m.one(b))] }, { kind: "boolean" });
    expect(answerAs(t.reader, a, sets)).toBeNaN();
    expect(answerAs(t.reader, b, sets)).toBe(0);
    expect(answerAs(t.reader, a, wants(b))).toBeNaN();
    expect(answerAs(t.reader, a, wants(a))).toBe(0);
    t.know(t.mind(a), sets);
    t.know(t.mind(a), wants(b), 0);
    expect(answerAs(t.reader, a, sets)).toBe(1);
    expect(answerAs(t.reader, a, wants(b))).toBe(0);
  });

  it("KNOW-7 who has something to go by can tell, and everybody of what is their own", () => {
    const { m, open, secret, thirst, weak, a, b } = two();
    const t = bench(m.world());
    const can = (claim: number, ...chain: number[]) =>
      canTell(t.reader, t.mind(...chain), claim, []);
    const [low, dark] = [m.of(open, m.one(b)), m.of(secret, m.one(b))];
    expect(can(low, a)).toBe(true);
    expect(can(dark, a)).toBe(false);
    expect(can(m.of(weak, m.one(b)), a)).toBe(false);
    expect(can(m.op("or", m.not(low), dark), a)).toBe(true);
    expect(can(dark, b)).toBe(true);
    expect(can(dark, a, b)).toBe(true);
    expect(can(dark, b, a)).toBe(false);
    expect(can(m.op("gt", m.of(thirst, m.one(b)), m.num(5)), a, b)).toBe(true);
    t.know(t.mind(a), dark, 0.4);
    expect(can(dark, a)).toBe(true);
  });
});
