/**
 * Rules: what must happen as soon as its condition becomes true (an edge), when something else
 * happens, or every so often. Whoever was true before stays quiet until false in between.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId, Rule } from "@fabula/model";
import { type EffectState, runEffects } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Afterwards, occur } from "../kernel/occur.js";
import { purposeOf } from "../kernel/purpose.js";
import type { Unit } from "../kernel/unit.js";

/** What firing needs: the truth to change, and who waits for occurrences. */
export interface RuleWorld {
  readonly kernel: Kernel;
  readonly truth: EffectState;
  readonly afterwards: Afterwards;
  /** Key in the agenda of a periodic rule's next turn. */
  periodicKey(unit: Unit): number;
  /** Until the first instant has come to rest. */
  isStarting(): boolean;
}

/**
 * A condition or periodic rule whose reads changed, or that is due to turn. One that becomes true
 * is armed; it fires when nothing else is left to look at, in order, if it has not become false
 * again by what fired before it.
 */
export function lookAtRule(world: RuleWorld, unit: Unit, rule: Rule, act: boolean): void {
  const { kernel } = world;
  const { machine } = kernel;
  const { arena } = kernel.store;
  const { condition } = kernel.conditions.of(rule);
  if (condition === undefined) return;
  const from = machine.readCount;
  const reading = machine.measure(condition, unit.args);
  kernel.hang(unit, from);
  machine.readCount = from;
  kernel.wakeIn(unit, reading.turnsIn);
  const holds = reading.value > 0;
  if (!act || holds === (arena.read(unit.words + 1) === 1)) return;
  arena.write(unit.words + 1, holds ? 1 : 0);
  if (rule.trigger.kind === "periodic") {
    const period = Math.max(1, Math.round(rule.trigger.seconds * 1000));
    const due = holds ? kernel.now + period : Number.POSITIVE_INFINITY;
    kernel.agenda.put(world.periodicKey(unit), due);
    return;
  }
  // Who knew it from the beginning did not learn it.
  const news = holds && !(world.isStarting() && isLearning(rule));
  arena.write(unit.words + 3, news ? 1 : 0);
  if (news) kernel.armed.add(unit);
}

function isLearning(rule: Rule): boolean {
  return rule.trigger.kind === "event" && rule.trigger.event.kind === "learns";
}

/** Its turn among the armed: it fires, for what its condition reads. */
export function fireArmed(world: RuleWorld, unit: Unit, rule: Rule): void {
  const { kernel } = world;
  if (kernel.store.arena.read(unit.words + 3) !== 1 || !kernel.isActive(unit)) return;
  kernel.store.arena.write(unit.words + 3, 0);
  const { condition } = kernel.conditions.of(rule);
  if (condition === undefined) return;
  const from = kernel.machine.readCount;
  kernel.machine.evaluate(condition, unit.args);
  if (alsoHolds(kernel, unit, rule)) fireRule(world, unit, rule, from);
  kernel.machine.readCount = from;
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
  kernel.machine.evaluate(kernel.conditions.of(rule).condition as ExprId, unit.args);
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
  if (kernel.isForbidden("rule", rule.id, unit.args)) return;
  kernel.noteFire(unit);
  const site = {
    purpose: purposeOf("rule", rule),
    who: kernel.canonicalArgs(unit.args, rule.parameters),
  };
  occur(
    kernel,
    {
      kind: "rule",
      schema: rule.id,
      args: unit.args,
      readFrom: from,
      causes: trigger < 0 ? undefined : [[trigger, "triggered"]],
      effects: () => runEffects(world.truth, rule.then, unit.args, site),
    },
    world.afterwards,
  );
}
