/**
 * Random worlds, played whole, in slices and with forks in between: the same chronicle, to the byte,
 * and never an exception. What the author did wrong (loops, runaways) is a diagnostic.
 */

import type { Effect, ExprId, Intervention } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSimulation, type Simulation } from "../src/run/simulation.js";
import { entity, number, span, WorldBuilder } from "./world-builder.js";

interface Recipe {
  readonly processes: readonly (readonly number[])[];
  readonly rules: readonly (readonly number[])[];
  readonly deeds: readonly (readonly number[])[];
  readonly facts: readonly number[];
}

const numbers = (length: number) =>
  fc.array(fc.nat(1000), { minLength: length, maxLength: length });
const recipe: fc.Arbitrary<Recipe> = fc.record({
  processes: fc.array(numbers(6), { maxLength: 4 }),
  rules: fc.array(numbers(8), { maxLength: 6 }),
  deeds: fc.array(numbers(4), { maxLength: 6 }),
  facts: numbers(12),
});

/** A world of people with things that come and go, made of numbers. */
function cook({ processes, rules, deeds, facts }: Recipe) {
  const w = new WorldBuilder();
  const person = w.type("person");
  const thing = w.type("thing");
  const a = w.quantity("a", person, 0, 100, 50);
  const b = w.quantity("b", person, -10, 10, 0);
  const flag = w.flag("flag", person);
  const owner = w.fluent("owner", thing, { type: entity(person), indexed: true });
  const size = w.quantity("size", thing, 0, 5, 1);
  const bond = w.fluent("bond", person, {
    type: number,
    parameters: [{ name: "to", type: entity(person) }],
    initial: { low: w.n(0), high: w.n(1) },
  });
  const me = w.local(0);
  const mine = w.node(
    {
      op: "quantified",
      quantifier: "sum",
      slot: 3,
      type: thing,
      where: w.test("eq", w.get(owner, w.local(3)), me),
      body: w.get(size, w.local(3)),
    },
    number,
  );
  const other = w.node(
    {
      op: "quantified",
      quantifier: "the",
      slot: 3,
      type: person,
      where: w.test("ne", w.local(3), me),
      body: w.b(true),
    },
    entity(person),
  );
  const values = [
    w.get(a, me),
    w.get(b, me),
    mine,
    w.get(a, other),
    w.op("mul", w.get(b, me), w.n(0.5)),
    w.op("mul", w.get(a, me), w.op("mul", w.get(b, me), w.n(0.1))),
    w.get(bond, me, other),
    w.op("min", w.get(a, me), w.op("mul", mine, w.n(10))),
  ];
  const value = (pick: number): ExprId => values[pick % values.length] as ExprId;
  const compare = ["lt", "gt", "ge", "le"] as const;
  const condition = (x: number, op: number, level: number, flags: number): ExprId => {
    const low = w.test(compare[op % 4] as "lt", value(x), w.n((level % 121) - 20));
    if (flags % 3 === 0) return w.test("and", low, w.get(flag, me));
    if (flags % 3 === 1) return w.test("and", low, w.not(w.get(flag, me)));
    return low;
  };
  const effect = (kind: number, x: number, y: number): Effect[] => {
    switch (kind % 9) {
      case 0:
        return [w.set(flag, [me], w.b(x % 2 === 0))];
      case 1:
        return [w.shift(a, [me], x % 2 === 0 ? 1 : -1, w.n(y % 30))];
      case 2:
        return [w.set(b, [me], w.n((y % 21) - 10))];
      case 3:
        return [
          {
            kind: "create",
            title: -1,
            type: thing,
            slot: 2,
            name: "t",
            body: [w.set(owner, [w.local(2)], me), w.set(size, [w.local(2)], w.n(0), w.n(5))],
            span,
          },
        ];
      case 4:
        return [
          {
            kind: "every",
            slot: 2,
            type: thing,
            where: w.test("eq", w.get(owner, w.local(2)), me),
            body: [{ kind: "remove", entity: w.local(2), span }],
            span,
          },
        ];
      case 5:
        return [
          {
            kind: "chance",
            chance: w.n((y % 10) / 10),
            then: [w.set(flag, [me], w.not(w.get(flag, me)))],
            else: [w.shift(b, [me], 1, w.n(1))],
            span,
          },
        ];
      case 6:
        return [w.shift(bond, [me, other], 1, w.n(0.1))];
      case 7:
        return [
          {
            kind: "every",
            slot: 2,
            type: thing,
            where: w.test("eq", w.get(owner, w.local(2)), me),
            body: [w.set(owner, [w.local(2)], x % 3 === 0 ? w.e(-1) : other)],
            span,
          },
        ];
      default:
        return [w.shift(b, [me], -1, w.op("mul", w.get(bond, me, other), w.n(3)))];
    }
  };
  for (const [index, one] of processes.entries()) {
    const [x, op, level, flags, rate, target] = one as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const moving = w.op("mul", value(rate), w.n(((rate % 9) - 4) / 200));
    const flow =
      target % 3 === 0
        ? w.near(a, [me], w.n(target % 100), w.n(5 + (rate % 50)))
        : w.rate(target % 2 === 0 ? a : b, [me], 1, moving);
    w.process(`process${index}`, [person], condition(x, op, level, flags), [flow]);
  }
  w.process("grows", [thing], w.test("lt", w.get(size, me), w.n(5)), [
    w.rate(size, [me], 1, w.n(0.01)),
    w.rate(b, [w.get(owner, me)], -1, w.n(0.05)),
  ]);
  for (const [index, one] of rules.entries()) {
    const [x, op, level, flags, kind, y, z, periodic] = one as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const when = condition(x, op, level, flags);
    const trigger =
      periodic % 4 === 0
        ? ({ kind: "periodic", seconds: 5 + (periodic % 60), when } as const)
        : ({ kind: "condition", when } as const);
    w.addRule(`rule${index}`, [person], trigger, effect(kind, y, z));
  }
  const act = w.action("act", [person], {
    takes: w.n(3),
    takesAtMost: w.n(9),
    whileLasting: [w.rate(a, [me], -1, w.n(0.7))],
    interruptedWhen: w.test("lt", w.get(a, me), w.n(5)),
    atEnd: effect(facts[0] as number, facts[1] as number, facts[2] as number),
  });
  const people = [0, 1, 2].map((index) =>
    w.entity(`p${index}`, person, [
      w.set(a, [me], w.n((facts[3 + index] as number) % 100)),
      w.set(flag, [me], w.b((facts[6 + index] as number) % 2 === 0)),
      w.set(b, [me], w.n(-3), w.n(3)),
    ]),
  );
  w.entity("t0", thing, [w.set(owner, [me], w.e((facts[9] as number) % 3))]);
  w.story.endsAfter = 300;
  const changes = deeds.map((deed): Intervention => {
    const [seconds, who, kind, x] = deed as [number, number, number, number];
    const moment = { kind: "after", seconds: w.n(seconds % 250) } as const;
    const person0 = w.e(people[who % 3] as number);
    if (kind % 3 === 0) return { kind: "make", moment, deed: w.deed(act, person0), span };
    const effects =
      kind % 7 === 1
        ? [{ kind: "remove", entity: person0, span } as const]
        : [w.set(b, [person0], w.n((x % 21) - 10)), w.set(flag, [person0], w.b(x % 2 === 0))];
    return { kind: "effects", moment, effects, span };
  });
  const world = w.build();
  return (seed: number): Simulation =>
    createSimulation({ world, seed, changes, createMinds: "mindless" });
}

/** What is kept of who has whom, and what looking at everything comes to. */
function referrers({ kernel: { store, world } }: Simulation): [unknown, unknown] {
  const owner = world.fluents.find((fluent) => fluent.indexed === true)?.id as number;
  const things = store.entitiesOf(world.fluents[owner]?.owner as number);
  const all = Array.from({ length: store.births }, (_, birth) => birth);
  const kept = all.map((birth) => [...store.referrers.of(owner, birth).births]);
  const found = all.map((birth) => things.filter((one) => store.read(owner, [one]) === birth));
  return [kept, found];
}

function outcome(simulation: Simulation): unknown {
  return [
    simulation.chronicle.hash(),
    simulation.now,
    simulation.diagnostics.map((one) => `${one.code} ${one.message}`),
  ];
}

describe("random worlds", { timeout: 120_000 }, () => {
  test("STATE-1, STATE-2 played whole, in slices and with forks they are the same", () => {
    let occurrences = 0;
    let faults = 0;
    fc.assert(
      fc.property(
        recipe,
        fc.array(fc.nat(60_000), { maxLength: 3 }),
        fc.nat(100),
        (made, cuts, seed) => {
          const play = cook(made);
          const whole = play(seed).run();
          occurrences += whole.chronicle.count;
          faults += whole.diagnostics.length;
          const sliced = play(seed);
          for (const cut of cuts) {
            if (sliced.ended) break;
            sliced.runUntil(sliced.now + cut);
            const fork = sliced.fork();
            sliced.runUntil(sliced.now + 40_000);
            const inner = sliced.fork();
            sliced.run();
            for (const branch of [inner, fork]) {
              const [kept, found] = referrers(sliced);
              expect(kept).toEqual(found);
              branch.drop();
            }
            const [kept, found] = referrers(sliced);
            expect(kept).toEqual(found);
          }
          sliced.run();
          expect(outcome(sliced)).toEqual(outcome(whole));
        },
      ),
      { numRuns: 60 },
    );
    // It must have had something to compare.
    expect(occurrences).toBeGreaterThan(200);
    expect(faults).toBeLessThan(30);
  });

  test("CAUSE-1 no cause points forward, and every rule has one", () => {
    fc.assert(
      fc.property(recipe, fc.nat(100), (made, seed) => {
        const { chronicle } = cook(made)(seed).run();
        for (let id = 0; id < chronicle.count; id++) {
          const one = chronicle.get(id);
          // Chains grow with the run: every step that contributed is a cause.
          if (one.causes.some((cause) => cause.from >= id))
            throw new Error(`${id} is its own cause`);
          if (one.kind === "rule") expect(one.causes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
