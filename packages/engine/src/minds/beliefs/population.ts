/**
 * Which entities there have ever been, and of what type: names, not news. Whether somebody knows
 * that one exists is a belief (`Special.exists`), read by the evaluator.
 */
import { type Perception, perceivingTypes, type TypeId, type World } from "@fabula/model";
import type { Cells } from "../../host.js";

/** Entities made in a foresight have these birth numbers; none of a run comes so far. */
export const FORESEEN_FIRST = 8_388_608;

const NOBODY: readonly Perception[] = [];

export class Population {
  readonly declaredCount: number;
  readonly #types: readonly number[];
  readonly #isA: readonly ReadonlySet<number>[];
  readonly #declared: readonly (readonly number[])[];
  /** Declared, and not drawn. */
  readonly #absent: ReadonlySet<number>;
  /** By birth number less the declared: the cell that holds type + 1; 0 not born in this branch. */
  readonly #cells: number[] = [];
  readonly #foreseen: number[] = [];
  /** By type: whether such an entity has a mind of its own; whether it takes anything in. */
  readonly #minded: readonly boolean[];
  readonly #perceives: readonly boolean[];
  /** By birth number: the cell that holds 1 once such an entity, who took things in, is gone. */
  readonly #gone = new Map<number, number>();
  #everybody: readonly number[] | undefined;
  #persons: readonly number[] | undefined;
  #observers: readonly number[] | undefined;
  /** Told when others than so far may be there of one type more, or take things in. */
  onUnsettled: () => void = () => {};
  /** By type: who can know that one of it is there. */
  readonly #clauses: readonly (readonly Perception[])[];
  /** By type: see `isVeiled`. */
  readonly #veiled: readonly boolean[];
  /** By type: whether it, and everything below it, is known to all without perceiving. */
  readonly #plain: readonly boolean[];
  /** By type: see `isUnsettled`. Never taken back: what another branch did does no harm. */
  readonly #unsettled: boolean[];

  constructor(
    readonly world: World,
    readonly cellsOf: Cells,
  ) {
    this.#clauses = world.types.map((type) => {
      const line = [type.id, ...type.ancestors].map((id) => world.types[id]?.perceptions ?? NOBODY);
      return line.find((clauses) => clauses.length > 0) ?? NOBODY;
    });
    // Who was not drawn is not missing either: nobody ever heard of them.
    const entities = world.entities.filter((one) => one.absent !== true);
    this.#unsettled = world.types.map(() => false);
    this.declaredCount = world.entities.length;
    this.#types = world.entities.map((entity) => entity.type);
    this.#absent = new Set(
      world.entities.filter((one) => one.absent === true).map((one) => one.id),
    );
    this.#isA = world.types.map((type) => new Set([type.id, ...type.ancestors]));
    this.#declared = world.types.map((type) =>
      entities.filter((one) => this.isA(one.type, type.id)).map((one) => one.id),
    );
    this.#minded = world.types.map((type) => type.minded);
    this.#perceives = perceivingTypes(world);
    this.#veiled = world.types.map((type) => this.clausesOf(type.id).length > 0);
    this.#plain = world.types.map((type) =>
      world.types.every((below) => !this.isA(below.id, type.id) || !this.isVeiled(below.id)),
    );
  }

  /** Who is there and has a mind of their own, by birth: those declared, and those born since. */
  get persons(): readonly number[] {
    this.#persons ??= this.everybody.filter((one) => this.takesIn(one));
    return this.#persons;
  }

  /** Who ever had a mind of their own, by birth: also who is gone. */
  get everybody(): readonly number[] {
    this.#everybody ??= this.#all((one) => this.#isNamed(one, this.#minded));
    return this.#everybody;
  }

  /** Who is there and takes anything in, by birth: persons, and those with reflexes. */
  get observers(): readonly number[] {
    this.#observers ??= this.#all((one) => this.takesIn(one));
    return this.#observers;
  }

  /** Whether this entity is one of `persons`. */
  isPerson(entity: number): boolean {
    return this.#isNamed(entity, this.#minded) && this.takesIn(entity);
  }

  /** Whether this entity is one of `observers`. */
  takesIn(entity: number): boolean {
    if (!this.#isNamed(entity, this.#perceives)) return false;
    const gone = this.#gone.get(entity);
    return gone === undefined || this.cellsOf.get(gone) !== 1;
  }

  /** Whether it is of one of the types, and there is or was such an entity in this branch. */
  #isNamed(entity: number, types: readonly boolean[]): boolean {
    const isOne = entity < FORESEEN_FIRST && types[this.typeOf(entity)] === true;
    return isOne && !this.#absent.has(entity);
  }

  isA(type: TypeId, ancestor: TypeId): boolean {
    return this.#isA[type]?.has(ancestor) === true;
  }

  /** Whether entities of the type are known only to who perceives them. */
  isVeiled(type: TypeId): boolean {
    return this.#veiled[type] === true;
  }

  /** Whether it came while the story ran, and who perceives anything of it knows that it is there. */
  isPlainNewcomer(entity: number): boolean {
    return entity >= this.declaredCount && !this.isVeiled(this.typeOf(entity));
  }

  /** Who can know that one of the type exists: its own clauses, or those it inherits. */
  clausesOf(type: TypeId): readonly Perception[] {
    return this.#clauses[type] ?? NOBODY;
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
    if (this.#perceives[type] === true) this.#recount();
  }

  /** It is there no longer: it has a name still, and takes nothing in. */
  goes(entity: number): void {
    if (!this.takesIn(entity)) return;
    const cell = this.#gone.get(entity) ?? this.cellsOf.allocate();
    this.#gone.set(entity, cell);
    this.cellsOf.set(cell, 1);
    this.#recount();
  }

  #recount(): void {
    this.restored();
    this.onUnsettled();
  }

  /** The state was put back: others may be there. */
  restored(): void {
    this.#everybody = undefined;
    this.#persons = undefined;
    this.#observers = undefined;
  }

  #all(fits: (entity: number) => boolean): readonly number[] {
    const found: number[] = [];
    const count = this.declaredCount + this.#cells.length;
    for (let entity = 0; entity < count; entity++) if (fits(entity)) found.push(entity);
    return found;
  }

  /** A new entity of a foresight. */
  foresee(type: TypeId): number {
    this.unsettle(type);
    this.#foreseen.push(type);
    return FORESEEN_FIRST + this.#foreseen.length - 1;
  }

  /** Whether one of those types is foreseen to come. */
  isForeseen(types: readonly boolean[]): boolean {
    return this.#foreseen.some((type) => types[type] === true);
  }

  foreseenCount(): number {
    return this.#foreseen.length;
  }

  /** Takes back the foreseen entities beyond this count. */
  undoForeseen(count: number): void {
    this.#foreseen.length = count;
  }
}
