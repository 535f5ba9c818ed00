/**
 * Several templates for one thing are told in turn: the first time the first, when the same happens
 * again between the same the second, and after the last the second again: the first is for once.
 */
import type { Told } from "@fabula/model";

export class Turns {
  readonly #told = new Map<Told, Map<string, number>>();

  /** The one whose turn it is for these arguments; undefined where there is none. */
  next(templates: readonly Told[], args: readonly number[]): Told | undefined {
    const [first] = templates;
    if (first === undefined || templates.length === 1) return first;
    const counts = this.#told.get(first) ?? new Map<string, number>();
    this.#told.set(first, counts);
    const key = args.join(",");
    const turn = counts.get(key) ?? 0;
    counts.set(key, turn + 1);
    const again = templates.length - 1;
    return turn === 0 ? first : templates[1 + ((turn - 1) % again)];
  }
}
