/**
 * When a fluent that can be perceived changes, or who can perceive it does, the minds are told. One
 * unit a ground fluent: it hangs on the value and on every observer's clause. Entities of a type
 * that is not plain to everybody have one for their being there: schema `fluents + type`.
 */
import type { Fluent, Perception, TypeId } from "@fabula/model";
import type { Kernel } from "./kernel.js";
import type { Unit } from "./unit.js";

export function lookAtPerception(kernel: Kernel, unit: Unit, act: boolean): void {
  const { machine, world } = kernel;
  const { arena } = kernel.store;
  const fluent = world.fluents[unit.schema];
  const clauses = fluent?.perceptions ?? clausesOfType(kernel, unit.schema - world.fluents.length);
  const from = machine.readCount;
  let next = Number.POSITIVE_INFINITY;
  let signature = 17;
  if (fluent !== undefined) {
    const reading = machine.measure(valueExpression(kernel, fluent), unit.args);
    // Of a yes or no only the turn can be perceived, of a number that it has moved.
    const isNumber = fluent.type.kind === "number" || fluent.type.kind === "time";
    next = isNumber ? Math.min(reading.turnsIn, reading.driftsIn) : reading.turnsIn;
    signature = mixed(signature, reading.value);
  }
  for (const observer of observers(kernel)) {
    const locals = [...unit.args, observer];
    for (const perception of clauses) {
      const clause = clauseReading(kernel, perception, locals);
      next = Math.min(next, clause.turnsIn);
      signature = mixed(signature, clause.value > 0 ? 1 : 0);
    }
  }
  const cause = kernel.latestReadSince(from);
  kernel.hang(unit, from);
  machine.readCount = from;
  kernel.wakeIn(unit, next);
  if (!act || arena.read(unit.words + 1) === signature) return;
  arena.write(unit.words + 1, signature);
  kernel.stir();
  kernel.minds?.perceptible(fluent?.id ?? -1, unit.args, Math.max(0, cause));
}

/** Who can know that one of the type is there: its own clauses, or the nearest inherited. */
export function clausesOfType(kernel: Kernel, type: TypeId): readonly Perception[] {
  for (const id of [type, ...(kernel.world.types[type]?.ancestors ?? [])]) {
    const clauses = kernel.world.types[id]?.perceptions ?? [];
    if (clauses.length > 0) return clauses;
  }
  return [];
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

/** What does not change in a run: worked out once, perception is looked at all the time. */
interface Setting {
  /** By fluent: the fluent of its own parameters, what is measured. */
  readonly values: number[];
  /** By type: whether such an entity takes things in. */
  readonly perceives: readonly boolean[];
  /** The topmost types of those that do, and where their populations stand. */
  readonly types: readonly TypeId[];
  readonly populations: readonly number[];
}

const settings = new WeakMap<Kernel, Setting>();

function settingOf(kernel: Kernel): Setting {
  const known = settings.get(kernel);
  if (known !== undefined) return known;
  const { world, store } = kernel;
  const reacting = world.reflexes.flatMap((reflex) => {
    const type = reflex.parameters[0]?.type;
    return type?.kind === "entity" ? [type.type] : [];
  });
  const minded = world.types.filter((type) => type.minded).map((type) => type.id);
  const types = [...new Set([...minded, ...reacting])].sort((a, b) => a - b);
  const below = types.flatMap((type) => store.subtypes[type] ?? []);
  const perceives = world.types.map(
    (type) => type.minded || reacting.some((one) => (store.subtypes[one] ?? []).includes(type.id)),
  );
  const populations = [...new Set(below)].map((type) => store.populationAddress(type));
  const setting = { values: [], perceives, types, populations };
  settings.set(kernel, setting);
  return setting;
}

function valueExpression(kernel: Kernel, fluent: Fluent): number {
  const { values } = settingOf(kernel);
  values[fluent.id] ??= ownExpression(kernel, fluent);
  return values[fluent.id] as number;
}

function ownExpression(kernel: Kernel, fluent: Fluent): number {
  const pool = kernel.world.expressions;
  const owner = pool.intern({ op: "local", slot: 0 }, { kind: "entity", type: fluent.owner });
  const args = fluent.parameters.map((parameter, index) =>
    pool.intern({ op: "local", slot: index + 1 }, parameter.type),
  );
  return pool.intern({ op: "fluent", fluent: fluent.id, args: [owner, ...args] }, fluent.type);
}

/** Everybody who takes things in, by birth: persons with a mind, and who has reflexes. */
function observers(kernel: Kernel): number[] {
  const { store, machine } = kernel;
  const { types, perceives, populations } = settingOf(kernel);
  const found = new Set<number>();
  for (const type of types) {
    for (const entity of store.entitiesOf(type)) {
      if (perceives[store.typeOf(entity)] === true) found.add(entity);
    }
  }
  for (const address of populations) machine.note(address);
  return [...found].sort((a, b) => a - b);
}

/** A number that tells most differences: whoever is told once too often finds nothing new. */
function mixed(signature: number, value: number): number {
  const part = Number.isNaN(value) ? 0.123456789 : value;
  return (signature * 31.00390625 + part * 7.0078125 + 0.5) % 1048573;
}
