/**
 * Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3" (SC11). Counter-based: a draw is a function of its key, so there is no stream that a
 * change elsewhere could shift. Vectors: Random123's kat_vectors.
 */

const PARITY = 0x1bd11bda;
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/** Encrypts the two words of `block` in place under the key. Words are 32 bits, any sign. */
export function threefry2x32(block: Int32Array, key0: number, key1: number): void {
  let keyA = key1 | 0;
  let keyB = PARITY ^ key0 ^ key1;
  let keyC = key0 | 0;
  let x0 = ((block[0] as number) + key0) | 0;
  let x1 = ((block[1] as number) + key1) | 0;
  for (let group = 0; group < 5; group++) {
    const base = (group & 1) * 4;
    for (let round = 0; round < 4; round++) {
      const bits = ROTATIONS[base + round] as number;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << bits) | (x1 >>> (32 - bits))) ^ x0;
    }
    x0 = (x0 + keyA) | 0;
    x1 = (x1 + keyB + group + 1) | 0;
    const last = keyA;
    keyA = keyB;
    keyB = keyC;
    keyC = last;
  }
  block[0] = x0;
  block[1] = x1;
}
