/**
 * Conditions watched from outside the world: ends of the story, moments, questions. Each edge is
 * counted in the arena with the first's time and occurrence, so a fork forgets what it saw.
 *
 *   unit's words | 3 how often it became true | 4 occurrence after which it first did + 1
 *   flow words   | 5 time of the first | 6 occurrence behind the last
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import type { Kernel } from "./kernel.js";
import { UNIT_HEADER, type Unit, UnitKind } from "./unit.js";

export interface Watch {
  readonly unit: Unit;
  readonly condition: ExprId;
  /** Runs at each edge. `rises`: it became true. */
  readonly onEdge: ((rises: boolean) => void) | undefined;
}

export class Watches {
  readonly #watches: Watch[] = [];

  constructor(readonly kernel: Kernel) {}

  /** Watches a closed condition from now on. */
  add(condition: ExprId, onEdge?: (rises: boolean) => void): Watch {
    const schema = this.#watches.length;
    const unit = this.kernel.units.intern(
      {
        kind: UnitKind.watch,
        schema,
        args: [],
        order: [],
        flows: 1,
        name: "what is asked",
        span: undefined,
      },
      [],
    );
    const watch = { unit, condition, onEdge };
    this.#watches.push(watch);
    this.kernel.activate(unit);
    return watch;
  }

  look(unit: Unit, act: boolean): void {
    const { kernel } = this;
    const { arena } = kernel.store;
    const watch = this.#watches[unit.schema] as Watch;
    const from = kernel.machine.readCount;
    const reading = kernel.machine.measure(watch.condition, []);
    const latest = kernel.latestReadSince(from);
    kernel.hang(unit, from);
    kernel.machine.readCount = from;
    kernel.wakeIn(unit, reading.turnsIn);
    const holds = reading.value > 0;
    if (!act || holds === (arena.read(unit.words + 1) === 1)) return;
    arena.write(unit.words + 1, holds ? 1 : 0);
    if (holds) this.#note(unit, latest);
    watch.onEdge?.(holds);
  }

  /** When it first became true: milliseconds since the epoch, and the occurrence behind it. */
  firstOf(watch: Watch): { time: number; by: OccurrenceId } | undefined {
    const { arena } = this.kernel.store;
    if (arena.read(watch.unit.words + 3) === 0) return undefined;
    return {
      time: arena.read(watch.unit.words + UNIT_HEADER),
      by: arena.read(watch.unit.words + 4) - 1,
    };
  }

  /** The occurrence behind its last edge. */
  latestOf(watch: Watch): OccurrenceId {
    return this.kernel.store.arena.read(watch.unit.words + UNIT_HEADER + 1);
  }

  holds(watch: Watch): boolean {
    return this.kernel.store.arena.read(watch.unit.words + 1) === 1;
  }

  #note(unit: Unit, latest: OccurrenceId): void {
    const { arena } = this.kernel.store;
    const count = arena.read(unit.words + 3);
    arena.write(unit.words + 3, count + 1);
    arena.write(unit.words + UNIT_HEADER + 1, Math.max(0, latest));
    if (count > 0) return;
    arena.write(unit.words + 4, Math.max(0, latest) + 1);
    arena.write(unit.words + UNIT_HEADER, this.kernel.now);
  }
}
