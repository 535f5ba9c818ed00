/** What is under way while the effects of an occurrence run; used again by later ones. */
import type { OccurrenceId } from "@fabula/chronicle";
import { NumberSet } from "./number-set.js";

export interface ContextWrite {
  readonly fluent: number;
  readonly args: readonly number[];
  readonly value: number;
}

/** An occurrence whose effects run. Of its lists most have none: they are made when needed. */
export class Context {
  id: OccurrenceId = 0;
  readFrom = 0;
  byChance = false;
  /** Already among its causes: write records, and below 0 the occurrences behind beliefs. */
  readonly known = new NumberSet();
  #writes: ContextWrite[] = none;
  #born: number[] = none;
  #gone: number[] = none;
  #after: (() => void)[] = none;

  get writes(): readonly ContextWrite[] {
    return this.#writes;
  }

  get born(): readonly number[] {
    return this.#born;
  }

  get gone(): readonly number[] {
    return this.#gone;
  }

  /** What its effects start or cut short: done when they are through. */
  get after(): readonly (() => void)[] {
    return this.#after;
  }

  open(id: OccurrenceId, readFrom: number): void {
    this.id = id;
    this.readFrom = readFrom;
    this.byChance = false;
    this.known.clear();
    this.#writes = none;
    this.#born = none;
    this.#gone = none;
    this.#after = none;
  }

  addWrite(write: ContextWrite): void {
    const writes = this.#writes;
    if (writes === none) this.#writes = [write];
    else if (writes.length === 1) this.#writes = [writes[0] as ContextWrite, write];
    else writes.push(write);
  }

  addBorn(entity: number): void {
    if (this.#born === none) this.#born = [entity];
    else this.#born.push(entity);
  }

  addGone(entity: number): void {
    if (this.#gone === none) this.#gone = [entity];
    else this.#gone.push(entity);
  }

  addAfter(what: () => void): void {
    if (this.#after === none) this.#after = [what];
    else this.#after.push(what);
  }
}

/** Stands for every empty list; nothing is ever put in. */
const none: never[] = [];

/** One within the other: what an occurrence brings about may begin before its own are through. */
export class Contexts {
  readonly #free: Context[] = [];

  open(id: OccurrenceId, readFrom: number): Context {
    const context = this.#free.pop() ?? new Context();
    context.open(id, readFrom);
    return context;
  }

  /** Nobody asks it for anything any more. */
  close(context: Context): void {
    this.#free.push(context);
  }
}
