/** The `mind` blocks: how a person weighs, each hook from the nearest type that says it. */
import type { Effect, ExprId, MindHook, MindSchema, TypeDeclaration, World } from "@fabula/model";
import type { Evaluator } from "../reading/evaluator.js";

/** What holds where a world says nothing. Seconds, gains, factors as each hook has them. */
const DEFAULTS: Readonly<Record<MindHook, number>> = {
  trust: 1,
  care: 0,
  floor: 0.05,
  spread: 3,
  rebuff: 0.8,
  curiosity: 0.3,
  pause: 2,
  react: 0.9,
  able: 1,
  weighs: 1,
  together: 1,
  keeps: 0.25,
  speechless: 0,
  lull: 8,
  plans: 6,
};

export class Hooks {
  readonly #byType = new Map<number, Partial<Record<MindHook, ExprId>>>();
  readonly #appraisals = new Map<number, readonly Effect[]>();

  constructor(readonly reader: Evaluator) {
    for (const type of reader.world.types) {
      const minds = mindsOf(reader.world, type);
      for (const mind of minds) {
        if (mind.appraisal.length > 0) this.#appraisals.set(type.id, mind.appraisal);
      }
      this.#byType.set(type.id, mergedHooks(minds));
    }
  }

  /** What the hook says of `person`, in a perspective; `rest`: the hook's other parameters. */
  of(hook: MindHook, perspective: number, person: number, ...rest: number[]): number {
    const expr = this.exprOf(hook, person);
    if (expr === undefined) return DEFAULTS[hook];
    const value = this.reader.soft(perspective, expr, [person, ...rest]);
    return Number.isNaN(value) ? DEFAULTS[hook] : value;
  }

  /** How it is worked out for such a person; undefined where the default holds. */
  exprOf(hook: MindHook, person: number): ExprId | undefined {
    return this.#byType.get(this.reader.population.typeOf(person))?.[hook];
  }

  /** In the person's own mind. */
  own(hook: MindHook, person: number, ...rest: number[]): number {
    return this.of(hook, this.reader.space.perspectives.root(person), person, ...rest);
  }

  appraisalOf(person: number): readonly Effect[] {
    return this.#appraisals.get(this.reader.population.typeOf(person)) ?? [];
  }
}

/** How the hook is worked out for persons of a type; undefined where no text says it. */
export function hookOf(world: World, type: TypeDeclaration, hook: MindHook): ExprId | undefined {
  return mergedHooks(mindsOf(world, type))[hook];
}

function mergedHooks(minds: readonly MindSchema[]): Partial<Record<MindHook, ExprId>> {
  return Object.assign({}, ...minds.map((mind) => mind.hooks));
}

/** Those of the type and what it is a kind of, the nearest last. */
function mindsOf(world: World, type: TypeDeclaration): readonly MindSchema[] {
  const line = [type.id, ...type.ancestors].reverse();
  return line.flatMap((id) => world.minds.filter((mind) => mind.type === id));
}
