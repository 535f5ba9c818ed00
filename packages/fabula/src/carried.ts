/**
 * What carried a quantity to where a rule found it. A wound that bleeds happens once and works for
 * minutes: the record holds the line the blood moved along, and which processes drew it is worked
 * out from the state a millisecond before.
 */
import {
  type Chronicle,
  type Occurrence,
  type OccurrenceId,
  type TrackPoint,
  valueAt,
} from "@fabula/chronicle";
import type { Simulation } from "@fabula/engine";
import type { FluentId, Process, World } from "@fabula/model";
import {
  createEnglish,
  evaluate,
  finishText,
  type Lexicon,
  ReplayedState,
  spaced,
} from "@fabula/telling";

/** A process that moved the quantity then. */
export interface Carrier {
  readonly process: Process;
  readonly args: readonly number[];
  /** Base units per second; with its sign. */
  readonly rate: number;
}

interface Quantity {
  readonly fluent: FluentId;
  readonly args: readonly number[];
}

export interface Carried extends Quantity {
  /** When it was last set anew. */
  readonly begun: { readonly time: number; readonly value: number };
  /** When the rule found it. */
  readonly value: number;
  /** Those that moved it the way it went, the fastest first. */
  readonly by: readonly Carrier[];
}

/** Of one occurrence. */
const quantitiesMax = 3;
/** Ways to fill the parameters of one process. */
const tuplesMax = 20_000;
/** Larger than what a bend between two milliseconds can be off by. */
const tolerance = 0.001;

export class Carriers {
  readonly #state: StateBefore;
  readonly #known = new Map<OccurrenceId, readonly Carried[]>();

  constructor(
    readonly world: World,
    readonly chronicle: Chronicle,
  ) {
    this.#state = new StateBefore(world, chronicle);
  }

  /** Of a rule that fired: the quantities it read that were under way. */
  of(id: OccurrenceId): readonly Carried[] {
    let carried = this.#known.get(id);
    if (carried === undefined) {
      carried = this.chronicle.kindOf(id) === "rule" ? this.#find(this.chronicle.get(id)) : [];
      this.#known.set(id, carried);
    }
    return carried;
  }

  #find({ id, schema, args: locals, time }: Occurrence): Carried[] {
    const trigger = this.world.rules[schema]?.trigger;
    if (trigger?.kind !== "condition") return [];
    this.#state.moveBefore(id, time);
    const read = this.#state.quantitiesRead(() => this.#value(trigger.when, locals));
    const found: Carried[] = [];
    for (const { fluent, args } of read) {
      const low = this.world.fluents[fluent]?.low ?? Number.NEGATIVE_INFINITY;
      const high = this.world.fluents[fluent]?.high ?? Number.POSITIVE_INFINITY;
      const points = this.chronicle.trackOf(fluent, args).filter((point) => point.time < time);
      const last = points.at(-1);
      if (last === undefined || last.rate === 0) continue;
      const by = this.#carriersOf(fluent, args, Math.sign(last.rate));
      if (by.length === 0) continue;
      const value = Math.max(low, Math.min(high, along(last, time)));
      found.push({ fluent, args, begun: begunAt(points), value, by });
    }
    return found.slice(0, quantitiesMax);
  }

  #carriersOf(fluent: FluentId, args: readonly number[], sign: number): Carrier[] {
    const found: Carrier[] = [];
    for (const process of this.world.processes) {
      const flows = process.flows.filter((flow) => flow.place.fluent === fluent);
      if (flows.length === 0) continue;
      for (const locals of this.#tuplesOf(process)) {
        const holds = this.#value(process.where, locals) === 1;
        if (!holds || this.#value(process.while, locals) !== 1) continue;
        for (const flow of flows) {
          const there = flow.place.args.map((arg) => this.#value(arg, locals));
          if (there.some((one, index) => one !== args[index])) continue;
          const rate =
            flow.kind === "rate"
              ? flow.sign * this.#value(flow.rate, locals)
              : (this.#value(flow.goal, locals) - (this.#state.read(fluent, args) ?? 0)) /
                this.#value(flow.over, locals);
          if (rate * sign > 0) found.push({ process, args: locals, rate });
        }
      }
    }
    return found.sort((a, b) => Math.abs(b.rate) - Math.abs(a.rate));
  }

  #value(expr: Process["where"], locals: readonly number[]): number {
    return evaluate(this.world, this.#state, expr, locals);
  }

  #tuplesOf({ parameters }: Process): readonly (readonly number[])[] {
    let tuples: (readonly number[])[] = [[]];
    for (const { type } of parameters) {
      if (type.kind !== "entity") return [];
      const entities = this.#state.entitiesOf(type.type);
      if (tuples.length * entities.length > tuplesMax) return [];
      tuples = tuples.flatMap((tuple) => entities.map((entity) => [...tuple, entity]));
    }
    return tuples;
  }
}

/** Everything as it stood a millisecond before an occurrence, quantities on their lines. */
class StateBefore extends ReplayedState {
  #time = 0;
  readonly #read = new Map<string, Quantity>();

  constructor(
    world: World,
    readonly lines: Chronicle,
  ) {
    super(world, lines);
  }

  override get now(): number {
    return this.#time;
  }

  moveBefore(id: OccurrenceId, time: number): void {
    this.moveTo(id - 1);
    this.#time = time - 1;
  }

  /** What is read while this is worked out, each once. */
  quantitiesRead(work: () => void): readonly Quantity[] {
    this.#read.clear();
    work();
    return [...this.#read.values()];
  }

  override read(fluent: FluentId, args: readonly number[]): number | undefined {
    if (this.world.fluents[fluent]?.storage !== "quantity") return super.read(fluent, args);
    this.#read.set(`${fluent} ${args}`, { fluent, args });
    return valueAt(this.lines, fluent, args, this.#time);
  }
}

function along({ value, rate, time: begun }: TrackPoint, time: number): number {
  return value + rate * (time - begun);
}

/** Where the line was last set anew, by no process; else where it begins. */
function begunAt(points: readonly TrackPoint[]): TrackPoint {
  const jump = points.findLastIndex((point, index) => {
    const before = points[index - 1];
    return before === undefined || Math.abs(along(before, point.time) - point.value) > tolerance;
  });
  return points[jump] as TrackPoint;
}

/** What carried the quantities that an occurrence read, in sentences. */
export function createCarriedWords({
  world,
  chronicle,
}: Simulation): (id: OccurrenceId) => readonly string[] {
  const carriers = new Carriers(world, chronicle);
  const { lexicon } = createEnglish(new ReplayedState(world, chronicle));
  return (id) => carriers.of(id).map((carried) => inWords(world, lexicon, carried));
}

/** `Kakashi’s blood, 64 % at day 1 12:00:00, had come to 50 %: bleeding (the cut).` */
function inWords(world: World, lexicon: Lexicon, carried: Carried): string {
  const fluent = world.fluents[carried.fluent];
  if (fluent === undefined) return "";
  const [owner, ...others] = carried.args;
  const named = others.map((one) => lexicon.nameOf(one)).join(", ");
  const isWorld = world.types[fluent.owner]?.name === "world";
  const whose = isWorld || owner === undefined ? "" : `${lexicon.nameOf(owner)}’s `;
  const what = `${whose}${spaced(fluent.name)}${named === "" ? "" : ` (${named})`}`;
  const amount = (value: number): string => lexicon.quantityOf(fluent, value);
  const sum = carried.by.reduce((total, one) => total + one.rate, 0);
  const by = carried.by.map(({ process, args, rate }) => {
    const abouts = args.filter((one) => one !== owner).map((one) => lexicon.nameOf(one));
    const about = abouts.length === 0 ? "" : ` (${abouts.join(", ")})`;
    const part = carried.by.length === 1 ? "" : `, ${Math.round((100 * rate) / sum)} % of it`;
    return `${spaced(process.name)}${about}${part}`;
  });
  const { time, value } = carried.begun;
  const since = `${amount(value)} at ${lexicon.clockOf(time)}`;
  return finishText(`${what}, ${since}, had come to ${amount(carried.value)}: ${by.join("; ")}.`);
}
