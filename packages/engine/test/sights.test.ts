/**
 * Who perceives what, as it is kept, against asking every clause anew: people who walk about, faint
 * and come round, with fields that are seen, felt by oneself, heard while somebody listens.
 */
import type { Effect, ExprId, Intervention, Perception, World } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MindHooks, MindHost, Perceiver } from "../src/host.js";
import { createSimulation } from "../src/run/simulation.js";
import { boolean, entity, span, WorldBuilder } from "./world-builder.js";

const PLACES = 2;
const PEOPLE = 4;

interface Told {
  readonly value: number;
  readonly who: string;
}

function town(moves: readonly (readonly number[])[]) {
  const w = new WorldBuilder();
  const place = w.type("place");
  const person = w.type("person", { minded: true });
  const at = w.fluent("at", person, { type: entity(place) });
  const awake = w.flag("awake", person, true);
  const friend = w.fluent("friend", person, { type: entity(person) });
  const open = w.fluent("open", place, {
    type: boolean,
    parameters: [{ name: "to", type: entity(place) }],
    symmetric: true,
    initial: { low: w.b(false) },
  });
  const [self, other] = [w.local(0), w.local(1)];
  const sees = w.fluent("sees", person, {
    type: boolean,
    storage: "derived",
    parameters: [{ name: "other", type: entity(person) }],
    means: w.test(
      "and",
      w.get(awake, self),
      w.test(
        "or",
        w.test("eq", w.get(at, self), w.get(at, other)),
        w.get(open, w.get(at, self), w.get(at, other)),
      ),
    ),
  });
  const seenBy = (observer: number): Perception[] => [
    { sense: "seen", as: -1, when: w.get(sees, w.local(observer), self) },
  ];
  const felt: Perception = { sense: "felt", as: -1, by: [self] };
  const lying = w.fluent("lying", person, {
    type: boolean,
    initial: { low: w.b(false) },
    perceptions: [
      ...seenBy(1),
      felt,
      { sense: "heard", as: w.n(1), by: [w.get(friend, self)], when: w.get(awake, self) },
      // Whoever is their own friend: whom it names hangs on who looks.
      { sense: "felt", as: -1, by: [w.get(friend, other)] },
    ],
  });
  const tired = w.quantity("tired", person, 0, 10);
  const weary = w.fluent("weary", person, {
    type: boolean,
    storage: "derived",
    means: w.test("gt", w.get(tired, self), w.n(6)),
    perceptions: seenBy(1),
  });
  const holds = w.fluent("holds", person, {
    type: boolean,
    initial: { low: w.b(false) },
    parameters: [{ name: "other", type: entity(person) }],
    perceptions: [
      { sense: "felt", as: -1, by: [self, other] },
      { sense: "heard", as: w.n(1), when: w.test("lt", w.get(tired, w.local(2)), w.n(4)) },
      ...seenBy(2),
    ],
  });
  w.process("tires", [person], w.get(awake, self), [w.rate(tired, [self], 1, w.n(0.1))]);
  w.rule("nods_off", [person], w.test("ge", w.get(tired, self), w.n(9)), [
    w.set(awake, [self], w.b(false)),
    w.set(tired, [self], w.n(0)),
  ]);
  const places = Array.from({ length: PLACES }, (_, index) => w.entity(`place${index}`, place));
  const people = Array.from({ length: PEOPLE }, (_, index) =>
    w.entity(`person${index}`, person, [
      w.set(at, [self], w.e(places[index % PLACES] as number)),
      w.set(tired, [self], w.n(index)),
    ]),
  );
  const someone = (pick: number): ExprId => w.e(people[pick % PEOPLE] as number);
  const effect = (kind: number, a: number, b: number): Effect => {
    switch (kind % 7) {
      case 0:
        return w.set(at, [someone(a)], w.e(places[b % PLACES] as number));
      case 1:
        return w.set(awake, [someone(a)], w.b(b % 2 === 0));
      case 2:
        return w.set(lying, [someone(a)], w.b(b % 2 === 0));
      case 3:
        return w.set(holds, [someone(a), someone(b)], w.b(a % 2 === 0));
      case 5:
        return w.set(friend, [someone(a)], someone(b));
      case 4:
        return w.set(open, [w.e(places[0] as number), w.e(places[1] as number)], w.b(b % 2 === 0));
      default:
        return b % 5 === 0
          ? { kind: "remove", entity: someone(a), span }
          : w.set(tired, [someone(a)], w.n(b % 10));
    }
  };
  w.story.endsAfter = 120;
  const changes = moves.map(([seconds, kind, a, b]): Intervention => {
    const moment = { kind: "after", seconds: w.n((seconds as number) % 110) } as const;
    return { kind: "effects", moment, effects: [effect(kind ?? 0, a ?? 0, b ?? 0)], span };
  });
  const values = new Map(
    [lying, weary, holds].map((fluent) => {
      const slots = fluent === holds ? [self, other] : [self];
      return [fluent, w.get(fluent, ...slots)] as const;
    }),
  );
  return { world: w.build(), changes, values, fluents: [lying, weary, holds] as const, holds };
}

/** Every clause of every observer, one after the other. */
function plainPerceivers(host: MindHost, world: World, fluent: number, args: readonly number[]) {
  const { truth } = host;
  const clauses = world.fluents[fluent]?.perceptions ?? [];
  const person = world.types.findIndex((type) => type.minded);
  return truth.entitiesOf(person).flatMap((who): Perceiver[] => {
    const holding = clauses.filter(
      ({ by, when }) =>
        (by === undefined || by.some((one) => truth.evaluate(one, [...args, who]) === who)) &&
        (when === undefined || truth.evaluate(when, [...args, who]) > 0),
    );
    const clause = holding.find((one) => one.as === -1) ?? holding[0];
    return clause === undefined ? [] : [{ who, clause }];
  });
}

const inWords = (perceivers: readonly Perceiver[]): string =>
  perceivers.map(({ who, clause }) => `${who} ${clause.sense} ${clause.as}`).join(", ");

describe("sights", { timeout: 120_000 }, () => {
  test("SIGHT-1 who perceives what is kept as it is, and every change of it is told", () => {
    let tellings = 0;
    const move = fc.tuple(fc.nat(200), fc.nat(100), fc.nat(100), fc.nat(100));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), fc.boolean(), (moves, forks) => {
        const { world, changes, values, fluents, holds } = town(moves);
        const told = new Map<string, Told>();
        let host: MindHost | undefined;
        const plain = (fluent: number, args: readonly number[]): string =>
          inWords(plainPerceivers(host as MindHost, world, fluent, args));
        const worth = (fluent: number, args: readonly number[]): number =>
          (host as MindHost).truth.evaluate(values.get(fluent) as number, args);
        const simulation = createSimulation({
          world,
          seed: 1,
          changes,
          createMinds: (given) => {
            host = given;
            return mindsThatOnlyHear((fluent, args, perceivers) => {
              tellings++;
              expect(inWords(perceivers)).toBe(plain(fluent, args));
              const value = worth(fluent, args);
              told.set(`${fluent}:${args.join(",")}`, { value, who: inWords(perceivers) });
            });
          },
        });
        simulation.begin();
        const person = world.types.findIndex((type) => type.minded);
        do {
          const living = (host as MindHost).truth.entitiesOf(person);
          for (const fluent of fluents) {
            const tuples = living.flatMap((one) =>
              fluent === holds ? living.map((two) => [one, two]) : [[one]],
            );
            for (const args of tuples) {
              const now = { value: worth(fluent, args), who: plain(fluent, args) };
              expect(told.get(`${fluent}:${args.join(",")}`)).toEqual(now);
              expect(inWords((host as MindHost).truth.perceivers(fluent, args))).toBe(now.who);
            }
          }
          if (forks) {
            const before = new Map(told);
            const fork = simulation.fork();
            simulation.runUntil(simulation.now + 20_000);
            fork.drop();
            told.clear();
            for (const [name, one] of before) told.set(name, one);
          }
        } while (simulation.step());
        expect(simulation.diagnostics).toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect(tellings).toBeGreaterThan(500);
  });
});

function mindsThatOnlyHear(heard: MindHooks["perceptible"]): MindHooks {
  return {
    begin: () => {},
    happened: () => [],
    believe: () => {},
    forget: () => {},
    intend: () => {},
    reading: (ask) => ask(),
    behind: () => 0,
    confidence: () => 0,
    according: () => Number.NaN,
    canTell: () => false,
    answer: () => Number.NaN,
    accountForDeed: () => ({ intends: false, wants: [] }),
    accountForEvent: () => [],
    wants: () => false,
    intends: () => false,
    outlook: () => 0.5,
    perceptible: heard,
    settled: () => {},
    due: () => {},
    restored: () => {},
  };
}
