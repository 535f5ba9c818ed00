/**
 * What a process or a lasting action adds to the rates of quantities. The contribution and where it
 * goes stand in the unit's own words, so it can be taken back exactly (grid.ts).
 *
 * `x nears goal over T` is a straight line towards the goal, drawn anew each time half the way, or
 * a quantum, is covered; near enough (a thousandth of a quantum) it rests.
 */
import { WriteFlag } from "@fabula/chronicle";
import type { Flow, FluentId } from "@fabula/model";
import { type Locals, placeArguments } from "../kernel/effects.js";
import type { Kernel } from "../kernel/kernel.js";
import { FLOW_WORDS, UNIT_HEADER, type Unit } from "../kernel/unit.js";
import { RunFault } from "../run/run-fault.js";
import { type Grid, toGrid } from "../state/grid.js";
import { canonical } from "../state/store.js";

const REST = 1 / 1024;
const NEAR = 1 / 16;

/** Where a flow goes, and how fast. */
export interface Target {
  address: number;
  args: readonly number[];
  rate: number;
}

const NOWHERE: readonly number[] = [];

/**
 * Brings the rates up to date with how things are (`on`: the flows run), if `act`. Gives the
 * milliseconds until they should be looked at again, as far as the flows alone go. The unit hangs
 * on, and the flows are because of, what was read since `from`.
 */
export function updateFlows(
  kernel: Kernel,
  unit: Unit,
  flows: readonly Flow[],
  locals: Locals,
  on: boolean,
  act: boolean,
  from: number,
): number {
  let next = Number.POSITIVE_INFINITY;
  const { targets } = kernel;
  for (let index = 0; index < flows.length; index++) {
    if (index === targets.length) targets.push({ address: 0, args: NOWHERE, rate: 0 });
    const target = targets[index] as Target;
    target.address = 0;
    target.args = NOWHERE;
    target.rate = 0;
    if (on) next = Math.min(next, measureFlow(kernel, flows[index] as Flow, locals, target));
  }
  kernel.hang(unit, from);
  if (!act) return next;
  for (let index = 0; index < flows.length; index++) {
    apply(kernel, unit, index, flows[index] as Flow, targets[index] as Target, from);
  }
  return next;
}

/** Finds where it goes and how fast; gives the milliseconds until that may be otherwise. */
function measureFlow(kernel: Kernel, flow: Flow, locals: Locals, target: Target): number {
  const { store, machine } = kernel;
  const { fluent } = flow.place;
  const given = placeArguments(machine, flow.place, locals);
  const declaration = kernel.world.fluents[fluent];
  const grid = store.gridOf(fluent);
  if (given === undefined || declaration === undefined || grid === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  const args = canonical(declaration, given);
  const address = store.address(fluent, args);
  if (address === 0) return Number.POSITIVE_INFINITY;
  target.address = address;
  target.args = args;
  // The rate word stands for the target: it is written, not read.
  machine.note(address + 1);
  if (flow.kind === "near") return measureNear(kernel, flow, locals, target, grid);
  const reading = machine.measure(flow.rate, locals);
  target.rate = checkedRate(flow, fluent, kernel, grid, (flow.sign * reading.value) / 1000);
  return Math.min(reading.turnsIn, reading.driftsIn);
}

function measureNear(
  kernel: Kernel,
  flow: Extract<Flow, { kind: "near" }>,
  locals: Locals,
  target: Target,
  grid: Grid,
): number {
  const { machine, store } = kernel;
  const { address } = target;
  const { fluent } = flow.place;
  machine.note(address);
  const goal = machine.measure(flow.goal, locals);
  const distance = goal.value - store.valueAt(address, fluent);
  const goalMoves = Math.min(goal.turnsIn, goal.driftsIn);
  const over = machine.measure(flow.over, locals);
  const moves = Math.min(goalMoves, over.turnsIn, over.driftsIn);
  if (!(Math.abs(distance) > grid.quantum * REST) || !(over.value > 0)) {
    return moves;
  }
  const rate = checkedRate(flow, fluent, kernel, grid, distance / (over.value * 1000));
  if (rate === 0) return moves;
  target.rate = rate;
  const far = Math.abs(distance);
  const step = far <= grid.quantum * NEAR ? far : Math.min(grid.quantum, far / 2);
  return Math.min(moves, Math.max(1, Math.ceil(step / Math.abs(rate))));
}

function checkedRate(
  flow: Flow,
  fluent: FluentId,
  kernel: Kernel,
  grid: Grid,
  rate: number,
): number {
  if (Number.isNaN(rate)) return 0;
  if (Math.abs(rate) > grid.high - grid.low) {
    const name = kernel.world.fluents[fluent]?.name ?? "a quantity";
    throw new RunFault("FAB5104", `\`${name}\` runs away: its whole range in a millisecond`, {
      span: flow.span,
      remedy: "look at what this rate is made of",
    });
  }
  return toGrid(grid, rate);
}

function apply(
  kernel: Kernel,
  unit: Unit,
  index: number,
  flow: Flow,
  target: Target,
  from: number,
): void {
  const { store } = kernel;
  const { arena } = store;
  const word = unit.words + UNIT_HEADER + index * FLOW_WORDS;
  const oldAddress = arena.read(word);
  const oldRate = arena.read(word + 1);
  const { fluent } = flow.place;
  if (oldAddress === target.address && oldRate === target.rate) return;
  const latest = kernel.latestReadSince(from);
  const news = latest >= 0 && latest + 1 !== arena.read(unit.words + 2);
  if (oldAddress !== target.address) {
    if (oldAddress !== 0 && oldRate !== 0) {
      store.addRate(oldAddress, fluent, -oldRate);
      record(kernel, unit, oldAddress, fluent, argsAt(kernel, word), latest, true);
    }
    if (target.rate !== 0) store.addRate(target.address, fluent, target.rate);
  } else {
    store.addRate(target.address, fluent, target.rate - oldRate);
  }
  arena.write(word, target.address);
  arena.write(word + 1, target.rate);
  arena.write(word + 2, kernel.chronicle.groundId(fluent, target.args));
  if (target.address !== 0) {
    const turned = oldAddress !== target.address || oldRate === 0 || target.rate === 0;
    record(kernel, unit, target.address, fluent, target.args, latest, turned || news);
  }
}

/** Arguments of the ground fluent that the flow at this word of its unit goes to. */
function argsAt(kernel: Kernel, word: number): readonly number[] {
  return kernel.chronicle.groundArgs(kernel.store.arena.read(word + 2));
}

/** `told`: this change has somebody behind it who was not yet named. */
function record(
  kernel: Kernel,
  unit: Unit,
  address: number,
  fluent: FluentId,
  args: readonly number[],
  by: number,
  told: boolean,
): void {
  const ground = kernel.chronicle.groundId(fluent, args);
  kernel.recordTrackOf(address, ground);
  if (!told || by < 0) return;
  kernel.store.arena.write(unit.words + 2, by + 1);
  const value = kernel.store.valueAt(address, fluent);
  const flags = WriteFlag.accumulates | WriteFlag.rateOnly;
  kernel.recordWriteOf(by, address, ground, value, flags);
}

/** Takes all contributions of the unit back. `by`: the occurrence that ends them. */
export function dropFlows(kernel: Kernel, unit: Unit, flows: readonly Flow[], by: number): void {
  const { arena } = kernel.store;
  flows.forEach((flow, index) => {
    const word = unit.words + UNIT_HEADER + index * FLOW_WORDS;
    const address = arena.read(word);
    const rate = arena.read(word + 1);
    const args = argsAt(kernel, word);
    arena.write(word, 0);
    arena.write(word + 1, 0);
    if (address === 0 || rate === 0) return;
    kernel.store.addRate(address, flow.place.fluent, -rate);
    record(kernel, unit, address, flow.place.fluent, args, by, true);
  });
}

/** What flowed into rows that are gone flows nowhere. */
export function forgetTargets(
  kernel: Kernel,
  unit: Unit,
  count: number,
  row: number,
  words: number,
): void {
  const { arena } = kernel.store;
  for (let index = 0; index < count; index++) {
    const word = unit.words + UNIT_HEADER + index * FLOW_WORDS;
    const address = arena.read(word);
    if (address >= row && address < row + words) {
      arena.write(word, 0);
      arena.write(word + 1, 0);
    }
  }
}
