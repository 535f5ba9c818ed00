/**
 * Perspectives: chains of persons. [me] is my mind, [me, you] what I think you believe. Each chain
 * is interned once and named by a number; 0 is no chain.
 */

/** Longest chain. A step beyond it takes the place of the last one: common knowledge. */
export const DEPTH_MAX = 4;

export class Perspectives {
  readonly #parents: number[] = [0];
  readonly #lasts: number[] = [-1];
  readonly #roots: number[] = [-1];
  readonly #depths: number[] = [0];
  /** By parent, and by person: small numbers, which are looked up without making any. */
  readonly #children: (Map<number, number> | undefined)[] = [];

  get count(): number {
    return this.#parents.length;
  }

  /** The mind of one person. */
  root(person: number): number {
    return this.#child(0, person);
  }

  /** What is believed to be believed by `person` here. A person's own belief is no step. */
  extend(perspective: number, person: number): number {
    if (this.#lasts[perspective] === person) return perspective;
    const full = this.#depths[perspective] === DEPTH_MAX;
    const from = full ? (this.#parents[perspective] as number) : perspective;
    return this.#lasts[from] === person ? from : this.#child(from, person);
  }

  /** Without its last person; 0 for a mind of one's own. */
  parentOf(perspective: number): number {
    return this.#parents[perspective] as number;
  }

  lastOf(perspective: number): number {
    return this.#lasts[perspective] as number;
  }

  rootOf(perspective: number): number {
    return this.#roots[perspective] as number;
  }

  depthOf(perspective: number): number {
    return this.#depths[perspective] as number;
  }

  #child(parent: number, whose: number): number {
    // What comes out of a typed array is no small integer for V8, whatever its value.
    const person = whose | 0;
    const known = this.#children[parent]?.get(person);
    if (known !== undefined) return known;
    const made = this.#parents.length;
    this.#parents.push(parent);
    this.#lasts.push(person);
    this.#roots.push(parent === 0 ? person : (this.#roots[parent] as number));
    this.#depths.push((this.#depths[parent] as number) + 1);
    while (this.#children.length <= parent) this.#children.push(undefined);
    const children = this.#children[parent] ?? new Map<number, number>();
    this.#children[parent] = children;
    children.set(person, made);
    return made;
  }
}
