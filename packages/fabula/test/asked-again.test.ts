/**
 * What asks a mind hangs on what its answer was worked out from. Played step by step: whatever a
 * rule that asks minds was last seen to be is what it would be if it were asked now.
 */
import { createSimulation, edgeOf } from "@fabula/engine";
import { describe, expect, it } from "vitest";
import { findModules, readWorldText } from "../../../scripts/worlds.mjs";
import { readStory, type World } from "../src/index.js";

/** As in the engine's unit.ts. */
const UNIT_KIND_RULE = 2;

function read(file: string): World {
  const story = readStory(readWorldText(file), findModules);
  if (!story.ok) throw new Error(story.diagnostics.map(({ message }) => message).join("\n"));
  return story.value.world;
}

describe("rules that ask minds", { timeout: 120_000 }, () => {
  it("MIND-3 are looked at again whenever the answer may be another", () => {
    const simulation = createSimulation({
      world: read("leaf/stories/the-farewell.fabula"),
      seed: 1,
    });
    const { kernel, world } = simulation;
    simulation.begin();
    let asked = 0;
    do {
      for (const rule of world.rules) {
        if (rule.trigger.kind !== "event") continue;
        const { event } = rule.trigger;
        if (event.kind !== "becomes" && event.kind !== "learns") continue;
        const condition = edgeOf(world, event);
        if (!kernel.traits.of(condition).mindful) continue;
        for (const unit of kernel.units.all) {
          if (unit.kind !== UNIT_KIND_RULE || unit.schema !== rule.id || !kernel.isActive(unit))
            continue;
          const where = simulation.evaluateNow(rule.where, unit.args) > 0;
          const holds = where && simulation.evaluateNow(condition, unit.args) > 0;
          const kept = kernel.store.arena.read(unit.words + 1) === 1;
          expect(`${rule.name} ${unit.args} ${kept}`).toBe(`${rule.name} ${unit.args} ${holds}`);
          asked++;
        }
      }
    } while (simulation.step());
    expect(asked).toBeGreaterThan(200);
  });
});
