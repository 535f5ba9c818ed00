/** Who is there of a type, as a perspective has it: lists, kept while the same are in them. */
import { Special } from "../beliefs/atoms.js";
import { SETTLED_TYPES } from "../beliefs/belief-space.js";
import type { Evaluator } from "./evaluator.js";
import { isSameList, Nodes } from "./nodes.js";

/** Who has a mind or had one, as far as a perspective knows: of those born since, whom it met. */
export function personsKnown(reader: Evaluator, perspective: number): readonly number[] {
  const { population, log } = reader;
  log.note(SETTLED_TYPES);
  const all = population.everybody;
  const youngest = all[all.length - 1];
  if (youngest === undefined || youngest < population.declaredCount) return all;
  const from = reader.perspective;
  reader.perspective = perspective;
  const known = all.filter((one) => one < population.declaredCount || reader.exists(one) > 0.5);
  reader.perspective = from;
  return known;
}

export class EntityLists {
  /** By perspective, type, and whether others than the declared may be there. */
  readonly #lists: Nodes<readonly number[]>;

  constructor(readonly reader: Evaluator) {
    this.#lists = new Nodes(reader, (place) => this.#make(place), isSameList);
  }

  /** In birth order, in the perspective at hand. */
  of(type: number): readonly number[] {
    const { reader } = this;
    const { log, population } = reader;
    const unsettled = population.isUnsettled(type) ? 1 : 0;
    const place = (reader.perspective * reader.world.types.length + type) * 2 + unsettled;
    const known = this.#lists.find(place);
    if (known !== undefined) {
      log.noteNode(known);
      return known.value as readonly number[];
    }
    const start = log.open();
    return this.#lists.close(start, place, this.#find(type));
  }

  #make(place: number): readonly number[] {
    const { reader } = this;
    const count = reader.world.types.length;
    const both = place >> 1;
    reader.perspective = Math.floor(both / count);
    return this.#find(both % count);
  }

  #find(type: number): readonly number[] {
    const { reader } = this;
    const { population } = reader;
    const declared = population.declaredOf(type);
    if (!population.isUnsettled(type)) {
      reader.log.note(SETTLED_TYPES);
      return declared;
    }
    reader.log.note(1 + Special.exists);
    const found: number[] = [];
    for (const entity of declared) if (reader.exists(entity) > 0.5) found.push(entity);
    population.eachLater((entity) => {
      if (!population.isA(population.typeOf(entity), type)) return;
      if (reader.exists(entity) > 0.5) found.push(entity);
    });
    return found;
  }
}
