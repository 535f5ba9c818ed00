/** "Did you mean": the nearest of the names that could stand there. */

/** Words longer than this are compared by their beginning only. */
const comparedMax = 60;

/**
 * The known name nearest to `word`: same but for capitals, or few strokes away (one for short
 * words, a third of the letters for longer ones). The first of equals; undefined if none is near.
 */
export function findNearest(word: string, known: Iterable<string>): string | undefined {
  const meant = word.slice(0, comparedMax).toLowerCase();
  let limit = (meant.length <= 3 ? 1 : meant.length <= 5 ? 2 : Math.floor(meant.length / 3)) + 1;
  let best: string | undefined;
  for (const name of known) {
    if (name === word) continue;
    const strokes = strokesBetween(meant, name.slice(0, comparedMax).toLowerCase(), limit);
    // Two strokes in a short word change too much of it, unless the first letter stays.
    const tooFar = strokes > 1 && meant.length <= 5 && meant[0] !== name[0]?.toLowerCase();
    if (strokes < limit && !tooFar) {
      limit = strokes;
      best = name;
    }
  }
  return best;
}

/**
 * Letters added, left out, changed, or swapped with their neighbour (optimal string alignment);
 * `limit` where it would be that or more.
 */
export function strokesBetween(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      let least = Math.min(change, row[j]! + 1, next[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return Math.min(row[to.length]!, limit);
}
