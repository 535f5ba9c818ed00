/** The lines along which quantities moved, as columns; and a mark to cut a record back to. */
import type { FluentId } from "@fabula/model";
import { FloatColumn, IntColumn } from "./column.js";

export interface ChronicleMark {
  readonly lengths: readonly number[];
  readonly endTime: number;
}

/** One point of the straight lines a quantity moves along. `rate` is per millisecond. */
export interface TrackPoint {
  readonly time: number;
  readonly value: number;
  readonly rate: number;
}

/** What is told of the lines to whoever reads a record. */
export interface TrackReader {
  /** The lines a quantity moved along, in order of time; empty for what is no quantity. */
  trackOf(fluent: FluentId, args: readonly number[]): readonly TrackPoint[];
}

export class Tracks {
  readonly #times = new FloatColumn();
  readonly #values = new FloatColumn();
  readonly #rates = new FloatColumn();
  readonly #ground = new IntColumn();
  readonly columns = [this.#times, this.#values, this.#rates, this.#ground] as const;
  /** By ground fluent, in order of time: what was asked for so far. */
  readonly #points = new Map<number, TrackPoint[]>();
  #pointed = 0;

  append(ground: number, time: number, value: number, rate: number): void {
    this.#times.push(time);
    this.#values.push(value);
    this.#rates.push(rate);
    this.#ground.push(ground);
  }

  /** In order of time. The list grows with the record: not to be kept. */
  of(ground: number): readonly TrackPoint[] {
    return this.all().get(ground) ?? [];
  }

  /** By ground fluent, in order of first moving. */
  all(): ReadonlyMap<number, readonly TrackPoint[]> {
    for (; this.#pointed < this.#ground.length; this.#pointed++) {
      const ground = this.#ground.get(this.#pointed);
      const points = this.#points.get(ground);
      const point = this.#pointAt(this.#pointed);
      if (points === undefined) this.#points.set(ground, [point]);
      else points.push(point);
    }
    return this.#points;
  }

  /** The columns were cut back: what was found in them may mean something else. */
  cut(): void {
    this.#points.clear();
    this.#pointed = 0;
  }

  #pointAt(at: number): TrackPoint {
    return { time: this.#times.get(at), value: this.#values.get(at), rate: this.#rates.get(at) };
  }
}
