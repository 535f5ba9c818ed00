/** Binary heap of numbered items: lowest priority first, of equal ones the one pushed first. */

export class Heap {
  private readonly priorities: number[] = [];
  private readonly orders: number[] = [];
  private readonly items: number[] = [];
  private pushed = 0;

  get size(): number {
    return this.items.length;
  }

  push(item: number, priority: number): void {
    const order = this.pushed;
    this.pushed += 1;
    let at = this.items.length;
    this.items.push(item);
    this.priorities.push(priority);
    this.orders.push(order);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(priority, order, parent)) break;
      this.move(parent, at);
      at = parent;
    }
    this.put(at, item, priority, order);
  }

  /** Priority of the item that `pop` would return; Infinity if there is none. */
  get lowest(): number {
    return this.priorities[0] ?? Number.POSITIVE_INFINITY;
  }

  /** The item of lowest priority; -1 if there is none. */
  pop(): number {
    const top = this.items[0];
    if (top === undefined) return -1;
    const item = this.items.pop()!;
    const priority = this.priorities.pop()!;
    const order = this.orders.pop()!;
    const size = this.items.length;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && this.isBefore(this.priorities[right]!, this.orders[right]!, child)) {
        child = right;
      }
      if (this.isBefore(priority, order, child)) break;
      this.move(child, at);
      at = child;
    }
    this.put(at, item, priority, order);
    return top;
  }

  private isBefore(priority: number, order: number, other: number): boolean {
    const theirs = this.priorities[other]!;
    return priority < theirs || (priority === theirs && order < this.orders[other]!);
  }

  private move(from: number, to: number): void {
    this.items[to] = this.items[from]!;
    this.priorities[to] = this.priorities[from]!;
    this.orders[to] = this.orders[from]!;
  }

  private put(at: number, item: number, priority: number, order: number): void {
    this.items[at] = item;
    this.priorities[at] = priority;
    this.orders[at] = order;
  }
}
