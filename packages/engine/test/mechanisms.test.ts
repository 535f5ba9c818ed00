import type { Effect, EntityDeclaration, Flow, Intervention } from "@fabula/model";
import { describe, expect, test } from "vitest";
import { createSimulation, type Simulation } from "../src/run/simulation.js";
import { entity, number, span, WorldBuilder } from "./world-builder.js";

function play(w: WorldBuilder, changes: readonly Intervention[] = [], seed = 1): Simulation {
  return createSimulation({ world: w.build(), seed, changes, createMinds: "mindless" });
}

function lines(simulation: Simulation): string[] {
  const { chronicle, world } = simulation;
  return Array.from({ length: chronicle.count }, (_, id) => {
    const one = chronicle.get(id);
    const rule = one.kind === "rule";
    const declared = rule ? world.rules[one.schema] : world.actions[one.schema];
    return `${one.time} ${one.kind} ${declared?.name ?? ""}(${one.args.join(",")})`;
  }).slice(1);
}

/** One person and a bell. */
function bellWorld() {
  const w = new WorldBuilder();
  const person = w.type("person");
  const rung = w.fluent("rung", person, { type: number, initial: { low: w.n(0) } });
  const deaf = w.flag("deaf", person);
  const anna = w.entity("anna", person);
  const bert = w.entity("bert", person);
  const ring = w.action("ring", [person], {
    takes: w.n(1),
    atEnd: [w.shift(rung, [w.local(0)], 1, w.n(1))],
  });
  w.story.endsAfter = 1000;
  return { w, person, rung, deaf, anna, bert, ring };
}

describe("what is searched for by what it has", () => {
  /** Whoever bears no wound that nobody closed heals; a wound closes when it is touched. */
  function woundedWorld(indexed: true | undefined) {
    const w = new WorldBuilder();
    const person = w.type("person");
    const wound = w.type("wound");
    const bearer = w.fluent("bearer", wound, {
      type: entity(person),
      ...(indexed === true ? { indexed } : {}),
    });
    const well = w.flag("well", person);
    const me = w.local(0);
    const mine = w.test("eq", w.get(bearer, w.local(1)), me);
    const body = w.b(true);
    const none = w.node(
      { op: "quantified", quantifier: "none", slot: 1, type: wound, where: mine, body },
      { kind: "boolean" },
    );
    w.rule("heals", [person], none, [w.set(well, [me], w.b(true))]);
    const people = [0, 1].map((index) => w.entity(`p${index}`, person));
    const wounds = [0, 1, 0].map((whose, index) =>
      w.entity(`w${index}`, wound, [w.set(bearer, [me], w.e(people[whose] as number))]),
    );
    w.story.endsAfter = 100;
    const close = (index: number, seconds: number): Intervention => ({
      kind: "effects",
      moment: { kind: "after", seconds: w.n(seconds) },
      effects: [{ kind: "remove", entity: w.e(wounds[index] as number), span }],
      span,
    });
    const move = (index: number, to: number, seconds: number): Intervention => ({
      kind: "effects",
      moment: { kind: "after", seconds: w.n(seconds) },
      effects: [w.set(bearer, [w.e(wounds[index] as number)], w.e(people[to] as number))],
      span,
    });
    return play(w, [close(1, 1), close(0, 2), move(2, 1, 3), move(2, 0, 4)]).run();
  }

  const causesOf = ({ chronicle }: Simulation) =>
    Array.from({ length: chronicle.count }, (_, id) => chronicle.get(id))
      .filter(({ kind }) => kind === "rule")
      .map(({ time, args, causes }) => [time, args[0], causes.map(({ from }) => from)]);

  test("CAUSE-4 the same happens as when all are looked at, for fewer causes", () => {
    const [searched, looked] = [woundedWorld(true), woundedWorld(undefined)];
    expect(lines(searched)).toEqual(lines(looked));
    // By occurrence: 1 closes that of p1, 3 one of p0, 4 gives its last to p1, 6 gives it back.
    expect(causesOf(searched)).toEqual([
      [1000, 1, [1]],
      [3000, 0, [3, 4]],
      [4000, 1, [1, 6]],
    ]);
    // Who looks at all wounds names what was done to those of the other as well.
    expect(causesOf(looked)).toEqual([
      [1000, 1, [0, 1]],
      [3000, 0, [1, 3, 4]],
      [4000, 1, [1, 3, 6]],
    ]);
  });
});

describe("quantities", () => {
  test("FLOW-3 nears: a straight line drawn anew comes close to the exponential, and rests", () => {
    const w = new WorldBuilder();
    const person = w.type("person");
    const pulse = w.quantity("pulse", person, 0, 220, 70);
    const anna = w.entity("anna", person);
    const me = w.local(0);
    w.process("calms", [person], w.b(true), [w.near(pulse, [me], w.n(150), w.n(20))]);
    w.story.endsAfter = 3600;
    const simulation = play(w);
    for (const [seconds, tolerance] of [
      [10, 3],
      [20, 3],
      [60, 2],
      [600, 0.05],
    ] as const) {
      simulation.runUntil(seconds * 1000);
      const exact = 150 - 80 * Math.exp(-seconds / 20);
      const value = simulation.evaluate(w.get(pulse, w.e(anna)));
      expect(Math.abs(value - exact)).toBeLessThan(tolerance);
    }
    // At rest nothing is due any more.
    expect(simulation.kernel.agenda.nextTime(1e12)).toBe(Number.POSITIVE_INFINITY);
  });

  test("FLOW-2 a rate that hangs on what moves is looked at again each quantum", () => {
    const w = new WorldBuilder();
    const cup = w.type("cup");
    const heat = w.quantity("heat", cup, 0, 100, 90);
    const tea = w.entity("tea", cup);
    const me = w.local(0);
    const cools = w.op("mul", w.get(heat, me), w.n(0.001));
    w.process("cools", [cup], w.b(true), [w.rate(heat, [me], -1, cools)]);
    w.story.endsAfter = 10_000;
    const simulation = play(w);
    simulation.runUntil(1_000_000);
    const exact = 90 * Math.exp(-1);
    expect(Math.abs(simulation.evaluate(w.get(heat, w.e(tea))) - exact)).toBeLessThan(1.5);
  });

  test("FLOW-1 held at a bound, it leaves it at once when the rate turns", () => {
    const { w, person, deaf, anna } = bellWorld();
    const load = w.quantity("load", person, 0, 10, 5);
    const me = w.local(0);
    const rate = w.node({ op: "if", args: [w.get(deaf, me), w.n(1), w.n(-1)] }, number);
    w.process("moves", [person], w.b(true), [w.rate(load, [me], 1, rate)]);
    const turn: Effect = w.set(deaf, [w.e(anna)], w.b(true));
    const simulation = play(w, [
      { kind: "effects", moment: { kind: "after", seconds: w.n(100) }, effects: [turn], span },
    ]);
    const load0 = w.get(load, w.e(anna));
    simulation.runUntil(100_000);
    expect(simulation.evaluate(load0)).toBe(0);
    simulation.runUntil(103_000);
    expect(simulation.evaluate(load0)).toBeCloseTo(3, 9);
    simulation.runUntil(500_000);
    expect(simulation.evaluate(load0)).toBe(10);
  });

  test("FAULT-1 one that runs away is reported, and so is a number without bounds", () => {
    const { w, person, rung } = bellWorld();
    const load = w.quantity("load", person, 0, 10, 5);
    w.process("explodes", [person], w.b(true), [w.rate(load, [w.local(0)], 1, w.n(1e9))]);
    expect(
      play(w)
        .run()
        .diagnostics.map((one) => one.code),
    ).toEqual(["FAB5104"]);
    const other = bellWorld();
    other.w.facts.push(
      other.w.set(rung, [other.w.e(0)], other.w.op("mul", other.w.n(1e300), other.w.n(1e300))),
    );
    expect(
      play(other.w)
        .run()
        .diagnostics.map((one) => one.code),
    ).toEqual(["FAB5104"]);
  });

  test("FAULT-1 division by zero and endless definitions are the author's mistakes", () => {
    const zero = bellWorld();
    const me = zero.w.local(0);
    zero.w.rule(
      "divides",
      [zero.person],
      zero.w.test("gt", zero.w.op("div", zero.w.n(1), zero.w.get(zero.rung, me)), zero.w.n(0)),
      [],
    );
    const diagnostics = play(zero.w).run().diagnostics;
    expect(diagnostics.map((one) => one.code)).toEqual(["FAB5103"]);
    expect(diagnostics[0]?.span).toEqual(span);
    const loop = bellWorld();
    const a = loop.w.fluents.length;
    loop.w.derived("a", loop.person, number, loop.w.get(a + 1, loop.w.local(0)));
    loop.w.derived("b", loop.person, number, loop.w.get(a, loop.w.local(0)));
    loop.w.rule(
      "asks",
      [loop.person],
      loop.w.test("gt", loop.w.get(a, loop.w.local(0)), loop.w.n(0)),
      [],
    );
    expect(
      play(loop.w)
        .run()
        .diagnostics.map((one) => one.code),
    ).toEqual(["FAB5102"]);
  });
});

describe("rules", () => {
  test("RULE-1 fire again only after their condition was false in between", () => {
    const { w, person, rung, ring, anna } = bellWorld();
    const me = w.local(0);
    const odd = w.test("eq", w.get(rung, me), w.n(1));
    w.rule("first", [person], odd, []);
    const make = (seconds: number): Intervention => ({
      kind: "make",
      moment: { kind: "after", seconds: w.n(seconds) },
      deed: w.deed(ring, w.e(anna)),
      span,
    });
    const simulation = play(w, [make(10), make(20), make(30)]).run();
    expect(lines(simulation).filter((line) => line.includes("rule"))).toEqual([
      "11000 rule first(0)",
    ]);
  });

  test("RULE-3 event rules bind the arguments of what happened", () => {
    const { w, person, rung, ring, anna, deaf } = bellWorld();
    const rings = { kind: "action", id: ring, phase: "ended", args: [w.local(0)] } as const;
    const hears = w.not(w.get(deaf, w.local(1)));
    w.addRule(
      "hears",
      [person, person],
      { kind: "event", event: rings, when: hears },
      [w.shift(rung, [w.local(1)], 1, w.n(10))],
      w.test("ne", w.local(0), w.local(1)),
    );
    const simulation = play(w, [
      { kind: "make", moment: { kind: "start" }, deed: w.deed(ring, w.e(anna)), span },
    ]).run();
    expect(lines(simulation)).toContain("1000 rule hears(0,1)");
    expect(lines(simulation).filter((line) => line.includes("hears"))).toHaveLength(1);
    const rule = simulation.chronicle.get(simulation.chronicle.count - 1);
    const ended = rule.causes.find((cause) => cause.kind === "triggered")?.from as number;
    expect(simulation.chronicle.get(ended).kind).toBe("ended");
    expect(simulation.evaluate(w.get(rung, w.e(1)))).toBe(10);
  });

  test("RULE-4 periodic rules come a period after their condition, while it holds", () => {
    const { w, person, deaf, anna } = bellWorld();
    const hears = w.not(w.get(deaf, w.local(0)));
    w.addRule("ticks", [person], { kind: "periodic", seconds: 100, when: hears }, []);
    const simulation = play(w, [
      {
        kind: "effects",
        moment: { kind: "after", seconds: w.n(350) },
        effects: [w.set(deaf, [w.e(anna)], w.b(true))],
        span,
      },
    ]).run();
    const mine = lines(simulation).filter((line) => line.includes("ticks(0)"));
    expect(mine).toEqual(["100000 rule ticks(0)", "200000 rule ticks(0)", "300000 rule ticks(0)"]);
    expect(lines(simulation).filter((line) => line.includes("ticks(1)"))).toHaveLength(10);
  });

  test("count of and time since are read, and wake who reads them", () => {
    const { w, person, ring, anna } = bellWorld();
    const event = { kind: "action", id: ring, phase: "ended", args: [w.local(0)] } as const;
    const count = w.node({ op: "count-of", event }, number);
    const since = w.node({ op: "time-since", event }, number);
    w.rule("twice", [person], w.test("ge", count, w.n(2)), []);
    w.rule("long ago", [person], w.test("gt", since, w.n(50)), []);
    const make = (seconds: number): Intervention => ({
      kind: "make",
      moment: { kind: "after", seconds: w.n(seconds) },
      deed: w.deed(ring, w.e(anna)),
      span,
    });
    const simulation = play(w, [make(10), make(40)]).run();
    const fired = lines(simulation).filter((line) => line.includes("rule"));
    expect(fired).toEqual(["41000 rule twice(0)", "91001 rule long ago(0)"]);
    const twice = simulation.chronicle.get(simulation.chronicle.count - 2);
    const kinds = twice.causes.map((cause) => simulation.chronicle.get(cause.from).kind);
    expect(kinds.filter((kind) => kind === "ended")).toHaveLength(2);
  });
});

describe("conditions counted", () => {
  test("count of what became true, from the beginning and as often as it does", () => {
    const { w, deaf, anna } = bellWorld();
    const event = { kind: "becomes", condition: w.get(deaf, w.e(anna)) } as const;
    const count = w.node({ op: "count-of", event }, number);
    const since = w.node({ op: "time-since", event }, number);
    const turn = (seconds: number, on: boolean): Intervention => ({
      kind: "effects",
      moment: { kind: "after", seconds: w.n(seconds) },
      effects: [w.set(deaf, [w.e(anna)], w.b(on))],
      span,
    });
    w.rule("twice deaf", [], w.test("ge", count, w.n(2)), []);
    const simulation = play(w, [turn(10, true), turn(20, false), turn(30, true)]).run();
    expect(simulation.evaluate(count)).toBe(2);
    expect(simulation.evaluate(since)).toBe(970);
    expect(lines(simulation)).toContain("30000 rule twice deaf()");
    const fired = simulation.chronicle.get(simulation.chronicle.count - 1);
    expect(fired.causes.length).toBeGreaterThan(0);
  });

  test("what nobody counted while it ran is counted from the chronicle", () => {
    const { w, ring, anna } = bellWorld();
    const simulation = play(w, [
      { kind: "make", moment: { kind: "start" }, deed: w.deed(ring, w.e(anna)), span },
    ]).run();
    const event = { kind: "action", id: ring, phase: "ended", args: [w.e(anna)] } as const;
    expect(simulation.evaluate(w.node({ op: "count-of", event }, number))).toBe(1);
    expect(simulation.evaluate(w.node({ op: "time-since", event }, number))).toBe(999);
  });
});

describe("things that come and go", () => {
  function woundWorld() {
    const w = new WorldBuilder();
    const person = w.type("person");
    const wound = w.type("wound");
    const bearer = w.fluent("bearer", wound, { type: entity(person) });
    const blood = w.quantity("blood", person, 0, 100, 100);
    const depth = w.quantity("depth", wound, 0, 10);
    const me = w.local(0);
    w.process("bleeds", [wound], w.test("gt", w.get(depth, me), w.n(0)), [
      w.rate(blood, [w.get(bearer, me)], -1, w.get(depth, me)),
      w.rate(depth, [me], -1, w.n(0.5)),
    ]);
    w.rule("heals", [wound], w.test("eq", w.get(depth, me), w.n(0)), [
      { kind: "remove", entity: me, span },
    ]);
    const stab = w.action("stab", [person, person], {
      atEnd: [
        {
          kind: "create",
          title: -1,
          type: wound,
          slot: 2,
          name: "cut",
          body: [
            w.set(bearer, [w.local(2)], w.local(1)),
            w.set(depth, [w.local(2)], w.n(2), w.n(4)),
          ],
          span,
        },
      ],
    });
    const wounds = w.node(
      {
        op: "quantified",
        quantifier: "count",
        slot: 0,
        type: wound,
        where: w.b(true),
        body: w.b(true),
      },
      number,
    );
    w.rule("unhurt", [], w.test("eq", wounds, w.n(0)), []);
    const anna = w.entity("anna", person);
    const bert = w.entity("bert", person);
    w.story.endsAfter = 1000;
    return { w, person, wound, blood, depth, stab, anna, bert, wounds };
  }

  const stabs = ({ w, stab, anna, bert }: ReturnType<typeof woundWorld>): Intervention[] =>
    [10, 20, 300].map((seconds) => ({
      kind: "make",
      moment: { kind: "after", seconds: w.n(seconds) },
      deed: w.deed(stab, w.e(anna), w.e(bert)),
      span,
    }));

  test("a wound comes to be, bleeds, closes and is gone; nothing is left of it", () => {
    const made = woundWorld();
    const simulation = play(made.w, stabs(made)).run();
    expect(simulation.diagnostics).toEqual([]);
    const fired = lines(simulation).filter((line) => line.includes("rule"));
    expect(fired.filter((line) => line.includes("heals"))).toHaveLength(3);
    // At the start, and after each: the second comes when the first has closed.
    expect(fired.filter((line) => line.includes("unhurt"))).toHaveLength(4);
    const address = simulation.kernel.store.address(made.blood, [made.bert]);
    expect(simulation.kernel.store.arena.read(address + 1)).toBe(0);
    expect(simulation.evaluate(made.wounds)).toBe(0);
    // depth d closing at 0.5 per s costs about d * d of blood.
    const blood = simulation.evaluate(made.w.get(made.blood, made.w.e(made.bert)));
    expect(blood).toBeLessThan(100 - 3 * 3.5);
    expect(blood).toBeGreaterThan(100 - 3 * 17);
    const same = play(made.w, stabs(made)).run();
    expect(same.chronicle.hash()).toBe(simulation.chronicle.hash());
  });

  test("STATE-3 who is removed takes flows along, and rows are used again", () => {
    const made = woundWorld();
    const { w, bert } = made;
    const gone: Intervention = {
      kind: "effects",
      moment: { kind: "after", seconds: w.n(12) },
      effects: [{ kind: "remove", entity: w.e(bert), span }],
      span,
    };
    const simulation = play(w, [...stabs(made).slice(0, 1), gone]).run();
    expect(simulation.diagnostics).toEqual([]);
    expect(simulation.kernel.store.isThere(bert)).toBe(false);
    expect(simulation.evaluate(w.get(made.blood, w.e(bert)))).toBeNaN();
    expect(simulation.evaluate(made.wounds)).toBe(0);
  });

  test("STATE-1 a fork in which things come and go is quiet", () => {
    const made = woundWorld();
    const whole = play(made.w, stabs(made)).run();
    const forked = play(made.w, stabs(made));
    for (const time of [5_000, 11_000, 15_000, 299_000]) {
      forked.runUntil(time);
      const fork = forked.fork();
      forked.run();
      fork.drop();
    }
    forked.run();
    const told = (simulation: Simulation) =>
      Array.from({ length: simulation.chronicle.count }, (_, id) => simulation.chronicle.get(id));
    expect(told(forked)).toEqual(told(whole));
    expect(forked.chronicle.hash()).toBe(whole.chronicle.hash());
  });
});

describe("chance and changes", () => {
  function diceWorld() {
    const { w, person, rung, anna, bert, ring } = bellWorld();
    const luck = w.flag("luck", person);
    const toss = w.action("toss", [person], {
      takes: w.n(1),
      takesAtMost: w.n(3),
      atEnd: [
        {
          kind: "chance",
          chance: w.n(0.5),
          then: [w.set(luck, [w.local(0)], w.b(true))],
          else: [w.shift(rung, [w.local(0)], 1, w.n(1))],
          span,
        },
      ],
    });
    w.rule("cheers", [person], w.get(luck, w.local(0)), []);
    const tosses = (who: number): Intervention => ({
      kind: "make",
      moment: { kind: "start" },
      deed: w.deed(toss, w.e(who)),
      span,
    });
    return { w, anna, bert, toss, ring, luck, tosses, rung };
  }

  const of = (simulation: Simulation, who: number) =>
    lines(simulation).filter((line) => line.includes(`(${who})`));

  test("CHANCE-3 a group of a drawn number: its first ones, and every number there may be", () => {
    const counts = new Set<number>();
    for (let seed = 1; seed <= 40; seed++) {
      const { w, person } = bellWorld();
      for (let place = 1; place <= 6; place++) {
        const id = w.entity(`guest_${place}`, person);
        w.entities[id] = {
          ...(w.entities[id] as EntityDeclaration),
          group: { name: "guest", place, least: 2, most: 6 },
        };
      }
      const simulation = play(w, [], seed);
      simulation.begin();
      const there = simulation.kernel.store.entitiesOf(person);
      expect(there).toEqual(
        Array.from({ length: there.length }, (_, index) => (there[0] as number) + index),
      );
      counts.add(there.length - 2);
    }
    expect([...counts].sort()).toEqual([2, 3, 4, 5, 6]);
  });

  test("CHANCE-2 a draw hangs on what it is for: others tossing change nothing of mine", () => {
    const { w, anna, bert, tosses } = diceWorld();
    let lucky = 0;
    for (let seed = 0; seed < 60; seed++) {
      const alone = play(w, [tosses(anna)], seed).run();
      const both = play(w, [tosses(bert), tosses(anna)], seed).run();
      expect(of(both, anna)).toEqual(of(alone, anna));
      if (of(alone, anna).some((line) => line.includes("cheers"))) lucky++;
    }
    expect(lucky).toBeGreaterThan(15);
    expect(lucky).toBeLessThan(45);
  });

  test("a cause by chance is called so", () => {
    const { w, anna, tosses } = diceWorld();
    for (let seed = 0; seed < 20; seed++) {
      const simulation = play(w, [tosses(anna)], seed).run();
      const cheer = simulation.chronicle.get(simulation.chronicle.count - 1);
      if (cheer.kind !== "rule") continue;
      expect(cheer.causes.map((cause) => cause.kind)).toContain("triggered");
      return;
    }
    throw new Error("nobody was lucky in 20 seeds");
  });

  test("CHANGE-1 forbidden deeds do not happen, rules switched off stay quiet, the removed never were", () => {
    const { w, anna, bert, toss, tosses } = diceWorld();
    const event = { kind: "action", id: toss, phase: "ended", args: [w.e(anna)] } as const;
    const forbidden = play(w, [{ kind: "forbid", event, span }, tosses(anna), tosses(bert)]).run();
    expect(of(forbidden, anna)).toEqual([]);
    expect(of(forbidden, bert).length).toBeGreaterThan(1);
    const off: Intervention = { kind: "switch-off", what: "rule", id: 0, span };
    for (let seed = 0; seed < 10; seed++) {
      expect(lines(play(w, [off, tosses(anna)], seed).run()).join()).not.toContain("cheers");
    }
    const noCheer = { kind: "rule", id: 0, args: [w.e(anna)] } as const;
    for (let seed = 0; seed < 10; seed++) {
      const quiet = play(w, [{ kind: "forbid", event: noCheer, span }, tosses(anna)], seed).run();
      expect(lines(quiet).join()).not.toContain("cheers");
    }
    const without = play(w, [{ kind: "remove", entity: bert, span }, tosses(bert)]).run();
    expect(of(without, bert)).toEqual([]);
    const change: Intervention = {
      kind: "add",
      entity: { id: 2, name: "carl", title: "carl", type: 0, facts: [], span },
      beliefs: [],
      wants: [],
      span,
    };
    const carl = w.e(2);
    const more = play(w, [
      change,
      { kind: "make", moment: { kind: "start" }, deed: w.deed(toss, carl), span },
    ]).run();
    expect(of(more, 2).length).toBeGreaterThan(1);
  });

  test("a range of facts is drawn by name: a fact more does not re-roll the others", () => {
    const make = (more: boolean) => {
      const { w, rung, anna, deaf } = bellWorld();
      if (more) w.facts.push(w.set(deaf, [w.e(anna)], w.b(true)));
      w.facts.push(w.set(rung, [w.e(anna)], w.n(0), w.n(1)));
      const simulation = play(w);
      return simulation.evaluate(w.get(rung, w.e(anna)));
    };
    expect(make(true)).toBe(make(false));
    expect(make(true)).toBeGreaterThan(0);
  });

  test("CHANGE-2 jitter shakes bonds between persons by at most that much, and nothing else", () => {
    const w = new WorldBuilder();
    const person = w.type("person", { minded: true });
    const bond = w.fluent("bond", person, {
      type: number,
      parameters: [{ name: "to", type: entity(person) }],
      low: 0,
      high: 1,
    });
    const height = w.fluent("height", person, { type: number });
    w.entity("anna", person, [
      w.set(bond, [w.local(0), w.e(1)], w.n(0.5)),
      w.set(height, [w.local(0)], w.n(1.7)),
    ]);
    w.entity("bert", person);
    w.story.endsAfter = 1;
    const values = Array.from({ length: 50 }, (_, seed) => {
      const simulation = createSimulation({
        world: w.build(),
        seed,
        jitter: 0.25,
        createMinds: "mindless",
      });
      expect(simulation.evaluate(w.get(height, w.e(0)))).toBe(1.7);
      return simulation.evaluate(w.get(bond, w.e(0), w.e(1)));
    });
    expect(Math.min(...values)).toBeLessThan(0.42);
    expect(Math.max(...values)).toBeGreaterThan(0.58);
    for (const value of values) expect(Math.abs(value - 0.5)).toBeLessThanOrEqual(0.125);
  });

  test("options out of range are the caller's mistake", () => {
    const { w } = bellWorld();
    const world = w.build();
    expect(() => createSimulation({ world, seed: -1 })).toThrow(RangeError);
    expect(() => createSimulation({ world, seed: 0.5 })).toThrow(RangeError);
    expect(() => createSimulation({ world, seed: 1, jitter: 1 })).toThrow(RangeError);
  });
});

describe("several actions at once", () => {
  test("FLOW-5 flow together; the one cut short leaves its own share behind", () => {
    const { w, person, deaf } = bellWorld();
    const load = w.quantity("load", person, 0, 1000, 0);
    const flows = (rate: number): Flow[] => [w.rate(load, [w.local(0)], 1, w.n(rate))];
    const pour = w.action("pour", [person], { takes: w.n(100), whileLasting: flows(1) });
    const drip = w.action("drip", [person], {
      takes: w.n(100),
      whileLasting: flows(0.1),
      interruptedWhen: w.get(deaf, w.local(0)),
    });
    const make = (deed: number): Intervention => ({
      kind: "make",
      moment: { kind: "start" },
      deed,
      span,
    });
    const simulation = play(w, [
      make(w.deed(pour, w.e(0))),
      make(w.deed(drip, w.e(0))),
      {
        kind: "effects",
        moment: { kind: "after", seconds: w.n(50) },
        effects: [w.set(deaf, [w.e(0)], w.b(true))],
        span,
      },
    ]).run();
    expect(simulation.evaluate(w.get(load, w.e(0)))).toBeCloseTo(105, 6);
    const cut = simulation.chronicle.count;
    const interrupted = Array.from({ length: cut }, (_, id) => simulation.chronicle.get(id)).find(
      (one) => one.kind === "interrupted",
    );
    expect(interrupted?.time).toBe(50_000);
    const why = interrupted?.causes.find((cause) => cause.kind === "interrupted");
    expect(simulation.chronicle.get(why?.from as number).kind).toBe("intervention");
  });
});
