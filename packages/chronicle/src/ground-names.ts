/** Numbers for ground fluents. Append-only: which number a name has is no content of a run. */
import { assert, type FluentId } from "@fabula/model";

/** A fluent with the birth numbers (or claims, deeds) of its owner and arguments. */
export interface GroundFluent {
  readonly fluent: FluentId;
  readonly args: readonly number[];
}

export class GroundNames {
  readonly #ground: GroundFluent[] = [];
  readonly #ids = new Map<FluentId, Map<number | string, number>>();

  idOf(fluent: FluentId, args: readonly number[]): number {
    let ids = this.#ids.get(fluent);
    if (ids === undefined) {
      ids = new Map();
      this.#ids.set(fluent, ids);
    }
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
