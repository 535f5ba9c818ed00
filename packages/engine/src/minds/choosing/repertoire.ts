/**
 * What somebody could do at all, whatever it needs: the deeds of a person that write what something
 * hangs on. Only what nothing can change rules a deed out here.
 */
import type { ActionSchema, ExprId } from "@fabula/model";
import { freeLocals } from "@fabula/model";
import { traitsOf } from "../../expressions/traits.js";
import { conjuncts, isFixed } from "../../kernel/tuples.js";
import type { Carrying, Deed } from "../foresight/carrying.js";
import { Op } from "../reading/code.js";
import type { Evaluator } from "../reading/evaluator.js";
import { valuesIn } from "../reading/tuples.js";
import type { Candidates } from "./candidates.js";
import type { Hooks } from "./hooks.js";
import { type Write, writesOf } from "./writes.js";

/** Part of what is to be so. */
export interface Goal {
  readonly expr: ExprId;
  readonly locals: readonly number[];
}

/** Most ways to fill the parameters of one action. */
const WAYS_MAX = 2_000;

export class Repertoire {
  readonly #writes: ReadonlyMap<number, readonly Write[]>;
  readonly #needs = new Map<number, readonly ExprId[]>();
  readonly #rigid = new Map<number, readonly { expr: ExprId; last: number }[]>();
  /** By action and what is given, for the person at hand. */
  readonly #deeds = new Map<string, readonly Deed[]>();
  #person = -1;
  #own = 0;

  constructor(
    readonly reader: Evaluator,
    readonly carrying: Carrying,
    readonly candidates: Candidates,
    readonly hooks: Hooks,
  ) {
    this.#writes = writesOf(reader.world);
  }

  /** Of whom it is asked from now on, as they have things now. */
  begin(person: number): void {
    this.#person = person;
    this.#own = this.reader.space.perspectives.root(person);
    this.#deeds.clear();
  }

  holds({ expr, locals }: Goal): boolean {
    return this.reader.soft(this.#own, expr, locals.slice()) > 0.5;
  }

  /** Nothing that anybody does can change it. */
  isBeyond({ expr }: Goal): boolean {
    const { fluents } = traitsOf(this.reader.world).of(expr);
    for (const fluent of fluents) if (this.#writes.has(fluent)) return false;
    return true;
  }

  /** The parts of what the deed needs; of speech, that the two can talk. */
  needsOf({ action, args }: Deed): readonly Goal[] {
    let needs = this.#needs.get(action.id);
    if (needs === undefined) {
      needs = conjuncts(this.reader.world, action.needs);
      this.#needs.set(action.id, needs);
    }
    const goals: Goal[] = needs.map((expr) => ({ expr, locals: args }));
    const together = this.hooks.exprOf("together", this.#person);
    if (action.hearer >= 0 && together !== undefined) {
      goals.push({ expr: together, locals: [this.#person, args[action.hearer] as number] });
    }
    return goals;
  }

  /** Deeds that write any of these atoms, in the order of what they say. */
  writing(atoms: Iterable<number>): readonly Deed[] {
    const found = new Map<ExprId, Deed>();
    for (const atom of atoms) {
      for (const deed of this.#writingOne(atom)) found.set(deed.id, deed);
    }
    return this.#inOrder(found);
  }

  /** Deeds that tell somebody something, in the order of what they say. */
  telling(): readonly Deed[] {
    const found = new Map<ExprId, Deed>();
    for (const action of this.reader.world.actions) {
      if (action.says.length === 0) continue;
      for (const deed of this.#deedsOf(action, [this.#person])) found.set(deed.id, deed);
    }
    return this.#inOrder(found);
  }

  #inOrder(found: ReadonlyMap<ExprId, Deed>): readonly Deed[] {
    const { grounder } = this.reader;
    return [...found.values()].sort((a, b) => grounder.compare(a.id, b.id));
  }

  #writingOne(atom: number): readonly Deed[] {
    const { atoms, code } = this.reader;
    const writes = this.#writes.get(atoms.fluentOf(atom));
    if (writes === undefined) return [];
    const held = atoms.argsOf(atom);
    return writes.flatMap(({ action, args }) => {
      const given: (number | undefined)[] = [this.#person];
      const fits = args.every((arg, index) => {
        const value = held[index] as number;
        if (code.op[arg] === Op.constant) return code.value[arg] === value;
        const slot = code.op[arg] === Op.local ? (code.a[arg] as number) : -1;
        if (slot < 0 || slot >= action.parameters.length) return true;
        if (given[slot] !== undefined && given[slot] !== value) return false;
        given[slot] = value;
        return true;
      });
      return fits ? this.#deedsOf(action, given) : [];
    });
  }

  /** Deeds of the action with what is given filled in. */
  #deedsOf(action: ActionSchema, given: readonly (number | undefined)[]): readonly Deed[] {
    const key = `${action.id}:${given.join()}`;
    let deeds = this.#deeds.get(key);
    if (deeds === undefined) {
      deeds = this.#isOfTheirs(action) ? this.#fill(action, given) : [];
      this.#deeds.set(key, deeds);
    }
    return deeds;
  }

  /** Answers, questions, requests and what waits for something are chosen when it comes to it. */
  #isOfTheirs(action: ActionSchema): boolean {
    const { answers, waitsUntil, asks, requests } = action;
    if ((answers ?? waitsUntil ?? asks ?? requests) !== undefined) return false;
    const actor = action.parameters[0]?.type;
    const { population } = this.reader;
    return actor?.kind === "entity" && population.isA(population.typeOf(this.#person), actor.type);
  }

  #fill(action: ActionSchema, given: readonly (number | undefined)[]): readonly Deed[] {
    const { reader } = this;
    const { parameters } = action;
    const found: Deed[] = [];
    const rigid = this.#rigidOf(action);
    const locals: number[] = [this.#person];
    const next = (slot: number): void => {
      if (slot === parameters.length) {
        if (reader.host.isForbidden(action.id, locals)) return;
        const id = reader.grounder.deed(action.id, locals.slice(), parameters);
        found.push(this.carrying.deedOf(id));
        return;
      }
      const range = this.#rangeOf(action, slot, locals);
      const value = given[slot];
      for (const one of value === undefined ? range : range.filter((other) => other === value)) {
        if (found.length >= WAYS_MAX) return;
        locals[slot] = one;
        locals.length = slot + 1;
        if (rigid.every(({ expr, last }) => last !== slot || this.holds({ expr, locals }))) {
          next(slot + 1);
        }
      }
    };
    next(1);
    return found;
  }

  #rangeOf(action: ActionSchema, slot: number, locals: readonly number[]): readonly number[] {
    const type = action.parameters[slot]?.type;
    const hearer = locals[action.hearer];
    if (type?.kind === "claim") {
      if (action.says.length === 0 || hearer === undefined) return [];
      return this.candidates.tellable(this.#person, hearer);
    }
    const all = valuesIn(this.reader, this.#own, type);
    return slot === action.hearer ? all.filter((one) => one !== this.#person) : all;
  }

  /** Parts of what it needs that nothing can change, with the last parameter of each. */
  #rigidOf(action: ActionSchema): readonly { expr: ExprId; last: number }[] {
    let rigid = this.#rigid.get(action.id);
    if (rigid === undefined) {
      const { world } = this.reader;
      const source = { world, traits: traitsOf(world) };
      rigid = conjuncts(world, action.needs)
        .filter((expr) => isFixed(source, expr))
        .map((expr) => ({ expr, last: Math.max(1, ...freeLocals(world.expressions, expr)) }));
      this.#rigid.set(action.id, rigid);
    }
    return rigid;
  }
}
