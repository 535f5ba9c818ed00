/**
 * What would come of it. An act runs on the overlay, on each of its likely paths; then what
 * follows by itself is rolled out, again on each likely path, and the wants are valued.
 *
 * Most acts change little. What doing nothing comes to is worked out once, with all it read: an
 * act that wrote nothing of that changes nothing, and only the wants it touched are valued anew.
 *
 * Clean heads: somebody's outlook inside my foresight is worked out from the state after my act,
 * not from what I foresee: `#clean` is the mark to go back to.
 */
import type { ExprId } from "@fabula/model";
import type { Aim, Wants } from "../choosing/wants.js";
import type { Evaluator } from "../reading/evaluator.js";
import { ReadSet } from "../reading/read-set.js";
import { Remembered } from "../reading/remembered.js";
import type { Carrying } from "./carrying.js";
import type { ForeseenState } from "./foreseen-state.js";
import { Oracle, PATHS_MAX } from "./oracle.js";
import { RollOut } from "./roll-out.js";

/** What a foresight comes to. */
export interface Prospect {
  /** Weighted sum of the values of the wants, less what the act costs along the way. */
  readonly total: number;
  /** By place in the list of aims: weight times value. */
  readonly parts: readonly number[];
}

/** Done in the perspective at hand on each path; returns a cost in gain. */
export type Act = () => number;

/** Doing nothing, and what it was worked out from. */
interface Base extends Prospect {
  /** Keys that the roll-out read, and wrote, on any path. */
  readonly rollReads: ReadSet;
  readonly rollWrites: Set<number>;
  /** By aim: keys that valuing it read. */
  readonly aimReads: readonly ReadSet[];
}

/** Foresights within foresights (a no foreseen within a yes foreseen ...). */
const NESTING_MAX = 12;

export class Foresight {
  /** Paths run so far: a measure of work. */
  paths = 0;
  #clean = -1;
  #nesting = 0;
  #outlooks: Map<number, number> | undefined;
  readonly #oracles: Oracle[] = [];
  readonly #bases: Remembered<Base>;
  readonly #rollOut: RollOut;

  constructor(
    readonly reader: Evaluator,
    readonly wants: Wants,
    carrying: Carrying,
    state: ForeseenState,
  ) {
    this.#rollOut = new RollOut(reader, carrying, state);
    this.#bases = new Remembered(reader);
    reader.outlookOf = (perspective) => this.#outlookInside(perspective);
  }

  /** Deeds the person is believed to be set on, with how sure: 0 .. 1. */
  intentionsOf(perspective: number, person: number): { deed: ExprId; sure: number }[] {
    return this.#rollOut.intentionsOf(perspective, person);
  }

  /** The prospect of doing nothing, as things stand on the overlay. */
  base(perspective: number): Prospect {
    return this.#after(perspective);
  }

  /** Weighted mean, 0 .. 1, of the values of the wants, as foreseen; 0.5 for who wants nothing. */
  outlook(perspective: number): number {
    const sum = weightOf(this.wants.of(perspective));
    return sum > 0 ? this.base(perspective).total / sum : 0.5;
  }

  /** Runs the act over its likely paths; what it wrote is taken back. */
  expect(perspective: number, act: Act): Prospect {
    const { reader } = this;
    const { space, population } = reader;
    const parts: number[] = this.wants.of(perspective).map(() => 0);
    let cost = 0;
    let weight = 0;
    this.#eachPath(perspective, (oracle) => {
      const mark = space.mark();
      const foreseen = population.foreseenCount();
      const elapsed = reader.elapsed;
      this.#clean = -1;
      reader.splitting = true;
      const paid = act();
      const prospect = this.#after(perspective);
      const p = oracle.probability;
      for (let index = 0; index < parts.length; index++) {
        parts[index] = (parts[index] as number) + p * (prospect.parts[index] as number);
      }
      cost += p * paid;
      weight += p;
      space.undo(mark);
      population.undoForeseen(foreseen);
      reader.elapsed = elapsed;
    });
    return prospectOf(parts, weight, cost);
  }

  /** Runs `body` once, on the likeliest path; what it leaves on the overlay is its own to undo. */
  imagine(perspective: number, body: () => void): void {
    this.#eachPath(
      perspective,
      () => {
        this.#clean = -1;
        body();
      },
      1,
    );
  }

  /** What in this mind the value of an aim hangs on, where nothing is done: atoms, no order. */
  atomsBehind(perspective: number, aim: number): readonly number[] {
    const { space } = this.reader;
    const base = this.#baseOf(perspective);
    const reads = base.aimReads[aim] as ReadSet;
    const keys = new Set(reads.keys);
    if (meet(reads, base.rollWrites)) for (const key of base.rollReads.keys) keys.add(key);
    return [...keys]
      .filter((key) => space.perspectiveOf(key) === perspective)
      .map((key) => space.atomOf(key));
  }

  /** What follows from the overlay as it is, and what it is worth. */
  #after(perspective: number): Prospect {
    const base = this.#baseOf(perspective);
    const { reader } = this;
    const { space } = reader;
    if (space.mark() === 0 && reader.elapsed === 0) return base;
    const aims = this.wants.of(perspective);
    const outlooks = this.#outlooks;
    this.#outlooks = undefined;
    const changes = (reads: ReadSet): boolean =>
      (reader.elapsed > 0 && reads.has(0)) || space.someSince(0, (key) => reads.has(key));
    const anew = changes(base.rollReads);
    let prospect: Prospect = base;
    if (anew) prospect = this.#rolledOut(perspective, aims, undefined);
    else {
      const touched = aims.map((_, index) => changes(base.aimReads[index] as ReadSet));
      if (touched.includes(true)) prospect = this.#revalued(perspective, aims, base, touched);
    }
    this.#outlooks = outlooks;
    return prospect;
  }

  /** The touched aims anew: at once, where they hang on nothing that the roll-out changes. */
  #revalued(
    perspective: number,
    aims: readonly Aim[],
    base: Base,
    touched: readonly boolean[],
  ): Prospect {
    const parts = base.parts.slice();
    let later = false;
    const clean = this.#clean;
    this.#clean = this.reader.space.mark();
    aims.forEach((aim, index) => {
      if (touched[index] !== true) return;
      const reads = base.aimReads[index] as ReadSet;
      if (meet(reads, base.rollWrites)) later = true;
      else parts[index] = aim.weight * this.wants.valueOf(perspective, aim);
    });
    this.#clean = clean;
    if (later) {
      const rolled = this.#rolledOut(perspective, aims, (index) => {
        return touched[index] === true && meet(base.aimReads[index] as ReadSet, base.rollWrites);
      });
      rolled.parts.forEach((part, index) => {
        const reads = base.aimReads[index] as ReadSet;
        if (touched[index] === true && meet(reads, base.rollWrites)) parts[index] = part;
      });
    }
    return prospectOf(parts, 1, 0);
  }

  /** Rolled out over all likely paths; only the aims that `which` names, or all. */
  #rolledOut(
    perspective: number,
    aims: readonly Aim[],
    which: ((index: number) => boolean) | undefined,
    note?: Base,
  ): Prospect {
    const { reader } = this;
    const { space, population, log } = reader;
    const parts: number[] = aims.map(() => 0);
    let weight = 0;
    this.#eachPath(perspective, (oracle) => {
      const mark = space.mark();
      const foreseen = population.foreseenCount();
      const elapsed = reader.elapsed;
      this.paths++;
      this.#clean = -1;
      const rolling = log.open();
      this.#rollOut.run(perspective);
      const rolled = log.close(rolling);
      if (note !== undefined) {
        note.rollReads.add(rolled);
        space.someSince(mark, (key) => !note.rollWrites.add(key));
      }
      this.#clean = mark;
      const p = oracle.probability;
      aims.forEach((aim, index) => {
        if (which !== undefined && !which(index)) return;
        const valuing = log.open();
        const value = aim.weight * this.wants.valueOf(perspective, aim);
        const valued = log.close(valuing);
        note?.aimReads[index]?.add(valued);
        parts[index] = (parts[index] as number) + p * value;
      });
      weight += p;
      space.undo(mark);
      population.undoForeseen(foreseen);
      reader.elapsed = elapsed;
    });
    return prospectOf(parts, weight, 0);
  }

  /** Calls `run` once a likely path of what it asks the oracle. */
  #eachPath(perspective: number, run: (oracle: Oracle) => void, most = PATHS_MAX): void {
    const { reader } = this;
    if (this.#nesting >= NESTING_MAX) return;
    const outer = { oracle: reader.oracle, perspective: reader.perspective, clean: this.#clean };
    const splitting = reader.splitting;
    const oracle = this.#oracles[this.#nesting] ?? new Oracle();
    this.#oracles[this.#nesting++] = oracle;
    oracle.begin();
    for (let path = 0; path < most; path++) {
      reader.oracle = oracle;
      reader.perspective = perspective;
      run(oracle);
      if (!oracle.next()) break;
    }
    this.#nesting--;
    reader.oracle = outer.oracle;
    reader.perspective = outer.perspective;
    reader.splitting = splitting;
    this.#clean = outer.clean;
  }

  /** Doing nothing at all, from what is believed; remembered until a belief changes. */
  #baseOf(perspective: number): Base {
    const { reader } = this;
    const inside = this.reader.outlooksInside > 0 ? 1 : 0;
    return this.#bases.get(perspective, inside, () => {
      const { elapsed, tracer } = reader;
      const outlooks = this.#outlooks;
      this.#outlooks = undefined;
      reader.elapsed = 0;
      reader.tracer = undefined;
      let made: Base | undefined;
      reader.space.asAt(0, () => {
        made = this.#makeBase(perspective);
        return 0;
      });
      reader.elapsed = elapsed;
      reader.tracer = tracer;
      this.#outlooks = outlooks;
      return made as Base;
    });
  }

  #makeBase(perspective: number): Base {
    const aims = this.wants.of(perspective);
    const note = {
      total: 0,
      parts: [],
      rollReads: new ReadSet(this.reader.log),
      rollWrites: new Set<number>(),
      aimReads: aims.map(() => new ReadSet(this.reader.log)),
    };
    const prospect = this.#rolledOut(perspective, aims, undefined, note);
    return { ...note, ...prospect };
  }

  /** Somebody's outlook asked for by a want or condition inside a foresight. */
  #outlookInside(perspective: number): number {
    const { reader } = this;
    // An outlook on an outlook on an outlook: nobody thinks so far.
    if (this.reader.outlooksInside > 0) return 0.5;
    const here = this.#clean >= 0;
    const sum = weightOf(this.wants.of(perspective));
    if (sum <= 0) return 0.5;
    reader.outlooksInside++;
    const known = here ? this.#outlooks?.get(perspective) : undefined;
    const mark = here ? this.#clean : reader.space.mark();
    let total = known;
    if (total === undefined) {
      total = reader.space.asAt(mark, () => this.#after(perspective).total);
    } else this.#baseOf(perspective);
    if (here) {
      this.#outlooks ??= new Map();
      this.#outlooks.set(perspective, total);
    }
    reader.outlooksInside--;
    return total / sum;
  }
}

export function weightOf(aims: readonly Aim[]): number {
  let sum = 0;
  for (const aim of aims) sum += aim.weight;
  return sum;
}

function meet(some: ReadSet, others: ReadonlySet<number>): boolean {
  for (const key of others) if (some.has(key)) return true;
  return false;
}

function prospectOf(parts: readonly number[], weight: number, cost: number): Prospect {
  const share = weight > 0 ? 1 / weight : 0;
  let total = -cost * share;
  const mean = parts.map((part) => {
    total += part * share;
    return part * share;
  });
  return { total, parts: mean };
}
