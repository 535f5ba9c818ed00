/**
 * When a fluent that can be perceived changes, or who can perceive it does, the minds are told. One
 * unit a ground fluent: it hangs on the value and on every observer's clause.
 */
import type { Fluent, Perception } from "@fabula/model";
import type { Kernel } from "./kernel.js";
import type { Unit } from "./unit.js";

export function lookAtPerception(kernel: Kernel, unit: Unit, fluent: Fluent, act: boolean): void {
  const { machine } = kernel;
  const { arena } = kernel.store;
  const from = machine.readCount;
  const reading = machine.measure(valueExpression(kernel, fluent), unit.args);
  let next = Math.min(reading.turnsIn, reading.driftsIn);
  let signature = mixed(17, reading.value);
  for (const observer of observers(kernel)) {
    const seen = fluent.perceptions.map((perception) => {
      const clause = clauseReading(kernel, perception, [...unit.args, observer]);
      next = Math.min(next, clause.turnsIn);
      return clause.value > 0 ? 1 : 0;
    });
    for (const one of seen) signature = mixed(signature, one);
  }
  const cause = kernel.latestReadSince(from);
  kernel.hang(unit, from);
  machine.readCount = from;
  kernel.wakeIn(unit, next);
  if (!act || arena.read(unit.words + 1) === signature) return;
  arena.write(unit.words + 1, signature);
  kernel.stir();
  kernel.minds?.perceptible(fluent.id, unit.args, Math.max(0, cause));
}

function clauseReading(
  kernel: Kernel,
  perception: Perception,
  locals: readonly number[],
): { value: number; turnsIn: number } {
  const observer = locals.at(-1) as number;
  if (perception.by !== undefined) {
    const named = perception.by.some(
      (who) => kernel.machine.evaluate(who, locals.slice(0, -1)) === observer,
    );
    if (!named) return { value: 0, turnsIn: Number.POSITIVE_INFINITY };
  }
  if (perception.when === undefined) return { value: 1, turnsIn: Number.POSITIVE_INFINITY };
  return kernel.machine.measure(perception.when, locals);
}

/** The fluent of its own parameters: what is measured. */
function valueExpression(kernel: Kernel, fluent: Fluent): number {
  const pool = kernel.world.expressions;
  const owner = pool.intern({ op: "local", slot: 0 }, { kind: "entity", type: fluent.owner });
  const args = fluent.parameters.map((parameter, index) =>
    pool.intern({ op: "local", slot: index + 1 }, parameter.type),
  );
  return pool.intern({ op: "fluent", fluent: fluent.id, args: [owner, ...args] }, fluent.type);
}

/** Everybody with a mind, by birth. */
function observers(kernel: Kernel): number[] {
  const { world, store } = kernel;
  const found: number[] = [];
  for (const type of world.types) {
    if (!type.minded) continue;
    for (const entity of store.entitiesOf(type.id)) {
      if (store.typeOf(entity) === type.id) found.push(entity);
    }
    kernel.machine.note(store.populationAddress(type.id));
  }
  return found.sort((a, b) => a - b);
}

/** A number that tells most differences: whoever is told once too often finds nothing new. */
function mixed(signature: number, value: number): number {
  const part = Number.isNaN(value) ? 0.123456789 : value;
  return (signature * 31.00390625 + part * 7.0078125 + 0.5) % 1048573;
}
