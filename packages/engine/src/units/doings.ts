/**
 * Actions as they are carried out: they start if their needs hold in truth, last, are cut short or
 * end. Several may be under way at once, of one person too, but not twice the very same one.
 *
 *   unit's words | 3 occurrence of the start + 1 | 4 time of the start
 */
import type { CauseKind, OccurrenceId } from "@fabula/chronicle";
import { type ActionSchema, type ExprId, keyName, literal } from "@fabula/model";
import { type EffectSite, type EffectState, isTrue, runEffects } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Afterwards, occur } from "../kernel/occur.js";
import { sortFew } from "../kernel/order.js";
import { purposeOf } from "../kernel/purpose.js";
import { DueKind, type Unit, UnitKind } from "../kernel/unit.js";
import { dropFlows, updateFlows } from "./flows.js";

export interface DoingWorld {
  readonly kernel: Kernel;
  readonly truth: EffectState;
  readonly afterwards: Afterwards;
}

export type StartCause = readonly [OccurrenceId, CauseKind];

/** Starts the ground deed. False where it failed, is forbidden, or is no deed of somebody alive. */
export function startDoing(world: DoingWorld, deed: ExprId, cause: StartCause): boolean {
  const { kernel } = world;
  const node = kernel.world.expressions.get(deed);
  const action = node.op === "deed" ? kernel.world.actions[node.action] : undefined;
  if (node.op !== "deed" || action === undefined) throw new RangeError(`${deed} is no deed`);
  const from = kernel.machine.readCount;
  const args = node.args.map((arg) => kernel.machine.evaluate(arg, []));
  if (!kernel.store.isThere(args[0] as number) || kernel.isForbidden("action", action.id, args)) {
    kernel.machine.readCount = from;
    return false;
  }
  const unit = doingUnit(kernel, action, args);
  if (kernel.isActive(unit)) return true;
  kernel.noteFire(unit);
  return kernel.during(unit, () => startUnit(world, unit, action, from, cause));
}

function startUnit(
  world: DoingWorld,
  unit: Unit,
  action: ActionSchema,
  from: number,
  cause: StartCause,
): boolean {
  const { kernel } = world;
  const { args } = unit;
  // Nothing can be done to what is gone.
  const there = args.every(
    (arg, index) =>
      action.parameters[index]?.type.kind !== "entity" || arg < 0 || kernel.store.isThere(arg),
  );
  if (!there || !isTrue(kernel.machine.evaluate(action.needs, args))) {
    occur(
      kernel,
      {
        kind: "failed",
        schema: action.id,
        args,
        readFrom: from,
        causes: [cause],
        effects: undefined,
      },
      world.afterwards,
    );
    return false;
  }
  begin(world, unit, action, from, cause);
  return true;
}

function begin(
  world: DoingWorld,
  unit: Unit,
  action: ActionSchema,
  from: number,
  cause: StartCause,
): void {
  const { kernel } = world;
  const { arena } = kernel.store;
  const lasts = action.takes !== undefined || action.until !== undefined;
  if (lasts) kernel.activate(unit);
  arena.write(unit.words + 3, kernel.chronicle.count + 1);
  arena.write(unit.words + 4, kernel.now);
  const started = occur(
    kernel,
    {
      kind: "started",
      schema: action.id,
      args: unit.args,
      readFrom: from,
      causes: [cause],
      effects: () => runEffects(world.truth, action.atStart, unit.args, site(kernel, action, unit)),
    },
    world.afterwards,
  );
  if (!lasts) {
    finish(world, unit, action, kernel.machine.readCount, started);
    return;
  }
  if (action.takes === undefined || !kernel.isActive(unit)) return;
  const seconds = duration(kernel, action, unit);
  const ms = Math.max(0, Math.round(seconds * 1000));
  if (!Number.isNaN(ms)) kernel.agenda.put(endKey(kernel, unit), kernel.now + ms);
}

function duration(kernel: Kernel, action: ActionSchema, unit: Unit): number {
  const from = kernel.machine.readCount;
  const low = kernel.machine.evaluate(action.takes as ExprId, unit.args);
  const high =
    action.takesAtMost === undefined ? low : kernel.machine.evaluate(action.takesAtMost, unit.args);
  kernel.machine.readCount = from;
  if (!(high > low)) return low;
  const who = kernel.canonicalArgs(unit.args, action.parameters);
  return low + (high - low) * kernel.chance.draw(`${keyName(action)} takes`, who);
}

/** Something it reads changed: is it cut short, is it over, how does what flows flow now? */
export function lookAtDoing(world: DoingWorld, unit: Unit, act: boolean): void {
  const { kernel } = world;
  const { machine } = kernel;
  const action = kernel.world.actions[unit.schema] as ActionSchema;
  const from = machine.readCount;
  let next = Number.POSITIVE_INFINITY;
  if (action.interruptedWhen !== undefined) {
    const reading = machine.measure(action.interruptedWhen, unit.args);
    next = Math.min(next, reading.turnsIn);
    if (act && isTrue(reading.value)) {
      const latest = kernel.latestReadSince(from);
      interruptDoing(world, unit, [latest, "interrupted"], from);
      return;
    }
  }
  const untilFrom = machine.readCount;
  if (action.until !== undefined) {
    const reading = machine.measure(action.until, unit.args);
    next = Math.min(next, reading.turnsIn);
    if (act && isTrue(reading.value)) {
      finish(world, unit, action, untilFrom, startOf(kernel, unit));
      machine.readCount = from;
      return;
    }
  }
  const flowing = updateFlows(kernel, unit, action.whileLasting, unit.args, true, act, from);
  machine.readCount = from;
  const due = kernel.agenda.timeOf(unit.wake) - kernel.now;
  next = Math.min(next, flowing);
  kernel.wakeIn(unit, act ? next : Math.min(next, Math.max(1, due)));
}

/** Its time is up. */
export function endOfTime(world: DoingWorld, unit: Unit): void {
  const { kernel } = world;
  if (!kernel.isActive(unit)) return;
  const action = kernel.world.actions[unit.schema] as ActionSchema;
  kernel.during(unit, () => {
    finish(world, unit, action, kernel.machine.readCount, startOf(kernel, unit));
  });
}

function finish(
  world: DoingWorld,
  unit: Unit,
  action: ActionSchema,
  from: number,
  started: OccurrenceId,
): void {
  const { kernel } = world;
  stopFlowing(kernel, unit, action);
  occur(
    kernel,
    {
      kind: "ended",
      schema: action.id,
      args: unit.args,
      readFrom: from,
      causes: [[started, "triggered"]],
      effects: () => runEffects(world.truth, action.atEnd, unit.args, site(kernel, action, unit)),
    },
    world.afterwards,
  );
}

/** Cuts it short. Reads since `from` are why. */
export function interruptDoing(
  world: DoingWorld,
  unit: Unit,
  cause: StartCause,
  from = world.kernel.machine.readCount,
): void {
  const { kernel } = world;
  if (!kernel.isActive(unit)) return;
  const action = kernel.world.actions[unit.schema] as ActionSchema;
  const started = startOf(kernel, unit);
  stopFlowing(kernel, unit, action);
  occur(
    kernel,
    {
      kind: "interrupted",
      schema: action.id,
      args: unit.args,
      readFrom: from,
      causes: [cause, [started, "enabled"]],
      effects: undefined,
    },
    world.afterwards,
  );
}

/** No longer under way; who ends a flow is the occurrence that is about to be recorded. */
function stopFlowing(kernel: Kernel, unit: Unit, action: ActionSchema): void {
  if (!kernel.isActive(unit)) return;
  dropFlows(kernel, unit, action.whileLasting, startOf(kernel, unit));
  kernel.agenda.clear(endKey(kernel, unit));
  kernel.deactivate(unit);
}

/** The actor, or what it was done to, is gone: it stops without a word. */
export function abandonDoing(kernel: Kernel, unit: Unit): void {
  stopFlowing(kernel, unit, kernel.world.actions[unit.schema] as ActionSchema);
}

/** Under way of this person, oldest first. */
export function doingsOf(kernel: Kernel, person: number): Unit[] {
  const found: Unit[] = [];
  for (const unit of kernel.units.doingsBy(person)) if (kernel.isActive(unit)) found.push(unit);
  if (found.length > 1) sortFew(found, (a, b) => startOf(kernel, a) - startOf(kernel, b));
  return found;
}

/** Whether this person is at anything. */
export function isDoing(kernel: Kernel, person: number): boolean {
  const units = kernel.units.doingsBy(person);
  for (let index = 0; index < units.length; index++) {
    if (kernel.isActive(units[index] as Unit)) return true;
  }
  return false;
}

/** Every doing of this action that is under way, oldest first. */
export function allUnderWay(kernel: Kernel, action: number): Unit[] {
  return kernel.units
    .doingsOf(action)
    .filter((unit) => kernel.isActive(unit))
    .sort((a, b) => startOf(kernel, a) - startOf(kernel, b));
}

export function startOf(kernel: Kernel, unit: Unit): OccurrenceId {
  return kernel.store.arena.read(unit.words + 3) - 1;
}

/** The ground deed that a doing carries out. */
export function deedOf(kernel: Kernel, unit: Unit): ExprId {
  if (unit.deed >= 0) return unit.deed;
  const pool = kernel.world.expressions;
  const action = kernel.world.actions[unit.schema] as ActionSchema;
  const args = unit.args.map((value, index) =>
    literal(pool, value, action.parameters[index]?.type ?? { kind: "boolean" }),
  );
  unit.deed = pool.intern({ op: "deed", action: action.id, args }, { kind: "deed" });
  return unit.deed;
}

function doingUnit(kernel: Kernel, action: ActionSchema, args: readonly number[]): Unit {
  const known = kernel.units.find(UnitKind.doing, action.id, args);
  if (known !== undefined) return known;
  const entities = args.filter((_, index) => action.parameters[index]?.type.kind === "entity");
  return kernel.units.intern(
    {
      kind: UnitKind.doing,
      schema: action.id,
      args,
      order: kernel.canonicalArgs(args, action.parameters),
      flows: action.whileLasting.length,
      name: action.name,
      span: action.span,
    },
    entities,
  );
}

function endKey(kernel: Kernel, unit: Unit): number {
  if (unit.endKey < 0) {
    unit.endKey = kernel.agenda.key([DueKind.doingEnds, ...unit.order.slice(1), unit.id]);
  }
  return unit.endKey;
}

function site(kernel: Kernel, action: ActionSchema, unit: Unit): EffectSite {
  return {
    purpose: purposeOf("action", action),
    who: kernel.canonicalArgs(unit.args, action.parameters),
  };
}
