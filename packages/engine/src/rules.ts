/**
 * Rules: what must happen as soon as its condition becomes true (an edge), when something else
 * happens, or every so often. Whoever was true before stays quiet until false in between.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { Rule } from "@fabula/model";
import { conjunction, watchedCondition } from "./conjunction.js";
import { type EffectState, runEffects } from "./effects.js";
import type { Kernel } from "./kernel.js";
import { type Afterwards, occur } from "./occur.js";
import type { Unit } from "./unit.js";

/** What firing needs: the truth to change, and who waits for occurrences. */
export interface RuleWorld {
  readonly kernel: Kernel;
  readonly truth: EffectState;
  readonly afterwards: Afterwards;
  /** Key in the agenda of a periodic rule's next turn. */
  periodicKey(unit: Unit): number;
}

/** A condition or periodic rule whose reads changed, or that is due to turn. */
export function lookAtRule(world: RuleWorld, unit: Unit, rule: Rule, act: boolean): void {
  const { kernel } = world;
  const { machine } = kernel;
  const { arena } = kernel.store;
  const watched = watchedCondition(kernel.world, rule.trigger);
  if (watched === undefined) return;
  const from = machine.readCount;
  const condition = conjunction(kernel.world, rule.where, watched);
  const reading = machine.measure(condition, unit.args);
  kernel.wakeIn(unit, reading.turnsIn);
  const reads = machine.readCount;
  subscribe(kernel, unit, from, reads);
  const holds = reading.value > 0;
  if (act && holds !== (arena.read(unit.words + 1) === 1)) {
    arena.write(unit.words + 1, holds ? 1 : 0);
    if (rule.trigger.kind === "periodic") {
      const key = world.periodicKey(unit);
      const period = Math.max(1, Math.round(rule.trigger.seconds * 1000));
      kernel.agenda.put(key, holds ? kernel.now + period : Number.POSITIVE_INFINITY);
    } else if (holds && alsoHolds(kernel, unit, rule)) {
      fireRule(world, unit, rule, from);
    }
  }
  machine.readCount = from;
}

/** `when p learns C and D`: D is asked at that moment only. */
function alsoHolds(kernel: Kernel, unit: Unit, rule: Rule): boolean {
  if (rule.trigger.kind !== "event") return true;
  return kernel.machine.evaluate(rule.trigger.when, unit.args) > 0;
}

/** A periodic rule's turn has come. */
export function periodicTurn(world: RuleWorld, unit: Unit, rule: Rule): void {
  const { kernel } = world;
  if (rule.trigger.kind !== "periodic" || !kernel.isActive(unit)) return;
  if (kernel.store.arena.read(unit.words + 1) !== 1) return;
  const period = Math.max(1, Math.round(rule.trigger.seconds * 1000));
  kernel.agenda.put(world.periodicKey(unit), kernel.now + period);
  const from = kernel.machine.readCount;
  kernel.machine.evaluate(conjunction(kernel.world, rule.where, rule.trigger.when), unit.args);
  fireRule(world, unit, rule, from);
}

/** The rule happens; reads since `from` are why. */
export function fireRule(
  world: RuleWorld,
  unit: Unit,
  rule: Rule,
  from: number,
  trigger: OccurrenceId = -1,
): void {
  const { kernel } = world;
  kernel.noteFire(unit);
  const site = {
    purpose: `rule ${rule.name}`,
    who: kernel.canonicalArgs(unit.args, rule.parameters),
  };
  occur(
    kernel,
    {
      kind: "rule",
      schema: rule.id,
      args: unit.args,
      readFrom: from,
      ...(trigger < 0 ? {} : { causes: [[trigger, "triggered"]] }),
      effects: () => runEffects(world.truth, rule.then, unit.args, site),
    },
    world.afterwards,
  );
}

function subscribe(kernel: Kernel, unit: Unit, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    kernel.dependencies.add(unit, kernel.machine.reads[index] as number);
  }
}
