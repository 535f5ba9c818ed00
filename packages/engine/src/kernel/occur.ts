/**
 * Something happens: it is put in the chronicle with its causes, its effects run, minds hear of it,
 * and what waits for such occurrences follows.
 */
import {
  type CauseKind,
  type OccurrenceId,
  type OccurrenceKind,
  WriteFlag,
} from "@fabula/chronicle";
import type { Context } from "./contexts.js";
import type { Kernel } from "./kernel.js";

export interface Happens {
  readonly kind: OccurrenceKind;
  readonly schema: number;
  readonly args: readonly number[];
  /** Reads of the machine from here on made it happen; they are forgotten afterwards. */
  readonly readFrom: number;
  /** Undefined: what was read is why. */
  readonly causes: readonly (readonly [OccurrenceId, CauseKind])[] | undefined;
  readonly effects: ((context: Context) => void) | undefined;
}

/** Called when an occurrence is complete, before anything else is looked at. */
export type Afterwards = (id: OccurrenceId, happens: Happens) => void;

export function occur(kernel: Kernel, happens: Happens, afterwards: Afterwards): OccurrenceId {
  const { chronicle, machine } = kernel;
  const trigger = happens.causes === undefined ? kernel.latestReadSince(happens.readFrom) : -1;
  kernel.stir();
  const id = chronicle.append(kernel.now, happens.kind, happens.schema, happens.args);
  const context = kernel.freeContexts.open(id, happens.readFrom);
  if (happens.causes !== undefined) {
    for (const [from, kind] of happens.causes) kernel.cause(context, from, kind);
  } else if (trigger >= 0 && chronicle.timeOf(trigger) === kernel.now) {
    // A crossing in time has no trigger: what wrote long ago only made it possible.
    kernel.cause(context, trigger, "triggered");
  }
  kernel.causeByReads(context, happens.readFrom);
  machine.readCount = happens.readFrom;
  // What nobody wrote was so from the beginning.
  if (happens.causes === undefined && context.known.count === 0)
    kernel.cause(context, 0, "enabled");
  if (happens.effects !== undefined) runInside(kernel, context, happens.effects);
  count(kernel, id, happens);
  tellMinds(kernel, context, happens);
  for (const after of context.after) after();
  afterwards(id, happens);
  kernel.freeContexts.close(context);
  return id;
}

/** Runs effects as part of an occurrence; its reads become its causes. */
export function runInside(
  kernel: Kernel,
  context: Context,
  effects: (context: Context) => void,
): void {
  context.readFrom = kernel.machine.readCount;
  const base = context.readFrom;
  kernel.contexts.push(context);
  effects(context);
  flushReads(kernel, context);
  kernel.contexts.pop();
  kernel.machine.readCount = base;
}

/** What was read since the last write is a cause; afterwards the reads may be overwritten. */
export function flushReads(kernel: Kernel, context: Context): void {
  kernel.causeByReads(context, context.readFrom);
  kernel.machine.readCount = context.readFrom;
}

function count(kernel: Kernel, id: OccurrenceId, happens: Happens): void {
  for (const address of kernel.counters.count(happens.kind, happens.schema, happens.args)) {
    kernel.recordWrite(id, address, -1, [address], 0, WriteFlag.accumulates);
    kernel.touch(address, false);
  }
}

function tellMinds(kernel: Kernel, context: Context, happens: Happens): void {
  if (kernel.minds === undefined) return;
  const perceived = kernel.minds.happened({
    id: context.id,
    kind: happens.kind,
    schema: happens.schema,
    args: happens.args,
    writes: context.writes,
    born: context.born,
    gone: context.gone,
  });
  for (const one of perceived) kernel.chronicle.appendPerceived(context.id, one);
}
