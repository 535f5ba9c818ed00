/**
 * The state of the world just after an occurrence, from what the chronicle holds: what was written,
 * and the lines along which quantities move.
 */
import {
  type Birth,
  type ChronicleReader,
  type OccurrenceId,
  quantityAt,
  type TrackReader,
} from "@fabula/chronicle";
import type { ExprId, FluentId, World } from "@fabula/model";
import { evaluate, type FluentSource } from "./evaluation.js";
import type { Reading } from "./reading.js";

export class ReplayedState implements Reading, FluentSource {
  readonly #writes = new Map<string, { readonly value: number; readonly time: number }>();
  readonly #births = new Map<number, Birth & { readonly at: OccurrenceId }>();
  /** Occurrences looked through for births. */
  #lookedThrough = 0;
  #next: OccurrenceId = 0;
  /** Not 0: times are no small integers for V8. */
  #now = -0;

  constructor(
    readonly world: World,
    readonly chronicle: ChronicleReader & TrackReader,
  ) {}

  get now(): number {
    return this.#now;
  }

  valueAt(expr: ExprId, locals: readonly number[], at: OccurrenceId): number {
    this.moveTo(at);
    return evaluate(this.world, this, expr, locals);
  }

  read(fluent: FluentId, args: readonly number[]): number | undefined {
    const written = this.#writes.get(keyOf(this.world, fluent, args));
    const declaration = this.world.fluents[fluent];
    if (declaration?.storage !== "quantity" || written?.time === this.#now) return written?.value;
    // Lines of this very instant may be those of what happens after the occurrence.
    return (
      quantityAt(this.chronicle, declaration, args, this.#now, this.#now - 1) ?? written?.value
    );
  }

  entitiesOf(type: number): readonly number[] {
    const there = this.world.entities.filter((entity) => entity.absent !== true);
    const declared = there.map((entity) => entity.id);
    const born = [...this.#born().values()].filter((one) => one.at < this.#next);
    return [...declared, ...born.map((one) => one.entity)].filter((entity) => {
      const own = this.typeOf(entity);
      return own !== -1 && (this.world.types[own]?.ancestors.includes(type) ?? false);
    });
  }

  typeOf(entity: number): number {
    return this.world.entities[entity]?.type ?? this.#born().get(entity)?.type ?? -1;
  }

  titleOf(entity: number): string | undefined {
    const title = this.world.entities[entity]?.title;
    return title ?? this.world.texts[this.#born().get(entity)?.title ?? -1];
  }

  /** By which occurrence it came; 0 of what was there from the beginning. */
  bornAt(entity: number): OccurrenceId {
    return this.#born().get(entity)?.at ?? 0;
  }

  #born(): ReadonlyMap<number, Birth & { readonly at: OccurrenceId }> {
    const { chronicle } = this;
    if (chronicle.count < this.#lookedThrough) {
      this.#births.clear();
      this.#lookedThrough = 0;
    }
    for (; this.#lookedThrough < chronicle.count; this.#lookedThrough++) {
      const at = this.#lookedThrough;
      for (const birth of chronicle.bornOf(at)) this.#births.set(birth.entity, { ...birth, at });
    }
    return this.#births;
  }

  /** To just after this occurrence. */
  protected moveTo(at: OccurrenceId): void {
    if (at < this.#next - 1) {
      this.#writes.clear();
      this.#next = 0;
    }
    const last = Math.min(at, this.chronicle.count - 1);
    for (; this.#next <= last; this.#next += 1) {
      const occurrence = this.chronicle.get(this.#next);
      this.#now = occurrence.time;
      for (const write of occurrence.writes) {
        const { fluent, args, value } = write;
        // What is only said to move otherwise may have been said later than this.
        if (write.rateOnly === true) continue;
        this.#writes.set(keyOf(this.world, fluent, args), { value, time: this.#now });
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
