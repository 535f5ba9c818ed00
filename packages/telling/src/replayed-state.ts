/**
 * The state of the world at an occurrence, from the writes the chronicle holds.
 *
 * Exact for everything that is written; a quantity stands at its last written value, since what
 * moved it since is not in the record. Templates hardly ever read those.
 */
import type { ChronicleReader, OccurrenceId, Write } from "@fabula/chronicle";
import type { ExprId, FluentId, World } from "@fabula/model";
import { evaluate, type FluentSource } from "./evaluation.js";
import type { Reading } from "./reading.js";

export class ReplayedState implements Reading, FluentSource {
  readonly #values = new Map<string, number>();
  readonly #typeOfBorn = new Map<number, number>();
  #next: OccurrenceId = 0;
  #now = 0;

  constructor(
    readonly world: World,
    readonly chronicle: ChronicleReader,
  ) {}

  get now(): number {
    return this.#now;
  }

  valueAt(expr: ExprId, locals: readonly number[], at: OccurrenceId): number {
    this.moveTo(at);
    return evaluate(this.world, this, expr, locals);
  }

  read(fluent: FluentId, args: readonly number[]): number | undefined {
    return this.#values.get(keyOf(this.world, fluent, args));
  }

  entitiesOf(type: number): readonly number[] {
    const there = this.world.entities.filter((entity) => entity.absent !== true);
    const declared = there.map((entity) => entity.id);
    return [...declared, ...this.#typeOfBorn.keys()].filter((entity) => {
      const own = this.typeOf(entity);
      return own !== -1 && (this.world.types[own]?.ancestors.includes(type) ?? false);
    });
  }

  typeOf(entity: number): number {
    return this.world.entities[entity]?.type ?? this.#typeOfBorn.get(entity) ?? -1;
  }

  /** What came to be in the run has the type whose fields were set on it. */
  #learnType({ fluent, args }: Write): void {
    const [entity = -1] = args;
    const owner = this.world.fluents[fluent]?.owner;
    if (entity < this.world.entities.length || owner === undefined) return;
    const known = this.#typeOfBorn.get(entity);
    const ancestors = this.world.types[owner]?.ancestors ?? [];
    if (known === undefined || ancestors.includes(known)) this.#typeOfBorn.set(entity, owner);
  }

  /** To just after this occurrence. */
  protected moveTo(at: OccurrenceId): void {
    if (at < this.#next - 1) {
      this.#values.clear();
      this.#next = 0;
    }
    const last = Math.min(at, this.chronicle.count - 1);
    for (; this.#next <= last; this.#next += 1) {
      const occurrence = this.chronicle.get(this.#next);
      this.#now = occurrence.time;
      for (const write of occurrence.writes) {
        this.#learnType(write);
        this.#values.set(keyOf(this.world, write.fluent, write.args), write.value);
      }
    }
  }
}

function keyOf(world: World, fluent: FluentId, args: readonly number[]): string {
  const symmetric = world.fluents[fluent]?.symmetric ?? false;
  const [a = 0, b = 0] = args;
  const ordered = symmetric && args.length === 2 && b < a ? [b, a] : args;
  return `${fluent}:${ordered.join(",")}`;
}
