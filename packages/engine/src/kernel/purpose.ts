/**
 * What draws are for: a declaration, and the place of the effect in it. Draws are keyed by the text
 * (`rule faints/0/2`), so an effect added elsewhere re-rolls none; the places are made once.
 */
import { type Declared, keyName } from "@fabula/model";

export class Purpose {
  readonly #inner: Purpose[] = [];

  constructor(
    readonly text: string,
    /** How many lists of effects it stands in. */
    readonly depth = 0,
  ) {}

  /** Of the effect with this number in the list that stands here. */
  at(index: number): Purpose {
    let inner = this.#inner[index];
    if (inner === undefined) {
      inner = new Purpose(`${this.text}/${index}`, this.depth + 1);
      this.#inner[index] = inner;
    }
    return inner;
  }
}

const ofDeclarations = new WeakMap<Declared, Purpose>();

/** `kind`: what the author calls such a declaration; always the same for the same one. */
export function purposeOf(kind: string, declaration: Declared): Purpose {
  let purpose = ofDeclarations.get(declaration);
  if (purpose === undefined) {
    purpose = new Purpose(`${kind} ${keyName(declaration)}`);
    ofDeclarations.set(declaration, purpose);
  }
  return purpose;
}
