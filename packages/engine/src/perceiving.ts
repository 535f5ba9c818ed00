/**
 * When a fluent that can be perceived changes, or who can perceive it does, the minds are told. One
 * unit a ground fluent: it hangs on the value and on every observer's clause (sights.ts). Entities
 * of a type that is not plain to everybody have one for their being there: schema
 * `fluents + type`.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { Fluent, Perception, TypeId } from "@fabula/model";
import type { Perceiver } from "./host.js";
import type { Kernel } from "./kernel.js";
import { type Sight, typesOf } from "./sights.js";
import type { Unit } from "./unit.js";

export function lookAtPerception(kernel: Kernel, unit: Unit, act: boolean): void {
  const { machine, sights, world } = kernel;
  const { arena } = kernel.store;
  const fluent = world.fluents[unit.schema];
  const looks = looksAt(kernel, unit);
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
  for (const sight of looks.sights) signature = mixed(signature, sights.holds(sight) ? 1 : 0);
  for (const address of settingOf(kernel).populations) machine.note(address);
  kernel.hang(unit, from);
  machine.readCount = from;
  kernel.wakeIn(unit, next);
  if (!act || arena.read(unit.words + 1) === signature) return;
  arena.write(unit.words + 1, signature);
  kernel.stir();
  kernel.minds?.perceptible(fluent?.id ?? -1, unit.args, perceiversOf(kernel, looks), () =>
    causeOf(kernel, unit, looks),
  );
}

/** Who perceives a ground fluent as things stand; of an entity's being there, with -1. */
export function perceivers(
  kernel: Kernel,
  fluent: number,
  args: readonly number[],
): readonly Perceiver[] {
  const declared = kernel.world.fluents[fluent];
  const clauses =
    declared?.perceptions ?? clausesOfType(kernel, kernel.store.typeOf(args[0] as number));
  if (clauses.length === 0) return [];
  const reads = kernel.machine.readCount;
  const looks = newLooks(kernel, clauses, args, declared);
  const found = perceiversOf(kernel, looks);
  kernel.machine.readCount = reads;
  return found;
}

/** Every observer's clauses for one ground fluent. */
interface Looks {
  readonly clauses: readonly Perception[];
  readonly observers: readonly number[];
  /** By observer and clause, row-major by observer. */
  readonly sights: readonly Sight[];
}

const looksOfUnits = new WeakMap<Unit, Looks>();

function looksAt(kernel: Kernel, unit: Unit): Looks {
  const known = looksOfUnits.get(unit);
  const watching = observers(kernel);
  if (known !== undefined && known.observers === watching) return known;
  const fluent = kernel.world.fluents[unit.schema];
  const clauses =
    fluent?.perceptions ?? clausesOfType(kernel, unit.schema - kernel.world.fluents.length);
  const looks = newLooks(kernel, clauses, unit.args, fluent);
  looksOfUnits.set(unit, looks);
  return looks;
}

function newLooks(
  kernel: Kernel,
  clauses: readonly Perception[],
  args: readonly number[],
  fluent: Fluent | undefined,
): Looks {
  const types = typesOf(fluent);
  const watching = observers(kernel);
  const sights = watching.flatMap((observer) =>
    clauses.map((clause) => kernel.sights.of(clause, args, types, observer)),
  );
  return { clauses, observers: watching, sights };
}

/** By the first clause that holds, or the first of those that shows it as it is. */
function perceiversOf(kernel: Kernel, looks: Looks): Perceiver[] {
  const { clauses, sights } = looks;
  const found: Perceiver[] = [];
  looks.observers.forEach((who, row) => {
    let best: Perception | undefined;
    clauses.forEach((clause, column) => {
      if (!kernel.sights.holds(sights[row * clauses.length + column] as Sight)) return;
      if (best === undefined || (best.as !== -1 && clause.as === -1)) best = clause;
    });
    if (best !== undefined) found.push({ who, clause: best });
  });
  return found;
}

/** The occurrence behind what is perceived now: the last that wrote what any of it hangs on. */
function causeOf(kernel: Kernel, unit: Unit, looks: Looks): OccurrenceId {
  const { machine, world } = kernel;
  const from = machine.readCount;
  const fluent = world.fluents[unit.schema];
  if (fluent !== undefined) machine.evaluate(valueExpression(kernel, fluent), unit.args);
  for (const observer of looks.observers) {
    for (const clause of looks.clauses) kernel.sights.trace(clause, unit.args, observer);
  }
  for (const address of settingOf(kernel).populations) machine.note(address);
  const cause = kernel.latestReadSince(from);
  machine.readCount = from;
  return Math.max(0, cause);
}

/** Who can know that one of the type is there: its own clauses, or the nearest inherited. */
export function clausesOfType(kernel: Kernel, type: TypeId): readonly Perception[] {
  for (const id of [type, ...(kernel.world.types[type]?.ancestors ?? [])]) {
    const clauses = kernel.world.types[id]?.perceptions ?? [];
    if (clauses.length > 0) return clauses;
  }
  return [];
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
  /** Who there was when last asked, and the lists that was found from. */
  known?: { readonly lists: readonly (readonly number[])[]; readonly observers: readonly number[] };
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
  const setting: Setting = { values: [], perceives, types, populations };
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
function observers(kernel: Kernel): readonly number[] {
  const { store } = kernel;
  const setting = settingOf(kernel);
  const lists = setting.types.map((type) => store.entitiesOf(type));
  const { known } = setting;
  if (known !== undefined && lists.every((list, index) => list === known.lists[index])) {
    return known.observers;
  }
  const found = new Set<number>();
  for (const entity of lists.flat()) {
    if (setting.perceives[store.typeOf(entity)] === true) found.add(entity);
  }
  const watching = [...found].sort((a, b) => a - b);
  setting.known = { lists, observers: watching };
  return watching;
}

/** A number that tells most differences: whoever is told once too often finds nothing new. */
function mixed(signature: number, value: number): number {
  const part = Number.isNaN(value) ? 0.123456789 : value;
  return (signature * 31.00390625 + part * 7.0078125 + 0.5) % 1048573;
}
