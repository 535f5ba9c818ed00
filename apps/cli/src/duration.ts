/** Lengths of time for people: `2 min 14 s`, `0.5 s`, `3 days 4 h`. */

const parts: readonly (readonly [number, string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
];

/** `milliseconds`: at least 0. The two largest parts. */
export function durationText(milliseconds: number): string {
  const words: string[] = [];
  let rest = milliseconds;
  for (const [length, name] of parts) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) words.push(`${count} ${name}`);
  }
  const seconds = words.length === 0 ? Math.round(rest / 10) / 100 : Math.round(rest / 1000);
  if (seconds > 0 || words.length === 0) words.push(`${seconds} s`);
  return words.slice(0, 2).join(" ");
}

/** `2 min later`, `0.5 s earlier`. */
export function shiftText(milliseconds: number): string {
  return `${durationText(Math.abs(milliseconds))} ${milliseconds > 0 ? "later" : "earlier"}`;
}
