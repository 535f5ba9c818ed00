/**
 * What an expression reads, known before it is ever evaluated: fluents (through definitions of
 * computed ones), kinds of happenings, minds, the clock. Conditions that do not move need no
 * crossing; what reads a mind is looked at again when minds change.
 */
import {
  childrenOf,
  type EventPattern,
  type ExprId,
  type FluentId,
  type TypeId,
  type World,
} from "@fabula/model";

export interface Traits {
  /** Stored fluents read, definitions unfolded. */
  readonly fluents: ReadonlySet<FluentId>;
  /** Types whose coming and going matters. */
  readonly types: ReadonlySet<TypeId>;
  readonly events: readonly EventPattern[];
  /** Its value can change without anything being written: quantities, the clock. */
  readonly moves: boolean;
  /** Asks what somebody believes, wants or intends. */
  readonly mindful: boolean;
}

interface Gathering {
  readonly fluents: Set<FluentId>;
  readonly types: Set<TypeId>;
  readonly events: EventPattern[];
  moves: boolean;
  mindful: boolean;
  readonly seen: Set<ExprId>;
}

/** By fluents, as those that a change switched off are others: the rest of a world says nothing. */
const ofWorlds = new WeakMap<World["fluents"], TraitsOf>();

/** The traits of a world's expressions, shared by all its runs. */
export function traitsOf(world: World): TraitsOf {
  const known = ofWorlds.get(world.fluents);
  if (known?.world.expressions === world.expressions) return known;
  const traits = new TraitsOf(world);
  ofWorlds.set(world.fluents, traits);
  return traits;
}

export class TraitsOf {
  readonly #known = new Map<ExprId, Traits>();

  constructor(readonly world: World) {}

  of(expr: ExprId): Traits {
    let traits = this.#known.get(expr);
    if (traits === undefined) {
      const gathering: Gathering = {
        fluents: new Set(),
        types: new Set(),
        events: [],
        moves: false,
        mindful: false,
        seen: new Set(),
      };
      this.#gather(expr, gathering);
      traits = gathering;
      this.#known.set(expr, traits);
    }
    return traits;
  }

  #gather(expr: ExprId, into: Gathering): void {
    // Iterative in width, recursive in depth; `seen` bounds both and cuts recursive definitions.
    if (into.seen.has(expr)) return;
    into.seen.add(expr);
    const node = this.world.expressions.get(expr);
    switch (node.op) {
      case "fluent": {
        const fluent = this.world.fluents[node.fluent];
        if (fluent?.means !== undefined) this.#gather(fluent.means, into);
        else into.fluents.add(node.fluent);
        if (fluent?.storage === "quantity") into.moves = true;
        break;
      }
      case "quantified":
        into.types.add(node.type);
        break;
      case "now":
      case "time-since":
        into.moves = true;
        break;
      case "believes":
      case "confidence":
      case "can-tell":
      case "according":
      case "wants":
      case "intends":
      case "outlook":
        into.mindful = true;
        break;
      case "holds":
        // Whatever claim it is: nothing is known before it runs.
        into.moves = true;
        into.mindful = true;
        break;
      default:
    }
    if (node.op === "count-of" || node.op === "time-since") into.events.push(node.event);
    for (const child of childrenOf(node)) this.#gather(child, into);
  }
}
