/**
 * One run of a world: the public face of the engine. `step` goes to the next instant at which
 * anything is due; a run in slices, or looked at in between, is the same run.
 *
 * Faults of the author's text end the run and stand in `diagnostics`; nothing is thrown for them.
 */
import type { Chronicle, OccurrenceId } from "@fabula/chronicle";
import type { Diagnostic, ExprId, FluentId, Rule, World } from "@fabula/model";
import type { DrawListener } from "../chance/chance.js";
import type { Account } from "../host.js";
import type { BranchingEffect } from "../kernel/effects.js";
import { activateUnits, deactivateUnits } from "../kernel/instances.js";
import { Kernel, type KernelMark } from "../kernel/kernel.js";
import { lookAtUnit } from "../kernel/look.js";
import { runInside } from "../kernel/occur.js";
import { TruthState } from "../kernel/truth.js";
import { DueKind, type Unit } from "../kernel/unit.js";
import { createMindHost } from "../mind-port.js";
import { createMinds } from "../minds/index.js";
import {
  type DoingWorld,
  doingsOf,
  endOfTime,
  interruptDoing,
  startDoing,
} from "../units/doings.js";
import type { HappeningPattern } from "../units/event-pattern.js";
import { fireArmed, periodicTurn, type RuleWorld } from "../units/rules.js";
import type { Watch, Watches } from "../units/watches.js";
import { createEntities, initialValue, makeChanges, runFacts, shakeBonds } from "./beginning.js";
import { type ChangedWorld, changedWorld } from "./changed-world.js";
import { LaterChanges } from "./later-changes.js";
import { RunFault, restless } from "./run-fault.js";
import { checkOptions, type SimulationOptions } from "./simulation-options.js";
import { type Handler, StoryEvents } from "./story-events.js";

const ROUNDS_MAX = 1_000;
/** How often the same millisecond may come again. */
const INSTANTS_MAX = 10_000;
/** A story that says nothing about its end is over after a day. */
const DEFAULT_MS = 86_400_000;

export interface Fork {
  /** Everything is as it was when the fork was made. Forks are dropped last made first. */
  drop(): void;
}

export function createSimulation(options: SimulationOptions): Simulation {
  return new Simulation(options);
}

export class Simulation {
  readonly kernel: Kernel;
  readonly watches: Watches;
  readonly diagnostics: Diagnostic[] = [];
  /** As told: changes applied. */
  readonly world: World;
  readonly later: LaterChanges;

  readonly #changed: ChangedWorld;
  readonly #truth: TruthState;
  readonly #rules: RuleWorld & DoingWorld;
  readonly #events: StoryEvents;
  #deferred: (() => void)[] | undefined = [];
  #begun = false;
  #instants = 0;
  /** Word of the arena: 1 once it is over. */
  readonly #endedWord: number;
  readonly #limit: number;

  constructor(readonly options: SimulationOptions) {
    checkOptions(options);
    const changes = options.changes ?? [];
    this.#changed = changedWorld(options.world, changes, options.seed, options.jitter ?? 0);
    this.world = this.#changed.world;
    this.kernel = new Kernel(this.world, options.seed);
    this.watches = this.kernel.watches;
    this.#endedWord = this.kernel.store.allocator.take(1);
    this.later = new LaterChanges(this.kernel.store, options.later ?? []);
    this.#truth = new TruthState(this.kernel, {
      carryOut: (deed, context) => {
        const { id } = context;
        context.addAfter(() => startDoing(this.#rules, deed, [id, "triggered"]));
      },
      stop: (subject, context) => {
        const { id } = context;
        context.addAfter(() => this.#stop(subject, id));
      },
      created: (entity) => {
        if (this.#begun) activateUnits(this.kernel, entity);
      },
      removed: (entity, context) => deactivateUnits(this.kernel, entity, context.id),
      whenMinded: (what) => this.#whenMinded(what),
      fixedChanged: () => {
        // Tuples were left out because of what nothing was ever to change: a change did.
        if (this.#begun) activateUnits(this.kernel);
      },
    });
    this.#rules = {
      kernel: this.kernel,
      truth: this.#truth,
      afterwards: (id, happens) => this.#events.happened(id, happens),
      isStarting: () => this.kernel.starting,
      periodicKey: (unit) =>
        this.kernel.agenda.key([DueKind.periodic, ...unit.order.slice(1), unit.id]),
    };
    this.kernel.store.initializer = (fluent, args) => initialValue(this.kernel, fluent, args);
    this.kernel.look = (unit, act) => lookAtUnit(this.#rules, unit, act);
    this.kernel.fire = (unit) =>
      fireArmed(this.#rules, unit, this.world.rules[unit.schema] as Rule);
    const after = this.world.story.endsAfter;
    const own = after === undefined ? DEFAULT_MS : Math.round(after * 1000);
    this.#limit = Math.min(
      this.world.story.begins + own,
      options.until ?? Number.POSITIVE_INFINITY,
    );
    this.#events = new StoryEvents({
      ...this.#rules,
      watches: this.watches,
      changes,
      later: this.later,
      heed: (effects) => this.#truth.heed(effects),
      end: () => this.#end(this.now),
    });
  }

  get chronicle(): Chronicle {
    return this.kernel.chronicle;
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.kernel.now;
  }

  get ended(): boolean {
    return this.kernel.store.arena.read(this.#endedWord) === 1 || this.diagnostics.length > 0;
  }

  /** Until the first instant has come to rest: what is so then was so from the start. */
  get starting(): boolean {
    return this.kernel.starting;
  }

  // ---- running

  /** The beginning, if it has not been yet. `run` and `step` see to it themselves. */
  begin(): void {
    if (!this.#begun) this.#guarded(() => this.#begin());
  }

  /**
   * To the next instant at which something is due, if it is not after `until` (milliseconds since
   * the epoch); false where there is none, or the run is over.
   */
  step(until = Number.POSITIVE_INFINITY): boolean {
    this.begin();
    if (this.ended) return false;
    const time = this.kernel.agenda.nextTime(Math.min(until, this.#limit));
    if (time === Number.POSITIVE_INFINITY) {
      if (until >= this.#limit) this.#end(this.#limit);
      return false;
    }
    try {
      this.#instant(time);
    } catch (fault) {
      this.#note(fault);
    }
    return true;
  }

  /** To the end. */
  run(): this {
    while (this.step());
    return this;
  }

  /** To this time or the end, whichever comes first; then it *is* that time. */
  runUntil(time: number): void {
    while (this.step(time));
    if (!this.ended && time > this.now) this.#moveTo(Math.min(time, this.#limit));
  }

  /**
   * A branch: play on, look, and drop it to be back here. Minds keep their state in cells. With a
   * number (from 0) the branch draws chances of its own, the same for the same number.
   */
  fork(branch?: number): Fork {
    this.begin();
    const { chance } = this.kernel;
    const mark: KernelMark = this.kernel.mark();
    const faults = this.diagnostics.length;
    const { seed } = chance;
    if (branch !== undefined) chance.seed = chance.seedOfBranch(branch);
    return {
      drop: () => {
        chance.seed = seed;
        this.kernel.drop(mark);
        this.diagnostics.length = faults;
      },
    };
  }

  // ---- asking

  /** In truth, now. Booleans are 0 and 1; unknown is NaN, no entity -1. */
  evaluate(expr: ExprId, locals: readonly number[] = []): number {
    this.begin();
    return this.evaluateNow(expr, locals);
  }

  /** As this person knows, now; NaN is unknown, also of a boolean that could be either. */
  evaluateAs(person: number, expr: ExprId): number {
    this.begin();
    return this.kernel.minds?.answer(person, expr) ?? Number.NaN;
  }

  /** How this person accounts, now, for a ground deed of somebody else; undefined: no minds. */
  accountForDeed(person: number, deed: ExprId): Account | undefined {
    this.begin();
    return this.kernel.minds?.accountForDeed(person, deed);
  }

  /** What this person believes, now, from which they expect the fluent to come to this value. */
  accountForEvent(
    person: number,
    fluent: FluentId,
    args: readonly number[],
    value: number,
  ): readonly ExprId[] {
    this.begin();
    return this.kernel.minds?.accountForEvent(person, fluent, args, value) ?? [];
  }

  /** Watches a closed condition; before the beginning, or from now on. */
  watch(condition: ExprId, onEdge?: (rises: boolean) => void): Watch {
    return this.watches.add(condition, onEdge);
  }

  /** Calls back after each occurrence that the pattern means. */
  onHappening(pattern: HappeningPattern, handler: Handler): void {
    this.#events.onHappening(pattern, handler);
  }

  /** Hears every draw of this run, before it begins or from now on; changes nothing. */
  onDraw(listener: DrawListener): void {
    this.kernel.chance.listener = listener;
  }

  /** Hears which way each `if` and each chance in effects on the truth goes. */
  onBranch(listener: (effect: BranchingEffect, holds: boolean) => void): void {
    this.#truth.onBranch = listener;
  }

  /** Without beginning first. A fault stands in `diagnostics`, and the value is unknown. */
  evaluateNow(expr: ExprId, locals: readonly number[] = []): number {
    const { machine } = this.kernel;
    const reads = machine.readCount;
    let value = Number.NaN;
    this.#guarded(() => {
      value = machine.evaluate(expr, locals);
      machine.readCount = reads;
    });
    return value;
  }

  // ---- the beginning

  #begin(): void {
    const { kernel } = this;
    const id = kernel.chronicle.append(kernel.now, "beginning", -1, []);
    createEntities(kernel, this.#changed);
    const context = kernel.freeContexts.open(id, 0);
    runInside(kernel, context, () => {
      runFacts(kernel, this.#truth, this.#changed);
      const jitter = this.options.jitter ?? 0;
      if (jitter > 0) shakeBonds(kernel, this.#truth, jitter);
      makeChanges(this.#truth, this.options.changes ?? []);
    });
    this.#begun = true;
    this.watches.addCounted();
    this.#events.setUp();
    activateUnits(kernel);
    kernel.beginInstant();
    // Minds look at the people there are, so there must be people first.
    const create = this.options.createMinds ?? createMinds;
    const somebody = kernel.observers.populations.length > 0;
    if (somebody && create !== "mindless") kernel.minds = create(createMindHost(this.#rules));
    kernel.minds?.begin();
    const deferred = this.#deferred ?? [];
    this.#deferred = undefined;
    for (const what of deferred) what();
    for (const after of context.after) after();
    this.#events.start();
    kernel.stir();
    this.#quiet();
    kernel.starting = false;
  }

  // ---- instants

  #instant(time: number): void {
    const { kernel } = this;
    this.#instants = time === this.now ? this.#instants + 1 : 0;
    if (this.#instants > INSTANTS_MAX) throw restless();
    this.#moveTo(time);
    kernel.beginInstant();
    const keys = kernel.agenda.open(time);
    let others = 0;
    for (const key of keys) {
      const unit = kernel.units.ofWake(key);
      if (unit === undefined) keys[others++] = key;
      else kernel.pending.add(unit);
    }
    kernel.settle();
    for (let index = 0; index < others; index++) {
      if (this.ended) return;
      this.#due(kernel.agenda.partsOf(keys[index] as number));
      kernel.settle();
    }
    this.#quiet();
  }

  #due(parts: readonly number[]): void {
    const { kernel } = this;
    switch (parts[0]) {
      case DueKind.outside:
        this.#events.due(parts[1] as number);
        break;
      case DueKind.doingEnds:
        endOfTime(this.#rules, kernel.units.all[parts.at(-1) as number] as Unit);
        break;
      case DueKind.periodic: {
        const unit = kernel.units.all[parts.at(-1) as number] as Unit;
        periodicTurn(this.#rules, unit, this.world.rules[unit.schema] as Rule);
        break;
      }
      case DueKind.mind:
        kernel.stir();
        kernel.minds?.due(parts[1] as number, parts[2] as number, parts[3] as number);
        break;
      default:
    }
  }

  /** Until neither the world nor any mind has anything more to say about this instant. */
  #quiet(): void {
    const { kernel } = this;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      kernel.settle();
      if (this.ended || !kernel.takeStir()) return;
      const before = kernel.chronicle.count;
      kernel.minds?.settled();
      kernel.settle();
      if (kernel.chronicle.count === before) return;
    }
    throw restless();
  }

  #moveTo(time: number): void {
    this.kernel.store.now = time;
    this.chronicle.endTime = Math.max(this.chronicle.endTime, time);
  }

  #end(time: number): void {
    if (time > this.now) this.#moveTo(time);
    this.kernel.store.arena.write(this.#endedWord, 1);
  }

  #guarded(what: () => void): void {
    try {
      what();
    } catch (fault) {
      this.#note(fault);
    }
  }

  /** A fault of the author's text ends the run; anything else is thrown on. */
  #note(fault: unknown): void {
    if (!(fault instanceof RunFault)) throw fault;
    this.diagnostics.push(fault.toDiagnostic(this.kernel.doing?.span));
    this.kernel.doing = undefined;
    this.kernel.pending.clear();
    this.kernel.armed.clear();
    this.kernel.contexts.length = 0;
    this.kernel.machine.reset();
  }

  #stop(subject: number, cause: OccurrenceId): void {
    for (const unit of doingsOf(this.kernel, subject)) {
      interruptDoing(this.#rules, unit, [cause, "interrupted"]);
    }
  }

  #whenMinded(what: () => void): void {
    if (this.#deferred === undefined) what();
    else this.#deferred.push(what);
  }
}
