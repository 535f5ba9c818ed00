/** What is under way in each person's mind between decisions, in the host's cells. */
import type { Cells } from "../../host.js";
import type { Population } from "../beliefs/population.js";

export const Field = {
  /** What is owed an answer: 1 telling, 2 question, 3 request; 0 nothing. */
  owedKind: 0,
  owedTo: 1,
  /** Claim + 1; 0 none. */
  owedClaim: 2,
  /** Deed + 1; 0 none. */
  owedDeed: 3,
  /** Occurrence that asks for the answer. */
  owedCause: 4,
  /** Deed + 1 that the person is about to do; 0 none. */
  turnDeed: 5,
  /** Its decision. */
  turnDecision: 6,
  /** Outlook when last felt, + 1; 0 never. */
  outlook: 7,
  /** How often in a row looking at things led to nothing. */
  quiet: 8,
  /** The occurrence that last changed something for the person. */
  lastCause: 9,
  /** Whom the person has just answered, + 1: may carry on; 0 nobody. */
  carryOn: 10,
} as const;

const FIELDS = 11;

export class PersonCells {
  readonly #cells = new Map<number, number[]>();

  constructor(
    readonly host: { readonly cells: Cells },
    readonly population: Population,
  ) {}

  get(person: number, field: number): number {
    const cell = this.#cells.get(person)?.[field];
    return cell === undefined ? 0 : this.host.cells.get(cell);
  }

  /** Of who has a mind; of others nothing is kept. */
  set(person: number, field: number, value: number): void {
    let cells = this.#cells.get(person);
    if (cells === undefined) {
      if (!this.population.isPerson(person)) return;
      cells = Array.from({ length: FIELDS }, () => this.host.cells.allocate());
      this.#cells.set(person, cells);
    }
    this.host.cells.set(cells[field] as number, value);
  }
}
