/**
 * Which entities there have ever been, and of what type: names, not news. Whether somebody knows
 * that one exists is a belief (`Special.exists`), read by the evaluator.
 */
import type { TypeId, World } from "@fabula/model";
import type { Cells } from "../host.js";

/** Entities made in a foresight have these birth numbers; none of a run comes so far. */
export const FORESEEN_FIRST = 8_388_608;

export class Population {
  readonly declaredCount: number;
  readonly #types: readonly number[];
  readonly #isA: readonly ReadonlySet<number>[];
  readonly #declared: readonly (readonly number[])[];
  /** By birth number less the declared: the cell that holds type + 1; 0 not born in this branch. */
  readonly #cells: number[] = [];
  readonly #foreseen: number[] = [];
  /** Declared entities with a mind of their own, in birth order. */
  readonly persons: readonly number[];
  /** Told when others than those declared may be there of one type more. */
  onUnsettled: () => void = () => {};
  /** By type: whether it, and everything below it, is known to all without perceiving. */
  readonly #plain: readonly boolean[];
  /** By type: see `isUnsettled`. Never taken back: what another branch did does no harm. */
  readonly #unsettled: boolean[];

  constructor(
    readonly world: World,
    readonly cellsOf: Cells,
  ) {
    // Who was not drawn is not missing either: nobody ever heard of them.
    const entities = world.entities.filter((one) => one.absent !== true);
    this.#unsettled = world.types.map(() => false);
    this.declaredCount = world.entities.length;
    this.#types = world.entities.map((entity) => entity.type);
    this.#isA = world.types.map((type) => new Set([type.id, ...type.ancestors]));
    this.#declared = world.types.map((type) =>
      entities.filter((one) => this.isA(one.type, type.id)).map((one) => one.id),
    );
    this.persons = entities
      .filter((entity) => world.types[entity.type]?.minded === true)
      .map((entity) => entity.id);
    this.#plain = world.types.map((type) =>
      world.types.every((below) => !this.isA(below.id, type.id) || !this.isVeiled(below.id)),
    );
  }

  isA(type: TypeId, ancestor: TypeId): boolean {
    return this.#isA[type]?.has(ancestor) === true;
  }

  /** Whether entities of the type are known only to who perceives them. */
  isVeiled(type: TypeId): boolean {
    return this.clausesOf(type).length > 0;
  }

  /** Who can know that one of the type exists: its own clauses, or those it inherits. */
  clausesOf(type: TypeId) {
    for (const id of [type, ...(this.world.types[type]?.ancestors ?? [])]) {
      const clauses = this.world.types[id]?.perceptions ?? [];
      if (clauses.length > 0) return clauses;
    }
    return [];
  }

  /** -1 where there is none of that number. */
  typeOf(entity: number): TypeId {
    if (entity < this.declaredCount) return this.#types[entity] ?? -1;
    if (entity >= FORESEEN_FIRST) return this.#foreseen[entity - FORESEEN_FIRST] ?? -1;
    const cell = this.#cells[entity - this.declaredCount];
    return cell === undefined ? -1 : this.cellsOf.get(cell) - 1;
  }

  /** Declared entities of the type and its subtypes, in birth order. */
  declaredOf(type: TypeId): readonly number[] {
    return this.#declared[type] ?? [];
  }

  /** Numbers of those born while the story ran (in any branch) and those foreseen. */
  eachLater(visit: (entity: number) => void): void {
    for (let index = 0; index < this.#cells.length; index++) visit(this.declaredCount + index);
    for (let index = 0; index < this.#foreseen.length; index++) visit(FORESEEN_FIRST + index);
  }

  /** Whether who is there of the type may be other than who was declared, in anybody's mind. */
  isUnsettled(type: TypeId): boolean {
    return this.#plain[type] !== true || this.#unsettled[type] === true;
  }

  /** One of the type has come, or was heard to have come or gone. -1: of any type. */
  unsettle(type: TypeId): void {
    const types = type < 0 ? this.#unsettled.keys() : (this.#isA[type] ?? []);
    let isNew = false;
    for (const one of types) {
      if (this.#unsettled[one] !== true) isNew = true;
      this.#unsettled[one] = true;
    }
    if (isNew) this.onUnsettled();
  }

  born(entity: number, type: TypeId): void {
    if (entity < this.declaredCount) return;
    this.unsettle(type);
    while (this.#cells.length <= entity - this.declaredCount) {
      this.#cells.push(this.cellsOf.allocate());
    }
    this.cellsOf.set(this.#cells[entity - this.declaredCount] as number, type + 1);
  }

  /** A new entity of a foresight. */
  foresee(type: TypeId): number {
    this.unsettle(type);
    this.#foreseen.push(type);
    return FORESEEN_FIRST + this.#foreseen.length - 1;
  }

  foreseenCount(): number {
    return this.#foreseen.length;
  }

  /** Takes back the foreseen entities beyond this count. */
  undoForeseen(count: number): void {
    this.#foreseen.length = count;
  }
}
