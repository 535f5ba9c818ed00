import { describe, expect, it } from "vitest";
import { Inferring } from "../../src/minds/learning/infer.js";
import { bench } from "./fake-host.js";
import { ModelBuilder, nowhere } from "./model-builder.js";

function signs(share?: number) {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const [dying, grieving, pale, cold] = ["dying", "grieving", "pale", "cold"].map((name) =>
    m.fluent(name, person, { private: true }),
  ) as [number, number, number, number];
  const [a, b] = ["a", "b"].map((name) => m.entity(name, person)) as [number, number];
  const q = m.local(1, P);
  m.inferences.push({
    id: 0,
    name: "reads",
    parameters: [
      { name: "o", type: P },
      { name: "q", type: P },
    ],
    where: m.op("ne", m.local(0, P), q),
    about: m.of(dying, q),
    prior: m.num(0.1),
    evidence: [
      { condition: m.of(pale, q), times: m.num(3) },
      { condition: m.of(cold, q), times: m.num(2) },
    ],
    blames:
      share === undefined ? [] : [{ claim: m.of(grieving, q), share: m.num(share), when: m.yes }],
    told: [],
    span: nowhere,
  });
  const t = bench(m.world());
  const inferring = new Inferring(t.reader, t.writer, t.learning);
  const of = (fluent: number) => t.confidence(t.mind(a), m.of(fluent, m.one(b)));
  const see = (fluent: number, sure: number) => {
    t.know(t.mind(a), m.of(fluent, m.one(b)), sure);
    inferring.infer(a, 0);
    inferring.infer(a, 0);
  };
  return { ...t, dying, grieving, pale, cold, of, see };
}

const odds = (p: number) => p / (1 - p);

describe("inference", () => {
  it("INFER-1 a sign counts once when it comes to be believed, from the prior on", () => {
    const t = signs();
    t.see(t.pale, 0.9);
    expect(odds(t.of(t.dying))).toBeCloseTo(odds(0.1) * 3);
    t.see(t.cold, 1);
    expect(odds(t.of(t.dying))).toBeCloseTo(odds(0.1) * 6);
  });

  it("INFER-1 a sign that goes and comes again counts again; one only half believed does not", () => {
    const t = signs();
    t.see(t.pale, 0.4);
    expect(t.of(t.dying)).toBe(0);
    t.see(t.pale, 1);
    t.see(t.pale, 0);
    t.see(t.pale, 1);
    expect(odds(t.of(t.dying))).toBeCloseTo(odds(0.1) * 9);
  });

  it("INFER-2 a salient cause takes its share of the evidence", () => {
    const t = signs(0.75);
    t.know(
      t.mind(1),
      t.reader.world.expressions.intern(
        {
          op: "fluent",
          fluent: t.grieving,
          args: [
            t.reader.world.expressions.intern(
              { op: "entity", entity: 2 },
              { kind: "entity", type: 1 },
            ),
          ],
        },
        { kind: "boolean" },
      ),
      0.5,
    );
    t.see(t.pale, 1);
    expect(odds(t.of(t.dying))).toBeCloseTo(odds(0.1) * (1 + 2 * 0.25));
    expect(odds(t.of(t.grieving))).toBeCloseTo(1 + 2 * 0.75);
  });
});
