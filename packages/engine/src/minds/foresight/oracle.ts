/**
 * Lazy splitting: a foresight runs down one path at a time; each time it asks something uncertain,
 * the path takes the likelier answer and the other is put by for later, with its probability.
 */

/** Paths below this probability are dropped. */
export const PATH_LEAST = 0.02;
/** Most paths of one foresight. */
export const PATHS_MAX = 24;
/** Most questions of one path: the rest take the likelier answer. */
const QUESTIONS_MAX = 30;

export class Oracle {
  /** Probability of the path so far; none before `begin`. */
  probability = Number.NaN;
  /** Questions asked on this path. */
  asked = 0;
  #given = 0;
  #bits = 0;
  readonly #bitsPut: number[] = [];
  readonly #givenPut: number[] = [];
  readonly #probabilityPut: number[] = [];

  begin(): void {
    this.#bitsPut.length = 0;
    this.#givenPut.length = 0;
    this.#probabilityPut.length = 0;
    this.#start(0, 0);
  }

  /** The answer on this path to something true with this probability. */
  ask(probability: number): boolean {
    if (!(probability > 0.001)) return false;
    if (probability >= 0.999) return true;
    const at = this.asked;
    this.asked = at + 1;
    if (at < this.#given) {
      const answer = ((this.#bits >>> at) & 1) === 1;
      this.probability *= answer ? probability : 1 - probability;
      return answer;
    }
    const answer = probability >= 0.5;
    if (at < QUESTIONS_MAX) {
      const other = this.probability * (answer ? 1 - probability : probability);
      if (other >= PATH_LEAST) {
        this.#bitsPut.push(answer ? this.#bits : this.#bits | (1 << at));
        this.#givenPut.push(at + 1);
        this.#probabilityPut.push(other);
      }
      if (answer) this.#bits |= 1 << at;
      this.#given = at + 1;
    }
    this.probability *= answer ? probability : 1 - probability;
    return answer;
  }

  /** Starts the most probable of the paths put by; false where there is none. */
  next(): boolean {
    let best = -1;
    for (let index = 0; index < this.#bitsPut.length; index++) {
      const better =
        best < 0 ||
        (this.#probabilityPut[index] as number) > (this.#probabilityPut[best] as number);
      if (better) best = index;
    }
    if (best < 0) return false;
    const bits = this.#bitsPut[best] as number;
    const given = this.#givenPut[best] as number;
    this.#bitsPut.splice(best, 1);
    this.#givenPut.splice(best, 1);
    this.#probabilityPut.splice(best, 1);
    this.#start(bits, given);
    return true;
  }

  #start(bits: number, given: number): void {
    this.#bits = bits;
    this.#given = given;
    this.asked = 0;
    this.probability = 1;
  }
}
