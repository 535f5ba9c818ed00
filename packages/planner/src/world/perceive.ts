/** Who notices an action, and what is seen of a fluent whenever it can be seen. */
import type {
  ActionSchema,
  DiscreteExpression,
  DiscreteObserving,
  DiscreteTerm,
  DiscreteTrigger,
  Fluent,
  Perception,
  Unnoticed,
} from "@fabula/model";
import {
  boolean,
  both,
  compare,
  type ExpressionLowering,
  not,
  type Slots,
  unknownValue,
} from "./lower-expression.js";
import { refuse } from "./refusal.js";

const observer = { name: "observer", type: "character" };
const observerTerm: DiscreteTerm = { kind: "variable", name: observer.name };

/** Whoever takes part unless it goes unnoticed, and whoever a clause names; nobody else. */
export function lowerObserving(
  expressions: ExpressionLowering,
  { parameters, perceptions, hearer, unnoticed = [] }: ActionSchema,
  slots: Slots,
  consenting: readonly DiscreteTerm[],
): DiscreteObserving {
  const slot = parameters.length;
  const inner = new Map([...slots, [slot, observerTerm]]);
  const heard = hearer >= 0 && perceptions.length === 0 ? [slots.get(hearer)!] : [];
  const taking = [...consenting, ...heard].map((term) => compare("==", observerTerm, term));
  const missed = unnoticed.map((one) => whoIsMeant(expressions, one, inner));
  const parts = [
    ...(missed.length === 0 ? taking : [both(anyOf(taking), not(anyOf(missed)))]),
    ...perceptions.map((one) => clause(expressions, one, inner)),
  ];
  return { variable: observer, condition: anyOf(parts) };
}

/**
 * `seen` of a field as triggers: who can see it and believes otherwise comes to believe it. One
 * for every value it may have, so that the truth is not compared with what is believed of it.
 */
export function lowerSeen(expressions: ExpressionLowering, fluent: Fluent): DiscreteTrigger[] {
  const { id, means, name, owner, parameters, perceptions, type } = fluent;
  if (perceptions.length === 0) return [];
  if (means !== undefined) {
    return refuse(`\`seen\` of ${name}, which is computed,`, "say it of what it is computed from");
  }
  const { names } = expressions;
  const isOfWorld = owner === names.worldType;
  const own = { name: "self", type: { kind: "entity", type: owner } } as const;
  const all = [own, ...parameters];
  const slots = new Map<number, DiscreteTerm>();
  const variables = all.flatMap((parameter, slot) => {
    if (slot === 0 && isOfWorld) return [];
    const variable = { name: `${parameter.name} ${slot}`, type: names.rangeOf(parameter.type)! };
    slots.set(slot, { kind: "variable", name: variable.name });
    return [{ kind: "variable", variable } as const];
  });
  const use: DiscreteExpression = {
    kind: "fluent",
    property: names.fluent(id),
    arguments: [...slots.values()],
  };
  const inner = new Map([...slots, [all.length, observerTerm]]);
  const seen = anyOf(perceptions.map((one) => clause(expressions, one, inner)));
  const believed: DiscreteExpression = { kind: "believes", character: observerTerm, body: use };
  const learn = (value: DiscreteExpression): DiscreteExpression => {
    return { kind: "assign", target: believed, value };
  };
  const trigger = (
    precondition: DiscreteExpression,
    value: DiscreteExpression,
    more: typeof variables = [],
  ): DiscreteTrigger => ({
    name: `see_${names.fluent(id)}`,
    parameters: [{ kind: "variable", variable: observer }, ...variables, ...more],
    precondition: both(seen, precondition),
    effect: learn(value),
  });
  if (type.kind === "boolean") {
    return [
      trigger(both(use, not(believed)), boolean(true)),
      trigger(both(not(use), believed), boolean(false)),
    ];
  }
  if (type.kind === "number") return [trigger(compare("!=", believed, use), use)];
  const value = { name: "value", type: names.rangeOf(type)! };
  const term: DiscreteTerm = { kind: "variable", name: value.name };
  const is = (what: DiscreteExpression) =>
    both(compare("==", use, what), compare("!=", believed, what));
  const more = [{ kind: "variable", variable: value } as const];
  const known = trigger(is(term), term, more);
  return type.kind === "symbol" ? [known] : [known, trigger(is(unknownValue), unknownValue)];
}

function clause(
  expressions: ExpressionLowering,
  perception: Perception,
  slots: Slots,
): DiscreteExpression {
  const { as } = perception;
  if (as !== -1) refuse("`as`, to seem something else,", "leave it out, or make two actions of it");
  return whoIsMeant(expressions, perception, slots);
}

function whoIsMeant(
  expressions: ExpressionLowering,
  { by, when }: Unnoticed,
  slots: Slots,
): DiscreteExpression {
  const who = by?.map((one) =>
    expressions.withTerm(one, slots, (term) => compare("==", observerTerm, term)),
  );
  const condition = when === undefined ? boolean(true) : expressions.lower(when, slots);
  return both(who === undefined ? boolean(true) : anyOf(who), condition);
}

function anyOf(parts: readonly DiscreteExpression[]): DiscreteExpression {
  if (parts.length === 1) return parts[0]!;
  return parts.length === 0 ? boolean(false) : { kind: "or", parts };
}
