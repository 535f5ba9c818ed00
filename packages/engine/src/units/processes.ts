/** Processes: while a condition holds they add to the rates of quantities. */
import type { Process } from "@fabula/model";
import type { Kernel } from "../kernel/kernel.js";
import type { Unit } from "../kernel/unit.js";
import { dropFlows, updateFlows } from "./flows.js";

export function lookAtProcess(kernel: Kernel, unit: Unit, process: Process, act: boolean): void {
  const { machine, store } = kernel;
  const from = machine.readCount;
  const { value, turnsIn } = machine.measure(kernel.conditions.ofProcess(process), unit.args);
  const flowing = updateFlows(kernel, unit, process.flows, unit.args, value > 0, act, from);
  machine.readCount = from;
  const next = Math.min(turnsIn, flowing);
  // A rate elsewhere changed: this one stays as it is until it is due, or earlier.
  const due = kernel.agenda.timeOf(unit.wake) - store.now;
  kernel.wakeIn(unit, act ? next : Math.min(next, Math.max(1, due)));
}

export function endProcess(kernel: Kernel, unit: Unit, process: Process, by: number): void {
  dropFlows(kernel, unit, process.flows, by);
  kernel.deactivate(unit);
}
