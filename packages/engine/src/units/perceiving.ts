/**
 * When a fluent that can be perceived changes, or who can perceive it does, the minds are told. One
 * unit a ground fluent: it hangs on the value and on every observer's clause (sights.ts). Entities
 * of a type that is not plain to everybody have one for their being there: schema
 * `fluents + type`.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import {
  type ExprId,
  type Fluent,
  freeLocals,
  type Perception,
  TupleTable,
  type ValueType,
} from "@fabula/model";
import type { Perceiver } from "../host.js";
import type { Kernel } from "../kernel/kernel.js";
import { sortFew } from "../kernel/order.js";
import { type Unit, UnitKind } from "../kernel/unit.js";
import { type Sight, typesOf } from "./sights.js";

export function lookAtPerception(kernel: Kernel, unit: Unit, act: boolean): void {
  const { machine, observers, sights, world } = kernel;
  const { arena } = kernel.store;
  const fluent = world.fluents[unit.schema];
  const from = machine.readCount;
  let next = Number.POSITIVE_INFINITY;
  let signature = 17;
  if (fluent !== undefined) {
    const reading = machine.measure(observers.valueOf(fluent), unit.args);
    // Of a yes or no only the turn can be perceived, of a number that it has moved.
    const isNumber = fluent.type.kind === "number" || fluent.type.kind === "time";
    next = isNumber ? Math.min(reading.turnsIn, reading.driftsIn) : reading.turnsIn;
    signature = mixed(signature, reading.value);
  }
  const looks = eachLook(kernel, looksAt(kernel, unit));
  for (let index = 0; index < looks.length; index++) {
    const { who, column, sight } = looks[index] as Look;
    if (sights.holds(sight)) signature = mixed(mixed(signature, who), column);
  }
  for (const address of observers.populations) machine.note(address);
  kernel.hang(unit, from);
  machine.readCount = from;
  kernel.wakeIn(unit, next);
  if (!act || arena.read(unit.words + 1) === signature) return;
  arena.write(unit.words + 1, signature);
  kernel.stir();
  // Many may take it in; the same is behind it for all of them.
  let cause = -1;
  kernel.minds?.perceptible(fluent?.id ?? -1, unit.args, perceiversOf(kernel, looks), () => {
    if (cause < 0) cause = causeOf(kernel, unit);
    return cause;
  });
}

/** Who perceives a ground fluent as things stand; of an entity's being there, with -1. */
export function perceivers(
  kernel: Kernel,
  fluent: number,
  args: readonly number[],
): readonly Perceiver[] {
  const declared = kernel.world.fluents[fluent];
  const typeOfOwner = kernel.store.typeOf(args[0] as number);
  const clauses = declared?.perceptions ?? kernel.observers.clausesOf(typeOfOwner);
  if (clauses.length === 0) return [];
  const reads = kernel.machine.readCount;
  const schema = fluent < 0 ? kernel.world.fluents.length + typeOfOwner : fluent;
  const unit = kernel.units.find(UnitKind.perception, schema, args);
  const looks =
    unit === undefined ? newLooks(kernel, clauses, args, declared) : looksAt(kernel, unit);
  const found = perceiversOf(kernel, eachLook(kernel, looks));
  kernel.machine.readCount = reads;
  return found;
}

/**
 * The clauses for one ground fluent. Those that name who perceives it (`by`) are asked whom they
 * mean at each look, so they cost the same however many there are who could look; the others are
 * asked of every observer.
 */
export interface Looks {
  readonly args: readonly number[];
  readonly types: readonly ValueType[];
  readonly observers: readonly number[];
  readonly named: readonly Naming[];
  /** Of whom those mean, as far as anybody was ever meant. */
  readonly meant: Look[];
  /** By naming: whom it meant when last asked, -1 nobody who takes things in; and all there were. */
  readonly whom: number[];
  found: readonly Look[] | undefined;
  /** By observer and then clause. */
  readonly open: readonly Look[];
}

/** An expression of a clause's `by`. */
export interface Naming {
  readonly clause: Perception;
  readonly column: number;
  readonly expr: ExprId;
  /** Where it is one of the arguments: which; else -1. */
  readonly slot: number;
  /** Whom it means depends on who looks: everybody is asked. */
  readonly ofObserver: boolean;
}

const NO_PERCEIVERS: readonly Perceiver[] = [];

/** One clause and one observer. */
interface Look {
  readonly who: number;
  readonly clause: Perception;
  /** Which of the clauses it is. */
  readonly column: number;
  readonly sight: Sight;
}

function looksAt(kernel: Kernel, unit: Unit): Looks {
  const { all, looks: ofUnits } = kernel.observers;
  const known = ofUnits[unit.id];
  if (known !== undefined && known.observers === all) return known;
  const fluent = kernel.world.fluents[unit.schema];
  const clauses =
    fluent?.perceptions ?? kernel.observers.clausesOf(unit.schema - kernel.world.fluents.length);
  const looks = newLooks(kernel, clauses, unit.args, fluent);
  while (ofUnits.length <= unit.id) ofUnits.push(undefined);
  ofUnits[unit.id] = looks;
  return looks;
}

function newLooks(
  kernel: Kernel,
  clauses: readonly Perception[],
  args: readonly number[],
  fluent: Fluent | undefined,
): Looks {
  const types = typesOf(fluent);
  return {
    args,
    types,
    observers: kernel.observers.all,
    named: namingsOf(kernel, clauses, args),
    meant: [],
    whom: [],
    found: undefined,
    open: openLooksOf(kernel, clauses, args, types),
  };
}

/** Clauses that name nobody, and who looks by them: the same for whatever they read the same of. */
export interface OpenLooks {
  readonly observers: readonly number[];
  /** By slot: whether one of them reads it. What is not stands for nothing in the tuples. */
  readonly reads: readonly boolean[];
  readonly tuples: TupleTable;
  /** By number of the tuple. */
  readonly looks: (readonly Look[])[];
}

const NO_LOOKS: readonly Look[] = [];

function openLooksOf(
  kernel: Kernel,
  clauses: readonly Perception[],
  args: readonly number[],
  types: readonly ValueType[],
): readonly Look[] {
  if (clauses.every(({ by }) => by !== undefined)) return NO_LOOKS;
  const { looks, tuples, reads, observers } = openOf(kernel, clauses, args.length);
  const read = args.map((value, slot) => (reads[slot] === true ? value : -1));
  const number = tuples.add(read);
  const known = looks[number];
  if (known !== undefined) return known;
  const found = observers.flatMap((who) =>
    clauses.flatMap((clause, column) =>
      clause.by === undefined
        ? [{ who, clause, column, sight: kernel.sights.of(clause, args, types, who) }]
        : [],
    ),
  );
  looks[number] = found;
  return found;
}

function openOf(kernel: Kernel, clauses: readonly Perception[], arity: number): OpenLooks {
  const { all, open, openOf: ofClauses } = kernel.observers;
  const own = ofClauses.get(clauses);
  if (own?.observers === all) return own;
  const parts = clauses.map(({ by, sense, as, when }, column) =>
    by === undefined ? `${column} ${sense} ${as} ${when ?? "always"}` : "",
  );
  const name = `${arity}: ${parts.join(", ")}`;
  const known = open.get(name);
  if (known?.observers === all) {
    ofClauses.set(clauses, known);
    return known;
  }
  const free = clauses.flatMap(({ by, when }) =>
    by !== undefined || when === undefined ? [] : freeLocals(kernel.world.expressions, when),
  );
  const reads = Array.from({ length: arity }, (_, slot) => free.includes(slot));
  const made = { observers: all, reads, tuples: new TupleTable(), looks: [] };
  open.set(name, made);
  ofClauses.set(clauses, made);
  return made;
}

/** The same for every holder. */
function namingsOf(
  kernel: Kernel,
  clauses: readonly Perception[],
  args: readonly number[],
): readonly Naming[] {
  const { namings } = kernel.observers;
  const known = namings.get(clauses);
  if (known !== undefined) return known;
  const named = clauses.flatMap((clause, column) =>
    (clause.by ?? []).map((expr) => {
      const ofObserver = freeLocals(kernel.world.expressions, expr).includes(args.length);
      const node = kernel.world.expressions.get(expr);
      const slot = node.op === "local" && !ofObserver ? node.slot : -1;
      return { clause, column, expr, slot, ofObserver };
    }),
  );
  namings.set(clauses, named);
  return named;
}

/**
 * By observer and then clause: all that may hold. What `by` reads is read. As long as the same ones
 * are meant it is the same list.
 */
function eachLook(kernel: Kernel, looks: Looks): readonly Look[] {
  const { named, whom } = looks;
  if (named.length === 0) return looks.open;
  let same = looks.found !== undefined;
  for (let index = 0; index < named.length; index++) {
    const naming = named[index] as Naming;
    if (naming.ofObserver) return lookAmongAll(kernel, looks);
    const who = meantBy(kernel, looks, naming);
    if (whom[index] === who) continue;
    whom[index] = who;
    same = false;
  }
  if (!same) {
    const found: Look[] = [];
    for (const [index, naming] of named.entries()) {
      addLook(kernel, looks, found, whom[index] as number, naming);
    }
    looks.found = inOrderOf(looks, found);
  }
  return looks.found as readonly Look[];
}

/** Whom a clause means depends on who looks: everybody is asked. */
function lookAmongAll(kernel: Kernel, looks: Looks): readonly Look[] {
  const { machine } = kernel;
  const found: Look[] = [];
  for (const naming of looks.named) {
    if (!naming.ofObserver) {
      addLook(kernel, looks, found, meantBy(kernel, looks, naming), naming);
      continue;
    }
    for (const who of looks.observers) {
      const isMeant = machine.evaluate(naming.expr, [...looks.args, who]) === who;
      if (isMeant) addLook(kernel, looks, found, who, naming);
    }
  }
  return inOrderOf(looks, found);
}

function addLook(kernel: Kernel, looks: Looks, found: Look[], who: number, naming: Naming): void {
  if (who < 0) return;
  const look = lookOf(kernel, looks, who, naming);
  if (!found.includes(look)) found.push(look);
}

function inOrderOf(looks: Looks, found: readonly Look[]): readonly Look[] {
  return sortFew([...looks.open, ...found], inOrder);
}

/** Whom it means, if they take things in; else -1. */
function meantBy(kernel: Kernel, { args }: Looks, { slot, expr }: Naming): number {
  const who = slot < 0 ? kernel.machine.evaluate(expr, args) : (args[slot] as number);
  return who >= 0 && kernel.observers.has(who) ? who | 0 : -1;
}

function lookOf(kernel: Kernel, looks: Looks, who: number, { clause, column }: Naming): Look {
  const { args, types, meant } = looks;
  for (let index = 0; index < meant.length; index++) {
    const one = meant[index] as Look;
    if (one.who === who && one.column === column) return one;
  }
  const look = { who, clause, column, sight: kernel.sights.of(clause, args, types, who) };
  meant.push(look);
  return look;
}

function inOrder(a: Look, b: Look): number {
  return a.who - b.who || a.column - b.column;
}

/** By the first clause that holds, or the first of those that shows it as it is. */
function perceiversOf(kernel: Kernel, looks: readonly Look[]): readonly Perceiver[] {
  let found: Perceiver[] | undefined;
  for (let index = 0; index < looks.length; index++) {
    const look = looks[index] as Look;
    if (!kernel.sights.holds(look.sight)) continue;
    if (found === undefined) {
      found = [look];
      continue;
    }
    const last = found[found.length - 1] as Perceiver;
    if (last.who !== look.who) found.push(look);
    else if (last.clause.as !== -1 && look.clause.as === -1) found[found.length - 1] = look;
  }
  return found ?? NO_PERCEIVERS;
}

/** The occurrence behind what is perceived now: the last that wrote what any of it hangs on. */
function causeOf(kernel: Kernel, unit: Unit): OccurrenceId {
  const { machine, world } = kernel;
  const from = machine.readCount;
  const fluent = world.fluents[unit.schema];
  if (fluent !== undefined) machine.evaluate(kernel.observers.valueOf(fluent), unit.args);
  const looks = eachLook(kernel, looksAt(kernel, unit));
  for (let index = 0; index < looks.length; index++) {
    const { clause, who } = looks[index] as Look;
    kernel.sights.trace(clause, unit.args, who);
  }
  for (const address of kernel.observers.populations) machine.note(address);
  const cause = kernel.latestReadSince(from);
  machine.readCount = from;
  return Math.max(0, cause);
}

/** A number that tells most differences: whoever is told once too often finds nothing new. */
function mixed(signature: number, value: number): number {
  const part = Number.isNaN(value) ? 0.123456789 : value;
  return (signature * 31.00390625 + part * 7.0078125 + 0.5) % 1048573;
}
