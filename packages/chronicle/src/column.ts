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

/** Rows of whole numbers side by side: what is written together stands together. */
export class IntRows {
  /** Int32Array[at least length * stride]. Another one whenever it has grown. */
  values: Int32Array;
  length = 0;

  constructor(readonly stride: number) {
    this.values = new Int32Array(256 * stride);
  }

  /** The place in `values` of a new last row, whose every number is to be written. */
  add(): number {
    const at = this.length * this.stride;
    if (at === this.values.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.length++;
    return at;
  }

  /** One number of each row, by the row. */
  field(at: number): IntField {
    return new IntField(this, at);
  }
}

export class IntField {
  constructor(
    readonly rows: IntRows,
    readonly at: number,
  ) {}

  get length(): number {
    return this.rows.length;
  }

  get(row: number): number {
    return this.rows.values[row * this.rows.stride + this.at] as number;
  }

  set(row: number, value: number): void {
    this.rows.values[row * this.rows.stride + this.at] = value;
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

/** A new last row of four or five numbers. */
export function addRow(
  rows: IntRows,
  a: number,
  b: number,
  c: number,
  d: number,
  e?: number,
): void {
  const at = rows.add();
  const { values } = rows;
  values[at] = a;
  values[at + 1] = b;
  values[at + 2] = c;
  values[at + 3] = d;
  if (e !== undefined) values[at + 4] = e;
}
