/**
 * What an utterance does to the minds of those who take it in, in truth and in a foresight alike:
 * what is said is weighed by trust, what shows is a sign, what is presupposed goes as said.
 */
import type { ActionSchema, ExprId, Says } from "@fabula/model";
import { groundClaim } from "@fabula/model";
import type { Hooks } from "../choosing/hooks.js";
import { Op } from "../reading/code.js";
import type { Evaluator } from "../reading/evaluator.js";
import { confidenceIn, type Learning } from "./learn.js";

/** A claim as uttered: which, and whether it is denied. */
export interface Uttered {
  readonly claim: ExprId;
  readonly negated: boolean;
}

export interface Utterance {
  readonly speaker: number;
  /** Said or taken for granted. */
  readonly says: readonly Uttered[];
  readonly shows: readonly (Uttered & { readonly times: number })[];
}

/** What an act of the action with these arguments says and shows; read in its doer's mind. */
export function utteranceOf(
  reader: Evaluator,
  action: ActionSchema,
  args: readonly number[],
): Utterance {
  const speaker = args[0] as number;
  const own = reader.space.perspectives.root(speaker);
  const locals = args.slice();
  const uttered = (one: Says): Uttered => ({
    claim: claimOf(reader, own, one.claim, locals),
    negated: one.negated,
  });
  const shows = action.shows.map((one) => ({
    claim: claimOf(reader, own, one.claim, locals),
    negated: one.negated,
    times: reader.soft(own, one.times, locals),
  }));
  const says = [...action.says, ...action.presupposes].map(uttered);
  return {
    speaker,
    says: says.filter((one) => one.claim >= 0),
    shows: shows.filter((one) => one.claim >= 0),
  };
}

/** The ground claim of a claim-valued expression. */
export function claimOf(
  reader: Evaluator,
  perspective: number,
  expr: ExprId,
  locals: number[],
): ExprId {
  const pool = reader.world.expressions;
  if (pool.typeOf(expr).kind !== "claim") return reader.grounder.claim(expr, locals);
  return groundClaim(pool, expr, locals, (one, all) =>
    reader.soft(perspective, one, all as number[]),
  );
}

/** The speaker says of themselves what they want or are set on: no belief about it besides. */
function isOwnHeart(reader: Evaluator, claim: ExprId, speaker: number): boolean {
  const { code } = reader;
  if (claim >= code.op.length) code.grow();
  const inner = code.op[claim] === Op.not ? (code.a[claim] as number) : claim;
  const op = code.op[inner];
  if (op !== Op.wants && op !== Op.intends) return false;
  return reader.evaluate(code.a[inner] as number, []) === speaker;
}

/** As good as known: to hear again that somebody holds it is no new evidence. */
const KNOWN_HELD = 0.9;

function isOldNews(reader: Evaluator, supposed: number, one: Uttered): boolean {
  const held = confidenceIn(reader, supposed, one.claim);
  return (one.negated ? 1 - held : held) >= KNOWN_HELD;
}

/**
 * The listener, as a perspective has them ([h], or [s, h] where s supposes it), takes it in:
 * odds by trust, and that the speaker believes it.
 */
export function takeIn(
  reader: Evaluator,
  learning: Learning,
  hooks: Hooks,
  listener: number,
  utterance: Utterance,
): void {
  const chain = reader.space.perspectives;
  const who = chain.lastOf(listener);
  const { speaker } = utterance;
  const supposed = chain.extend(listener, speaker);
  for (const one of utterance.says) {
    if (!isOldNews(reader, supposed, one)) {
      const said = one.negated ? reader.grounder.not(one.claim) : one.claim;
      const trust = hooks.of("trust", listener, who, speaker, said);
      learning.evidence(listener, one.claim, one.negated ? 1 / trust : trust);
    }
    if (isOwnHeart(reader, one.claim, speaker)) continue;
    learning.believe(supposed, one.claim, one.negated ? 0 : 1);
  }
  for (const one of utterance.shows) {
    learning.evidence(listener, one.claim, one.negated ? 1 / one.times : one.times);
  }
}
