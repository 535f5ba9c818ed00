/**
 * The baseline of schedulers: a binary heap in two typed arrays and nothing else - no cancelling,
 * no undo, no bounds. Ties come in the order of their ids.
 */
export class BinaryHeap {
  /** Float64Array[capacity], milliseconds; heap order. */
  readonly #times: Float64Array;
  /** Int32Array[capacity], beside the times. */
  readonly #ids: Int32Array;
  #count = 0;

  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#ids = new Int32Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Time of the first; NaN where there is none. */
  get firstTime(): number {
    return this.#count === 0 ? Number.NaN : (this.#times[0] as number);
  }

  /** @throws RangeError when full. */
  push(time: number, id: number): void {
    const times = this.#times;
    const ids = this.#ids;
    if (this.#count === times.length) throw new RangeError(`the heap is full: ${times.length}`);
    let place = this.#count++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const parentTime = times[parent] as number;
      const parentId = ids[parent] as number;
      if (parentTime < time || (parentTime === time && parentId < id)) break;
      times[place] = parentTime;
      ids[place] = parentId;
      place = parent;
    }
    times[place] = time;
    ids[place] = id;
  }

  /** Takes the first away and returns its id; -1 where there is none. */
  pop(): number {
    if (this.#count === 0) return -1;
    const first = this.#ids[0] as number;
    const last = --this.#count;
    if (last > 0) this.#sink(this.#times[last] as number, this.#ids[last] as number);
    return first;
  }

  /** Finds the place, from the top down, of what stood last. */
  #sink(time: number, id: number): void {
    const times = this.#times;
    const ids = this.#ids;
    const count = this.#count;
    let place = 0;
    for (let child = 1; child < count; child = 2 * place + 1) {
      const right = child + 1;
      if (right < count && isBefore(times, ids, right, child)) child = right;
      const childTime = times[child] as number;
      const childId = ids[child] as number;
      if (time < childTime || (time === childTime && id < childId)) break;
      times[place] = childTime;
      ids[place] = childId;
      place = child;
    }
    times[place] = time;
    ids[place] = id;
  }
}

function isBefore(times: Float64Array, ids: Int32Array, one: number, other: number): boolean {
  const oneTime = times[one] as number;
  const otherTime = times[other] as number;
  return (
    oneTime < otherTime || (oneTime === otherTime && (ids[one] as number) < (ids[other] as number))
  );
}
