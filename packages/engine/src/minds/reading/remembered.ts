/**
 * Something worked out from what is believed, kept under two numbers until a belief it was worked
 * out from changes. Only for what does not look at the overlay, or is asked while there is none.
 *
 * Two numbers, for one made of both would be too large to be looked up cheaply.
 */
import type { Evaluator } from "./evaluator.js";
import type { Node } from "./kept.js";

export class Remembered<T> {
  /** By the first number, by the second. */
  readonly #rows: (Map<number, Node> | undefined)[] = [];

  constructor(readonly reader: Evaluator) {}

  /** What is kept there no longer counts. */
  drop(row: number, column: number): void {
    const node = this.#rows[row]?.get(column);
    if (node === undefined) return;
    node.at = -1;
    node.checked = -1;
    this.reader.log.publish(node);
  }

  get(row: number, column: number, make: () => T): T {
    return this.node(row, column, make).value as T;
  }

  /** With what it was worked out from. */
  node(row: number, column: number, make: () => T): Node {
    const { log, host } = this.reader;
    const known = this.#rows[row]?.get(column);
    if (known !== undefined && log.holds(known, host.now)) {
      log.noteNode(known);
      return known;
    }
    const start = log.open();
    const value = make();
    const node = this.#at(row, column);
    log.keep(node, start, host.now, value);
    return node;
  }

  #at(row: number, column: number): Node {
    while (this.#rows.length <= row) this.#rows.push(undefined);
    let columns = this.#rows[row];
    if (columns === undefined) {
      columns = new Map();
      this.#rows[row] = columns;
    }
    let node = columns.get(column);
    if (node === undefined) {
      node = this.reader.log.newNode(undefined, 0);
      columns.set(column, node);
    }
    return node;
  }
}
