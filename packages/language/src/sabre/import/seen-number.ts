/** A trigger by which somebody comes to know a number as it is: `seen` of the field says that. */
import type {
  DiscreteExpression,
  DiscreteTrigger,
  DiscreteVariable,
  FluentUse,
} from "@fabula/model";

export interface SeenNumber {
  readonly trigger: DiscreteTrigger;
  readonly observer: string;
  readonly use: FluentUse;
  /** The rest of the precondition: when it is seen. */
  readonly conditions: readonly DiscreteExpression[];
  readonly locals: readonly DiscreteVariable[];
}

/** `believes(c, F) != F` and more; `believes(c, F) = F`. */
export function seenNumberOf(trigger: DiscreteTrigger): SeenNumber | undefined {
  const { effect, precondition } = trigger;
  const parts = precondition.kind === "and" ? precondition.parts : [precondition];
  if (effect.kind !== "assign" || effect.target.kind !== "believes") return undefined;
  const { body, character } = effect.target;
  if (body.kind !== "fluent" || character.kind !== "variable") return undefined;
  if (effect.value.kind !== "fluent" || key(effect.value) !== key(body)) return undefined;
  const test = parts.find(
    (part) =>
      part.kind === "compare" &&
      part.operator === "!=" &&
      key(part.left) === key(effect.target) &&
      key(part.right) === key(body),
  );
  if (test === undefined) return undefined;
  return {
    trigger,
    observer: character.name,
    use: body,
    conditions: parts.filter((part) => part !== test),
    locals: trigger.parameters.flatMap((one) => (one.kind === "variable" ? [one.variable] : [])),
  };
}

function key(expression: DiscreteExpression): string {
  return JSON.stringify(expression, (field, value) => (field === "span" ? undefined : value));
}
