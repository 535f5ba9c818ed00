/** What somebody wants, weighed and added up: the utility of a character, or of the author. */
import { type DiscreteExpression, type DiscreteTerm, keyName, type Want } from "@fabula/model";
import {
  calculate,
  choice,
  type ExpressionLowering,
  isLiteral,
  number,
  type Slots,
  value,
} from "./lower-expression.js";
import { type Refusals, refuse } from "./refusal.js";

/** `character`: an entity's name; undefined: the author, whose wants are those of the world. */
export function lowerUtility(
  expressions: ExpressionLowering,
  refusals: Refusals,
  character: string | undefined,
): DiscreteExpression {
  const { names, world } = expressions;
  const holder =
    character === undefined
      ? world.entities[0]!
      : world.entities.find((entity) => keyName(entity) === character)!;
  const isOwn = ({ holder: of }: Want) =>
    "entity" in of ? of.entity === holder.id : names.isBelow(holder.type, of.type);
  const terms = world.wants.filter(isOwn).flatMap((want) => {
    const self = character === undefined ? undefined : value(names.entity(holder.id));
    const made = refusals.attempt(want.span, () => term(expressions, want, self));
    return made === undefined ? [] : [made];
  });
  const [first, ...rest] = terms;
  if (first === undefined) return number(0);
  return rest.reduce((sum, next) => calculate("+", sum, next), first);
}

function term(
  expressions: ExpressionLowering,
  want: Want,
  self: DiscreteTerm | undefined,
): DiscreteExpression {
  const { binders, claim, until, weight, where } = want;
  let slots: Slots = self === undefined ? new Map() : new Map([[0, self]]);
  const holds = expressions.lower(want.while, slots);
  if (until !== undefined || !isLiteral(holds, true)) {
    refuse("a want for a while", "say it in the claim: `wants not D or C`");
  }
  const variables = binders.map(({ type }, index) => {
    const bound = expressions.bind(index + 1, type.kind === "entity" ? type.type : 0, slots);
    ({ slots } = bound);
    return bound.variable;
  });
  const worth = expressions.lower(weight, slots);
  const wanted = expressions.lower(claim, slots);
  const isCondition = expressions.world.expressions.typeOf(claim).kind === "boolean";
  let body = isCondition
    ? choice(wanted, worth, number(0))
    : isOne(worth)
      ? wanted
      : calculate("*", worth, wanted);
  const among = expressions.lower(where, slots);
  if (!isLiteral(among, true)) body = choice(among, body, number(0));
  return variables.reduceRight<DiscreteExpression>(
    (inner, variable) => ({ kind: "sum", variable, body: inner }),
    body,
  );
}

function isOne(worth: DiscreteExpression): boolean {
  return worth.kind === "value" && worth.value.kind === "number" && worth.value.value === 1;
}
