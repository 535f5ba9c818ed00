/**
 * Facts that all know and nobody ever believed otherwise: fields that nothing declared writes, of
 * things that are there for everybody. They are read as they are; nothing has to be looked up in
 * the mind, nor noted. The first belief about any of them, held or foreseen, ends that for its
 * field, and what was worked out so far holds no more.
 */
import type { World } from "@fabula/model";
import { type CommonGround, Way } from "../beliefs/common-ground.js";
import type { Population } from "../beliefs/population.js";

export class Undisputed {
  /** By fluent (a pseudo-fluent has no entry): whether it is. */
  readonly #is: boolean[];

  constructor(
    world: World,
    population: Population,
    readonly common: CommonGround,
  ) {
    const veiled = world.types.filter((type) => population.isVeiled(type.id));
    this.#is = world.fluents.map(
      ({ id, owner, storage }) =>
        storage === "fixed" &&
        common.wayOf[id] === Way.public &&
        !veiled.some((type) => population.isA(type.id, owner)),
    );
  }

  is(fluent: number): boolean {
    return this.#is[fluent] === true;
  }

  /** The value, or how likely it is, in every mind. */
  valueOf(fluent: number, atom: number): number {
    return this.common.valueAtStart(atom) ?? this.common.usualOf(fluent);
  }

  /** Somebody believes something about it. True where that was never so. */
  dispute(fluent: number): boolean {
    if (this.#is[fluent] !== true) return false;
    this.#is[fluent] = false;
    return true;
  }
}
