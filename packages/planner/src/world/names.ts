/**
 * What things of a world are called as a discrete problem. Entities keep their names, symbols
 * become entities behind them; fluents and types are renamed only where two would collide.
 */
import {
  type DiscreteEntity,
  type DiscreteType,
  type DiscreteValue,
  type Fluent,
  keyName,
  type TypeDeclaration,
  type ValueType,
  type World,
} from "@fabula/model";

const builtIn = ["entity", "character", "boolean", "number"];

export class WorldNames {
  /** The type whose only entity is the world itself. */
  readonly worldType: number;
  readonly types: readonly DiscreteType[];
  /** Characters first, each kind in order of declaration. */
  readonly entities: readonly DiscreteEntity[];
  private readonly typeNames: readonly string[];
  private readonly fluentNames: readonly string[];
  private readonly symbolNames = new Map<number, readonly string[]>();

  constructor(readonly world: World) {
    this.worldType = world.entities[0]!.type;
    const taken = new Set(builtIn);
    this.typeNames = world.types.map(({ name }) => fresh(name, taken));
    const names = new Set(world.entities.map(keyName));
    for (const { id, name, symbols } of world.types) {
      if (symbols === undefined) continue;
      const own = symbols.map((symbol) => (names.has(symbol) ? `${name}_${symbol}` : symbol));
      this.symbolNames.set(
        id,
        own.map((symbol) => fresh(symbol, names)),
      );
    }
    this.fluentNames = this.nameFluents();
    this.types = [
      { name: "entity", parents: [] },
      { name: "character", parents: ["entity"] },
      ...world.types
        .filter(({ id }) => id !== this.worldType)
        .map((type) => ({ name: this.type(type.id), parents: this.parentsOf(type) })),
    ];
    const declared = world.entities.slice(1).map((entity) => {
      const { type } = entity;
      const { minded } = world.types[type]!;
      return {
        name: keyName(entity),
        types: minded ? [this.type(type), "character"] : [this.type(type)],
      };
    });
    const isCharacter = ({ types }: DiscreteEntity) => types.length > 1;
    this.entities = [
      ...declared.filter(isCharacter),
      ...declared.filter((entity) => !isCharacter(entity)),
      ...[...this.symbolNames].flatMap(([type, symbols]) =>
        symbols.map((name) => ({ name, types: [this.type(type)] })),
      ),
    ];
  }

  type(id: number): string {
    return this.typeNames[id]!;
  }

  fluent(id: number): string {
    return this.fluentNames[id]!;
  }

  entity(id: number): DiscreteValue {
    if (id < 0) return { kind: "unknown" };
    return { kind: "entity", name: keyName(this.world.entities[id]!) };
  }

  symbol(type: number, index: number): DiscreteValue {
    return { kind: "entity", name: this.symbolNames.get(type)![index]! };
  }

  /** What a variable of this type ranges over; undefined where it cannot. */
  rangeOf(type: ValueType): string | undefined {
    if (type.kind === "boolean") return "boolean";
    if (type.kind === "entity" || type.kind === "symbol") return this.type(type.type);
    return undefined;
  }

  /** The values of a type of entities or symbols, in the order of the problem. */
  members(type: number): DiscreteValue[] {
    const symbols = this.symbolNames.get(type);
    const names =
      symbols ?? this.world.entities.filter((one) => this.isBelow(one.type, type)).map(keyName);
    return names.map((name) => ({ kind: "entity", name }));
  }

  isBelow(type: number, ancestor: number): boolean {
    return this.world.types[type]!.ancestors.includes(ancestor);
  }

  /** Whether some entity is of both. */
  overlap(a: number, b: number): boolean {
    if (a === b) return true;
    return this.world.entities.some(({ type }) => this.isBelow(type, a) && this.isBelow(type, b));
  }

  private parentsOf({ parents }: TypeDeclaration): readonly string[] {
    return parents.length === 0 ? ["entity"] : parents.map((parent) => this.type(parent));
  }

  /** Fields of one name on types that share an entity are told apart by their owner. */
  private nameFluents(): string[] {
    const { fluents, types } = this.world;
    const clash = (a: Fluent, b: Fluent) =>
      a.id !== b.id &&
      keyName(a) === keyName(b) &&
      (this.overlap(a.owner, b.owner) ||
        (a.owner === this.worldType) !== (b.owner === this.worldType));
    return fluents.map((fluent) => {
      const alone = !fluents.some((other) => clash(fluent, other));
      const name = keyName(fluent);
      return alone ? name : `${types[fluent.owner]!.name}_${name}`;
    });
  }
}

function fresh(name: string, taken: Set<string>): string {
  let result = name;
  while (taken.has(result)) result += "_";
  taken.add(result);
  return result;
}
