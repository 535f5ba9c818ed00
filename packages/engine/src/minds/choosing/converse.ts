/**
 * Taking turns: who looks at things anew, who speaks next, who answers. One floor among those who
 * are together. Urgency speaks first; what is owed an answer comes before a lull.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import { NumberSet } from "../../kernel/number-set.js";
import type { Deed } from "../foresight/carrying.js";
import type { Addressed } from "../learning/uptake.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { ChooserHost } from "./chooser-host.js";
import type { Deliberation, Weighed } from "./deliberate.js";
import type { Hooks } from "./hooks.js";
import type { Intentions } from "./intentions.js";
import { Field, type PersonCells } from "./person-cells.js";
import type { Replies } from "./replies.js";

/** Kinds of scheduled calls. */
export const Due = { look: 1, reply: 2, turn: 3 } as const;

const OWED_KINDS = ["telling", "question", "request"] as const;
/** Gain at which one who has just answered keeps the floor. */
const CARRIES_ON = 0.4;
const CARRY_ON_MS = 1_200;
/** Looks in vain before what is intended is done after all, and before looks grow rarer. */
const QUIET_FIRST = 1;
const QUIET_RARER = 4;
const QUIET_MOST = 14;
const RARER_BY = 4;

export class Conversation {
  readonly #attentive = new NumberSet();
  readonly #surprised = new NumberSet();
  /** Whose group has been seen to in this instant. */
  readonly #seen = new NumberSet();

  constructor(
    readonly host: ChooserHost,
    readonly reader: Evaluator,
    readonly cells: PersonCells,
    readonly deliberation: Deliberation,
    readonly intentions: Intentions,
    readonly replies: Replies,
    readonly hooks: Hooks,
  ) {}

  forget(): void {
    this.#attentive.clear();
    this.#surprised.clear();
  }

  /** The person looks at things anew when the instant has settled. */
  attend(person: number, surprised: boolean): void {
    this.#attentive.add(person);
    if (surprised) this.#surprised.add(person);
  }

  /** Somebody was spoken to: the answer is due. */
  addressed(one: Addressed, cause: OccurrenceId, speakerAnswers: boolean): void {
    const { cells, host } = this;
    const { hearer } = one;
    cells.set(hearer, Field.owedKind, OWED_KINDS.indexOf(one.kind) + 1);
    cells.set(hearer, Field.owedTo, one.speaker);
    cells.set(hearer, Field.owedClaim, one.claim + 1);
    cells.set(hearer, Field.owedDeed, one.deed + 1);
    cells.set(hearer, Field.owedCause, cause);
    if (speakerAnswers) cells.set(one.speaker, Field.carryOn, hearer + 1);
    const react = this.hooks.own("react", hearer);
    const seconds = react * (1 + host.draw({ purpose: "react", who: [hearer] }));
    host.cancel(Due.reply, hearer, 0);
    host.schedule(host.now + milliseconds(seconds), Due.reply, hearer, 0);
  }

  /** The instant has settled: those whose attention was drawn look at things, group by group. */
  settled(): void {
    const { persons } = this.reader.population;
    const seen = this.#seen;
    seen.clear();
    for (const person of persons) {
      if (!this.#maybeCarryOn(person)) continue;
      for (const one of this.#groupOf(person)) seen.add(one);
    }
    if (this.#attentive.count === 0) return;
    for (const person of persons) {
      if (!this.#attentive.has(person) || seen.has(person)) continue;
      const group = this.#groupOf(person);
      for (const one of group) seen.add(one);
      const surprised = group.some((one) => this.#surprised.has(one));
      if (!this.#isBusy(group) && (surprised || !this.#hasTurn(group)))
        this.#lull(group, surprised);
    }
    this.forget();
  }

  look(person: number): void {
    const group = this.#groupOf(person);
    if (!this.#isBusy(group) && !this.#hasTurn(group)) this.#lull(group, false);
  }

  turn(person: number, deed: number): void {
    const { cells } = this;
    if (cells.get(person, Field.turnDeed) !== deed + 1) return;
    const decision = cells.get(person, Field.turnDecision);
    cells.set(person, Field.turnDeed, 0);
    const able = this.hooks.own("able", person) > 0.5 && this.replies.stillFits(person, deed);
    if (able && !this.#someoneSpeaks(this.#groupOf(person))) {
      if (this.replies.perform(person, deed, decision)) return;
    }
    this.attend(person, false);
  }

  reply(person: number): void {
    const { cells } = this;
    const kind = OWED_KINDS[cells.get(person, Field.owedKind) - 1];
    if (kind === undefined) return;
    const addressed = {
      hearer: person,
      speaker: cells.get(person, Field.owedTo),
      kind,
      claim: cells.get(person, Field.owedClaim) - 1,
      deed: cells.get(person, Field.owedDeed) - 1,
    };
    cells.set(person, Field.owedKind, 0);
    const lost =
      this.hooks.own("able", person) <= 0.5 || this.hooks.own("speechless", person) > 0.5;
    if (!lost && !this.#isSpeaking(person)) {
      this.#dropTurns(this.#groupOf(person));
      this.replies.answer(addressed, cells.get(person, Field.owedCause));
    }
    this.attend(person, false);
    this.attend(addressed.speaker, false);
  }

  // ---- groups

  /** Those who can talk with the person, directly or over others, in birth order. */
  #groupOf(person: number): readonly number[] {
    const { persons } = this.reader.population;
    const group = new Set([person]);
    for (const one of group) {
      for (const other of persons) {
        if (group.has(other)) continue;
        const joined = this.hooks.own("together", one, other) > 0.5;
        if (joined || this.hooks.own("together", other, one) > 0.5) group.add(other);
      }
    }
    return [...group].sort((a, b) => a - b);
  }

  #isBusy(group: readonly number[]): boolean {
    return (
      group.some((one) => this.cells.get(one, Field.owedKind) !== 0) || this.#someoneSpeaks(group)
    );
  }

  #hasTurn(group: readonly number[]): boolean {
    return group.some((one) => this.cells.get(one, Field.turnDeed) !== 0);
  }

  #someoneSpeaks(group: readonly number[]): boolean {
    return group.some((one) => this.#isSpeaking(one));
  }

  #isSpeaking(person: number): boolean {
    return this.host.underWay(person).some((one) => this.#deed(one.deed).action.hearer >= 0);
  }

  #isActing(person: number): boolean {
    return this.host.isBusy(person);
  }

  #canWeigh(person: number): boolean {
    return this.hooks.own("able", person) > 0.5 && this.hooks.own("weighs", person) > 0.5;
  }

  #deed(deed: number): Deed {
    return this.deliberation.carrying.deedOf(deed);
  }

  // ---- a lull

  /** Everybody able looks for their best; who has most to say waits least. */
  #lull(group: readonly number[], surprised: boolean): void {
    const { host, cells } = this;
    let winner:
      | { person: number; delay: number; best: Weighed; all: readonly Weighed[] }
      | undefined;
    for (const person of group) {
      host.cancel(Due.look, person, 0);
      if (!this.#canWeigh(person)) continue;
      const all = this.deliberation.weigh(person, { speechOnly: this.#isActing(person) });
      this.deliberation.keepBack(person, all, cells.get(person, Field.lastCause));
      const best = this.deliberation.best(person, all);
      if (best === undefined) continue;
      const delay = this.#delayOf(person, best.reason.gain);
      if (winner === undefined || delay < winner.delay) winner = { person, delay, best, all };
    }
    if (winner !== undefined) {
      for (const one of group) cells.set(one, Field.quiet, 0);
      this.#giveTurn(group, winner.person, winner.delay, winner.best, winner.all);
      return;
    }
    this.#dropTurns(group);
    this.#quiet(group, surprised);
  }

  #delayOf(person: number, gain: number): number {
    const pause = this.hooks.own("pause", person);
    const jitter = 0.7 + 0.6 * this.host.draw({ purpose: "pause", who: [person] });
    return milliseconds((pause * jitter) / (0.5 + Math.min(gain, 4)));
  }

  #giveTurn(
    group: readonly number[],
    person: number,
    delay: number,
    best: Weighed,
    all: readonly Weighed[],
  ): void {
    const { host, cells } = this;
    const same = cells.get(person, Field.turnDeed) === best.deed.id + 1;
    if (same) return;
    this.#dropTurns(group);
    const causes = this.deliberation.causesOf(
      person,
      best.deed,
      cells.get(person, Field.lastCause),
    );
    const outcome = best.deed.action.waitsUntil === undefined ? "acts" : "intends";
    const decision = this.deliberation.record(person, outcome, best.deed.id, all, causes);
    cells.set(person, Field.turnDeed, best.deed.id + 1);
    cells.set(person, Field.turnDecision, decision);
    host.schedule(host.now + delay, Due.turn, person, best.deed.id);
  }

  #dropTurns(group: readonly number[]): void {
    for (const person of group) {
      const deed = this.cells.get(person, Field.turnDeed) - 1;
      if (deed < 0) continue;
      this.host.cancel(Due.turn, person, deed);
      this.cells.set(person, Field.turnDeed, 0);
    }
  }

  /** Nobody has anything to say or do: what is intended is done, else one looks again later. */
  #quiet(group: readonly number[], surprised: boolean): void {
    const { cells, host, hooks } = this;
    const able = group.filter((one) => hooks.own("able", one) > 0.5);
    const leader = able[0];
    if (leader === undefined) return;
    const quiet = surprised ? 0 : cells.get(leader, Field.quiet);
    for (const one of group) cells.set(one, Field.quiet, Math.min(quiet + 1, QUIET_MOST));
    if (quiet >= QUIET_FIRST) {
      for (const one of able) {
        if (!this.#isActing(one) && this.intentions.carryOutNext(one)) return;
      }
    }
    let seconds = hooks.own("lull", leader);
    for (let round = QUIET_RARER; round < quiet; round++) seconds *= RARER_BY;
    host.schedule(host.now + milliseconds(seconds), Due.look, leader, 0);
  }

  /** One who has just answered goes on where something of their own presses: the floor is theirs. */
  #maybeCarryOn(person: number): boolean {
    const { cells, host } = this;
    const hearer = cells.get(person, Field.carryOn) - 1;
    if (hearer < 0) return false;
    cells.set(person, Field.carryOn, 0);
    if (!this.#canWeigh(person)) return false;
    const all = this.deliberation.weigh(person, { hearer });
    const best = this.deliberation.best(person, all, CARRIES_ON);
    if (best === undefined) return false;
    host.cancel(Due.reply, hearer, 0);
    cells.set(hearer, Field.owedKind, 0);
    this.#giveTurn(this.#groupOf(person), person, CARRY_ON_MS, best, all);
    return true;
  }
}

/** At least one: nothing is chosen and done in the same instant twice. */
function milliseconds(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000));
}
