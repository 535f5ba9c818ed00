import { describe, expect, it } from "vitest";
import { Wants } from "../../src/minds/choosing/wants.js";
import { Carrying } from "../../src/minds/foresight/carrying.js";
import { ForeseenState } from "../../src/minds/foresight/foreseen-state.js";
import { Foresight } from "../../src/minds/foresight/foresight.js";
import { Oracle } from "../../src/minds/foresight/oracle.js";
import { bench } from "./fake-host.js";
import { ModelBuilder, nowhere, number } from "./model-builder.js";

function world() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const sick = m.fluent("sick", person);
  const alive = m.fluent("alive", person, { initial: { low: m.yes } });
  const [a, b] = ["a", "b"].map((name) => m.entity(name, person)) as [number, number];
  return { m, P, person, sick, alive, a, b };
}

function minds(m: ModelBuilder) {
  const t = bench(m.world());
  const wants = new Wants(t.reader);
  const state = new ForeseenState(t.reader, t.writer, t.learning);
  const carrying = new Carrying(t.reader, state);
  const foresight = new Foresight(t.reader, wants, carrying, state);
  return { ...t, foresight, carrying };
}

describe("foresight", () => {
  it("FORESEE-1 what is uncertain is foreseen both ways, each by its odds", () => {
    const { m, P, sick, alive, a, b } = world();
    const q = m.local(1, P);
    m.expectation("it kills", m.of(sick, q), [m.set(alive, [q], m.no)], [["q", P]]);
    m.want({ entity: a }, m.of(alive, m.one(b)), 10);
    const t = minds(m);
    t.know(t.mind(a), m.of(sick, m.one(b)), 0.3);
    expect(t.foresight.base(t.mind(a)).total).toBeCloseTo(7);
    expect(t.foresight.outlook(t.mind(a))).toBeCloseTo(0.7);
  });

  it("FORESEE-1 chance within what is expected splits as well, and correlated wants stay together", () => {
    const { m, P, sick, alive, a, b } = world();
    const q = m.local(1, P);
    m.expectation(
      "it kills half of them",
      m.of(sick, q),
      [
        {
          kind: "chance",
          chance: m.num(0.5),
          then: [m.set(alive, [q], m.no)],
          else: [],
          span: nowhere,
        },
      ],
      [["q", P]],
    );
    m.want({ entity: a }, m.and(m.of(alive, m.one(b)), m.not(m.of(sick, m.one(b)))), 10);
    m.want({ entity: a }, m.of(alive, m.one(b)), 10);
    const t = minds(m);
    t.know(t.mind(a), m.of(sick, m.one(b)), 0.4);
    const { parts } = t.foresight.base(t.mind(a));
    expect(parts[0]).toBeCloseTo(6);
    expect(parts[1]).toBeCloseTo(8);
  });

  it("FORESEE-2 nothing stays of what was foreseen", () => {
    const { m, P, sick, alive, a, b } = world();
    const q = m.local(1, P);
    m.expectation("it kills", m.of(sick, q), [m.set(alive, [q], m.no)], [["q", P]]);
    m.want({ entity: a }, m.of(alive, m.one(b)), 10);
    const t = minds(m);
    const mine = t.mind(a);
    const prospect = t.foresight.expect(mine, () => {
      t.learning.believe(mine, m.of(sick, m.one(b)), 1);
      return 2;
    });
    expect(prospect.total).toBeCloseTo(-2);
    expect(t.confidence(mine, m.of(alive, m.one(b)))).toBe(1);
    expect(t.reader.space.mark()).toBe(0);
  });

  it("FORESEE-3 my foresight does not leak into another's head", () => {
    const { m, P, person, sick, alive, a, b } = world();
    const q = m.local(1, P);
    m.expectation("it kills", m.of(sick, q), [m.set(alive, [q], m.no)], [["q", P]]);
    m.want({ type: person }, m.of(alive, q), 4, { binders: [{ name: "q", type: P }] });
    const peace = m.want({ entity: a }, m.outlook(m.one(b)), 10);
    const t = minds(m);
    const mine = t.mind(a);
    const isSick = m.of(sick, m.one(a));
    t.know(mine, isSick);
    t.know(t.mind(a, b), isSick, 0);
    // I foresee my death; b, who knows nothing, has peace all the same.
    expect(t.foresight.base(mine).parts).toEqual([0, 4, 10]);
    const told = t.foresight.expect(mine, () => {
      t.learning.believe(t.mind(a, b), isSick, 1);
      return 0;
    });
    expect(told.parts).toEqual([0, 4, 5]);
    void peace;
  });

  it("FORESEE-4 a lasting act is foreseen until its end at the believed rates", () => {
    const { m, P, a } = world();
    const tank = m.fluent("tank", m.typeNamed("person"), {
      type: number,
      storage: "quantity",
      low: 0,
      high: 100,
    });
    const hole = m.fluent("hole", m.typeNamed("person"), {
      type: number,
      storage: "quantity",
      low: 0,
      high: 100,
    });
    const [p] = [m.local(0, P)];
    const rate = (fluent: number, perSecond: number) =>
      ({
        kind: "rate",
        place: { fluent, args: [p] },
        sign: -1,
        rate: m.num(perSecond),
        span: nowhere,
      }) as const;
    const mend = m.action("mend", [["p", P]], {
      until: m.op("or", m.op("eq", m.of(hole, p), m.num(0)), m.op("eq", m.of(tank, p), m.num(0))),
      whileLasting: [rate(tank, 2), rate(hole, 1)],
    });
    const t = minds(m);
    const mine = t.mind(a);
    t.know(mine, m.op("eq", m.of(tank, m.one(a)), m.num(40)));
    t.know(mine, m.op("eq", m.of(hole, m.one(a)), m.num(30)));
    t.reader.perspective = mine;
    t.carrying.carry(t.carrying.deedOf(m.deed(mend, m.one(a))));
    expect(t.confidence(mine, m.of(tank, m.one(a)))).toBe(0);
    expect(t.confidence(mine, m.of(hole, m.one(a)))).toBe(10);
    expect(t.reader.elapsed).toBe(20_000);
  });

  it("the oracle goes through all answers worth it, likeliest first", () => {
    const oracle = new Oracle();
    oracle.begin();
    const seen: [string, number][] = [];
    do {
      const answers = [0.7, 0.6, 0.99].map((p) => (oracle.ask(p) ? "y" : "n")).join("");
      seen.push([answers, oracle.probability]);
    } while (oracle.next());
    expect(seen.map(([answers]) => answers)).toEqual(["yyy", "nyy", "yny", "nny"]);
    expect(seen[0]?.[1]).toBeCloseTo(0.7 * 0.6 * 0.99);
  });
});
