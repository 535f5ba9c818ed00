/** Time to pixels and back, and where to put ticks. Pure: what the canvas and its tests share. */

/** Part of the run that is on screen, in milliseconds since the beginning. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Least that can be looked at: a hundredth of a second. */
const shortest = 10;

/** A stretch zoomed by `factor` (below 1: closer) around `focus`, kept inside 0 .. length. */
export function zoomed(stretch: Stretch, factor: number, focus: number, length: number): Stretch {
  const span = Math.min(length, Math.max(shortest, (stretch.to - stretch.from) * factor));
  const share = (focus - stretch.from) / (stretch.to - stretch.from);
  return inside(focus - span * share, span, length);
}

export function moved(stretch: Stretch, by: number, length: number): Stretch {
  return inside(stretch.from + by, stretch.to - stretch.from, length);
}

function inside(from: number, span: number, length: number): Stretch {
  const start = Math.min(Math.max(0, from), Math.max(0, length - span));
  return { from: start, to: start + span };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  30 * day,
  90 * day,
  year,
  2 * year,
  5 * year,
  10 * year,
  50 * year,
];

export interface Tick {
  readonly time: number;
  readonly label: string;
}

/** At most `count` and a few ticks at round times after the beginning. */
export function ticksOf({ from, to }: Stretch, count: number): Tick[] {
  const wanted = (to - from) / Math.max(1, count);
  const step = steps.find((one) => one >= wanted) ?? steps.at(-1) ?? 1;
  const ticks: Tick[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    ticks.push({ time, label: spanLabel(time, step) });
  }
  return ticks;
}

const units = [
  [year, "y"],
  [day, "d"],
  [hour, "h"],
  [minute, "min"],
  [second, "s"],
  [1, "ms"],
] as const;

/** `+2 min 30 s`: down to the unit that `step` is counted in. */
export function spanLabel(time: number, step: number): string {
  if (time === 0) return "start";
  const finest = units.find(([unit]) => unit <= step)?.[0] ?? 1;
  const parts: string[] = [];
  let rest = time;
  for (const [unit, name] of units) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0 && (unit >= finest || parts.length === 0)) parts.push(`${count} ${name}`);
  }
  return `+${parts.slice(0, 3).join(" ")}`;
}
