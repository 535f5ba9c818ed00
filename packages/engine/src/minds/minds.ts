/**
 * The minds of a run, put together: what the kernel calls. Each part is a file of its own; only
 * perceiving and the effects of feeling get at the truth, through what is handed to them here.
 */
import type { OccurrenceId, Perceived } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import {
  type Account,
  type Happening,
  isOfAction,
  type MindHooks,
  type MindHost,
  type Perceiver,
} from "../host.js";
import type { BeliefStrength } from "../kernel/effects.js";
import { NumberSet } from "../kernel/number-set.js";
import { Special } from "./beliefs/atoms.js";
import { EVERYTHING } from "./beliefs/belief-space.js";
import { Writer } from "./beliefs/writer.js";
import { Accounting } from "./choosing/account.js";
import { Appraisal } from "./choosing/appraise.js";
import { Candidates } from "./choosing/candidates.js";
import { Conversation, Due } from "./choosing/converse.js";
import { Deliberation } from "./choosing/deliberate.js";
import { Hooks } from "./choosing/hooks.js";
import { Intentions } from "./choosing/intentions.js";
import { Options } from "./choosing/options.js";
import { Field, PersonCells } from "./choosing/person-cells.js";
import { Reflexes } from "./choosing/reflexes.js";
import { Replies } from "./choosing/replies.js";
import { Requests } from "./choosing/requests.js";
import type { Steering } from "./choosing/steering.js";
import { Wants } from "./choosing/wants.js";
import { Carrying } from "./foresight/carrying.js";
import { applyBelief, ForeseenState } from "./foresight/foreseen-state.js";
import { Foresight } from "./foresight/foresight.js";
import { Inferring } from "./learning/infer.js";
import { confidenceIn, Learning } from "./learning/learn.js";
import { Perceiving } from "./learning/perceive.js";
import { drawStart } from "./learning/start.js";
import { Uptake } from "./learning/uptake.js";
import { Evaluator } from "./reading/evaluator.js";
import { answerAs, canTell } from "./reading/known.js";

/** Rounds of one instant in which beliefs may lead to beliefs. */
const ROUNDS_MAX = 8;

/** Work done so far, for benchmarks. */
export interface MindWork {
  readonly decisions: number;
  readonly options: number;
  readonly paths: number;
}

export interface Minds extends MindHooks {
  readonly work: MindWork;
}

export function createMinds(host: MindHost): Minds {
  return new MindsOfRun(host, false);
}

/** Minds of which one is steered by a reader. */
export function createSteeredMinds(host: MindHost, steering: Steering): Minds {
  return new MindsOfRun(host, false, steering);
}

/** Minds that work everything out anew each time: slow, and to be compared with. */
export function createForgetfulMinds(host: MindHost): Minds {
  return new MindsOfRun(host, true);
}

class MindsOfRun implements Minds {
  readonly #reader: Evaluator;
  readonly #writer: Writer;
  readonly #learning: Learning;
  readonly #wants: Wants;
  readonly #foresight: Foresight;
  readonly #deliberation: Deliberation;
  readonly #perceiving: Perceiving;
  readonly #inferring: Inferring;
  readonly #appraisal: Appraisal;
  readonly #intentions: Intentions;
  readonly #conversation: Conversation;
  readonly #uptake: Uptake;
  readonly #reflexes: Reflexes;
  readonly #cells: PersonCells;
  readonly #accounting: Accounting;
  readonly #touched = new NumberSet();
  readonly #crossed = new NumberSet();
  /** In all rounds of an instant. */
  readonly #crossedSince = new NumberSet();
  #begun = false;

  constructor(
    readonly host: MindHost,
    forgetful: boolean,
    steering?: Steering,
  ) {
    const reader = new Evaluator(host);
    reader.log.forgetful = forgetful;
    const writer = new Writer(reader);
    const learning = new Learning(reader, writer);
    const wants = new Wants(reader);
    const state = new ForeseenState(reader, writer, learning);
    const carrying = new Carrying(reader, state);
    const foresight = new Foresight(reader, wants, carrying, state);
    const hooks = new Hooks(reader);
    const requests = new Requests(reader, writer, foresight, carrying, hooks);
    const candidates = new Candidates(reader, wants, writer);
    const options = new Options(reader, candidates, foresight, hooks);
    const deliberation = new Deliberation(
      reader,
      writer,
      learning,
      wants,
      foresight,
      carrying,
      requests,
      options,
      hooks,
      steering,
    );
    this.#accounting = new Accounting(reader, state, wants, foresight, carrying, deliberation);
    const cells = new PersonCells(host, reader.population);
    const intentions = new Intentions(reader, writer, foresight, deliberation, hooks, cells);
    const replies = new Replies(
      reader,
      writer,
      learning,
      candidates,
      requests,
      deliberation,
      intentions,
    );
    this.#reader = reader;
    this.#writer = writer;
    this.#learning = learning;
    this.#wants = wants;
    this.#foresight = foresight;
    this.#deliberation = deliberation;
    this.#cells = cells;
    this.#intentions = intentions;
    this.#perceiving = new Perceiving(host, reader, writer, learning);
    this.#inferring = new Inferring(reader, writer, learning);
    this.#appraisal = new Appraisal(
      reader,
      writer,
      foresight,
      hooks,
      cells,
      (effects, locals, cause) => {
        host.applyEffects(effects, locals, cause);
      },
    );
    this.#conversation = new Conversation(
      host,
      reader,
      cells,
      deliberation,
      intentions,
      replies,
      hooks,
    );
    this.#uptake = new Uptake(reader, writer, learning, hooks, requests, carrying, deliberation);
    this.#reflexes = new Reflexes(host, reader, hooks);
    reader.space.onHeld = (key) => host.held(key);
    writer.onChange((person, crossed, cause) => {
      this.#touched.add(person);
      if (crossed) this.#crossed.add(person);
      cells.set(person, Field.lastCause, cause);
    });
  }

  get work(): MindWork {
    const { count, weighedCount } = this.#deliberation;
    return { decisions: count, options: weighedCount, paths: this.#foresight.paths };
  }

  begin(): void {
    this.#writer.silently(() => {
      this.#perceiving.begin();
      drawStart(this.host, this.#reader, this.#writer, this.#learning);
    });
    this.#begun = true;
    for (const person of this.#reader.population.persons) {
      this.#touched.add(person);
      this.#conversation.attend(person, false);
    }
  }

  happened(happening: Happening): readonly Perceived[] {
    const perceived = this.#perceiving.happened(happening);
    if (!this.#begun) return perceived;
    for (const one of happening.born) this.#comes(one, happening.id);
    const actor = isOfAction(happening.kind) ? (happening.args[0] as number) : -1;
    for (const one of perceived) {
      if (one.who !== actor && one.whole) this.#conversation.attend(one.who, true);
      this.#cells.set(one.who, Field.lastCause, happening.id);
    }
    if (actor < 0) return perceived;
    if (happening.kind !== "started") this.#conversation.attend(actor, false);
    this.#release(happening.kind, actor);
    const action = this.#reader.world.actions[happening.schema];
    if (happening.kind !== "ended" || action === undefined) return perceived;
    const addressed = this.#uptake.ended(happening, action, perceived);
    if (addressed !== undefined) {
      this.#conversation.addressed(addressed, happening.id, action.answers !== undefined);
    }
    return perceived;
  }

  believe(
    subject: number,
    claim: ExprId,
    negated: boolean,
    strength: BeliefStrength,
    cause: OccurrenceId,
  ): void {
    if (!(subject >= 0)) return;
    const own = this.#reader.space.perspectives.root(subject);
    this.#writer.forGood({ source: "reasoned", by: -1, cause }, () => {
      applyBelief(this.#learning, own, claim, negated, strength);
    });
  }

  forget(subject: number, claim: ExprId, cause: OccurrenceId): void {
    if (!(subject >= 0)) return;
    const own = this.#reader.space.perspectives.root(subject);
    this.#writer.forGood({ source: "reasoned", by: -1, cause }, () => {
      this.#learning.forget(own, claim);
    });
  }

  intend(subject: number, deed: ExprId, dropped: boolean, cause: OccurrenceId): void {
    if (subject >= 0 && deed >= 0) this.#intentions.set(subject, deed, dropped, cause);
  }

  reading(ask: () => number, hangsOn: (key: number) => void): number {
    const { log } = this.#reader;
    const start = log.open();
    const value = ask();
    const reads = log.keysOf(log.close(start));
    hangsOn(log.forgetful ? 0 : EVERYTHING);
    for (let index = 0; index < reads.length; index++) hangsOn(reads[index] as number);
    return value;
  }

  behind(key: number): OccurrenceId {
    return this.#reader.space.causeOf(key);
  }

  confidence(subject: number, claim: ExprId): number {
    if (!(subject >= 0)) return 0;
    return confidenceIn(this.#reader, this.#reader.space.perspectives.root(subject), claim);
  }

  canTell(subject: number, claim: ExprId): boolean {
    if (!(subject >= 0)) return false;
    return canTell(this.#reader, this.#reader.space.perspectives.root(subject), claim, []);
  }

  according(subject: number, expr: ExprId): number {
    if (!(subject >= 0)) return Number.NaN;
    const value = this.#reader.soft(this.#reader.space.perspectives.root(subject), expr, []);
    // Of a yes/no, a mind holds how sure it is; in truth it is one or the other.
    const isYesNo = this.#reader.world.expressions.typeOf(expr).kind === "boolean";
    return isYesNo ? (value > 0.5 ? 1 : 0) : value;
  }

  answer(subject: number, expr: ExprId): number {
    return subject >= 0 ? answerAs(this.#reader, subject, expr) : Number.NaN;
  }

  accountForDeed(subject: number, deed: ExprId): Account {
    return this.#accounting.ofDeed(subject, deed);
  }

  accountForEvent(
    subject: number,
    fluent: number,
    args: readonly number[],
    value: number,
  ): readonly ExprId[] {
    return this.#accounting.ofEvent(subject, fluent, args, value);
  }

  wants(subject: number, claim: ExprId): boolean {
    if (!(subject >= 0)) return false;
    const reader = this.#reader;
    const from = reader.perspective;
    reader.perspective = reader.space.perspectives.root(subject);
    const has = this.#wants.has(subject, claim) > 0.5;
    reader.perspective = from;
    return has;
  }

  intends(subject: number, deed: ExprId): boolean {
    if (!(subject >= 0 && deed >= 0)) return false;
    const reader = this.#reader;
    const atom = reader.atoms.special(Special.intends, [subject, deed]);
    const key = reader.keyRead(reader.space.perspectives.root(subject), atom);
    return reader.space.odds(key) > 1;
  }

  outlook(subject: number): number {
    if (!(subject >= 0)) return 0;
    return this.#foresight.outlook(this.#reader.space.perspectives.root(subject));
  }

  perceptible(
    fluent: number,
    args: readonly number[],
    perceivers: readonly Perceiver[],
    cause: () => OccurrenceId,
  ): void {
    if (this.#begun) this.#perceiving.perceptible(fluent, args, perceivers, cause);
  }

  settled(): void {
    if (!this.#begun) return;
    if (this.#touched.count === 0) {
      this.#conversation.settled();
      return;
    }
    const crossed = this.#crossedSince;
    crossed.clear();
    for (let round = 0; round < ROUNDS_MAX && this.#touched.count > 0; round++) {
      const touched = this.#touched.sorted();
      if (this.#crossed.count > 0) {
        this.#crossed.addTo(crossed);
        this.#crossed.clear();
      }
      this.#touched.clear();
      for (let at = 0; at < touched.length; at++) this.#digest(touched[at] as number);
    }
    if (crossed.count > 0) {
      const all = crossed.sorted();
      for (let at = 0; at < all.length; at++) this.#conversation.attend(all[at] as number, true);
      for (let at = 0; at < all.length; at++) this.#intentions.reconsider(all[at] as number);
    }
    this.#conversation.settled();
  }

  due(kind: number, a: number, b: number): void {
    // Who is gone meanwhile looks at nothing and answers nobody.
    if (!this.#reader.population.isPerson(a)) return;
    if (kind === Due.look) this.#conversation.look(a);
    else if (kind === Due.reply) this.#conversation.reply(a);
    else if (kind === Due.turn) this.#conversation.turn(a, b);
  }

  restored(): void {
    this.#reader.space.restored();
    this.#reader.population.restored();
    this.#reflexes.forget();
    this.#conversation.forget();
    this.#touched.clear();
    this.#crossed.clear();
  }

  /** Somebody came to be who has a mind: they look at things as everybody did at the beginning. */
  #comes(person: number, cause: OccurrenceId): void {
    if (!this.#reader.population.isPerson(person)) return;
    this.#cells.set(person, Field.lastCause, cause);
    this.#touched.add(person);
    this.#conversation.attend(person, false);
  }

  /** Whose hands are free again may answer what reached them meanwhile; who failed, not at once. */
  #release(kind: string, actor: number): void {
    if (kind === "started" || kind === "failed" || !this.#reflexes.any) return;
    if (this.#reader.population.isPerson(actor)) this.#touched.add(actor);
  }

  /** What one person makes of what has reached them. */
  #digest(person: number): void {
    const cause = this.#cells.get(person, Field.lastCause);
    if (this.#reader.population.isPerson(person)) {
      this.#inferring.infer(person, cause);
      this.#appraisal.endWants(person, cause);
      this.#appraisal.feel(person, cause);
      this.#intentions.carryOutRipe(person);
    }
    if (this.#reflexes.any && this.#reader.population.takesIn(person)) {
      this.#reflexes.react(person, cause);
    }
  }
}
