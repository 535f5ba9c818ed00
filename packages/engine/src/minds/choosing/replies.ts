/**
 * Answering: a request is granted, left open or refused; a refusal owes a reason; a question and
 * a telling may be answered, beside all else there is to say to that person.
 */
import type { OccurrenceId } from "@fabula/chronicle";
import type { ExprId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Deed } from "../foresight/carrying.js";
import type { Learning } from "../learning/learn.js";
import { confidenceIn } from "../learning/learn.js";
import type { Addressed } from "../learning/uptake.js";
import type { Evaluator } from "../reading/evaluator.js";
import type { Candidates } from "./candidates.js";
import type { Deliberation } from "./deliberate.js";
import type { Intentions } from "./intentions.js";
import type { Owed } from "./options.js";
import type { Margin, Requests } from "./requests.js";

/** Strength shown by one who simply begins what takes two. */
const STRENGTH_OF_AN_OFFER = 0.9;
/** Most claims tried as the reason of a refusal, most given. */
const REASONS_TRIED = 16;
const REASONS_GIVEN = 1;
/** A reason the asker holds, or knows me to hold, 0 .. 1, is none to give. */
const KNOWN_TO_ASKER = 0.8;

export class Replies {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly learning: Learning,
    readonly candidates: Candidates,
    readonly requests: Requests,
    readonly deliberation: Deliberation,
    readonly intentions: Intentions,
  ) {}

  /** The hearer answers what was said to them, or is silent. */
  answer(one: Addressed, cause: OccurrenceId): void {
    const { deliberation } = this;
    const { hearer, speaker } = one;
    let owed: Owed = { kind: one.kind, to: speaker, claim: one.claim, deed: one.deed, reasons: [] };
    if (one.kind === "request") {
      const deed = deliberation.carrying.deedOf(one.deed);
      const margin = this.#weigh(hearer, speaker, deed);
      const hesitates = this.#number(hearer, deed, deed.action.hesitates);
      const steered = this.#steered(hearer, deed, speaker);
      if (steered ?? (margin.margin > 0 && margin.margin >= hesitates)) {
        this.#grant(hearer, speaker, deed, margin, cause);
        return;
      }
      const open = steered === undefined && margin.margin > 0;
      const outcome = open ? "hesitates" : "refuses";
      const decision = this.#record(hearer, speaker, outcome, deed, margin, cause);
      if (outcome === "hesitates") return;
      this.#teach(hearer, speaker, deed, decision);
      const reasons = this.#reasons(hearer, speaker, deed, margin.margin, one.claim);
      owed = { ...owed, kind: "refusal", reasons };
    }
    const all = deliberation.weigh(hearer, { owed, hearer: speaker });
    deliberation.keepBack(hearer, all, cause);
    const best = deliberation.best(hearer, all);
    const answers = best?.deed.action.answers === undefined ? "acts" : "answers";
    const causes = deliberation.causesOf(hearer, best?.deed, cause);
    const about = { request: one.deed, asker: speaker };
    const outcome = best === undefined ? "silent" : answers;
    const decision = deliberation.record(hearer, outcome, best?.deed.id ?? -1, all, causes, about);
    if (best !== undefined) this.perform(hearer, best.deed.id, decision);
  }

  /** Whether what was chosen a while ago is still believed to be possible. */
  stillFits(person: number, id: ExprId): boolean {
    const deed = this.deliberation.carrying.deedOf(id);
    const own = this.reader.space.perspectives.root(person);
    return this.reader.soft(own, deed.action.needs, deed.args.slice()) > 0.5;
  }

  /** Does it, or is set on it where it waits for something. False where nothing came of it. */
  perform(person: number, id: ExprId, decision: OccurrenceId): boolean {
    const deed = this.deliberation.carrying.deedOf(id);
    if (deed.action.waitsUntil !== undefined) {
      this.intentions.set(person, id, false, decision);
      return false;
    }
    for (const slot of deed.action.consents) {
      const other = deed.args[slot] as number;
      if (other !== person && !this.#consents(other, person, deed, decision)) return false;
    }
    return this.reader.host.carryOut(id, decision);
  }

  /** What takes two: the other weighs it as a request, at once. */
  #consents(other: number, actor: number, deed: Deed, cause: OccurrenceId): boolean {
    const chain = this.reader.space.perspectives;
    this.writer.forGood({ source: "saw", by: actor, cause }, () => {
      this.requests.note(chain.root(other), actor, other, deed.id, STRENGTH_OF_AN_OFFER);
    });
    const margin = this.#weigh(other, actor, deed);
    const hesitates = this.#number(other, deed, deed.action.hesitates);
    const steered = this.#steered(other, deed, actor);
    const yes = steered ?? (margin.margin > 0 && margin.margin >= hesitates);
    const open = steered === undefined && margin.margin > 0;
    const outcome = yes ? "grants" : open ? "hesitates" : "refuses";
    const decision = this.#record(other, actor, outcome, deed, margin, cause);
    if (outcome === "refuses") this.#teach(other, actor, deed, decision);
    return yes;
  }

  /** The reader's yes or no, where a reader chooses for this person. */
  #steered(person: number, deed: Deed, asker: number): boolean | undefined {
    const { steering } = this.deliberation;
    return steering?.person === person ? steering.grant(deed.id, asker) : undefined;
  }

  #weigh(hearer: number, asker: number, deed: Deed): Margin {
    return this.requests.weigh(this.reader.space.perspectives.root(hearer), asker, deed);
  }

  #grant(hearer: number, asker: number, deed: Deed, margin: Margin, cause: OccurrenceId): void {
    const { reader, writer } = this;
    const chain = reader.space.perspectives;
    const decision = this.#record(hearer, asker, "grants", deed, margin, cause);
    const asked = reader.atoms.special(Special.asked, [asker, hearer, deed.id]);
    const given = this.requests.givenUpBy(chain.root(hearer), hearer, deed);
    writer.forGood({ source: "did", by: -1, cause: decision }, () => {
      for (const one of [asker, hearer]) writer.put(chain.root(one), asked, 0, 0);
      for (const atom of given) writer.put(chain.root(hearer), atom, 0, 0);
    });
    if (deed.action.waitsUntil !== undefined) {
      this.intentions.set(hearer, deed.id, false, decision);
      const intends = reader.atoms.special(Special.intends, [hearer, deed.id]);
      writer.forGood({ source: "told", by: hearer, cause: decision }, () => {
        writer.put(chain.root(asker), intends, CERTAIN, 1);
      });
      return;
    }
    reader.host.carryOut(deed.id, decision);
  }

  #record(
    who: number,
    asker: number,
    outcome: "grants" | "hesitates" | "refuses",
    deed: Deed,
    margin: Margin,
    cause: OccurrenceId,
  ): OccurrenceId {
    const causes = this.deliberation.causesOf(who, deed, cause);
    const chosen = outcome === "grants" ? deed.id : -1;
    const answer = { request: deed.id, asker, margin: { ...margin } };
    return this.deliberation.record(who, outcome, chosen, [], causes, answer);
  }

  /** The asker learns how firm the other is: at least as firm as they had reckoned with. */
  #teach(hearer: number, asker: number, deed: Deed, cause: OccurrenceId): void {
    const chain = this.reader.space.perspectives;
    const own = chain.root(asker);
    const { margin } = this.requests.weigh(chain.extend(own, hearer), asker, deed);
    this.writer.forGood({ source: "saw", by: hearer, cause }, () => {
      this.requests.teach(own, asker, hearer, deed.id, margin);
    });
  }

  /**
   * What decided it: what the plea said, as the hearer holds it; else the claim without which the
   * hearer would weigh it most differently, of those the asker may not know.
   */
  #reasons(
    hearer: number,
    asker: number,
    deed: Deed,
    margin: number,
    carried: ExprId,
  ): readonly ExprId[] {
    const { reader } = this;
    const own = reader.space.perspectives.root(hearer);
    if (carried >= 0) {
      const p = confidenceIn(reader, own, carried);
      if (p > 0.5) return [carried];
      if (p < 0.5) return [reader.grounder.not(carried)];
    }
    const theirs = reader.space.perspectives.extend(own, asker);
    const known = reader.space.perspectives.extend(theirs, hearer);
    const tried = this.candidates
      .reasonsOf(own)
      .filter((claim) => confidenceIn(reader, theirs, claim) < KNOWN_TO_ASKER)
      .filter((claim) => confidenceIn(reader, known, claim) < KNOWN_TO_ASKER)
      .slice(0, REASONS_TRIED)
      .map((claim) => ({ claim, without: this.#without(own, asker, deed, claim) }))
      .filter((one) => one.without > margin + 0.05);
    tried.sort((a, b) => b.without - a.without || reader.grounder.compare(a.claim, b.claim));
    return tried.slice(0, REASONS_GIVEN).map((one) => one.claim);
  }

  /** The margin if the claim were not so. */
  #without(own: number, asker: number, deed: Deed, claim: ExprId): number {
    const { reader } = this;
    const mark = reader.space.mark();
    this.learning.believe(own, claim, 0);
    const { margin } = this.requests.weigh(own, asker, deed, false);
    reader.space.undo(mark);
    return margin;
  }

  #number(person: number, deed: Deed, expr: ExprId | undefined): number {
    if (expr === undefined) return 0;
    const own = this.reader.space.perspectives.root(person);
    const value = this.reader.soft(own, expr, deed.args.slice());
    return Number.isNaN(value) ? 0 : value;
  }
}
