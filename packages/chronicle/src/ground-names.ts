/** Numbers for ground fluents. Append-only: which number a name has is no content of a run. */
import { assert, type FluentId, TupleTable } from "@fabula/model";
import { EXISTENCE } from "./record-kinds.js";

/** Comings, goings and counts have numbers below 0. */
const FIRST = EXISTENCE;

/** A fluent with the birth numbers (or claims, deeds) of its owner and arguments. */
export interface GroundFluent {
  readonly fluent: FluentId;
  readonly args: readonly number[];
}

/** Owners with numbers below have a place of their own. */
const OWNERS_MAX = 65_536;

interface Names {
  /** By owner, of those with no other arguments: the number + 1; 0 none. */
  readonly owners: number[];
  readonly tuples: TupleTable;
  readonly ids: number[];
}

export class GroundNames {
  readonly #ground: GroundFluent[] = [];
  /** By fluent, from `FIRST` on: its tuples, and by the number of each that of the ground fluent. */
  readonly #ids: Names[] = [];

  idOf(fluent: FluentId, args: readonly number[]): number {
    assert(fluent >= FIRST, "no fluent has this number");
    while (this.#ids.length <= fluent - FIRST) {
      this.#ids.push({ owners: [], tuples: new TupleTable(), ids: [] });
    }
    const names = this.#ids[fluent - FIRST] as Names;
    const owner = args[0] as number;
    if (args.length === 1 && owner >= 0 && owner < OWNERS_MAX && Number.isInteger(owner)) {
      return this.#ofOwner(names, fluent, owner);
    }
    const { tuples, ids } = names;
    const known = tuples.find(args);
    if (known >= 0) return ids[known] as number;
    const id = this.#ground.push({ fluent, args: args.slice() }) - 1;
    ids[tuples.add(args)] = id;
    return id;
  }

  #ofOwner({ owners }: Names, fluent: FluentId, owner: number): number {
    while (owners.length <= owner) owners.push(0);
    const known = (owners[owner] as number) - 1;
    if (known >= 0) return known;
    const id = this.#ground.push({ fluent, args: [owner] }) - 1;
    owners[owner] = id + 1;
    return id;
  }

  get(id: number): GroundFluent {
    const ground = this.#ground[id];
    assert(ground !== undefined, "no ground fluent of this number");
    return ground;
  }
}
