/** One occurrence as JSON: what a script may rely on, with names instead of numbers. */
import {
  type BeliefChange,
  type Decision,
  describeExpression,
  type Occurrence,
  type OccurrenceWords,
  type World,
} from "fabula";

export function occurrenceJson(world: World, words: OccurrenceWords, occurrence: Occurrence) {
  const { id, time, kind, perceived, causes, belief, decision } = occurrence;
  return {
    id,
    time,
    clock: words.clockOf(occurrence),
    kind,
    what: words.label(occurrence),
    text: words.sentence(occurrence),
    perceived: perceived.map(({ who, sense, whole }) => ({
      who: nameOf(world, who),
      sense,
      whole,
    })),
    causes: causes.map((cause) => ({ from: cause.from, kind: cause.kind })),
    ...(belief === undefined ? {} : { belief: beliefJson(world, belief) }),
    ...(decision === undefined ? {} : { decision: decisionJson(world, decision) }),
  };
}

function beliefJson(world: World, belief: BeliefChange) {
  const { holder, claim, before, after, source, by } = belief;
  return {
    holder: nameOf(world, holder),
    claim: describeExpression(world, claim),
    before,
    after,
    source,
    by: by < 0 ? null : nameOf(world, by),
  };
}

/** What was weighed, the chosen and the rejected, best first; gains by want, largest first. */
function decisionJson(world: World, decision: Decision) {
  const { who, outcome, request, asker, chosen, reasons, margin } = decision;
  return {
    who: nameOf(world, who),
    outcome,
    request: deedText(world, request),
    asker: asker < 0 ? null : nameOf(world, asker),
    chosen: deedText(world, chosen),
    reasons: reasons.map(({ deed, plan, gain, urge, reluctance, wants }) => ({
      deed: deedText(world, deed),
      ...(plan === undefined ? {} : { plan: plan.map((one) => deedText(world, one)) }),
      gain,
      urge,
      reluctance,
      wants: wants.map((one) => ({ want: wantText(world, who, one.want), gain: one.gain })),
    })),
    ...(margin === undefined ? {} : { margin }),
  };
}

function deedText(world: World, deed: number): string | null {
  return deed < 0 ? null : describeExpression(world, deed);
}

function wantText(world: World, holder: number, id: number): string {
  const want = world.wants[id];
  if (want === undefined) return `want ${id}`;
  const binders = want.binders.map((binder) => binder.name);
  return describeExpression(world, want.claim, [nameOf(world, holder), ...binders]);
}

function nameOf(world: World, entity: number): string {
  return world.entities[entity]?.name ?? `#${entity}`;
}
