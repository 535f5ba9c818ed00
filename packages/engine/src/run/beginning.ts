/**
 * How things are when the story begins: entities, start values, `facts` blocks, the facts of each
 * entity; ranges are drawn by the name of what they are for, so that one fact more does not
 * re-roll the others. Then jitter, then the changes made at the start.
 */
import {
  type Effect,
  type Fluent,
  type Intervention,
  initialOf,
  keyName,
  type World,
} from "@fabula/model";
import { runEffects } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import { Purpose } from "../kernel/purpose.js";
import type { TruthState } from "../kernel/truth.js";
import { valueBetween } from "../state/grid.js";
import type { ChangedWorld } from "./changed-world.js";
import { shake } from "./changed-world.js";

/** Creates the declared entities; birth numbers are their places in the list. */
export function createEntities(kernel: Kernel, changed: ChangedWorld): void {
  for (const entity of changed.world.entities) {
    if (changed.removed.has(entity.id)) kernel.store.births++;
    else kernel.store.createEntity(entity.type);
  }
  for (const entity of changed.world.entities) {
    if (!changed.removed.has(entity.id)) kernel.store.initializeEntity(entity.id);
  }
  for (const entity of changed.world.entities) {
    if (!changed.removed.has(entity.id)) kernel.store.indexEntity(entity.id);
  }
}

/** Start value of a ground fluent nobody has set. Draws by the fluent's name and arguments. */
export function initialValue(kernel: Kernel, fluent: Fluent, args: readonly number[]): number {
  const { machine, store, world } = kernel;
  const owner = args[0] as number;
  const initial =
    fluent.initials === undefined
      ? fluent.initial
      : initialOf(world.types, fluent, store.typeOf(owner), args.slice(1));
  if (initial === undefined) return defaultValue(fluent);
  const reads = machine.readCount;
  const low = machine.evaluate(initial.low, args);
  const high = initial.high === undefined ? low : machine.evaluate(initial.high, args);
  machine.readCount = reads;
  if (!(high > low)) return low;
  const who = [owner, ...kernel.canonicalArgs(args.slice(1), fluent.parameters)];
  const u = kernel.chance.draw(`start ${keyName(fluent)}`, who);
  return valueBetween(low, high, u, fluent.step);
}

function defaultValue(fluent: Fluent): number {
  switch (fluent.type.kind) {
    case "boolean":
      return 0;
    case "entity":
    case "claim":
    case "deed":
      return -1;
    case "symbol":
      return fluent.low ?? Number.NaN;
    default:
      return Number.NaN;
  }
}

/** The `facts` blocks, then the facts of each entity, each drawn by its own name. */
export function runFacts(kernel: Kernel, truth: TruthState, changed: ChangedWorld): void {
  for (const effect of changed.world.facts) runFact(changed.world, truth, effect, []);
  for (const entity of changed.world.entities) {
    if (!kernel.store.isThere(entity.id)) continue;
    for (const effect of entity.facts) runFact(changed.world, truth, effect, [entity.id]);
  }
}

function runFact(world: World, truth: TruthState, effect: Effect, locals: readonly number[]): void {
  const named = effect.kind === "set" || effect.kind === "shift";
  const name = named ? keyName(world.fluents[effect.place.fluent] as Fluent) : effect.kind;
  let who: readonly number[] = locals;
  if (named) who = effect.place.args.map((arg) => truth.evaluate(arg, locals));
  runEffects(truth, [effect], locals, { purpose: new Purpose(`fact ${name}`), who });
}

/** Shakes every number that was given as a relation between persons (bonds, trust and such). */
export function shakeBonds(kernel: Kernel, truth: TruthState, jitter: number): void {
  for (const fluent of kernel.world.fluents) {
    if (!isBond(kernel.world, fluent)) continue;
    for (const [args, address] of [...kernel.store.cellsOf(fluent.id)]) {
      const value = kernel.store.valueAt(address, fluent.id);
      if (Number.isNaN(value)) continue;
      const factor = shake(kernel.seed, jitter, `jitter ${keyName(fluent)}`, args);
      truth.set(fluent.id, args, value * factor);
    }
  }
}

/** A number from a person to at least one other. */
function isBond(world: World, fluent: Fluent): boolean {
  if (fluent.storage === "derived" || fluent.type.kind !== "number") return false;
  const minded = (type: number): boolean =>
    world.types.some((one) => one.minded && (one.id === type || one.ancestors.includes(type)));
  return (
    minded(fluent.owner) &&
    fluent.parameters.some((one) => one.type.kind === "entity" && minded(one.type.type))
  );
}

/**
 * Changes of the start: part of the beginning itself. What they set stays so, also where the story's
 * own `at start` would set it.
 */
export function makeChanges(truth: TruthState, changes: readonly Intervention[]): void {
  const effects = changes.flatMap((change): readonly Effect[] =>
    change.kind === "effects" && change.moment.kind === "start" ? change.effects : [],
  );
  truth.hold(() => runEffects(truth, effects, [], { purpose: new Purpose("change"), who: [] }));
}
