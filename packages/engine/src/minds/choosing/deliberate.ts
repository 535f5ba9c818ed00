/**
 * Looking ahead and choosing: what would come of each option, as the person believes things are,
 * against doing nothing. What was weighed is recorded with the choice.
 */
import type {
  Decision,
  DecisionOutcome,
  OccurrenceId,
  Reason,
  WantChange,
} from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN, IMPOSSIBLE } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Carrying, Deed } from "../foresight/carrying.js";
import type { Act, Foresight, Prospect } from "../foresight/foresight.js";
import type { Learning } from "../learning/learn.js";
import { claimOf, takeIn, utteranceOf } from "../learning/speech.js";
import { personsKnown } from "../reading/entity-lists.js";
import type { Evaluator } from "../reading/evaluator.js";
import { Remembered } from "../reading/remembered.js";
import type { Hooks } from "./hooks.js";
import type { Options, Scope } from "./options.js";
import { Plans } from "./plans.js";
import { Repertoire } from "./repertoire.js";
import type { Foreseen, Requests } from "./requests.js";
import { STEERED_GAIN, type Steering } from "./steering.js";
import type { Wants } from "./wants.js";

/** An option weighed. */
export interface Weighed {
  readonly deed: Deed;
  readonly reason: Reason;
}

const NO_GAIN = 0.005;

export class Deliberation {
  /** Choices made so far: a measure of work. */
  count = 0;
  weighedCount = 0;
  /** By person and deed: kept until something it was weighed on changes. */
  readonly #weighed: Remembered<Weighed>;
  readonly #plans: Plans;

  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
    readonly wants: Wants,
    readonly foresight: Foresight,
    readonly carrying: Carrying,
    readonly requests: Requests,
    readonly options: Options,
    readonly hooks: Hooks,
    readonly steering?: Steering,
  ) {
    this.#weighed = new Remembered(reader);
    const repertoire = new Repertoire(reader, carrying, options.candidates, hooks);
    this.#plans = new Plans(reader, wants, foresight, carrying, repertoire, this);
    carrying.utter = (own, deed) => this.#utter(own, deed);
  }

  /** All that comes to mind, best first; ties in the order of what the deeds say. */
  weigh(person: number, scope: Scope): readonly Weighed[] {
    const deeds = this.options.of(person, scope);
    if (deeds.length === 0) return [];
    this.count++;
    const own = this.reader.space.perspectives.root(person);
    const all = deeds.map((id) =>
      this.#weighed.get(person, id, () => {
        this.weighedCount++;
        return this.#weighOne(person, own, this.carrying.deedOf(id), this.foresight.base(own));
      }),
    );
    const isFree = scope.owed === undefined && scope.hearer === undefined;
    if (isFree && scope.speechOnly !== true) this.#plan(person, all);
    const { grounder } = this.reader;
    all.sort((a, b) => b.reason.gain - a.reason.gain || grounder.compare(a.deed.id, b.deed.id));
    return this.#steered(person, all);
  }

  /** What can be done now is weighed with what it is the first step of, where that is worth more. */
  #plan(person: number, all: Weighed[]): void {
    const most = Math.floor(this.hooks.own("plans", person));
    if (!(most >= 2)) return;
    const floor = this.hooks.own("floor", person);
    const least = all.reduce((gain, one) => Math.max(gain, one.reason.gain), floor);
    const plan = this.#plans.best(person, most, least);
    if (plan === undefined) return;
    const own = this.reader.space.perspectives.root(person);
    const [deed, ...others] = plan.steps as readonly [Deed, ...Deed[]];
    const sum = (part: (one: Deed) => number): number =>
      plan.steps.reduce((total, one) => total + part(one), 0);
    const reason = {
      deed: deed.id,
      plan: others.map((one) => one.id),
      gain: plan.gain,
      urge: sum((one) => this.#urge(own, one)),
      reluctance: sum((one) => this.#number(own, one.action.reluctance, one)),
      wants: this.#differences(own, this.foresight.base(own), plan.prospect),
    };
    const known = all.findIndex((one) => one.deed === deed);
    if (known < 0) all.push({ deed, reason });
    else all[known] = { deed, reason };
  }

  /** What the reader chose, alone; all of it where nobody steers this person. */
  #steered(person: number, all: readonly Weighed[]): readonly Weighed[] {
    const { steering } = this;
    if (steering?.person !== person) return all;
    const index = steering.choose(all.map((one) => one.reason));
    if (index === undefined) return all;
    const chosen = all[index];
    if (chosen === undefined) return [];
    const gain = Math.max(chosen.reason.gain, STEERED_GAIN);
    return [{ deed: chosen.deed, reason: { ...chosen.reason, gain } }];
  }

  /** The best option, if it is worth acting for. */
  best(person: number, weighed: readonly Weighed[], least?: number): Weighed | undefined {
    const floor = least ?? this.hooks.own("floor", person);
    const first = weighed[0];
    return first !== undefined && first.reason.gain > floor ? first : undefined;
  }

  record(
    who: number,
    outcome: DecisionOutcome,
    chosen: ExprId,
    weighed: readonly Weighed[],
    causes: readonly OccurrenceId[],
    answer?: { request: ExprId; asker: number; margin?: Readonly<Record<string, number>> },
  ): OccurrenceId {
    const decision: Decision = {
      who,
      outcome,
      request: answer?.request ?? -1,
      asker: answer?.asker ?? -1,
      chosen,
      reasons: weighed.map((one) => one.reason),
      ...(answer?.margin === undefined ? {} : { margin: answer.margin }),
    };
    return this.reader.host.recordDecision("decision", decision, causes);
  }

  /**
   * What is not said because of a want is recorded once, until it is worth saying again. Returns
   * whether anything was.
   */
  keepBack(person: number, weighed: readonly Weighed[], cause: OccurrenceId): void {
    const { reader, writer } = this;
    const keeps = this.hooks.own("keeps", person);
    const own = reader.space.perspectives.root(person);
    for (const one of weighed) {
      const { deed, reason } = one;
      if (deed.action.says.length === 0 || deed.action.answers !== undefined) continue;
      const atom = reader.atoms.special(Special.keptBack, [person, deed.id]);
      const kept = reader.space.odds(reader.space.find(own, atom)) !== 0;
      const keepsNow = reason.gain < -keeps;
      if (kept === keepsNow) continue;
      const source = { source: "reasoned", by: -1, cause } as const;
      writer.forGood(source, () => writer.put(own, atom, keepsNow ? CERTAIN : 0, 0));
      if (!keepsNow) continue;
      const decision: Decision = {
        who: person,
        outcome: "silent",
        request: -1,
        asker: -1,
        chosen: deed.id,
        reasons: [reason],
      };
      reader.host.recordDecision("kept-back", decision, this.causesOf(person, deed, cause));
    }
  }

  /**
   * The occurrences behind the beliefs a choice looked at: on its likeliest path, each belief read
   * that somebody or something brought about.
   */
  causesOf(person: number, deed: Deed | undefined, first: OccurrenceId): OccurrenceId[] {
    const { reader } = this;
    const own = reader.space.perspectives.root(person);
    const causes = new Set<OccurrenceId>([first]);
    const outer = reader.tracer;
    reader.tracer = (perspective, atom) => {
      const key = reader.space.find(perspective, atom);
      if (key !== 0 && reader.space.hasStored(key)) causes.add(reader.space.causeOf(key));
    };
    if (deed !== undefined) {
      const locals = deed.args.slice();
      reader.soft(own, deed.action.needs, locals);
      if (deed.action.urge !== undefined) reader.soft(own, deed.action.urge, locals);
    }
    for (const aim of this.wants.of(own)) this.wants.valueOf(own, aim);
    reader.tracer = outer;
    return [...causes].sort((a, b) => a - b);
  }

  #weighOne(person: number, own: number, deed: Deed, base: Prospect): Weighed {
    const { action } = deed;
    const act = this.actOf(person, own, deed);
    const prospect = this.foresight.expect(own, act);
    const urge = this.#urge(own, deed);
    const reluctance = this.#number(own, action.reluctance, deed);
    const gain = prospect.total - base.total + urge - reluctance;
    const wants = this.#differences(own, base, prospect);
    return { deed, reason: { deed: deed.id, gain, urge, reluctance, wants } };
  }

  /** What it is worth to keep to what one is set on: what would come of it, against giving it up. */
  worthOf(person: number, deed: Deed): Reason {
    const own = this.reader.space.perspectives.root(person);
    const atom = this.reader.atoms.special(Special.intends, [person, deed.id]);
    const without = this.foresight.expect(own, () => {
      this.writer.put(own, atom, IMPOSSIBLE, 0);
      return 0;
    });
    const kept = this.foresight.base(own);
    const gain = kept.total - without.total;
    const wants = this.#differences(own, without, kept);
    return { deed: deed.id, gain, urge: 0, reluctance: 0, wants };
  }

  /** The option as it runs in the person's foresight; returns what being refused costs. */
  actOf(person: number, own: number, deed: Deed): Act {
    const { reader, hooks } = this;
    const { action } = deed;
    const utterance = utteranceOf(reader, action, deed.args);
    const listeners = this.#listeners(person, own, deed);
    const rebuff = hooks.of("rebuff", own, person);
    // The yes foreseen is the same on every path that asked nothing before it.
    const remembered = new Map<string, Foreseen>();
    const ask = (other: number, wanted: Deed, key: string): Foreseen => {
      const fresh = reader.oracle.asked === 0;
      const known = fresh ? remembered.get(key) : undefined;
      const foreseen = known ?? this.requests.predict(own, other, person, wanted);
      if (fresh) remembered.set(key, foreseen);
      return foreseen;
    };
    return () => {
      for (const listener of listeners) {
        takeIn(reader, this.learning, hooks, listener, utterance);
      }
      let isRefused = false;
      let gifts = 0;
      for (const slot of action.consents) {
        const other = deed.args[slot] as number;
        if (other === person) continue;
        const foreseen = ask(other, deed, `consent ${slot}`);
        if (reader.oracle.ask(foreseen.yes)) continue;
        isRefused = true;
        gifts += foreseen.gift;
      }
      if (isRefused) return rebuff * gifts;
      this.carrying.carry(deed);
      const request = this.requestOf(own, deed);
      if (request === undefined) return 0;
      const theirs = reader.space.perspectives.extend(own, request.hearer);
      this.requests.note(theirs, person, request.hearer, request.deed.id, request.strength);
      const foreseen = ask(request.hearer, request.deed, "request");
      if (!reader.oracle.ask(foreseen.yes)) return rebuff * foreseen.gift;
      reader.perspective = own;
      this.requests.accept(own, request.hearer, request.deed);
      return 0;
    };
  }

  /** As if whoever it is said to were there, and all that it needs were so. */
  supposed(own: number, deed: Deed): Act {
    const { reader, carrying } = this;
    const { hearer } = deed.action;
    const utterance = utteranceOf(reader, deed.action, deed.args);
    return () => {
      if (hearer >= 0) {
        const theirs = reader.space.perspectives.extend(own, deed.args[hearer] as number);
        takeIn(reader, this.learning, this.hooks, theirs, utterance);
      }
      carrying.suppose(deed);
      return 0;
    };
  }

  /** What speaks for it less what it costs to bring oneself to do it. */
  inclination(own: number, deed: Deed): number {
    return this.#urge(own, deed) - this.#number(own, deed.action.reluctance, deed);
  }

  /** What an act asks for: of whom, what, and how strongly it shows. */
  requestOf(
    perspective: number,
    deed: Deed,
  ): { hearer: number; deed: Deed; strength: number } | undefined {
    const { reader } = this;
    const asked = deed.action.requests;
    if (asked === undefined || deed.action.hearer < 0) return undefined;
    const locals = deed.args.slice();
    const id = reader.soft(perspective, asked.deed, locals);
    if (!(id >= 0)) return undefined;
    const wanted = this.carrying.deedOf(id);
    const hearer = wanted.args[0] as number;
    const strength = reader.soft(perspective, asked.strength, locals);
    return { hearer, deed: wanted, strength: Number.isNaN(strength) ? 0 : strength };
  }

  /** The minds of those who would take it in, as the person supposes them. */
  #listeners(person: number, own: number, deed: Deed): number[] {
    const { reader } = this;
    const { action, args } = deed;
    if (action.says.length + action.shows.length + action.presupposes.length === 0) return [];
    const chain = reader.space.perspectives;
    const hearer = action.hearer >= 0 ? (args[action.hearer] as number) : -1;
    const deaf = reader.unheld.wouldPerceive(own, action.unnoticed ?? [], args, hearer);
    return personsKnown(reader, own)
      .filter(
        (other) =>
          other !== person &&
          ((other === hearer && action.perceptions.length === 0 && !deaf) ||
            reader.unheld.wouldPerceive(own, action.perceptions, args, other)),
      )
      .map((other) => chain.extend(own, other));
  }

  /** As part of what follows by itself: whoever is set on saying something has said it then. */
  #utter(own: number, deed: Deed): void {
    const { reader } = this;
    const { perspective, splitting } = reader;
    reader.splitting = false;
    const listeners = this.#listeners(deed.args[0] as number, own, deed);
    const utterance = utteranceOf(reader, deed.action, deed.args);
    for (const listener of listeners) {
      takeIn(reader, this.learning, this.hooks, listener, utterance);
    }
    reader.perspective = perspective;
    reader.splitting = splitting;
  }

  /** Speaks for it besides what comes of it. */
  #urge(own: number, deed: Deed): number {
    const person = this.reader.space.perspectives.lastOf(own);
    return this.#number(own, deed.action.urge, deed) + this.#curiosity(person, own, deed);
  }

  /** What an answer is worth: doubt times what hangs on it, times how curious one is. */
  #curiosity(person: number, own: number, deed: Deed): number {
    const { reader } = this;
    const asks = deed.action.asks;
    if (asks === undefined) return 0;
    const claim = claimOf(reader, own, asks, deed.args.slice());
    if (!(claim >= 0)) return 0;
    const p = reader.soft(own, claim, []);
    const worth = (confidence: number): number =>
      this.foresight.expect(own, () => {
        this.learning.believe(own, claim, confidence);
        return 0;
      }).total;
    const hangs = Math.abs(worth(1) - worth(0));
    return 4 * p * (1 - p) * hangs * this.hooks.of("curiosity", own, person);
  }

  /** By want: what the option does to it, the largest change first. */
  #differences(own: number, base: Prospect, prospect: Prospect): WantChange[] {
    const byWant = new Map<number, { gain: number; most: number; locals: readonly number[] }>();
    this.wants.of(own).forEach(({ want, locals }, index) => {
      const change = (prospect.parts[index] as number) - (base.parts[index] as number);
      const known = byWant.get(want);
      const isMost = known === undefined || Math.abs(change) > Math.abs(known.most);
      const first = isMost ? { most: change, locals } : known;
      byWant.set(want, { ...first, gain: (known?.gain ?? 0) + change });
    });
    return [...byWant]
      .filter(([, { gain }]) => Math.abs(gain) > NO_GAIN)
      .map(([want, { gain, most, locals }]) =>
        most / gain >= 0.5 ? { want, gain, locals: locals.slice() } : { want, gain },
      )
      .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || a.want - b.want);
  }

  #number(own: number, expr: ExprId | undefined, deed: Deed): number {
    if (expr === undefined) return 0;
    const value = this.reader.soft(own, expr, deed.args.slice());
    return Number.isNaN(value) ? 0 : value;
  }
}
