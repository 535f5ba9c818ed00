/**
 * Whatever is looked at when something it read changes: a process, an action under way, a rule, a
 * perception or a watched condition, each for one tuple of arguments. What a unit *is* is interned
 * and no state; whether it is active and what it last saw stands in the arena.
 *
 *   words | 0 active | 1 last truth | 2 attributed to + 1 | 3, 4 its own
 *         | flows: address, rate, ground fluent, each
 */
import { type Span, TupleTable } from "@fabula/model";
import type { WordAllocator } from "../state/pool.js";
import type { Agenda } from "../state/wheel.js";
import { compareParts } from "../state/wheel.js";

/** In the order in which they are looked at within an instant. */
export const UnitKind = {
  process: 0,
  doing: 1,
  rule: 2,
  sight: 3,
  perception: 4,
  watch: 5,
} as const;

/** Kinds of keys in the agenda, in the order in which they are due within an instant. */
export const DueKind = {
  change: 0,
  outside: 1,
  doingEnds: 2,
  unit: 3,
  periodic: 4,
  mind: 5,
  end: 6,
} as const;

export const UNIT_HEADER = 5;
export const FLOW_WORDS = 3;

export interface Unit {
  readonly id: number;
  readonly kind: number;
  readonly schema: number;
  readonly args: readonly number[];
  /** Ties go by this: kind, schema, arguments (claims by their keys). */
  readonly order: readonly number[];
  readonly words: number;
  /** Key in the agenda for being looked at. */
  readonly wake: number;
  readonly span: Span | undefined;
  readonly name: string;
  /** Of a doing: key in the agenda for its end; -1 not asked for yet. */
  endKey: number;
  /** Of a doing: the ground deed; -1 not asked for yet. */
  deed: number;
}

export interface UnitDescription {
  readonly kind: number;
  readonly schema: number;
  readonly args: readonly number[];
  readonly order: readonly number[];
  readonly flows: number;
  readonly name: string;
  readonly span: Span | undefined;
}

/** More than there are kinds. */
const KINDS = 8;

interface UnitTable {
  readonly tuples: TupleTable;
  /** By number of the tuple. */
  readonly units: Unit[];
}

export class Units {
  readonly all: Unit[] = [];
  /** By kind and schema: the arguments there are units for, and the units. */
  readonly #tables = new Map<number, UnitTable>();
  readonly #ofEntity = new Map<number, Unit[]>();
  readonly #doingsOf = new Map<number, Unit[]>();
  readonly #doingsBy = new Map<number, Unit[]>();

  constructor(
    readonly agenda: Agenda,
    readonly allocator: WordAllocator,
  ) {}

  find(kind: number, schema: number, args: readonly number[]): Unit | undefined {
    const table = this.#tables.get(schema * KINDS + kind);
    return table?.units[table.tuples.find(args)];
  }

  /** The unit of this description; made if it is new. `entities`: who it is gone with. */
  intern(description: UnitDescription, entities: readonly number[]): Unit {
    const { kind, schema, args } = description;
    const known = this.find(kind, schema, args);
    if (known !== undefined) return known;
    const id = this.all.length;
    // Copied to its length: a list that was built up has room to grow.
    const order = [kind, schema, ...description.order].slice();
    const unit: Unit = {
      id,
      kind,
      schema,
      args: args.slice(),
      order,
      words: this.allocator.take(UNIT_HEADER + description.flows * FLOW_WORDS),
      wake: this.agenda.key([DueKind.unit, ...order]),
      span: description.span,
      name: description.name,
      endKey: -1,
      deed: -1,
    };
    this.all.push(unit);
    this.#enter(unit);
    this.#noteWake(unit);
    for (let at = 0; at < entities.length; at++) {
      const entity = entities[at] as number;
      if (entities.indexOf(entity) === at) enter(this.#ofEntity, entity, unit);
    }
    if (kind === UnitKind.doing) {
      enter(this.#doingsOf, schema, unit);
      enter(this.#doingsBy, args[0] as number, unit);
    }
    return unit;
  }

  #enter(unit: Unit): void {
    const place = unit.schema * KINDS + unit.kind;
    let table = this.#tables.get(place);
    if (table === undefined) {
      table = { tuples: new TupleTable(), units: [] };
      this.#tables.set(place, table);
    }
    table.units[table.tuples.add(unit.args)] = unit;
  }

  /** By key in the agenda: its id + 1; 0 none. */
  #byWake = new Int32Array(64);

  #noteWake({ id, wake }: Unit): void {
    if (wake >= this.#byWake.length) {
      const wider = new Int32Array(Math.max(wake + 1, this.#byWake.length * 2));
      wider.set(this.#byWake);
      this.#byWake = wider;
    }
    this.#byWake[wake] = id + 1;
  }

  /** The unit that is to be looked at when this key is due; undefined: something else is due. */
  ofWake(key: number): Unit | undefined {
    const number = this.#byWake[key] ?? 0;
    return number === 0 ? undefined : this.all[number - 1];
  }

  /** Every doing, active or not, of this action. */
  doingsOf(action: number): readonly Unit[] {
    return this.#doingsOf.get(action) ?? [];
  }

  /** Every doing, active or not, of this actor. */
  doingsBy(actor: number): readonly Unit[] {
    return this.#doingsBy.get(actor) ?? [];
  }

  /** Every unit, active or not, that has this entity among its arguments. */
  ofEntity(entity: number): readonly Unit[] {
    return this.#ofEntity.get(entity) ?? [];
  }
}

function enter(lists: Map<number, Unit[]>, key: number, unit: Unit): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [unit]);
  else list.push(unit);
}

/** Units in the order in which they were put in, each once. */
export class UnitList {
  /** As far as `count`; what is behind is of no matter. */
  readonly #units: Unit[] = [];
  /** By unit: whether it is in there. */
  readonly #isIn: boolean[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  at(index: number): Unit {
    return this.#units[index] as Unit;
  }

  add(unit: Unit): void {
    const { id } = unit;
    if (this.#isIn[id] === true) return;
    while (this.#isIn.length <= id) this.#isIn.push(false);
    this.#isIn[id] = true;
    this.#units[this.#count++] = unit;
  }

  clear(): void {
    for (let index = 0; index < this.#count; index++) {
      this.#isIn[(this.#units[index] as Unit).id] = false;
    }
    this.#count = 0;
  }
}

/** What is still to be looked at in this instant: each once, in the order of units. A heap. */
export class PendingUnits {
  readonly #heap: Unit[] = [];
  /** By unit: whether it is in there. */
  readonly #isIn: boolean[] = [];

  get count(): number {
    return this.#heap.length;
  }

  add(unit: Unit): void {
    const { id } = unit;
    if (this.#isIn[id] === true) return;
    while (this.#isIn.length < id) this.#isIn.push(false);
    this.#isIn[id] = true;
    const heap = this.#heap;
    let at = heap.push(unit) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compareParts((heap[parent] as Unit).order, unit.order) <= 0) break;
      heap[at] = heap[parent] as Unit;
      at = parent;
    }
    heap[at] = unit;
  }

  take(): Unit | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) return undefined;
    const last = heap.pop() as Unit;
    if (heap.length > 0) this.#sift(last);
    this.#isIn[first.id] = false;
    return first;
  }

  clear(): void {
    for (const unit of this.#heap) this.#isIn[unit.id] = false;
    this.#heap.length = 0;
  }

  #sift(unit: Unit): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && compareParts(right.order, (heap[child] as Unit).order) < 0)
        child++;
      if (compareParts(unit.order, (heap[child] as Unit).order) <= 0) break;
      heap[at] = heap[child] as Unit;
      at = child;
    }
    heap[at] = unit;
  }
}
