/** What the minds are given of the kernel: see host.ts. */
import type { BeliefChange, Decision, OccurrenceId } from "@fabula/chronicle";
import type { Effect, ExprId, World } from "@fabula/model";
import type { Cells, DrawKey, MindHost, Perceiver, Truth } from "./host.js";
import { runEffects } from "./kernel/effects.js";
import type { Kernel } from "./kernel/kernel.js";
import { runInside } from "./kernel/occur.js";
import { Purpose } from "./kernel/purpose.js";
import { DueKind } from "./kernel/unit.js";
import {
  type DoingWorld,
  deedOf,
  doingsOf,
  interruptDoing,
  isDoing,
  startDoing,
  startOf,
} from "./units/doings.js";
import { perceivers } from "./units/perceiving.js";

const ofMinds = new Purpose("mind");

export function createMindHost(world: DoingWorld): MindHost {
  return new KernelMindHost(world.kernel, world);
}

class ArenaCells implements Cells {
  constructor(readonly kernel: Kernel) {}

  allocate(): number {
    return this.kernel.store.allocator.take(1);
  }

  get(cell: number): number {
    return this.kernel.store.arena.read(cell);
  }

  set(cell: number, value: number): void {
    const { arena } = this.kernel.store;
    if (Object.is(arena.read(cell), value)) return;
    arena.write(cell, value);
    this.kernel.mindsChanged();
  }
}

class KernelTruth implements Truth {
  constructor(readonly kernel: Kernel) {}

  evaluate(expr: ExprId, locals: readonly number[]): number {
    const { machine } = this.kernel;
    const reads = machine.readCount;
    const value = machine.evaluate(expr, locals);
    machine.readCount = reads;
    return value;
  }

  entitiesOf(type: number): readonly number[] {
    return this.kernel.store.entitiesOf(type);
  }

  typeOf(entity: number): number {
    return this.kernel.store.typeOf(entity);
  }

  perceivers(fluent: number, args: readonly number[]): readonly Perceiver[] {
    return perceivers(this.kernel, fluent, args);
  }
}

class KernelMindHost implements MindHost {
  readonly cells: Cells;
  readonly truth: Truth;

  constructor(
    readonly kernel: Kernel,
    readonly doings: DoingWorld,
  ) {
    this.cells = new ArenaCells(kernel);
    this.truth = new KernelTruth(kernel);
  }

  get world(): World {
    return this.kernel.world;
  }

  get now(): number {
    return this.kernel.now;
  }

  draw(key: DrawKey): number {
    return this.kernel.chance.draw(key.purpose, key.who);
  }

  schedule(time: number, kind: number, a: number, b: number): void {
    const { agenda } = this.kernel;
    agenda.add(agenda.key([DueKind.mind, kind, a, b]), Math.max(this.now, Math.round(time)));
  }

  cancel(kind: number, a: number, b: number): void {
    const { agenda } = this.kernel;
    agenda.clear(agenda.key([DueKind.mind, kind, a, b]));
  }

  carryOut(deed: ExprId, decision: OccurrenceId): boolean {
    return startDoing(this.doings, deed, [decision, "motivated"]);
  }

  underWay(person: number): readonly { deed: ExprId; startedBy: OccurrenceId }[] {
    return doingsOf(this.kernel, person).map((unit) => ({
      deed: deedOf(this.kernel, unit),
      startedBy: startOf(this.kernel, unit),
    }));
  }

  isBusy(person: number): boolean {
    return isDoing(this.kernel, person);
  }

  interrupt(person: number, speech: boolean, cause: OccurrenceId): void {
    for (const unit of doingsOf(this.kernel, person)) {
      const action = this.kernel.world.actions[unit.schema];
      if (speech && (action?.hearer ?? -1) < 0) continue;
      interruptDoing(this.doings, unit, [cause, "interrupted"]);
    }
  }

  applyEffects(effects: readonly Effect[], locals: readonly number[], cause: OccurrenceId): void {
    const { freeContexts, machine } = this.kernel;
    const context = freeContexts.open(cause, machine.readCount);
    runInside(this.kernel, context, () => {
      runEffects(this.doings.truth, effects, locals, { purpose: ofMinds, who: locals });
    });
    for (const after of context.after) after();
    freeContexts.close(context);
  }

  held(key: number): void {
    this.kernel.mindChanged(key);
  }

  isForbidden(action: number, args: readonly number[]): boolean {
    return this.kernel.isForbidden("action", action, args);
  }

  recordBelief(change: BeliefChange, cause: OccurrenceId, earlier: OccurrenceId): OccurrenceId {
    const { chronicle, now } = this.kernel;
    const id = chronicle.append(now, "belief", -1, [change.holder]);
    chronicle.setBelief(id, change);
    const kind =
      change.source === "inferred" || change.source === "reasoned" ? "enabled" : "revealed";
    chronicle.appendCause(id, cause, kind);
    if (earlier > 0 && earlier !== cause) chronicle.appendCause(id, earlier, "enabled");
    this.kernel.mindsChanged();
    return id;
  }

  recordDecision(
    kind: "decision" | "kept-back",
    decision: Decision,
    causes: readonly OccurrenceId[],
  ): OccurrenceId {
    const { chronicle, now } = this.kernel;
    const id = chronicle.append(now, kind, -1, [decision.who]);
    chronicle.setDecision(id, decision);
    for (const cause of causes) chronicle.appendCause(id, cause, "motivated");
    return id;
  }
}
