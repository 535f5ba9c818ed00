/**
 * Who takes things in, and what of that does not change in a run: perception is looked at all the
 * time.
 */
import { type Fluent, type Perception, perceivingTypes, type TypeId } from "@fabula/model";
import type { Kernel } from "../kernel/kernel.js";
import type { Looks, Naming, OpenLooks } from "./perceiving.js";

const NOBODY: readonly Perception[] = [];

export class Observers {
  /** Addresses of the populations of those who do. */
  readonly populations: readonly number[];
  /** By unit of perception: who could look. */
  readonly looks: (Looks | undefined)[] = [];
  /** By what the clauses say that name nobody: who looks by them. */
  readonly open = new Map<string, OpenLooks>();
  /** The same by clauses. */
  readonly openOf = new Map<readonly Perception[], OpenLooks>();
  /** By clauses: whom they name. */
  readonly namings = new Map<readonly Perception[], readonly Naming[]>();
  /** By type: whether such an entity takes things in. */
  readonly #perceives: readonly boolean[];
  /** The types that do. */
  readonly #types: readonly TypeId[];
  /** By type: who can know that one of it is there. */
  readonly #clauses: readonly (readonly Perception[])[];
  /** By fluent: the fluent of its own parameters, what is measured. */
  readonly #values: number[] = [];
  /** Who there was when last asked, and the lists that was found from. */
  #all: readonly number[] = [];
  #lists: readonly (readonly number[])[] | undefined;

  constructor(readonly kernel: Kernel) {
    const { world, store } = kernel;
    this.#perceives = perceivingTypes(world);
    this.#types = world.types.filter(({ id }) => this.#perceives[id] === true).map(({ id }) => id);
    this.populations = this.#types.map((type) => store.populationAddress(type));
    this.#clauses = world.types.map((type) => {
      const line = [type.id, ...type.ancestors].map((id) => world.types[id]?.perceptions ?? []);
      return line.find((clauses) => clauses.length > 0) ?? NOBODY;
    });
  }

  /** Everybody who takes things in, by birth: persons with a mind, and who has reflexes. */
  get all(): readonly number[] {
    if (!this.#isFresh()) this.#find();
    return this.#all;
  }

  /** Whether this entity is one of them. */
  has(entity: number): boolean {
    const type = this.kernel.store.typeOf(entity);
    return type >= 0 && this.#perceives[type] === true;
  }

  /** Who can know that one of the type is there: its own clauses, or the nearest inherited. */
  clausesOf(type: TypeId): readonly Perception[] {
    return this.#clauses[type] ?? NOBODY;
  }

  /** The expression of a fluent over its own parameters. */
  valueOf(fluent: Fluent): number {
    let value = this.#values[fluent.id];
    if (value === undefined) {
      value = this.#ownExpression(fluent);
      this.#values[fluent.id] = value;
    }
    return value;
  }

  #ownExpression(fluent: Fluent): number {
    const pool = this.kernel.world.expressions;
    const owner = pool.intern({ op: "local", slot: 0 }, { kind: "entity", type: fluent.owner });
    const args = fluent.parameters.map((parameter, index) =>
      pool.intern({ op: "local", slot: index + 1 }, parameter.type),
    );
    return pool.intern({ op: "fluent", fluent: fluent.id, args: [owner, ...args] }, fluent.type);
  }

  #isFresh(): boolean {
    const lists = this.#lists;
    if (lists === undefined) return false;
    const { store } = this.kernel;
    for (let place = 0; place < lists.length; place++) {
      if (store.entitiesOf(this.#types[place] as TypeId) !== lists[place]) return false;
    }
    return true;
  }

  #find(): void {
    const { store } = this.kernel;
    this.#lists = this.#types.map((type) => store.entitiesOf(type));
    const found = new Set<number>();
    for (const entity of this.#lists.flat()) if (this.has(entity)) found.add(entity);
    this.#all = [...found].sort((a, b) => a - b);
  }
}
