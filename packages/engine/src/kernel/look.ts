/** What looking at a unit means, by its kind. */
import type { Process, Rule } from "@fabula/model";
import { type DoingWorld, lookAtDoing } from "../units/doings.js";
import { lookAtPerception } from "../units/perceiving.js";
import { lookAtProcess } from "../units/processes.js";
import { lookAtRule, type RuleWorld } from "../units/rules.js";
import { type Unit, UnitKind } from "./unit.js";

/** `act`: something it read changed, or its time has come; else only a time to wake is found. */
export function lookAtUnit(world: RuleWorld & DoingWorld, unit: Unit, act: boolean): void {
  const { kernel } = world;
  switch (unit.kind) {
    case UnitKind.process:
      lookAtProcess(kernel, unit, kernel.world.processes[unit.schema] as Process, act);
      break;
    case UnitKind.doing:
      lookAtDoing(world, unit, act);
      break;
    case UnitKind.rule:
      lookAtRule(world, unit, kernel.world.rules[unit.schema] as Rule, act);
      break;
    case UnitKind.sight:
      kernel.sights.look(unit, act);
      break;
    case UnitKind.perception:
      lookAtPerception(kernel, unit, act);
      break;
    default:
      kernel.watches.look(unit, act);
  }
}
