import type { EventPattern, Timed } from "@fabula/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSimulation } from "../src/run/simulation.js";
import { findBecoming, judge } from "../src/timed/timed.js";
import { bleedingWorld } from "./world-builder.js";

function setUp() {
  const made = bleedingWorld(2);
  const { w, depth } = made;
  // The first bleeds faster: faints and dies first.
  w.facts.push(w.set(depth, [w.e(2)], w.n(8)), w.set(depth, [w.e(3)], w.n(4)));
  const world = w.build();
  const entities = world.entities.map((one) => ({ ...one, facts: one.facts.slice(0, 1) }));
  const run = (changes: Parameters<typeof createSimulation>[0]["changes"] = []) =>
    createSimulation({ world: { ...world, entities }, seed: 1, changes, createMinds: "mindless" });
  const rule = (id: number, who: number): EventPattern => ({ kind: "rule", id, args: [w.e(who)] });
  return { ...made, run, rule };
}

describe("conditions on a whole run", () => {
  const { w, run, rule, faints, dies, alive, awake, blood, bind, depth } = setUp();
  const asleep: EventPattern = { kind: "becomes", condition: w.not(w.get(awake, w.e(0))) };
  const isAwake: EventPattern = { kind: "becomes", condition: w.get(awake, w.e(0)) };
  const atDeath = { kind: "when", event: rule(dies.id, 0) } as const;

  const cases: [string, Timed, boolean][] = [
    ["happens", { kind: "happens", event: rule(dies.id, 0) }, true],
    ["before", { kind: "before", event: rule(dies.id, 0), other: rule(faints.id, 1) }, true],
    ["not after", { kind: "after", event: rule(dies.id, 0), other: rule(faints.id, 1) }, false],
    [
      "before within",
      {
        kind: "before",
        event: rule(faints.id, 0),
        other: rule(dies.id, 0),
        withinSeconds: w.n(126),
      },
      true,
    ],
    [
      "not before within less",
      {
        kind: "before",
        event: rule(faints.id, 0),
        other: rule(dies.id, 0),
        withinSeconds: w.n(124),
      },
      false,
    ],
    ["ever", { kind: "ever", event: asleep }, true],
    ["never", { kind: "never", event: asleep }, false],
    [
      "always until it falls",
      { kind: "always", event: isAwake, until: { kind: "when", event: asleep } },
      true,
    ],
    ["not always until death", { kind: "always", event: isAwake, until: atDeath }, false],
    [
      "never until a time",
      { kind: "never", event: asleep, until: { kind: "after", seconds: w.n(499) } },
      true,
    ],
    [
      "ever until a time",
      { kind: "ever", event: asleep, until: { kind: "after", seconds: w.n(501) } },
      true,
    ],
    [
      "at the end",
      { kind: "at", condition: w.not(w.get(alive, w.e(1))), moment: { kind: "end" } },
      true,
    ],
    [
      "at the start",
      { kind: "at", condition: w.get(alive, w.e(1)), moment: { kind: "start" } },
      true,
    ],
    [
      "at a time",
      {
        kind: "at",
        condition: w.test(
          "and",
          w.test("gt", w.get(blood, w.e(0)), w.n(0.919999)),
          w.test("lt", w.get(blood, w.e(0)), w.n(0.920001)),
        ),
        moment: { kind: "after", seconds: w.n(100) },
      },
      true,
    ],
    [
      "at an event",
      { kind: "at", condition: w.test("gt", w.get(blood, w.e(1)), w.n(0.7)), moment: atDeath },
      true,
    ],
    [
      "at a moment that never comes",
      {
        kind: "at",
        condition: w.b(true),
        moment: { kind: "when", event: { kind: "becomes", condition: w.b(false) } },
      },
      false,
    ],
    ["why", { kind: "why", event: rule(dies.id, 0), cause: rule(dies.id, 1) }, false],
    ["and", { kind: "and", parts: [] }, true],
    ["or", { kind: "or", parts: [{ kind: "happens", event: rule(dies.id, 0) }] }, true],
    ["not", { kind: "not", part: { kind: "happens", event: rule(dies.id, 0) } }, false],
  ];

  test.each(cases)("TIMED-1 %s", (_, timed, expected) => {
    expect(judge(run(), [timed])).toEqual([expected]);
  });

  test("TIMED-2 later and earlier are against the same seed without the change", () => {
    const span = w.story.span;
    const change = { moment: { kind: "start" }, span } as const;
    const slower = run([{ kind: "effects", effects: [w.set(depth, [w.e(2)], w.n(5))], ...change }]);
    const event = rule(dies.id, 0);
    const asked: Timed[] = [
      { kind: "later", event },
      { kind: "later", event, bySeconds: w.n(374) },
      { kind: "later", event, bySeconds: w.n(376) },
      { kind: "earlier", event },
    ];
    expect(judge(slower, asked, { base: run().run() })).toEqual([true, true, false, false]);
  });

  const event = fc.constantFrom(
    asleep,
    isAwake,
    rule(faints.id, 0),
    rule(faints.id, 1),
    rule(dies.id, 0),
    rule(dies.id, 1),
  );
  const until = fc.oneof(
    fc.constant({}),
    event.map((it) => ({ until: { kind: "when", event: it } as const })),
    fc
      .integer({ min: 0, max: 1200 })
      .map((seconds) => ({ until: { kind: "after", seconds: w.n(seconds) } as const })),
  );
  const single = fc.oneof(
    event.map((it): Timed => ({ kind: "happens", event: it })),
    fc
      .tuple(fc.constantFrom("ever", "never", "always"), event, until)
      .map(([kind, it, end]): Timed => ({ kind, event: it, ...end })),
    fc
      .tuple(fc.constantFrom("before", "after"), event, event)
      .map(([kind, it, other]): Timed => ({ kind, event: it, other })),
    fc
      .tuple(fc.constantFrom("later", "earlier"), event)
      .map(([kind, it]): Timed => ({ kind, event: it })),
    fc.constantFrom(...cases.map(([, timed]) => timed)),
  );
  const timed = fc.oneof(
    single,
    single.map((part): Timed => ({ kind: "not", part })),
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(single, { maxLength: 3 }))
      .map(([kind, parts]): Timed => ({ kind, parts })),
  );

  test("TIMED-3 stops when every answer is certain, and no answer is another for it", () => {
    const base = run();
    judge(base, [{ kind: "happens", event: asleep }]);
    fc.assert(
      fc.property(fc.array(timed, { minLength: 1, maxLength: 3 }), (asked) => {
        const whole = run();
        const answers = judge(whole, asked, { base, toEnd: true });
        expect(whole.ended).toBe(true);
        expect(judge(run(), asked, { base })).toEqual(answers);
      }),
    );
    expect(base.ended).toBe(false);
    const early = run();
    judge(early, [
      { kind: "happens", event: rule(faints.id, 1) },
      { kind: "never", event: asleep, until: { kind: "after", seconds: w.n(20) } },
    ]);
    expect(early.ended).toBe(false);
    const late = run();
    judge(late, [{ kind: "never", event: { kind: "becomes", condition: w.b(false) } }]);
    expect(late.ended).toBe(true);
  });

  test("a death goes back to a made deed that failed to save, and not to what never mattered", () => {
    const span = w.story.span;
    const made = run([
      { kind: "make", moment: { kind: "start" }, deed: w.deed(bind, w.e(0), w.e(3)), span },
    ]);
    const bound: EventPattern = { kind: "action", id: bind, phase: "ended", args: [w.e(0)] };
    const whyBound: Timed = { kind: "why", event: rule(dies.id, 0), cause: bound };
    expect(judge(made, [whyBound, { kind: "happens", event: bound }])).toEqual([false, true]);
  });

  test("STATE-2 questions change nothing in the run", () => {
    const plain = run().run();
    const asked = run();
    judge(
      asked,
      cases.map(([, timed]) => timed),
      { toEnd: true },
    );
    expect(asked.chronicle.hash()).toBe(plain.chronicle.hash());
  });

  test("finds the occurrence after which a condition holds", () => {
    const simulation = run();
    const id = findBecoming(simulation, w.not(w.get(alive, w.e(0))));
    expect(simulation.chronicle.get(id as number).schema).toBe(dies.id);
    expect(findBecoming(run(), w.b(false))).toBeUndefined();
  });
});
