/**
 * Conditions watched from outside the world: ends of the story, moments, questions. Each edge is
 * counted in the arena with the first's time and occurrence, so a fork forgets what it saw.
 *
 *   unit's words | 3 how often it became true | 4 occurrence after which it first did + 1
 *   flow words   | 5 time of the first | 6 occurrence behind the last | 7 time of the last
 */
import { type OccurrenceId, WriteFlag } from "@fabula/chronicle";
import type { EventPattern, ExprId } from "@fabula/model";
import { ground, isClosed } from "@fabula/model";
import { edgeOf } from "../expressions/conjunction.js";
import type { Locals } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import { UNIT_HEADER, type Unit, UnitKind } from "../kernel/unit.js";

export interface Watch {
  readonly unit: Unit;
  readonly condition: ExprId;
  /** Who knew it from the beginning did not learn it. */
  readonly learning: boolean;
  /** Runs at each edge. `rises`: it became true. */
  readonly onEdge: ((rises: boolean) => void) | undefined;
}

export class Watches {
  readonly #watches: Watch[] = [];

  readonly #ofConditions = new Map<ExprId, Watch>();

  constructor(readonly kernel: Kernel) {}

  /** `count of` and `time since` of conditions without locals: counted from the beginning. */
  addCounted(): void {
    const pool = this.kernel.world.expressions;
    for (let id = 0; id < pool.count; id++) {
      const node = pool.get(id);
      if (node.op !== "count-of" && node.op !== "time-since") continue;
      const { event } = node;
      if (event.kind !== "becomes" && event.kind !== "learns") continue;
      if (isClosed(pool, edgeOf(this.kernel.world, event))) this.ofEvent(event, []);
    }
  }

  /** The watch of such an event with these locals; counts from when it is first asked for. */
  ofEvent(event: Extract<EventPattern, { kind: "becomes" | "learns" }>, locals: Locals): Watch {
    const { world } = this.kernel;
    const condition = ground(world.expressions, edgeOf(world, event), locals);
    let watch = this.#ofConditions.get(condition);
    if (watch === undefined) {
      watch = this.add(condition, undefined, event.kind === "learns");
      this.#ofConditions.set(condition, watch);
    } else if (!this.kernel.isActive(watch.unit)) {
      // First asked for in a fork that is gone.
      this.kernel.activate(watch.unit);
    }
    return watch;
  }

  countOf(watch: Watch, reads: (address: number) => void): number {
    reads(watch.unit.words + 3);
    return this.kernel.store.arena.read(watch.unit.words + 3);
  }

  /** Milliseconds since the epoch of the last edge; NaN none. */
  lastTime(watch: Watch, reads: (address: number) => void): number {
    const { arena } = this.kernel.store;
    reads(watch.unit.words + 3);
    const never = arena.read(watch.unit.words + 3) === 0;
    return never ? Number.NaN : arena.read(watch.unit.words + UNIT_HEADER + 2);
  }

  /** Watches a closed condition from now on. */
  add(condition: ExprId, onEdge?: (rises: boolean) => void, learning = false): Watch {
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
    const watch = { unit, condition, learning, onEdge };
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
    if (holds && !(watch.learning && kernel.starting)) this.#note(unit, latest);
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
    arena.write(unit.words + UNIT_HEADER + 2, this.kernel.now);
    const address = unit.words + 3;
    this.kernel.recordWrite(
      Math.max(0, latest),
      address,
      -1,
      [address],
      count + 1,
      WriteFlag.accumulates,
    );
    this.kernel.touch(address, false);
    if (count > 0) return;
    arena.write(unit.words + 4, Math.max(0, latest) + 1);
    arena.write(unit.words + UNIT_HEADER, this.kernel.now);
  }
}
