/** 64 bits of hash over numbers and texts, the same on every machine. Not for secrets. */

export class Digest {
  #high = 0x243f6a88;
  #low = 0x85a308d3 | 0;
  readonly #float = new Float64Array(1);
  readonly #words = new Int32Array(this.#float.buffer);

  /** Every NaN is one NaN, and -0 is 0. */
  number(value: number): void {
    this.#float[0] = value === 0 ? 0 : Number.isNaN(value) ? Number.NaN : value;
    if (Number.isNaN(value)) {
      this.#word(0x7ff80000);
      this.#word(0);
      return;
    }
    // The bytes of a double in the order of this machine: browsers and Node are little-endian.
    this.#word(this.#words[1] as number);
    this.#word(this.#words[0] as number);
  }

  text(text: string): void {
    this.number(text.length);
    for (let index = 0; index < text.length; index++) this.#word(text.charCodeAt(index));
  }

  /** 16 hexadecimal digits. */
  hex(): string {
    return word(mix(this.#high ^ this.#low)) + word(mix(this.#low + 0x9e3779b9));
  }

  #word(value: number): void {
    this.#high = Math.imul(this.#high ^ value, 0x85ebca6b);
    this.#high = (this.#high << 13) | (this.#high >>> 19);
    this.#low = Math.imul(this.#low + value, 0xc2b2ae35) ^ this.#high;
    this.#low = (this.#low << 16) | (this.#low >>> 16);
  }
}

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function word(value: number): string {
  return value.toString(16).padStart(8, "0");
}
