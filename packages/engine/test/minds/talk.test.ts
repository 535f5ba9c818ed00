import type { Decision, Occurrence } from "@fabula/chronicle";
import { describe, expect, it } from "vitest";
import { createSimulation } from "../../src/index.js";
import { createMinds } from "../../src/minds/index.js";
import { boolean, claimType, deedType, ModelBuilder, number } from "./model-builder.js";

/** Two persons in a room; `hurt` is each one's own secret; she can tell, ask, and plead. */
function room() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const alive = m.fluent("alive", person, { initial: { low: m.yes } });
  const hurt = m.fluent("hurt", person, {
    perceptions: [{ sense: "felt", as: -1, by: [m.local(0, P)] }],
  });
  const away = m.fluent("away", person);
  const adam = m.entity("adam", person);
  const bea = m.entity("bea", person);
  const heard = [{ sense: "heard", as: -1 }] as const;
  const tell = m.action(
    "tell",
    [
      ["s", P],
      ["h", P],
      ["what", claimType],
    ],
    {
      hearer: 1,
      takes: m.num(3),
      says: [{ claim: m.local(2, claimType), negated: false, span: m.entities[0]!.span }],
      perceptions: [...heard],
      reluctance: m.num(0.1),
    },
  );
  return { m, person, P, alive, hurt, away, adam, bea, tell, heard };
}

function play(m: ModelBuilder, seed = 1) {
  const simulation = createSimulation({ world: m.world(), seed, createMinds });
  simulation.run();
  expect(simulation.diagnostics).toEqual([]);
  const all: Occurrence[] = [];
  for (let id = 0; id < simulation.chronicle.count; id++) all.push(simulation.chronicle.get(id));
  const acts = (action: number) =>
    all.filter((one) => one.kind === "ended" && one.schema === action);
  const decisions = all.flatMap((one) =>
    one.decision === undefined
      ? []
      : [{ kind: one.kind, ...one.decision } as Decision & { kind: string }],
  );
  return { simulation, all, acts, decisions };
}

describe("talk", () => {
  it("CHOICE-1 tells what a want hangs on, and is believed by trust", () => {
    const { m, hurt, adam, bea, tell } = room();
    const isHurt = m.of(hurt, m.one(adam));
    m.facts.push(m.set(hurt, [m.one(adam)], m.yes));
    m.believe(adam, isHurt);
    m.want({ entity: adam }, m.believes(m.one(bea), isHurt), 3);
    m.mind({ trust: m.num(16) });
    const { acts, simulation } = play(m);
    expect(acts(tell).map((one) => one.args)).toEqual([[adam, bea, isHurt]]);
    expect(simulation.kernel.minds!.confidence(bea, isHurt)).toBeGreaterThan(0.6);
  });

  it("CHOICE-2 keeps back what would darken the other's outlook, and says because of which want", () => {
    const { m, hurt, alive, adam, bea, tell, person, P } = room();
    const isHurt = m.of(hurt, m.one(adam));
    m.facts.push(m.set(hurt, [m.one(adam)], m.yes));
    m.believe(adam, isHurt);
    m.expectation(
      "hurt kills",
      m.of(hurt, m.local(1, P)),
      [m.set(alive, [m.local(1, P)], m.no)],
      [["q", P]],
    );
    m.want({ type: person }, m.of(alive, m.local(1, P)), 5, { binders: [{ name: "q", type: P }] });
    const peace = m.want({ entity: adam }, m.outlook(m.one(bea)), 9);
    m.mind({ trust: m.num(16) });
    const { acts, decisions } = play(m);
    expect(acts(tell)).toEqual([]);
    const kept = decisions.filter((one) => one.kind === "kept-back");
    expect(kept).toHaveLength(1);
    expect(kept[0]!.reasons[0]!.wants[0]!.want).toBe(peace);
  });

  it("CHOICE-3, CHOICE-4 a request is weighed, granted or refused by its margin, and refusal teaches", () => {
    for (const [care, granted] of [
      [6, true],
      [0, false],
    ] as const) {
      const { m, away, adam, bea, P, heard } = room();
      const stay = m.action("stay", [["p", P]], {
        askable: true,
        atEnd: [m.set(away, [m.local(0, P)], m.no)],
        needs: m.of(away, m.local(0, P)),
        perceptions: [{ sense: "seen", as: -1 }],
      });
      const beg = m.action(
        "beg",
        [
          ["s", P],
          ["h", P],
          ["d", deedType],
        ],
        {
          hearer: 1,
          takes: m.num(2),
          needs: m.not(m.op("eq", m.local(0, P), m.local(1, P))),
          requests: { deed: m.local(2, deedType), strength: m.num(1) },
          perceptions: [...heard],
          reluctance: m.num(0.1),
        },
      );
      m.facts.push(m.set(away, [m.one(bea)], m.yes));
      m.want({ entity: adam }, m.not(m.of(away, m.one(bea))), 4);
      m.want({ entity: bea }, m.of(away, m.one(bea)), 2);
      m.mind({ care: m.op("mul", m.num(care), m.local(2, number)) });
      const { acts, decisions } = play(m);
      expect(acts(beg).length).toBeGreaterThan(0);
      expect(acts(stay).length).toBe(granted ? 1 : 0);
      const answers = decisions.filter((one) => one.request >= 0 && one.who === bea);
      expect(answers[0]!.outcome).toBe(granted ? "grants" : "refuses");
      expect(answers[0]!.margin!.stakes).toBeCloseTo(-2);
      // Pleas come to an end by themselves: the same again is worth less and less.
      expect(acts(beg).length).toBeLessThan(6);
    }
  });

  it("CHOICE-5 asks what much hangs on and is uncertain", () => {
    const { m, hurt, adam, bea, P, alive, heard } = room();
    const isHurt = m.of(hurt, m.one(bea));
    m.believe(adam, isHurt, 0.4);
    m.expectation(
      "hurt kills",
      m.of(hurt, m.local(1, P)),
      [m.set(alive, [m.local(1, P)], m.no)],
      [["q", P]],
    );
    m.want({ entity: adam }, m.of(alive, m.one(bea)), 5);
    const ask = m.action(
      "ask",
      [
        ["s", P],
        ["h", P],
        ["what", claimType],
      ],
      {
        hearer: 1,
        takes: m.num(2),
        asks: m.local(2, claimType),
        perceptions: [...heard],
        reluctance: m.num(0.3),
      },
    );
    const deny = m.action(
      "deny",
      [
        ["s", P],
        ["h", P],
        ["what", claimType],
      ],
      {
        hearer: 1,
        takes: m.num(2),
        answers: "question",
        says: [{ claim: m.local(2, claimType), negated: true, span: m.entities[0]!.span }],
        urge: m.num(0.5),
        perceptions: [...heard],
      },
    );
    m.endsAfter = 20;
    m.mind({ trust: m.num(16) });
    const { acts, simulation } = play(m);
    expect(acts(ask)[0]!.args).toEqual([adam, bea, isHurt]);
    expect(acts(deny)[0]!.args[0]).toBe(bea);
    expect(simulation.kernel.minds!.confidence(adam, isHurt)).toBeLessThan(0.1);
    void boolean;
  });

  it("MIND-2 plays the same chronicle again, and after a fork", () => {
    const build = () => {
      const { m, hurt, adam, bea } = room();
      const isHurt = m.of(hurt, m.one(adam));
      m.believe(adam, isHurt);
      m.want({ entity: adam }, m.believes(m.one(bea), isHurt), 3);
      m.mind({ trust: m.num(16) });
      return m;
    };
    const first = play(build()).simulation.chronicle.hash();
    const simulation = createSimulation({ world: build().world(), seed: 1, createMinds });
    simulation.runUntil(1500);
    const fork = simulation.fork();
    simulation.run();
    const inFork = simulation.chronicle.hash();
    fork.drop();
    simulation.run();
    expect(simulation.chronicle.hash()).toBe(first);
    expect(inFork).toBe(first);
  });
});
