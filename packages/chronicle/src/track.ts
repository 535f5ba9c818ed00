/** Small shapes of the record: a mark to cut back to, a point of a quantity's lines. */

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
