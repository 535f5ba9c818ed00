/** Numbers for ground fluents. Append-only: which number a name has is no content of a run. */
import { assert, type FluentId } from "@fabula/model";

/** Comings, goings and counts have numbers below 0. */
const FIRST = -2;

/** A fluent with the birth numbers (or claims, deeds) of its owner and arguments. */
export interface GroundFluent {
  readonly fluent: FluentId;
  readonly args: readonly number[];
}

export class GroundNames {
  readonly #ground: GroundFluent[] = [];
  /** By fluent, from `FIRST` on. */
  readonly #ids: Map<number | string, number>[] = [];

  idOf(fluent: FluentId, args: readonly number[]): number {
    assert(fluent >= FIRST, "no fluent has this number");
    while (this.#ids.length <= fluent - FIRST) this.#ids.push(new Map());
    const ids = this.#ids[fluent - FIRST] as Map<number | string, number>;
    const name = args.length === 1 ? (args[0] as number) : args.join(",");
    let id = ids.get(name);
    if (id === undefined) {
      id = this.#ground.push({ fluent, args: args.slice() }) - 1;
      ids.set(name, id);
    }
    return id;
  }

  get(id: number): GroundFluent {
    const ground = this.#ground[id];
    assert(ground !== undefined, "no ground fluent of this number");
    return ground;
  }
}
