/** The lines along which quantities moved, as columns; and a mark to cut a record back to. */
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

export class Tracks {
  readonly #times = new FloatColumn();
  readonly #values = new FloatColumn();
  readonly #rates = new FloatColumn();
  readonly #ground = new IntColumn();
  readonly columns = [this.#times, this.#values, this.#rates, this.#ground] as const;

  append(ground: number, time: number, value: number, rate: number): void {
    this.#times.push(time);
    this.#values.push(value);
    this.#rates.push(rate);
    this.#ground.push(ground);
  }

  /** In order of time. */
  of(ground: number): TrackPoint[] {
    const points: TrackPoint[] = [];
    for (let at = 0; at < this.#ground.length; at++) {
      if (this.#ground.get(at) === ground) points.push(this.#pointAt(at));
    }
    return points;
  }

  /** By ground fluent, in order of first moving. */
  all(): Map<number, TrackPoint[]> {
    const byGround = new Map<number, TrackPoint[]>();
    for (let at = 0; at < this.#ground.length; at++) {
      const ground = this.#ground.get(at);
      const points = byGround.get(ground) ?? [];
      if (points.length === 0) byGround.set(ground, points);
      points.push(this.#pointAt(at));
    }
    return byGround;
  }

  #pointAt(at: number): TrackPoint {
    return { time: this.#times.get(at), value: this.#values.get(at), rate: this.#rates.get(at) };
  }
}
