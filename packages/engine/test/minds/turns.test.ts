import type { Occurrence } from "@fabula/chronicle";
import type { World } from "@fabula/model";
import { describe, expect, it } from "vitest";
import { createSimulation } from "../../src/index.js";
import { createForgetfulMinds, createMinds, type Minds } from "../../src/minds/index.js";
import { claimType, deedType, ModelBuilder, nowhere, number } from "./model-builder.js";

function play(world: World, seed = 1, create = createMinds) {
  let minds: Minds | undefined;
  const simulation = createSimulation({
    world,
    seed,
    createMinds: (host) => {
      minds = create(host);
      return minds;
    },
  });
  simulation.run();
  expect(simulation.diagnostics).toEqual([]);
  const all: Occurrence[] = [];
  for (let id = 0; id < simulation.chronicle.count; id++) all.push(simulation.chronicle.get(id));
  const times = (kind: string, schema: number) =>
    all.filter((one) => one.kind === kind && one.schema === schema).map((one) => one.time);
  return { simulation, all, times, minds: minds as Minds };
}

function house() {
  const m = new ModelBuilder();
  const person = m.type("person", [], true);
  const P = { kind: "entity", type: person } as const;
  const seen = [{ sense: "seen", as: -1 }] as const;
  const done = m.fluent("done", person);
  const called = m.fluent("called", person, { perceptions: [{ sense: "felt", as: -1 }] });
  const adam = m.entity("adam", person);
  const go = m.action("go", [["p", P]], {
    waitsUntil: m.of(called, m.local(0, P)),
    needs: m.not(m.of(done, m.local(0, P))),
    atEnd: [m.set(done, [m.local(0, P)], m.yes)],
    perceptions: [...seen],
    comesToMind: m.no,
  });
  m.facts.push({
    kind: "intend",
    subject: m.one(adam),
    deed: m.deed(go, m.one(adam)),
    dropped: false,
    span: nowhere,
  });
  return { m, person, P, done, called, adam, go, seen };
}

describe("intentions", () => {
  it("INTEND-1 what waits for something is done as soon as it comes", () => {
    const { m, called, adam, go, P, seen } = house();
    // Something else is worth doing all the while.
    const busy = m.fluent("busy", m.typeNamed("person"), { type: number });
    m.action("fidget", [["p", P]], {
      urge: m.num(1),
      atEnd: [m.set(busy, [m.local(0, P)], m.num(1))],
      perceptions: [...seen],
    });
    const world = m.world();
    const story = {
      ...world.story,
      outside: [
        {
          moment: { kind: "after", seconds: m.num(30) } as const,
          effects: [m.set(called, [m.one(adam)], m.yes)],
          told: [],
          span: nowhere,
        },
      ],
    };
    const { times } = play({ ...world, story });
    expect(times("started", go)).toEqual([30_000]);
  });

  it("INTEND-1 with nothing better to do, it is done at a lull", () => {
    const { m, go } = house();
    const { times, all } = play(m.world());
    const started = times("started", go);
    expect(started).toHaveLength(1);
    expect(started[0]).toBeLessThan(30_000);
    const decision = all.find((one) => one.decision?.outcome === "acts");
    expect(decision?.decision?.chosen).toBeGreaterThan(0);
  });

  it("INTEND-1 what would be lost by giving it up is recorded with it", () => {
    const { m, adam, go, done } = house();
    m.want({ entity: adam }, m.of(done, m.one(adam)), 2);
    const { times, all } = play(m.world());
    expect(times("started", go)).toHaveLength(1);
    const decision = all.find((one) => one.decision?.outcome === "acts")?.decision;
    expect(decision?.reasons).toHaveLength(1);
    expect(decision?.reasons[0]).toMatchObject({ deed: decision?.chosen, urge: 0 });
    expect(decision?.reasons[0]?.gain).toBeCloseTo(2, 1);
    expect(decision?.reasons[0]?.wants[0]?.gain).toBeCloseTo(2, 1);
  });

  it("INTEND-2 it is dropped when a claim turns on which it hung", () => {
    const { m, adam, go, done, P } = house();
    const risky = m.fluent("risky", m.typeNamed("person"), {
      perceptions: [{ sense: "felt", as: -1 }],
    });
    const alive = m.fluent("alive", m.typeNamed("person"), { initial: { low: m.yes } });
    const q = m.local(0, P);
    m.expectation("it kills", m.and(m.of(done, q), m.of(risky, q)), [m.set(alive, [q], m.no)]);
    m.want({ entity: adam }, m.of(alive, m.one(adam)), 5);
    m.want({ entity: adam }, m.of(done, m.one(adam)), 2);
    const world = m.world();
    const story = {
      ...world.story,
      outside: [
        {
          moment: { kind: "after", seconds: m.num(3) } as const,
          effects: [m.set(risky, [m.one(adam)], m.yes)],
          told: [],
          span: nowhere,
        },
      ],
    };
    const { times, all } = play({ ...world, story });
    expect(times("started", go)).toEqual([]);
    expect(all.filter((one) => one.decision?.outcome === "drops")).toHaveLength(1);
  });
});

describe("turns", () => {
  it("TURN-1 a question that is cut short has no effect and is dearer the next time", () => {
    const m = new ModelBuilder();
    const person = m.type("person", [], true);
    const P = { kind: "entity", type: person } as const;
    const coughs = m.fluent("coughs", person);
    const sick = m.fluent("sick", person, {
      private: false,
      perceptions: [{ sense: "felt", as: -1, by: [m.local(0, P)] }],
    });
    const [adam, bea] = [m.entity("adam", person), m.entity("bea", person)];
    const isSick = m.of(sick, m.one(bea));
    m.believe(adam, isSick, 0.5);
    m.want({ entity: adam }, m.not(isSick), 4);
    const args = [m.local(0, P), m.local(1, P), m.local(2, claimType)];
    const counted = (phase: "interrupted" | "ended") =>
      m.node({ op: "count-of", event: { kind: "action", id: 0, phase, args } }, number);
    const ask = m.action(
      "ask",
      [
        ["s", P],
        ["h", P],
        ["what", claimType],
      ],
      {
        hearer: 1,
        takes: m.num(4),
        interruptedWhen: m.of(coughs, m.local(0, P)),
        asks: m.local(2, claimType),
        needs: m.op("ne", m.local(0, P), m.local(1, P)),
        reluctance: m.op("mul", m.num(9), m.op("add", counted("interrupted"), counted("ended"))),
        perceptions: [{ sense: "heard", as: -1 }],
      },
    );
    const answer = m.action(
      "answer",
      [
        ["s", P],
        ["h", P],
        ["what", claimType],
      ],
      {
        hearer: 1,
        takes: m.num(2),
        answers: "question",
        says: [{ claim: m.local(2, claimType), negated: false, span: nowhere }],
        urge: m.num(1),
        perceptions: [{ sense: "heard", as: -1 }],
      },
    );
    const world = m.world();
    const story = {
      ...world.story,
      outside: [
        {
          moment: { kind: "after", seconds: m.num(3) } as const,
          effects: [m.set(coughs, [m.one(adam)], m.yes)],
          told: [],
          span: nowhere,
        },
      ],
    };
    const cutShort = play({ ...world, story });
    expect(cutShort.times("interrupted", ask)).toEqual([3000]);
    expect(cutShort.times("ended", ask)).toEqual([]);
    expect(cutShort.times("ended", answer)).toEqual([]);
    const asked = play(world);
    expect(asked.times("ended", ask)).toHaveLength(1);
    expect(asked.times("ended", answer)).toHaveLength(1);
    expect(
      (asked.times("ended", answer)[0] as number) - (asked.times("ended", ask)[0] as number),
    ).toBeLessThan(4000);
    void deedType;
  });

  it("TURN-2 a reflex comes before all weighing", () => {
    const m = new ModelBuilder();
    const person = m.type("person", [], true);
    const P = { kind: "entity", type: person } as const;
    const struck = m.fluent("struck", person, { perceptions: [{ sense: "felt", as: -1 }] });
    const up = m.fluent("up", person);
    const adam = m.entity("adam", person);
    const guard = m.action("guard", [["p", P]], {
      atEnd: [m.set(up, [m.local(0, P)], m.yes)],
      needs: m.not(m.of(up, m.local(0, P))),
      comesToMind: m.no,
    });
    m.reflexes.push({
      id: 0,
      name: "guards",
      parameters: [{ name: "p", type: P }],
      where: m.yes,
      when: m.of(struck, m.local(0, P)),
      score: m.num(2),
      deed: m.deed(guard, m.local(0, P)),
      span: nowhere,
    });
    const world = m.world();
    const story = {
      ...world.story,
      outside: [
        {
          moment: { kind: "after", seconds: m.num(5) } as const,
          effects: [m.set(struck, [m.one(adam)], m.yes)],
          told: [],
          span: nowhere,
        },
      ],
    };
    expect(play({ ...world, story }).times("started", guard)).toEqual([5000]);
  });

  it("TURN-3 whose head is not free chooses nothing at a lull, and reflexes answer", () => {
    const m = new ModelBuilder();
    const person = m.type("person", [], true);
    const P = { kind: "entity", type: person } as const;
    const felt = [{ sense: "felt", as: -1 }] as const;
    const free = m.fluent("free", person, { perceptions: [...felt] });
    const struck = m.fluent("struck", person, { perceptions: [...felt] });
    const adam = m.entity("adam", person);
    const hum = m.action("hum", [["p", P]], { urge: m.num(1) });
    const flinch = m.action("flinch", [["p", P]], {
      comesToMind: m.no,
      takes: m.num(1),
      atStart: [m.set(struck, [m.local(0, P)], m.no)],
    });
    m.reflexes.push({
      id: 0,
      name: "flinches",
      parameters: [{ name: "p", type: P }],
      where: m.yes,
      when: m.of(struck, m.local(0, P)),
      score: m.num(2),
      deed: m.deed(flinch, m.local(0, P)),
      span: nowhere,
    });
    m.mind({ weighs: m.of(free, m.local(0, P)) });
    const comes = (seconds: number, fluent: number, value: typeof m.yes) => ({
      moment: { kind: "after", seconds: m.num(seconds) } as const,
      effects: [m.set(fluent, [m.one(adam)], value)],
      told: [],
      span: nowhere,
    });
    const world = m.world();
    const outside = [comes(5, struck, m.yes), comes(60, free, m.yes)];
    const { times } = play({ ...world, story: { ...world.story, outside } });
    expect(times("started", flinch)).toEqual([5_000]);
    expect(times("started", hum)[0]).toBeGreaterThan(60_000);
    expect(times("started", hum)[0]).toBeLessThan(120_000);
  });

  it("FEEL-1 a change of outlook is felt, once, by the effects of the mind", () => {
    const m = new ModelBuilder();
    const person = m.type("person", [], true);
    const P = { kind: "entity", type: person } as const;
    const lost = m.fluent("lost", person, { perceptions: [{ sense: "felt", as: -1 }] });
    const grief = m.fluent("grief", person, { type: number, storage: "state", low: 0, high: 1 });
    const adam = m.entity("adam", person);
    m.want({ entity: adam }, m.not(m.of(lost, m.one(adam))), 3);
    m.want({ entity: adam }, m.yes, 1);
    m.mind({}, [
      {
        kind: "shift",
        place: { fluent: grief, args: [m.local(0, P)] },
        sign: -1,
        value: { low: m.local(1, number) },
        span: nowhere,
      },
    ]);
    const world = m.world();
    const story = {
      ...world.story,
      outside: [
        {
          moment: { kind: "after", seconds: m.num(5) } as const,
          effects: [m.set(lost, [m.one(adam)], m.yes)],
          told: [],
          span: nowhere,
        },
      ],
    };
    const { simulation } = play({ ...world, story });
    expect(simulation.evaluate(m.of(grief, m.one(adam)))).toBeCloseTo(0.75);
  });
});

describe("memory of what was worked out", () => {
  it("FORESEE-5 is what would be worked out again", () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { m, P, adam, person, seen } = house();
      m.endsAfter = 45;
      const bea = m.entity("bea", person);
      const secret = m.fluent("secret", person, {
        perceptions: [{ sense: "felt", as: -1, by: [m.local(0, P)] }],
      });
      const near = m.fluent("near", person, { type: number, low: 0, high: 1 });
      m.facts.push(m.set(secret, [m.one(adam)], m.yes));
      m.believe(bea, m.of(secret, m.one(adam)), 0.1 * seed);
      m.want({ entity: adam }, m.believes(m.one(bea), m.of(secret, m.one(adam))), 3);
      m.want({ entity: bea }, m.not(m.of(secret, m.one(adam))), 2);
      m.want({ type: person }, m.outlook(m.local(1, P)), 1, { binders: [{ name: "q", type: P }] });
      const heard = [{ sense: "heard", as: -1 }] as const;
      const ne = m.op("ne", m.local(0, P), m.local(1, P));
      m.action(
        "tell",
        [
          ["s", P],
          ["h", P],
          ["what", claimType],
        ],
        {
          hearer: 1,
          takes: m.num(3),
          needs: ne,
          says: [{ claim: m.local(2, claimType), negated: false, span: nowhere }],
          perceptions: [...heard],
        },
      );
      m.action(
        "ask",
        [
          ["s", P],
          ["h", P],
          ["what", claimType],
        ],
        {
          hearer: 1,
          takes: m.num(2),
          needs: ne,
          asks: m.local(2, claimType),
          perceptions: [...heard],
          reluctance: m.num(0.1),
        },
      );
      const hug = m.action(
        "hug",
        [
          ["p", P],
          ["q", P],
        ],
        {
          askable: true,
          needs: m.and(ne, m.op("lt", m.of(near, m.local(0, P)), m.num(0.5))),
          atEnd: [m.set(near, [m.local(0, P)], m.num(1))],
          perceptions: [...seen],
        },
      );
      m.action(
        "beg",
        [
          ["s", P],
          ["h", P],
        ],
        {
          hearer: 1,
          takes: m.num(2),
          needs: ne,
          requests: { deed: m.deed(hug, m.local(1, P), m.local(0, P)), strength: m.num(0.8) },
          perceptions: [...heard],
        },
      );
      m.want({ entity: bea }, m.op("gt", m.of(near, m.one(adam)), m.num(0.5)), 2);
      m.mind({ trust: m.num(9), care: m.local(2, number) });
      const world = m.world();
      const kept = play(world, seed);
      const anew = play(world, seed, createForgetfulMinds);
      expect(kept.simulation.chronicle.count).toBeGreaterThan(5);
      expect(kept.simulation.chronicle.hash()).toBe(anew.simulation.chronicle.hash());
      expect(kept.minds.work.options).toBeLessThan(anew.minds.work.options);
    }
  });
});
