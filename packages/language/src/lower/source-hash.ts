/**
 * Names a set of sources: what a saved run refers to. Not for security; two sources that differ
 * by chance get different hashes. FNV-1a over UTF-16 code units, two lanes of 32 bits that start
 * and mix differently (Fowler, Noll, Vo; the second lane is fed the rotated unit).
 */

const prime = 0x01000193;

/** 16 hexadecimal digits over names and texts, in the order given. */
export function hashSources(sources: readonly { source: string; text: string }[]): string {
  const lanes = { low: 0x811c9dc5, high: 0x1b873593 };
  for (const { source, text } of sources) {
    mix(lanes, source);
    mix(lanes, "\u0000");
    mix(lanes, text);
    mix(lanes, "\u0001");
  }
  return hex(lanes.high) + hex(lanes.low);
}

function mix(lanes: { low: number; high: number }, text: string): void {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    lanes.low = Math.imul(lanes.low ^ unit, prime);
    lanes.high = Math.imul(lanes.high ^ ((unit << 5) | (unit >>> 11)), prime) ^ (lanes.low >>> 15);
  }
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}
