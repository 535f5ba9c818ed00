/** Whether who consents to an action always observes it: in Fabula who takes part does. */
import type { DiscreteAction, DiscreteExpression, DiscreteTerm } from "@fabula/model";

export function noticesOwn(action: DiscreteAction, who: DiscreteTerm): boolean {
  const { observing, precondition } = action;
  if (observing === undefined) return true;
  const { condition, variable } = observing;
  const demanded = new Set(partsOf(precondition).map(key));
  const holds = (part: DiscreteExpression): boolean => {
    if (part.kind === "or") return part.parts.some(holds);
    if (part.kind === "and") return part.parts.every(holds);
    return isTrue(part) || demanded.has(key(part));
  };
  return holds(withTerm(condition, variable.name, who));
}

function partsOf(expression: DiscreteExpression): readonly DiscreteExpression[] {
  return expression.kind === "and" ? expression.parts.flatMap(partsOf) : [expression];
}

function isTrue(expression: DiscreteExpression): boolean {
  if (expression.kind === "value")
    return key(expression) === key({ kind: "value", value: { kind: "boolean", value: true } });
  return (
    expression.kind === "compare" &&
    expression.operator === "==" &&
    key(expression.left) === key(expression.right)
  );
}

function withTerm(
  expression: DiscreteExpression,
  name: string,
  term: DiscreteTerm,
): DiscreteExpression {
  return JSON.parse(JSON.stringify(expression), (_, node) => {
    return node?.kind === "variable" && node.name === name ? term : node;
  });
}

function key(expression: DiscreteExpression): string {
  return JSON.stringify(expression, (field, value) => (field === "span" ? undefined : value));
}
