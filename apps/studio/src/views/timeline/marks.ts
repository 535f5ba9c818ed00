/**
 * Occurrences into columns of pixels. However many there are, at most one mark a column, lane and
 * look is drawn: the cost follows the width of the screen.
 *
 * Invariant: `times` is ascending, so a stretch is found by bisection.
 */
import type { OccurrenceColumns } from "fabula";
import type { Stretch } from "./scale";

export interface Mark {
  /** Pixels from the left edge of the stretch. */
  readonly x: number;
  readonly lane: number;
  readonly look: number;
  /** How many occurrences it stands for. */
  readonly count: number;
  /** The first of them. */
  readonly occurrence: number;
}

/** First index whose time is at least `time`. */
export function firstAt(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `width`: pixels for the stretch; `cell`: pixels a column is wide. Only looks in `shown`. */
export function marksIn(
  columns: OccurrenceColumns,
  stretch: Stretch,
  width: number,
  cell: number,
  laneCount: number,
  shown: readonly boolean[],
): Mark[] {
  const { times, looks, lanes } = columns;
  const lookCount = shown.length;
  const cells = Math.ceil(width / cell) + 1;
  const counts = new Int32Array(cells * laneCount * lookCount);
  const firsts = new Int32Array(cells * laneCount * lookCount);
  const used: number[] = [];
  const perMs = width / Math.max(1e-9, stretch.to - stretch.from);
  const end = firstAt(times, stretch.to + 1);
  for (let id = firstAt(times, stretch.from); id < end; id += 1) {
    const lane = lanes[id] ?? -1;
    const look = looks[id] ?? 0;
    if (lane < 0 || lane >= laneCount || !shown[look]) continue;
    const column = Math.floor((((times[id] ?? 0) - stretch.from) * perMs) / cell);
    const slot = (column * laneCount + lane) * lookCount + look;
    if (counts[slot] === 0) {
      used.push(slot);
      firsts[slot] = id;
    }
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return used.map((slot) => {
    const look = slot % lookCount;
    const rest = (slot - look) / lookCount;
    const lane = rest % laneCount;
    const column = (rest - lane) / laneCount;
    const first = firsts[slot] ?? 0;
    const alone = counts[slot] === 1;
    const x = alone ? ((times[first] ?? 0) - stretch.from) * perMs : (column + 0.5) * cell;
    return { x, lane, look, count: counts[slot] ?? 0, occurrence: first };
  });
}
