/** The truth as effects change it: rows and cells, with a record of who wrote what. */
import { EXISTENCE, WriteFlag } from "@fabula/chronicle";
import type { ExprId, FluentId, TypeId } from "@fabula/model";
import { groundClaim } from "@fabula/model";
import { RunFault } from "../run/run-fault.js";
import { valueBetween } from "../state/grid.js";
import { canonical } from "../state/store.js";
import type { Context } from "./contexts.js";
import type {
  BeliefStrength,
  BranchingEffect,
  EffectState,
  EveryEffect,
  Locals,
} from "./effects.js";
import type { Kernel } from "./kernel.js";
import { flushReads } from "./occur.js";

/** What the simulation does when effects ask for it; each is done after the effects are through. */
export interface TruthPort {
  carryOut(deed: ExprId, context: Context): void;
  stop(subject: number, context: Context): void;
  created(entity: number): void;
  removed(entity: number, context: Context): void;
  /** A field that nothing declared writes was written by a change. */
  fixedChanged(): void;
  /** Minds' matters at the beginning wait until there are minds. */
  whenMinded(what: () => void): void;
}

export class TruthState implements EffectState {
  /** Hears which way effects went. */
  onBranch: ((effect: BranchingEffect, holds: boolean) => void) | undefined;
  /** Addresses of what changes of the start set; see `hold`. */
  readonly #held = new Set<number>();
  #start: "hold" | "heed" | undefined;

  constructor(
    readonly kernel: Kernel,
    readonly port: TruthPort,
  ) {}

  branched(effect: BranchingEffect, holds: boolean): void {
    this.onBranch?.(effect, holds);
  }

  /** What these effects set stays as they set it, whatever comes from outside at the start. */
  hold(effects: () => void): void {
    this.#during("hold", effects);
  }

  /** Effects of what comes from outside at the start. */
  heed(effects: () => void): void {
    this.#during("heed", effects);
  }

  #during(start: "hold" | "heed", effects: () => void): void {
    this.#start = start;
    effects();
    this.#start = undefined;
  }

  evaluate(expr: ExprId, locals: Locals): number {
    return this.kernel.machine.evaluate(expr, locals);
  }

  ground(expr: ExprId, locals: Locals): ExprId {
    return groundClaim(this.kernel.world.expressions, expr, locals, (inner, values) =>
      this.evaluate(inner, values),
    );
  }

  candidatesFor({ type, where, slot }: EveryEffect, locals: Locals): readonly number[] {
    const { machine, store } = this.kernel;
    const lookup = machine.bytecode.lookupOf(where, slot);
    if (lookup === undefined) return store.entitiesOf(type);
    const reads = machine.readCount;
    const key = machine.evaluate(lookup.key, locals);
    machine.readCount = reads;
    if (!(key >= 0)) return store.entitiesOf(type);
    return store.ofType(store.referrers.of(lookup.fluent, key).births, type);
  }

  claimsOf(fluent: FluentId, leading: readonly number[]): readonly number[] {
    const claims: number[] = [];
    for (const [args, address] of this.kernel.store.cellsOf(fluent)) {
      const fits = leading.every((value, index) => args[index] === value);
      if (fits && this.kernel.store.valueAt(address, fluent) > 0)
        claims.push(args.at(-1) as number);
    }
    const keys = new Map(claims.map((claim) => [claim, this.#keyOf(claim)]));
    return claims.sort((a, b) => (keys.get(a) as number) - (keys.get(b) as number));
  }

  #keyOf(claim: number): number {
    return this.kernel.canonicalArgs([claim], [{ type: { kind: "claim" } }])[0] as number;
  }

  drawBetween(
    fluent: FluentId,
    low: number,
    high: number,
    purpose: string,
    who: readonly number[],
  ): number {
    const { chance, world } = this.kernel;
    return valueBetween(low, high, chance.draw(purpose, who), world.fluents[fluent]?.step);
  }

  chance(probability: number, purpose: string, who: readonly number[]): boolean {
    if (probability <= 0 || Number.isNaN(probability)) return false;
    if (probability >= 1) return true;
    this.#context.byChance = true;
    return this.kernel.chance.draw(purpose, who) < probability;
  }

  set(fluent: FluentId, given: readonly number[], value: number): void {
    this.#write(fluent, given, value, 0);
  }

  shift(fluent: FluentId, given: readonly number[], delta: number): void {
    this.#write(fluent, given, delta, WriteFlag.accumulates);
  }

  believe(subject: number, claim: ExprId, negated: boolean, strength: BeliefStrength): void {
    const cause = this.#context.id;
    this.#askMinds(() => this.kernel.minds?.believe(subject, claim, negated, strength, cause));
  }

  forget(subject: number, claim: ExprId): void {
    const cause = this.#context.id;
    this.#askMinds(() => this.kernel.minds?.forget(subject, claim, cause));
  }

  intend(subject: number, deed: ExprId, dropped: boolean): void {
    const cause = this.#context.id;
    this.#askMinds(() => this.kernel.minds?.intend(subject, deed, dropped, cause));
  }

  create(type: TypeId, title: number): number {
    const { kernel } = this;
    const context = this.#context;
    flushReads(kernel, context);
    const entity = kernel.store.createEntity(type);
    kernel.store.initializeEntity(entity);
    kernel.store.indexEntity(entity);
    this.#recordExistence(entity, [type, entity, title], context);
    this.#ascribeStart(entity, type);
    context.addBorn(entity);
    return entity;
  }

  created(entity: number): void {
    this.port.created(entity);
  }

  remove(entity: number): void {
    const { kernel } = this;
    const type = kernel.store.typeOf(entity);
    if (type < 0) return;
    const context = this.#context;
    flushReads(kernel, context);
    this.port.removed(entity, context);
    this.#recordExistence(entity, [type, entity], context);
    const row = kernel.store.rowOf(entity);
    for (const fluent of kernel.store.layouts[type]?.indexed ?? []) {
      this.#recordLeaving(fluent, kernel.store.read(fluent, [entity]), entity, row);
    }
    kernel.store.removeEntity(entity);
    context.addGone(entity);
  }

  carryOut(deed: ExprId): void {
    this.port.carryOut(deed, this.#context);
  }

  stop(subject: number): void {
    this.port.stop(subject, this.#context);
  }

  get #context(): Context {
    return this.kernel.contexts.at(-1) as Context;
  }

  #askMinds(ask: () => void): void {
    const { machine } = this.kernel;
    const reads = machine.readCount;
    this.port.whenMinded(ask);
    machine.readCount = Math.min(machine.readCount, reads);
  }

  /** `what`: its type and number, and of what comes its title. */
  #recordExistence(entity: number, what: readonly number[], context: Context): void {
    const { store } = this.kernel;
    const type = what[0] as TypeId;
    const address = store.populationAddress(type);
    const flags = WriteFlag.accumulates | (context.byChance ? WriteFlag.byChance : 0);
    this.kernel.recordWrite(context.id, address, EXISTENCE, [type], entity, flags);
    const row = store.rowOf(entity);
    this.kernel.recordWrite(context.id, row, EXISTENCE, what, entity, flags);
  }

  /** That it is no longer found by that value is because of what was last recorded at the address. */
  #recordLeaving(fluent: FluentId, value: number, entity: number, address: number): void {
    if (value < 0) return;
    const { arena, referrers } = this.kernel.store;
    arena.setHead(referrers.of(fluent, value).wordOf(entity), arena.head(address));
  }

  /** Whoever brought it about wrote what it starts with. */
  #ascribeStart(entity: number, type: TypeId): void {
    const { arena, layouts } = this.kernel.store;
    const row = this.kernel.store.rowOf(entity);
    for (const offset of layouts[type]?.offsets ?? []) {
      if (offset > 0) arena.setHead(row + offset, arena.head(row));
    }
  }

  /** With `accumulates` the value is a step on top of what is there. */
  #write(fluent: FluentId, given: readonly number[], step: number, accumulates: number): void {
    const { kernel } = this;
    const { store } = kernel;
    const context = this.#context;
    const declaration = kernel.world.fluents[fluent];
    if (declaration === undefined) throw new RangeError(`no fluent ${fluent}`);
    const args = canonical(declaration, given);
    const address = store.address(fluent, args);
    if (address === 0) return;
    if (this.#start === "hold" && accumulates === 0) this.#held.add(address);
    if (this.#start === "heed" && this.#held.has(address)) return;
    const value = accumulates === 0 ? step : known(store.valueAt(address, fluent)) + step;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      throw new RunFault("FAB5104", `\`${declaration.name}\` runs away beyond every bound`, {
        remedy: "give it bounds, or let what drives it stop",
      });
    }
    flushReads(kernel, context);
    const owner = args[0] as number;
    const before = declaration.indexed === true ? store.valueAt(address, fluent) : -1;
    const now = store.setAt(address, fluent, value, owner);
    const flags = accumulates | (context.byChance ? WriteFlag.byChance : 0);
    const ground = kernel.chronicle.groundId(fluent, args);
    kernel.recordWriteOf(context.id, address, ground, now, flags);
    if (declaration.storage === "quantity") kernel.recordTrackOf(address, ground);
    if (before !== now) this.#recordLeaving(fluent, before, owner, address);
    context.addWrite({ fluent, args, value: now });
    if (declaration.storage === "fixed") this.port.fixedChanged();
  }
}

/** A step from the unknown starts at nothing. */
function known(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
