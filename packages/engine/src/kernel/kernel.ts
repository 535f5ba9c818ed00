/**
 * The moving world: state, agenda, chronicle and what is looked at when something changes. Rules,
 * processes, actions and perception are in files of their own and work on this.
 *
 * Within an instant: what is due, then everything that hangs on what changed, in a fixed order
 * (processes, actions under way, conditions of rules, who perceives what, what is perceived,
 * watched conditions; each by
 * number and arguments), then the first rule that became true, and so on until nothing is left;
 * then the minds; and again until they too are quiet.
 */
import { type CauseKind, Chronicle, type OccurrenceId } from "@fabula/chronicle";
import type { World } from "@fabula/model";
import { expressionKey } from "@fabula/model";
import { Chance } from "../chance/chance.js";
import { AskedByExpressions } from "../expressions/asked.js";
import { bytecodeOf } from "../expressions/bytecode.js";
import { Conditions } from "../expressions/conjunction.js";
import { SlopeMachine } from "../expressions/slope.js";
import { type TraitsOf, traitsOf } from "../expressions/traits.js";
import type { MindHooks } from "../host.js";
import { RunFault } from "../run/run-fault.js";
import { Store } from "../state/store.js";
import { Agenda } from "../state/wheel.js";
import { Counters } from "../units/counters.js";
import { type HappeningPattern, matchArguments } from "../units/event-pattern.js";
import type { Target } from "../units/flows.js";
import { Observers } from "../units/observers.js";
import { Sights } from "../units/sights.js";
import { Watches } from "../units/watches.js";
import { type Context, Contexts } from "./contexts.js";
import { Dependencies } from "./dependencies.js";
import { Firings } from "./firings.js";
import { PendingUnits, type Unit, UnitList, Units } from "./unit.js";

const OCCURRENCES_MAX = 20_000_000;
const TIME_MAX = 4503599627370496; // 2^52 ms

export interface KernelMark {
  readonly store: ReturnType<Store["mark"]>;
  readonly chronicle: ReturnType<Chronicle["mark"]>;
  readonly dependencies: number;
}

export class Kernel {
  readonly store: Store;
  readonly agenda: Agenda;
  readonly units: Units;
  readonly dependencies: Dependencies;
  readonly pending = new PendingUnits();
  /** Rules that became true and have not fired yet. */
  readonly armed = new PendingUnits();
  readonly traits: TraitsOf;
  readonly machine: SlopeMachine;
  readonly chronicle: Chronicle;
  readonly chance: Chance;
  readonly counters: Counters;
  /** What expressions ask of minds and of what has happened. */
  readonly asked: AskedByExpressions;
  readonly conditions: Conditions;
  readonly watches: Watches;
  readonly sights: Sights;
  readonly observers: Observers;
  /** Until the first instant has come to rest: what is so then was so from the start. */
  starting = true;
  /** Occurrences whose effects run, the innermost last. */
  readonly contexts: Context[] = [];
  readonly freeContexts = new Contexts();
  /** Of the flows that are being looked at. */
  readonly targets: Target[] = [];
  readonly forbidden: { readonly event: HappeningPattern; readonly inForce: () => boolean }[] = [];
  /** Bound by the simulation. */
  minds: MindHooks | undefined;
  look: (unit: Unit, act: boolean) => void = () => {};
  fire: (unit: Unit) => void = () => {};
  /** What an author would call what is being looked at; for faults. */
  doing: { readonly name: string; readonly span: Unit["span"] } | undefined;

  /** Whose reads changed their rate only. */
  readonly #rewakes = new UnitList();
  readonly #firings = new Firings();
  #mindsChanged = false;
  #stirred = false;

  constructor(
    readonly world: World,
    readonly seed: number,
  ) {
    this.store = new Store(world);
    const { arena, allocator } = this.store;
    this.agenda = new Agenda(arena, allocator, world.story.begins);
    this.units = new Units(this.agenda, allocator);
    this.dependencies = new Dependencies(this.units.all);
    this.traits = traitsOf(world);
    this.asked = new AskedByExpressions(this, allocator.take(1));
    this.machine = new SlopeMachine(world, this.store, bytecodeOf(world), this.asked);
    this.chronicle = new Chronicle(world);
    this.chance = new Chance(seed, arena, allocator);
    this.counters = new Counters(world, this.store, this.chronicle, (expr, locals) =>
      this.machine.evaluate(expr, locals),
    );
    this.conditions = new Conditions(world);
    this.watches = new Watches(this);
    this.sights = new Sights(this);
    this.observers = new Observers(this);
    this.store.onChange = (address, rateOnly) => this.touch(address, rateOnly);
  }

  get now(): number {
    return this.store.now;
  }

  mark(): KernelMark {
    return {
      store: this.store.mark(),
      chronicle: this.chronicle.mark(),
      dependencies: this.dependencies.mark(),
    };
  }

  drop(mark: KernelMark): void {
    this.pending.clear();
    this.armed.clear();
    this.#rewakes.clear();
    this.contexts.length = 0;
    this.machine.reset();
    this.#mindsChanged = false;
    this.#stirred = false;
    this.store.drop(mark.store);
    this.chronicle.drop(mark.chronicle);
    this.dependencies.drop(mark.dependencies);
    this.minds?.restored();
  }

  // ---- what changed

  /** Something that stands at this address changed. */
  touch(address: number, rateOnly: boolean): void {
    const { dependencies } = this;
    for (let link = dependencies.first(address); link !== 0; link = dependencies.after(link)) {
      const unit = dependencies.unitOf(link);
      if (rateOnly) this.#rewakes.add(unit);
      else this.pending.add(unit);
    }
  }

  /** What a mind holds under this key changed: see `MindHooks.reading`. */
  mindChanged(key: number): void {
    this.touch(-1 - key, false);
  }

  mindsChanged(): void {
    this.#mindsChanged = true;
    this.#stirred = true;
  }

  /** Something happened that minds may want to settle; rates alone are nothing to them. */
  stir(): void {
    this.#stirred = true;
  }

  /** Whether anything stirred since the last time this was asked. */
  takeStir(): boolean {
    const stirred = this.#stirred;
    this.#stirred = false;
    return stirred;
  }

  /** The unit hangs on everything read since `from`. Before it acts on it: it may touch itself. */
  hang(unit: Unit, from: number): void {
    const { reads, readCount } = this.machine;
    this.dependencies.addAll(unit, reads, from, readCount);
  }

  /** Looked at again in this many milliseconds at the latest; Infinity: only when touched. */
  wakeIn(unit: Unit, ms: number): void {
    const time = this.now + ms;
    this.agenda.put(unit.wake, time < TIME_MAX ? time : Number.POSITIVE_INFINITY);
  }

  isActive(unit: Unit): boolean {
    return this.store.arena.read(unit.words) === 1;
  }

  activate(unit: Unit): void {
    this.store.arena.write(unit.words, 1);
    this.store.arena.write(unit.words + 1, 0);
    this.store.arena.write(unit.words + 2, 0);
    this.pending.add(unit);
  }

  deactivate(unit: Unit): void {
    this.store.arena.write(unit.words, 0);
    this.agenda.clear(unit.wake);
  }

  // ---- an instant

  beginInstant(): void {
    this.machine.readCount = 0;
    this.#firings.reset();
  }

  /** Until nothing that hangs on what changed is left to look at. */
  settle(): void {
    for (;;) {
      if (this.#mindsChanged) {
        this.#mindsChanged = false;
        this.touch(this.asked.mindWord, false);
      }
      const unit = this.pending.take();
      if (unit !== undefined) {
        if (this.isActive(unit)) this.#lookAt(unit, true);
        continue;
      }
      const armed = this.armed.take();
      if (armed === undefined) break;
      this.doing = armed;
      this.fire(armed);
      this.doing = undefined;
    }
    for (let index = 0; index < this.#rewakes.count; index++) {
      const unit = this.#rewakes.at(index);
      if (this.isActive(unit)) this.#lookAt(unit, false);
    }
    this.#rewakes.clear();
  }

  #lookAt(unit: Unit, act: boolean): void {
    this.doing = unit;
    this.look(unit, act);
    this.doing = undefined;
  }

  /** A fault in there is told at its place. */
  during<T>(what: { readonly name: string; readonly span: Unit["span"] }, go: () => T): T {
    const before = this.doing;
    this.doing = what;
    const result = go();
    this.doing = before;
    return result;
  }

  /** Counts a firing; one that never comes to rest is the author's loop. */
  noteFire(unit: Unit): void {
    this.#firings.note(unit);
    if (this.chronicle.count > OCCURRENCES_MAX) {
      throw new RunFault("FAB5108", `more than ${OCCURRENCES_MAX} occurrences`, {});
    }
  }

  /** Whether a change says that this does not happen. */
  isForbidden(kind: "action" | "rule", schema: number, args: readonly number[]): boolean {
    if (this.forbidden.length === 0) return false;
    const reads = this.machine.readCount;
    const found = this.forbidden.some(
      ({ event, inForce }) =>
        event.kind === kind &&
        event.id === schema &&
        matchArguments(this.world.expressions, event, args, [], (expr, locals) =>
          this.machine.evaluate(expr, locals),
        ) &&
        inForce(),
    );
    this.machine.readCount = reads;
    return found;
  }

  // ---- causes

  /** The occurrence that last wrote among what was read since `from`; -1 nobody. */
  latestReadSince(from: number): OccurrenceId {
    let latest = -1;
    const { machine, store, chronicle } = this;
    for (let index = from; index < machine.readCount; index++) {
      const address = machine.reads[index] as number;
      if (address < 0) latest = Math.max(latest, this.#behindBelief(address));
      else {
        const record = store.arena.head(address);
        if (record > 0) latest = Math.max(latest, chronicle.writerOf(record));
      }
    }
    return latest;
  }

  /** The occurrence for which a mind holds what was read there (below 0); -1 none. */
  #behindBelief(address: number): OccurrenceId {
    const behind = this.minds?.behind(-1 - address) ?? 0;
    return behind > 0 ? behind : -1;
  }

  /** What was read since `from` caused the occurrence. */
  causeByReads(context: Context, from: number): void {
    const { machine, store, chronicle } = this;
    for (let index = from; index < machine.readCount; index++) {
      const address = machine.reads[index] as number;
      if (address < 0) {
        const behind = this.#behindBelief(address);
        if (behind > 0 && context.known.add(-behind)) this.cause(context, behind, "enabled");
        continue;
      }
      const record = store.arena.head(address);
      if (record <= 0 || !context.known.add(record)) continue;
      chronicle.appendCausesOfReading(context.id, record);
    }
  }

  cause(context: Context, from: OccurrenceId, kind: CauseKind): void {
    this.chronicle.appendCause(context.id, from, kind);
  }

  /**
   * A write of the occurrence at an address: the head of the address is now this record. `flags`:
   * those of `WriteFlag` that hold, added up.
   */
  recordWrite(
    by: OccurrenceId,
    address: number,
    fluent: number,
    args: readonly number[],
    value: number,
    flags: number,
  ): void {
    const ground = this.chronicle.groundId(fluent, args);
    this.recordWriteOf(by, address, ground, value, flags);
  }

  /** `recordWrite` of the ground fluent with this id. */
  recordWriteOf(
    by: OccurrenceId,
    address: number,
    ground: number,
    value: number,
    flags: number,
  ): void {
    const { arena } = this.store;
    const before = arena.head(address);
    arena.setHead(address, this.chronicle.appendWrite(by, ground, value, flags, before));
  }

  /** The line along which the quantity at the address moves from now on. `ground`: its id. */
  recordTrackOf(address: number, ground: number): void {
    const { arena } = this.store;
    this.chronicle.appendTrack(ground, this.now, arena.read(address), arena.read(address + 1));
  }

  /** For draws and ties: claims and deeds by what they are, everything else as it is. */
  canonicalArgs(
    values: readonly number[],
    parameters: readonly { readonly type: { readonly kind: string } }[],
  ): readonly number[] {
    if (!parameters.some(({ type }) => isQuoted(type.kind))) return values;
    return values.map((value, index) => {
      const quoted = isQuoted(parameters[index]?.type.kind) && value >= 0;
      return quoted ? expressionKey(this.world.expressions, value) : value;
    });
  }
}

function isQuoted(kind: string | undefined): boolean {
  return kind === "claim" || kind === "deed";
}
