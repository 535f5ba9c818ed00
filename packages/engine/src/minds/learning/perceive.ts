/**
 * From what is so to what is known: the only file of the minds that reads the truth, and it reads
 * it to tell those who perceive. Nothing here weighs or chooses.
 */
import type { BeliefSource, Perceived } from "@fabula/chronicle";
import type { ActionSchema, ExprId, Fluent, Perception, Sense, Unnoticed } from "@fabula/model";
import { type Happening, isOfAction, type MindHost, type Perceiver } from "../../host.js";
import { Special } from "../beliefs/atoms.js";
import { Way } from "../beliefs/common-ground.js";
import { CERTAIN, IMPOSSIBLE } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Evaluator } from "../reading/evaluator.js";
import { happeningKey } from "../reading/memory.js";
import { eachGround } from "../reading/tuples.js";
import type { Learning } from "./learn.js";
import { Witnesses } from "./witnesses.js";

/** Steps of a number's range that are noticed. */
const NOTICED_STEPS = 64;

const SOURCE: Readonly<Record<Sense, BeliefSource>> = { seen: "saw", heard: "heard", felt: "felt" };

export class Perceiving {
  readonly #templates: ExprId[] = [];
  readonly #witnesses: Witnesses;
  /** To begin with: who was looked at. Nothing changes meanwhile, so once is enough. */
  #met: Set<number> | undefined;

  constructor(
    readonly host: MindHost,
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
  ) {
    const { world, population } = reader;
    const means = (expr: ExprId, args: readonly number[]) => host.truth.evaluate(expr, args);
    this.#witnesses = new Witnesses(world.expressions, means, population);
  }

  /** How things stand at the start: what all know, and what each perceives. */
  begin(): void {
    this.#met = new Set();
    this.#lookAtAll();
    this.#met = undefined;
  }

  #lookAtAll(): void {
    const { world } = this.reader;
    for (const fluent of world.fluents) {
      if (fluent.storage === "derived" && fluent.perceptions.length === 0) continue;
      const way = this.reader.common.wayOf[fluent.id];
      if (way === Way.private) continue;
      this.#eachTuple(fluent, (args) => {
        if (way === Way.perceived) this.#look(fluent.id, args);
        else this.#tellAll(fluent.id, args);
      });
    }
    for (const { id, absent } of world.entities) {
      if (absent !== true) this.#comesToSee(id, () => 0);
    }
  }

  /** Who perceives an occurrence; they take in that it happened and what it changed. */
  happened(happening: Happening): readonly Perceived[] {
    const { population } = this.reader;
    for (const entity of happening.gone) population.goes(entity);
    for (const entity of happening.born) {
      population.born(entity, this.host.truth.typeOf(entity));
      // Who takes things in knows that they are there themselves, and what all could know of them.
      if (!population.takesIn(entity)) continue;
      this.writer.silently(() => this.#meets(entity, entity, "felt", () => happening.id));
    }
    const perceived = this.#perceiversOf(happening);
    for (const one of perceived) if (one.whole) this.#takeIn(happening, one, perceived);
    this.#ownChanges(happening, perceived);
    if (happening.kind === "failed") this.#whyFailed(happening);
    return perceived;
  }

  /** A ground fluent (or with -1, an entity's existence) may be perceived otherwise than before. */
  perceptible(
    fluent: number,
    args: readonly number[],
    perceivers: readonly Perceiver[],
    cause: () => number,
  ): void {
    if (fluent < 0) {
      const entity = args[0] as number;
      for (const { who, clause } of perceivers) {
        if (this.reader.population.takesIn(who))
          this.#meets(who, entity, SOURCE[clause.sense], cause);
      }
      return;
    }
    // Who comes to see something of a thing may come to see that it is there, or does by that.
    const owner = args[0] as number;
    this.#comesToSee(owner, cause);
    const isNew = this.reader.population.isPlainNewcomer(owner);
    for (const { who, clause } of perceivers) {
      if (!this.reader.population.takesIn(who)) continue;
      if (isNew) this.#meets(who, owner, SOURCE[clause.sense], cause);
      const value =
        clause.as === -1 ? this.#valueOf(fluent, args) : this.#seemsLike(clause.as, args, who);
      this.#notice(who, fluent, args, value, SOURCE[clause.sense], cause);
    }
  }

  #comesToSee(owner: number, cause: () => number): void {
    if (this.#met?.has(owner) === true) return;
    this.#met?.add(owner);
    if (!this.reader.population.isVeiled(this.host.truth.typeOf(owner))) return;
    this.perceptible(-1, [owner], this.host.truth.perceivers(-1, [owner]), cause);
  }

  #look(fluent: number, args: readonly number[]): void {
    this.perceptible(fluent, args, this.host.truth.perceivers(fluent, args), () => 0);
  }

  /** The person comes to know an entity, and with it what anybody sees who sees it. */
  #meets(observer: number, entity: number, source: BeliefSource, cause: () => number): void {
    const { reader, writer } = this;
    const own = reader.space.perspectives.root(observer);
    const atom = reader.atoms.special(Special.exists, [entity]);
    if (reader.space.odds(reader.space.find(own, atom)) >= CERTAIN) return;
    const from = { source, by: -1, cause: cause() };
    writer.forGood(from, () => writer.put(own, atom, CERTAIN, 1));
    const type = reader.population.typeOf(entity);
    for (const fluent of reader.world.fluents) {
      if (fluent.storage === "derived") continue;
      if (reader.common.wayOf[fluent.id] !== Way.public) continue;
      if (!reader.population.isA(type, fluent.owner)) continue;
      this.#eachTuple(
        fluent,
        (args) => {
          this.#notice(observer, fluent.id, args, this.#valueOf(fluent.id, args), source, cause);
        },
        entity,
      );
    }
  }

  #notice(
    observer: number,
    fluent: number,
    args: readonly number[],
    value: number,
    source: BeliefSource,
    cause: () => number,
  ): void {
    const { reader, writer } = this;
    const own = reader.space.perspectives.root(observer);
    const atom = reader.atoms.of(fluent, args);
    if (!this.#isNews(own, atom, fluent, value) || writer.finds(own, atom, value)) return;
    writer.learn({ source, by: -1, cause: cause() }, own, atom, value);
  }

  /** A number that moved too little to be noticed is none; everything else is. */
  #isNews(own: number, atom: number, fluent: number, value: number): boolean {
    const { space, world } = this.reader;
    const key = space.find(own, atom);
    if (space.odds(key) < CERTAIN) return true;
    const held = space.value(key);
    const schema = world.fluents[fluent];
    if (schema?.type.kind !== "number" || Number.isNaN(held) || Number.isNaN(value)) return true;
    const low = schema.low ?? 0;
    const high = schema.high ?? Math.max(1, Math.abs(held) * 4);
    const atEnd = value === low || value === high || value === 0;
    return atEnd ? held !== value : Math.abs(value - held) * NOTICED_STEPS >= high - low;
  }

  #perceiversOf(happening: Happening): readonly Perceived[] {
    const { world } = this.reader;
    const action = this.#actionOf(happening);
    const rule = happening.kind === "rule" ? world.rules[happening.schema] : undefined;
    const clauses = action?.perceptions ?? rule?.perceptions ?? [];
    // What nobody takes part in, and nobody can perceive.
    if (action === undefined && clauses.length === 0) return [];
    const parameters = action?.parameters ?? rule?.parameters ?? [];
    const args = happening.args.slice(0, parameters.length);
    const taking = action === undefined ? [] : this.#takersOf(happening, action, args);
    const perceived: Perceived[] = [];
    for (const who of this.#witnesses.of(clauses, args, taking)) {
      if (taking.includes(who)) {
        perceived.push({ who, sense: "felt", whole: true });
        continue;
      }
      if (happening.kind === "failed") continue;
      const found = this.#perceives(clauses, args, who);
      if (found === undefined) continue;
      perceived.push({ who, sense: found.sense, whole: found.clause.as === -1 });
    }
    return perceived;
  }

  /** Who takes part, and notices it. */
  #takersOf(happening: Happening, action: ActionSchema, args: readonly number[]): number[] {
    const taking: number[] = [];
    const add = (slot: number): void => {
      const who = args[slot];
      if (who === undefined || taking.includes(who)) return;
      // Who tries and fails knows it: else they would try for ever.
      if (happening.kind === "failed" || !this.#isUnnoticed(action, args, who)) taking.push(who);
    };
    add(0);
    for (const slot of action.consents) add(slot);
    if (action.hearer >= 0 && action.perceptions.length === 0) add(action.hearer);
    return taking;
  }

  /** The clause by which the observer perceives it: one that shows it as it is, if there is one. */
  #perceives(
    clauses: readonly Perception[],
    args: readonly number[],
    observer: number,
  ): { readonly sense: Sense; readonly clause: Perception } | undefined {
    const locals = [...args, observer];
    let found: Perception | undefined;
    for (const clause of clauses) {
      if (!this.#isAbout(clause, locals, observer)) continue;
      if (found === undefined || (found.as !== -1 && clause.as === -1)) found = clause;
    }
    return found === undefined ? undefined : { sense: found.sense, clause: found };
  }

  #actionOf({ kind, schema }: Happening): ActionSchema | undefined {
    return isOfAction(kind) ? this.reader.world.actions[schema] : undefined;
  }

  #isAbout({ by, when }: Unnoticed, locals: readonly number[], observer: number): boolean {
    const { truth } = this.host;
    if (by !== undefined && !by.some((one) => truth.evaluate(one, locals) === observer)) {
      return false;
    }
    return when === undefined || truth.evaluate(when, locals) > 0;
  }

  /** Whether the act says that taking part in it is not enough for them to notice it. */
  #isUnnoticed(action: ActionSchema | undefined, args: readonly number[], who: number): boolean {
    const clauses = action?.unnoticed ?? [];
    if (clauses.length === 0) return false;
    const locals = [...args, who];
    return clauses.some((clause) => this.#isAbout(clause, locals, who));
  }

  #takeIn(happening: Happening, one: Perceived, all: readonly Perceived[]): void {
    const { reader, writer } = this;
    const own = reader.space.perspectives.root(one.who);
    const did = one.who === happening.args[0] && happening.kind !== "rule";
    const source = did ? "did" : SOURCE[one.sense];
    this.#remember(happening, own);
    const cause = (): number => happening.id;
    for (const write of happening.writes) {
      if (reader.common.wayOf[write.fluent] !== Way.public) continue;
      this.#notice(one.who, write.fluent, write.args, write.value, source, cause);
      this.#othersToo(happening, one, write, all);
    }
    if (happening.born.length + happening.gone.length === 0) return;
    writer.forGood({ source, by: -1, cause: happening.id }, () => {
      for (const entity of happening.born) {
        if (reader.population.isVeiled(reader.population.typeOf(entity))) continue;
        writer.put(own, reader.atoms.special(Special.exists, [entity]), CERTAIN, 1);
      }
      for (const entity of happening.gone) {
        writer.put(own, reader.atoms.special(Special.exists, [entity]), IMPOSSIBLE, 0);
      }
    });
  }

  /** What one held of another's belief about it is out of date, where both perceived it. */
  #othersToo(
    happening: Happening,
    one: Perceived,
    write: Happening["writes"][number],
    all: readonly Perceived[],
  ): void {
    const { reader, writer } = this;
    const { space } = reader;
    const atom = reader.atoms.of(write.fluent, write.args);
    for (const other of all) {
      if (other.who === one.who || !other.whole) continue;
      const theirs = space.perspectives.extend(space.perspectives.root(one.who), other.who);
      if (space.odds(space.find(theirs, atom)) === 0) continue;
      const from = { source: SOURCE[one.sense], by: -1, cause: happening.id } as const;
      writer.forGood(from, () => writer.set(theirs, atom, write.value));
    }
  }

  #remember(happening: Happening, own: number): void {
    const { reader, writer } = this;
    const rule = happening.kind === "rule";
    const phase = rule ? "started" : happening.kind;
    if (!isOfAction(phase)) return;
    const parameters = rule
      ? reader.world.rules[happening.schema]?.parameters
      : reader.world.actions[happening.schema]?.parameters;
    const args = happening.args.slice(0, parameters?.length ?? 0);
    const key = happeningKey(rule, happening.schema, phase, args);
    const times = reader.atoms.special(Special.happenedTimes, key);
    const last = reader.atoms.special(Special.happenedLast, key);
    const held = reader.space.find(own, times);
    const count = reader.space.odds(held) === 0 ? 0 : reader.space.value(held);
    writer.forGood({ source: "saw", by: -1, cause: happening.id }, () => {
      writer.put(own, times, CERTAIN, count + 1);
      writer.put(own, last, CERTAIN, this.host.now);
    });
  }

  /** What changes about oneself in the open one knows, unless the act goes unnoticed. */
  #ownChanges(happening: Happening, perceived: readonly Perceived[]): void {
    for (const write of happening.writes) {
      const owner = write.args[0] as number;
      if (this.reader.common.wayOf[write.fluent] !== Way.public) continue;
      if (!this.reader.population.takesIn(owner)) continue;
      if (perceived.some((one) => one.who === owner && one.whole)) continue;
      const action = this.#actionOf(happening);
      const args = happening.args.slice(0, action?.parameters.length ?? 0);
      if (this.#isUnnoticed(action, args, owner)) continue;
      this.#notice(owner, write.fluent, write.args, write.value, "felt", () => happening.id);
    }
  }

  /** Who tried and could not learns what stood in the way. */
  #whyFailed(happening: Happening): void {
    const { reader } = this;
    const action = reader.world.actions[happening.schema];
    const actor = happening.args[0] as number;
    if (action === undefined || !reader.population.takesIn(actor)) return;
    const locals = happening.args.slice(0, action.parameters.length);
    const from = { source: "felt", by: -1, cause: happening.id } as const;
    const tell = (expr: ExprId): void => {
      const node = reader.world.expressions.get(expr);
      if (node.op === "and") for (const part of node.args) tell(part);
      else if (!(this.host.truth.evaluate(expr, locals) > 0)) {
        const own = reader.space.perspectives.root(actor);
        const claim = reader.grounder.claim(this.#wrongFirst(own, expr, locals), locals);
        this.writer.forGood(from, () => this.learning.believe(own, claim, 0));
      }
    };
    tell(action.needs);
  }

  /** Of two fields that are not the same after all, the one that was taken for something else first. */
  #wrongFirst(own: number, expr: ExprId, locals: readonly number[]): ExprId {
    const pool = this.reader.world.expressions;
    const node = pool.get(expr);
    if (node.op !== "eq" || pool.get(node.args[1]).op !== "fluent") return expr;
    const [left, right] = node.args;
    const isRight = (one: ExprId): boolean =>
      this.reader.soft(own, one, locals.slice()) === this.host.truth.evaluate(one, locals);
    if (!isRight(left) || isRight(right)) return expr;
    return pool.intern({ op: "eq", args: [right, left] }, pool.typeOf(expr));
  }

  #tellAll(fluent: number, args: readonly number[]): void {
    const value = this.#valueOf(fluent, args);
    const { common, atoms } = this.reader;
    if (value !== common.usualFor(fluent, args)) common.tell(atoms.of(fluent, args), value);
  }

  #seemsLike(as: ExprId, args: readonly number[], observer: number): number {
    return this.host.truth.evaluate(as, [...args, observer]);
  }

  #valueOf(fluent: number, args: readonly number[]): number {
    let template = this.#templates[fluent];
    if (template === undefined) {
      const pool = this.reader.world.expressions;
      const schema = this.reader.world.fluents[fluent];
      if (schema === undefined) return Number.NaN;
      const types = [
        { kind: "entity", type: schema.owner } as const,
        ...schema.parameters.map((one) => one.type),
      ];
      const slots = types.map((type, slot) => pool.intern({ op: "local", slot }, type));
      template = pool.intern({ op: "fluent", fluent, args: slots }, schema.type);
      this.#templates[fluent] = template;
    }
    return this.host.truth.evaluate(template, args);
  }

  /** Of one owner, or of all there are. */
  #eachTuple(fluent: Fluent, visit: (args: readonly number[]) => void, owner?: number): void {
    const { truth } = this.host;
    eachGround(this.reader.world, (type) => truth.entitiesOf(type), fluent, visit, owner);
  }
}
