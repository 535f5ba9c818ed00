/** What somebody did not say, and because of which want. */
import type { Decision, OccurrenceId } from "@fabula/chronicle";
import type { ExprId, Timed, Want } from "@fabula/model";
import { groundClaim } from "@fabula/model";
import type { Simulation } from "../run/simulation.js";

/** Where `who` first held the claim back (because of this want); undefined: they did not. */
export function findKeptBack(
  simulation: Simulation,
  asked: Extract<Timed, { kind: "kept-back" }>,
): OccurrenceId | undefined {
  const { chronicle } = simulation;
  const who = simulation.evaluateNow(asked.who);
  const claim = claimOf(simulation, asked.claim);
  const because = asked.because === undefined ? undefined : claimOf(simulation, asked.because);
  for (let id = 0; id < chronicle.count; id++) {
    if (chronicle.kindOf(id) !== "kept-back") continue;
    const decision = chronicle.decisionOf(id);
    if (decision === undefined || decision.who !== who) continue;
    if (!carries(simulation, decision, claim)) continue;
    if (because === undefined || speaksAgainst(simulation, decision, because)) return id;
  }
  return undefined;
}

function claimOf(simulation: Simulation, expr: ExprId): ExprId {
  return groundClaim(simulation.world.expressions, expr, [], (inner) =>
    simulation.evaluateNow(inner),
  );
}

/** Whether what was kept back would have said the claim: as an argument, or in what it says. */
function carries(simulation: Simulation, decision: Decision, claim: ExprId): boolean {
  const pool = simulation.world.expressions;
  return decision.reasons.some((reason) => {
    const node = reason.deed < 0 ? undefined : pool.get(reason.deed);
    if (node?.op !== "deed") return false;
    const args = node.args.map((arg) => simulation.evaluateNow(arg));
    const action = simulation.world.actions[node.action];
    const said = [...(action?.says ?? []), ...(action?.presupposes ?? [])].map((one) =>
      groundClaim(pool, one.claim, args, (inner) => simulation.evaluateNow(inner)),
    );
    const given = args.filter((_, index) => action?.parameters[index]?.type.kind === "claim");
    return [...said, ...given].includes(claim);
  });
}

/** Whether a want with this claim was among those that spoke against it. */
function speaksAgainst(simulation: Simulation, decision: Decision, because: ExprId): boolean {
  const { wants } = simulation.world;
  return decision.reasons.some((reason) =>
    reason.wants.some((one) => {
      const want = wants[one.want];
      return one.gain < 0 && want !== undefined && canBe(simulation, want, decision.who, because);
    }),
  );
}

function canBe(simulation: Simulation, want: Want, holder: number, claim: ExprId): boolean {
  const pool = simulation.world.expressions;
  const evaluate = (inner: ExprId): number => simulation.evaluateNow(inner);
  const tries = (locals: readonly number[]): boolean => {
    const binder = want.binders[locals.length - 1];
    if (binder === undefined) return groundClaim(pool, want.claim, locals, evaluate) === claim;
    if (binder.type.kind !== "entity") return false;
    return simulation.kernel.store
      .entitiesOf(binder.type.type)
      .some((entity) => tries([...locals, entity]));
  };
  return tries([holder]);
}
