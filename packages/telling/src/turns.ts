/**
 * Several templates for one thing are told in turn, whoever it happens to; those with `again` only
 * where it has been told before between the same, and then before the others.
 */
import type { Told } from "@fabula/model";

export class Turns {
  /** What was told, by its first template and its arguments. */
  readonly #before = new Map<Told, Set<string>>();
  /** At which turn a template was told last. */
  readonly #turns = new Map<Told, number>();
  #turn = 0;

  /** The one whose turn it is for these arguments; undefined where there is none. */
  next(templates: readonly Told[], args: readonly number[]): Told | undefined {
    const [first] = templates;
    if (first === undefined) return undefined;
    const before = this.#before.get(first) ?? new Set<string>();
    this.#before.set(first, before);
    const key = args.join(",");
    const again = before.has(key) ? templates.filter((told) => told.again === true) : [];
    const open = again.length > 0 ? again : templates.filter((told) => told.again !== true);
    before.add(key);
    const found = this.longestAgo(open);
    if (found !== undefined) this.#turns.set(found, ++this.#turn);
    return found;
  }

  /** What was never told comes first, in the author's order. */
  private longestAgo(templates: readonly Told[]): Told | undefined {
    const turnOf = (told: Told) => this.#turns.get(told) ?? 0;
    return templates.reduce<Told | undefined>(
      (found, told) => (found === undefined || turnOf(told) < turnOf(found) ? told : found),
      undefined,
    );
  }
}
