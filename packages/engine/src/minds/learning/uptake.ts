/**
 * What an act that was carried through does to the minds of those who perceived it: what it says,
 * shows, takes for granted, asks for. Returns what the hearer owes an answer to.
 */
import type { Perceived } from "@fabula/chronicle";
import type { ActionSchema, ExprId } from "@fabula/model";
import type { Happening } from "../../host.js";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN, IMPOSSIBLE } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Deliberation } from "../choosing/deliberate.js";
import type { Hooks } from "../choosing/hooks.js";
import type { Requests } from "../choosing/requests.js";
import type { Carrying } from "../foresight/carrying.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { Learning } from "./learn.js";
import { claimOf, takeIn, utteranceOf } from "./speech.js";

/** Somebody was addressed and owes an answer. */
export interface Addressed {
  readonly hearer: number;
  readonly speaker: number;
  readonly kind: "telling" | "question" | "request";
  /** Told or asked about, or carried by the request; -1 none. */
  readonly claim: ExprId;
  /** Asked for; -1 none. */
  readonly deed: ExprId;
}

export class Uptake {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
    readonly hooks: Hooks,
    readonly requests: Requests,
    readonly carrying: Carrying,
    readonly deliberation: Deliberation,
  ) {}

  /** An action has ended: who perceived it whole takes it in. */
  ended(
    happening: Happening,
    action: ActionSchema,
    perceived: readonly Perceived[],
  ): Addressed | undefined {
    const { reader } = this;
    const speaker = happening.args[0] as number;
    if (speaker === undefined) return undefined;
    const args = happening.args.slice(0, action.parameters.length);
    const listeners = perceived
      .filter((one) => one.whole && one.who !== speaker && reader.population.isPerson(one.who))
      .map((one) => one.who);
    this.#fulfilled(happening, action, args, listeners);
    this.#words(happening, action, args, listeners);
    if (action.hearer < 0) return undefined;
    const hearer = args[action.hearer] as number;
    return listeners.includes(hearer) ? this.#address(happening, action, args, hearer) : undefined;
  }

  /** What was intended is done: nobody who saw it takes it for still to come. */
  #fulfilled(
    happening: Happening,
    action: ActionSchema,
    args: readonly number[],
    listeners: readonly number[],
  ): void {
    const { reader, writer } = this;
    const actor = args[0] as number;
    const deed = reader.grounder.deed(action.id, args, action.parameters);
    const atom = reader.atoms.special(Special.intends, [actor, deed]);
    for (const who of [actor, ...listeners]) {
      const own = reader.space.perspectives.root(who);
      if (reader.space.odds(reader.space.find(own, atom)) === 0) continue;
      const source = who === actor ? "did" : "saw";
      writer.forGood({ source, by: -1, cause: happening.id }, () => {
        writer.put(own, atom, IMPOSSIBLE, 0);
      });
    }
  }

  #words(
    happening: Happening,
    action: ActionSchema,
    args: readonly number[],
    listeners: readonly number[],
  ): void {
    const { reader, writer, learning, hooks } = this;
    if (action.says.length + action.shows.length + action.presupposes.length === 0) return;
    const chain = reader.space.perspectives;
    const utterance = utteranceOf(reader, action, args);
    const speaker = utterance.speaker;
    const cause = happening.id;
    for (const listener of listeners) {
      const theirs = chain.root(listener);
      writer.forGood({ source: "told", by: speaker, cause }, () => {
        takeIn(reader, learning, hooks, theirs, utterance);
        if (action.answers !== "refusal") return;
        for (const one of utterance.says) {
          const reason = reader.atoms.special(Special.reasonGiven, [one.claim]);
          writer.put(theirs, reason, CERTAIN, speaker);
        }
      });
      if (action.answers === "refusal") {
        this.requests.reckonAgain(theirs, listener, speaker, cause);
      }
      const supposed = chain.extend(chain.root(speaker), listener);
      writer.forGood({ source: "did", by: -1, cause }, () => {
        takeIn(reader, learning, hooks, supposed, utterance);
      });
    }
  }

  #address(
    happening: Happening,
    action: ActionSchema,
    args: readonly number[],
    hearer: number,
  ): Addressed | undefined {
    const { reader } = this;
    const speaker = args[0] as number;
    const own = reader.space.perspectives.root(speaker);
    const said = action.says[0];
    const claim = said === undefined ? -1 : this.#said(own, said.claim, said.negated, args);
    const deedId = reader.grounder.deed(action.id, args, action.parameters);
    const request = this.deliberation.requestOf(own, this.carrying.deedOf(deedId));
    if (request !== undefined && request.hearer === hearer) {
      this.#noteRequest(happening, speaker, hearer, request.deed.id, request.strength);
      return { hearer, speaker, kind: "request", claim, deed: request.deed.id };
    }
    if (action.asks !== undefined) {
      const asked = claimOf(reader, own, action.asks, args.slice());
      return asked >= 0 ? { hearer, speaker, kind: "question", claim: asked, deed: -1 } : undefined;
    }
    return { hearer, speaker, kind: "telling", claim, deed: -1 };
  }

  #said(own: number, expr: ExprId, negated: boolean, args: readonly number[]): ExprId {
    const claim = claimOf(this.reader, own, expr, args.slice());
    return claim >= 0 && negated ? this.reader.grounder.not(claim) : claim;
  }

  #noteRequest(
    happening: Happening,
    speaker: number,
    hearer: number,
    deed: ExprId,
    strength: number,
  ): void {
    const { reader, writer, requests } = this;
    const chain = reader.space.perspectives;
    const asked = reader.atoms.special(Special.asked, [speaker, hearer, deed]);
    writer.forGood({ source: "told", by: speaker, cause: happening.id }, () => {
      requests.note(chain.root(hearer), speaker, hearer, deed, strength);
      writer.put(chain.root(hearer), asked, CERTAIN, 1);
    });
    writer.forGood({ source: "did", by: -1, cause: happening.id }, () => {
      const supposed = chain.extend(chain.root(speaker), hearer);
      requests.note(supposed, speaker, hearer, deed, strength);
      writer.put(chain.root(speaker), asked, CERTAIN, 1);
    });
  }
}
