/** Columns of numbers that only grow at the end, or are cut back there when a fork is dropped. */

export class IntColumn {
  #values = new Int32Array(256);
  length = 0;

  push(value: number): number {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    return this.length++;
  }

  get(index: number): number {
    return this.#values[index] as number;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}

export class FloatColumn {
  #values = new Float64Array(256);
  length = 0;

  push(value: number): number {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    return this.length++;
  }

  get(index: number): number {
    return this.#values[index] as number;
  }
}
