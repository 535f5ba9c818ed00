import { describe, expect, test } from "vitest";
import { createSimulation, type Simulation } from "../src/run/simulation.js";
import { bleedingWorld } from "./world-builder.js";

function kinds(simulation: Simulation): string[] {
  const { chronicle } = simulation;
  return Array.from({ length: chronicle.count }, (_, id) => {
    const one = chronicle.get(id);
    return `${one.time} ${one.kind} ${one.schema} ${one.args.join(",")}`;
  });
}

describe("a world without minds", () => {
  test("CAUSE-1 wounds bleed, people faint and then die, for a cause", () => {
    const { w, faints, dies, alive } = bleedingWorld();
    const simulation = createSimulation({
      world: w.build(),
      seed: 7,
      createMinds: "mindless",
    }).run();
    expect(simulation.diagnostics).toEqual([]);
    const { chronicle } = simulation;
    const fired = kinds(simulation).filter((line) => line.includes("rule"));
    expect(fired).toHaveLength(4);
    const first = chronicle.get(1);
    expect([first.kind, first.schema]).toEqual(["rule", faints.id]);
    expect(first.causes.map((cause) => cause.from)).toEqual([0]);
    const death = chronicle.get(chronicle.count - 1);
    expect(death.schema).toBe(dies.id);
    expect(death.writes.map((write) => write.fluent)).toContain(alive);
    expect(simulation.now).toBe(3_600_000);
  });

  test("FLOW-4 the moment of a crossing is the first millisecond at which it holds", () => {
    const { w, depth, wound } = bleedingWorld(1);
    w.facts.push(w.set(depth, [w.e(1)], w.n(5)));
    const world = w.build();
    const still = {
      ...world,
      entities: world.entities.map((one) => ({ ...one, facts: one.facts.slice(0, 1) })),
    };
    const simulation = createSimulation({ world: still, seed: 1, createMinds: "mindless" }).run();
    // 5 * 0.0001 per second: 40 % are lost after 800 s, more than that a millisecond later.
    expect(kinds(simulation)[1]).toBe("800001 rule 0 0");
    expect(kinds(simulation)[2]).toBe("1000001 rule 1 0");
    void wound;
  });

  test("STATE-2 the same run in slices, step by step or in one go has the same hash", () => {
    const { w } = bleedingWorld(5);
    const world = w.build();
    const whole = createSimulation({ world, seed: 3, createMinds: "mindless" }).run();
    const sliced = createSimulation({ world, seed: 3, createMinds: "mindless" });
    for (let time = 137; !sliced.ended && time < 4_000_000; time += 137_137) sliced.runUntil(time);
    sliced.run();
    const looked = createSimulation({ world, seed: 3, createMinds: "mindless" });
    while (looked.step()) looked.evaluate(w.get(0, w.e(0)));
    expect(sliced.chronicle.hash()).toBe(whole.chronicle.hash());
    expect(looked.chronicle.hash()).toBe(whole.chronicle.hash());
    const other = createSimulation({ world, seed: 4, createMinds: "mindless" }).run();
    expect(other.chronicle.hash()).not.toBe(whole.chronicle.hash());
  });

  test("STATE-1 a fork played out and dropped leaves nothing behind", () => {
    const { w } = bleedingWorld(5);
    const world = w.build();
    const whole = createSimulation({ world, seed: 3, createMinds: "mindless" }).run();
    const forked = createSimulation({ world, seed: 3, createMinds: "mindless" });
    for (let time = 100_000; time < 3_000_000; time += 300_000) {
      forked.runUntil(time);
      const before = forked.kernel.store.arena.rawHash();
      const fork = forked.fork();
      forked.runUntil(time + 1_000_000);
      const inner = forked.fork();
      forked.run();
      inner.drop();
      fork.drop();
      expect(forked.kernel.store.arena.rawHash()).toBe(before);
    }
    forked.run();
    expect(forked.chronicle.hash()).toBe(whole.chronicle.hash());
  });

  test("DEED-1 made deeds start, last, end and are cut short", () => {
    const { w, bind, heal } = bleedingWorld(2);
    const at = (seconds: number) => ({ kind: "after", seconds: w.n(seconds) }) as const;
    const span = w.story.span;
    const simulation = createSimulation({
      world: w.build(),
      seed: 5,
      createMinds: "mindless",
      changes: [
        { kind: "make", moment: { kind: "start" }, deed: w.deed(bind, w.e(0), w.e(2)), span },
        { kind: "make", moment: at(100), deed: w.deed(heal, w.e(1), w.e(3)), span },
      ],
    }).run();
    const lines = kinds(simulation);
    expect(lines).toContain(`0 started ${bind} 0,2`);
    expect(lines).toContain(`20000 ended ${bind} 0,2`);
    expect(lines).toContain(`100000 started ${heal} 1,3`);
    expect(lines.filter((line) => line.includes(`ended ${heal} 1,3`))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("rule"))).toEqual([]);
  });

  test("RULE-2, RULE-5 a rule that fires for ever is reported with its loop", () => {
    const { w, person, awake } = bleedingWorld(1);
    const me = w.local(0);
    w.rule("sleeps", [person], w.get(awake, me), [w.set(awake, [me], w.b(false))]);
    w.rule("wakes", [person], w.not(w.get(awake, me)), [w.set(awake, [me], w.b(true))]);
    const simulation = createSimulation({
      world: w.build(),
      seed: 5,
      createMinds: "mindless",
    }).run();
    expect(simulation.diagnostics.map((one) => one.code)).toEqual(["FAB5101"]);
    expect(simulation.diagnostics[0]?.message).toContain("`sleeps`");
    expect(simulation.diagnostics[0]?.message).toContain("`wakes`");
  });
});
