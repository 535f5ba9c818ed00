/**
 * Weighing what one is asked for. One formula, used by the hearer in earnest (perspective [h]) and
 * by the asker in prediction ([s, h]):
 *
 *   margin = U(deed done) - U(refused) + care - reluctance - concession
 */
import type { ExprId } from "@fabula/model";
import { Special } from "../beliefs/atoms.js";
import { CERTAIN } from "../beliefs/odds.js";
import type { Writer } from "../beliefs/writer.js";
import type { Carrying, Deed } from "../foresight/carrying.js";
import type { Foresight } from "../foresight/foresight.js";
import { confidenceIn } from "../learning/learn.js";
import { claimOf } from "../learning/speech.js";
import type { Evaluator } from "../reading/evaluator.js";
import { fits, happeningKey } from "../reading/memory.js";
import type { Hooks } from "./hooks.js";

/** Each asking moves the believed strength this far towards the strength shown. */
const ASKING_MOVES = 0.6;
/** However little is left to say, some hope is. */
const HOPE_LEAST = 0.04;
/** How freely a mind is thought to change of itself after n refusals: this / (n + 2). */
const MIND_CHANGES = 0.3;

/** What one takes to be out of one's power is refused. */
const CANNOT = -3;

export interface Margin {
  readonly margin: number;
  readonly stakes: number;
  readonly care: number;
  readonly reluctance: number;
  readonly concession: number;
}

/** What an asker expects. */
export interface Foreseen {
  /** Probability of a yes. */
  readonly yes: number;
  /** 0 .. 1: how much of a gift it would be; being refused hurts as much. */
  readonly gift: number;
}

export class Requests {
  constructor(
    readonly reader: Evaluator,
    readonly writer: Writer,
    readonly foresight: Foresight,
    readonly carrying: Carrying,
    readonly hooks: Hooks,
  ) {}

  /** The hearer, as the perspective has them, now knows how much the asker wants it. */
  note(perspective: number, asker: number, hearer: number, deed: ExprId, strength: number): void {
    const { reader, writer } = this;
    const atom = reader.atoms.special(Special.strength, [asker, hearer, deed]);
    const known = reader.numberHeld(perspective, atom);
    const moved = known + (strength - known) * ASKING_MOVES;
    writer.put(perspective, atom, CERTAIN, Math.max(known, moved));
  }

  /** How the last person of the chain weighs doing the deed for the asker. */
  weigh(perspective: number, asker: number, deed: Deed, conceding = true): Margin {
    const { reader, foresight, hooks } = this;
    const hearer = reader.space.perspectives.lastOf(perspective);
    const done = foresight.expect(perspective, () => {
      this.accept(perspective, hearer, deed);
      return 0;
    }).total;
    const stakes = done - foresight.base(perspective).total;
    const strengthAtom = reader.atoms.special(Special.strength, [asker, hearer, deed.id]);
    const strength = reader.numberHeld(perspective, strengthAtom);
    const care = hooks.of("care", perspective, hearer, asker, strength);
    const brake = deed.action.reluctance;
    const reluctance = brake === undefined ? 0 : this.#number(perspective, brake, deed);
    const concession = conceding ? this.#concession(perspective, hearer, deed) : 0;
    const wish = stakes + care - reluctance - concession;
    const can = reader.soft(perspective, deed.action.needs, deed.args.slice()) > 0.5;
    const margin = can ? wish : Math.min(wish, CANNOT);
    return { margin, stakes, care, reluctance, concession };
  }

  /** In a foresight: the deed is done, or, where it waits for something, set upon. */
  accept(perspective: number, hearer: number, deed: Deed): void {
    const { reader } = this;
    if (deed.action.waitsUntil === undefined) {
      this.carrying.carry(deed);
      return;
    }
    const atom = reader.atoms.special(Special.intends, [hearer, deed.id]);
    this.writer.put(perspective, atom, CERTAIN, 1);
  }

  /**
   * How likely the asker, whose mind the perspective is, thinks a yes. What was refused
   * before teaches: only what is better than the best refused is worth much.
   */
  predict(perspective: number, hearer: number, asker: number, deed: Deed): Foreseen {
    const inHearer = this.reader.space.perspectives.extend(perspective, hearer);
    const { margin, reluctance } = this.weigh(inHearer, asker, deed);
    const yes = this.likelihood(perspective, asker, hearer, deed.id, margin);
    return { yes, gift: Math.min(1, Math.max(0, reluctance)) };
  }

  /** Probability of a yes at this supposed margin. */
  likelihood(
    perspective: number,
    asker: number,
    hearer: number,
    deed: ExprId,
    margin: number,
  ): number {
    const { reader } = this;
    const spread = this.hooks.of("spread", perspective, asker);
    const ramp = (m: number): number => Math.min(1, Math.max(0, 0.5 + m / (2 * spread)));
    const plain = ramp(margin);
    const about = [asker, hearer, deed];
    const times = reader.numberHeld(perspective, reader.atoms.special(Special.refusedTimes, about));
    if (times === 0) return plain;
    const best = reader.numberHeld(perspective, reader.atoms.special(Special.refusedMargin, about));
    const refused = ramp(best);
    const changes = MIND_CHANGES / (times + 2);
    const better = refused >= 1 ? 0 : Math.max(0, plain - refused) / (1 - refused);
    return changes * plain + (1 - changes) * better;
  }

  /** The asker, whose mind the perspective is, was refused at this supposed margin. */
  teach(perspective: number, asker: number, hearer: number, deed: ExprId, margin: number): void {
    const { reader, writer } = this;
    const about = [asker, hearer, deed];
    const times = reader.atoms.special(Special.refusedTimes, about);
    const best = reader.atoms.special(Special.refusedMargin, about);
    const count = reader.numberHeld(perspective, times);
    const known = count === 0 ? Number.NEGATIVE_INFINITY : reader.numberHeld(perspective, best);
    writer.put(perspective, best, CERTAIN, Math.max(known, margin));
    writer.put(perspective, times, CERTAIN, count + 1);
  }

  /**
   * A no that was given its reason says less about how firm the other is beyond that reason: what
   * was refused is reckoned again, as the asker now has the other.
   */
  reckonAgain(perspective: number, asker: number, hearer: number, cause: number): void {
    const { reader, writer } = this;
    const inHearer = reader.space.perspectives.extend(perspective, hearer);
    for (const atom of reader.atoms.ofSpecial(Special.refusedMargin)) {
      const [who, other, deed] = reader.atoms.argsOf(atom) as [number, number, number];
      if (who !== asker || other !== hearer) continue;
      const key = reader.space.find(perspective, atom);
      if (reader.space.odds(key) === 0) continue;
      const { margin } = this.weigh(inHearer, asker, this.carrying.deedOf(deed));
      if (margin >= reader.space.value(key)) continue;
      writer.forGood({ source: "told", by: hearer, cause }, () => {
        writer.put(perspective, atom, CERTAIN, margin);
      });
    }
  }

  /** What the hearer gives up of their own hopes by granting. */
  #concession(perspective: number, hearer: number, deed: Deed): number {
    let price = 0;
    for (const atom of this.givenUpBy(perspective, hearer, deed)) {
      const [, other, wanted] = this.reader.atoms.argsOf(atom) as [number, number, number];
      price += this.#hopeOf(perspective, hearer, other, this.carrying.deedOf(wanted));
    }
    return price;
  }

  /** Own open requests (atoms) whose grant would make false what the deed takes for granted. */
  givenUpBy(perspective: number, hearer: number, deed: Deed): readonly number[] {
    const { reader } = this;
    if (deed.action.presupposes.length === 0) return [];
    const locals = deed.args.slice();
    const taken = deed.action.presupposes.map((one) => ({
      claim: claimOf(reader, perspective, one.claim, locals),
      negated: one.negated,
    }));
    reader.log.note(1 + Special.asked);
    const given = reader.atoms.ofSpecial(Special.asked).filter((atom) => {
      const [asker, other, wanted] = reader.atoms.argsOf(atom) as [number, number, number];
      if (asker !== hearer || !this.#isOpen(perspective, atom)) return false;
      const mine = this.carrying.deedOf(wanted);
      return taken.some((one) => this.#wouldDeny(perspective, other, mine, one.claim, one.negated));
    });
    const wantedOf = (atom: number): number => reader.atoms.argsOf(atom)[2] as number;
    return given.sort((a, b) => reader.grounder.compare(wantedOf(a), wantedOf(b)));
  }

  #isOpen(perspective: number, atom: number): boolean {
    const { reader } = this;
    const from = reader.perspective;
    const was = reader.splitting;
    reader.perspective = perspective;
    reader.splitting = false;
    const open = reader.read(atom) > 0.5;
    reader.perspective = from;
    reader.splitting = was;
    return open;
  }

  /** Whether what I asked for, once granted, would make the claim false. */
  #wouldDeny(
    perspective: number,
    other: number,
    deed: Deed,
    claim: ExprId,
    negated: boolean,
  ): boolean {
    const { reader } = this;
    const before = confidenceIn(reader, perspective, claim);
    if (negated ? before > 0.5 : before < 0.5) return false;
    let denied = false;
    const oracleAsks = reader.oracle;
    const mark = reader.space.mark();
    const from = reader.perspective;
    const was = reader.splitting;
    reader.perspective = perspective;
    this.accept(perspective, other, deed);
    const after = confidenceIn(reader, perspective, claim);
    denied = negated ? after > 0.5 : after < 0.5;
    reader.space.undo(mark);
    reader.perspective = from;
    reader.splitting = was;
    reader.oracle = oracleAsks;
    return denied;
  }

  /** Hope times what it is hoped for. */
  #hopeOf(perspective: number, asker: number, hearer: number, deed: Deed): number {
    const { reader, foresight } = this;
    const inHearer = reader.space.perspectives.extend(perspective, hearer);
    const { margin } = this.weigh(inHearer, asker, deed, false);
    // Not what was refused teaches here: what has not been said yet may reach what the rest did not.
    const spread = this.hooks.of("spread", perspective, asker);
    const yes = Math.min(1, Math.max(0, 0.5 + margin / (2 * spread)));
    const granted = foresight.expect(perspective, () => {
      this.accept(perspective, hearer, deed);
      return 0;
    }).total;
    const worth = Math.max(0, granted - foresight.base(perspective).total);
    return yes * this.#unsaid(perspective, asker, deed) * worth;
  }

  /** The share of the ways of asking for it that have not been used. */
  #unsaid(perspective: number, asker: number, deed: Deed): number {
    const { reader } = this;
    const type = reader.population.typeOf(asker);
    const root = reader.space.perspectives.root(reader.space.perspectives.rootOf(perspective));
    let ways = 0;
    let used = 0;
    for (const action of reader.world.actions) {
      const actor = action.parameters[0]?.type;
      if (action.requests === undefined || actor?.kind !== "entity") continue;
      if (!reader.population.isA(type, actor.type)) continue;
      if (!this.#canAskFor(action.requests.deed, deed)) continue;
      ways++;
      if (this.#everDone(root, action.id, asker)) used++;
    }
    return ways === 0 ? HOPE_LEAST : Math.max(HOPE_LEAST, 1 - used / ways);
  }

  #canAskFor(expr: ExprId, deed: Deed): boolean {
    const node = this.reader.world.expressions.get(expr);
    if (node.op === "deed") return node.action === deed.action.id;
    return node.op === "local" && deed.action.askable;
  }

  #everDone(perspective: number, action: number, actor: number): boolean {
    const { reader } = this;
    const key = happeningKey(false, action, "ended", [actor]);
    reader.log.note(1 + Special.happenedTimes);
    return reader.atoms.ofHappening(Special.happenedTimes, key).some((atom) => {
      if (!fits(key, reader.atoms.argsOf(atom))) return false;
      return reader.space.odds(reader.keyRead(perspective, atom)) !== 0;
    });
  }

  #number(perspective: number, expr: ExprId, deed: Deed): number {
    const value = this.reader.soft(perspective, expr, deed.args.slice());
    return Number.isNaN(value) ? 0 : value;
  }
}
