/** Who perceives what at this moment: for those who look round in somebody's place. */
import type { FluentId, Sense } from "@fabula/model";
import { perceivers } from "../units/perceiving.js";
import type { Simulation } from "./simulation.js";

/**
 * By which senses this person perceives, now, what the ground fluent is; with -1, that the entity
 * args[0] is there, of a type that is not plain to everybody. Changes nothing.
 */
export function sensesNow(
  simulation: Simulation,
  person: number,
  fluent: FluentId | -1,
  args: readonly number[],
): readonly Sense[] {
  const own = perceivers(simulation.kernel, fluent, args).filter(({ who }) => who === person);
  return own.map(({ clause }) => clause.sense);
}
