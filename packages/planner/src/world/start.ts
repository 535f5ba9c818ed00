/** How things stand when the story begins, in truth and in every mind. */
import {
  type DiscreteExpression,
  type Effect,
  type Fluent,
  initialOf,
  literal,
  type Parameter,
  type Span,
  type TypeId,
  type World,
} from "@fabula/model";
import type { EffectLowering } from "./lower-effect.js";
import {
  boolean,
  choice,
  compare,
  type ExpressionLowering,
  isLiteral,
  type Slots,
  unknownValue,
  value,
} from "./lower-expression.js";
import { type Refusals, refuse } from "./refusal.js";

/** Defaults, then facts of entities and of the world, then beliefs; a later one wins. */
export function lowerStart(
  expressions: ExpressionLowering,
  effects: EffectLowering,
  refusals: Refusals,
): DiscreteExpression[] {
  const { names, world } = expressions;
  const { beliefs } = world.story;
  const stored = world.fluents.filter(
    ({ means, type }) => means === undefined && names.rangeOf(type) !== undefined,
  );
  const numbers = world.fluents.filter(
    ({ means, type }) => means === undefined && type.kind === "number",
  );
  const all = [...stored, ...numbers].sort((a, b) => a.id - b.id);
  const attempt = (span: Span | undefined, make: () => DiscreteExpression | undefined) => {
    const made = refusals.attempt(span, make);
    return made === undefined ? [] : [made];
  };
  return [
    ...all.flatMap((fluent) =>
      attempt(fluent.span, () => initialAll(expressions, effects, fluent)),
    ),
    ...world.entities.flatMap(({ facts, id, type }) => {
      const self = new Map([[0, value(names.entity(id))]]) as Slots;
      const first = all.flatMap((fluent) => factsOfTypes(world, fluent, type));
      const own = [...first, ...facts];
      return own.flatMap((fact) => attempt(fact.span, () => effects.effect(fact, self)));
    }),
    ...world.facts.flatMap((fact) => attempt(fact.span, () => effects.effect(fact, new Map()))),
    ...all.flatMap((fluent) => attempt(fluent.span, () => privateOf(expressions, fluent))),
    ...beliefs.flatMap(({ claim, holder, negated, span, sure }) =>
      attempt(span, () => {
        if (sure !== undefined) {
          refuse("how sure somebody is", "leave out `sure`: a belief is there or it is not");
        }
        const who = value(names.entity(holder));
        return {
          kind: "believes",
          character: who,
          body: effects.claim(claim, !negated, new Map()),
        };
      }),
    ),
  ];
}

/** What an entity of the type starts with because one of its types says so. Local 0: itself. */
function factsOfTypes(world: World, fluent: Fluent, type: TypeId): readonly Effect[] {
  const { expressions, types } = world;
  const { id, initials = [], owner, parameters } = fluent;
  const self = expressions.intern({ op: "local", slot: 0 }, { kind: "entity", type: owner });
  return initials.flatMap((one) => {
    if (initialOf(types, fluent, type, one.given) !== one.value) return [];
    const args = one.given.map((arg, index) => literal(expressions, arg, parameters[index]!.type));
    const place = { fluent: id, args: [self, ...args] };
    return [{ kind: "set", place, value: one.value, span: one.span }];
  });
}

/** The start value of every instance; nothing where it is the default of a discrete world. */
function initialAll(
  expressions: ExpressionLowering,
  effects: EffectLowering,
  fluent: Fluent,
): DiscreteExpression | undefined {
  const { id, initial, name, type } = fluent;
  if (initial?.high !== undefined) refuse(`the range that ${name} starts in`, "write one value");
  const first = type.kind === "symbol" ? expressions.names.symbol(type.type, 0) : undefined;
  if (initial === undefined && first === undefined) return undefined;
  return forAll(expressions, fluent, (slots, args) => {
    const start =
      initial === undefined
        ? value(first!)
        : effects.clamped(id, expressions.lower(initial.low, slots));
    if (isLiteral(start, false)) return undefined;
    const target = { kind: "fluent", property: expressions.names.fluent(id), arguments: args };
    return { kind: "assign", target: target as DiscreteExpression, value: start };
  });
}

/** Of what is private nobody else knows more than the prior. */
function privateOf(
  expressions: ExpressionLowering,
  fluent: Fluent,
): DiscreteExpression | undefined {
  const { id, name, owner, prior, private: isPrivate, type } = fluent;
  const { names, world } = expressions;
  if (!isPrivate || owner === names.worldType) return undefined;
  if (type.kind === "symbol") {
    return refuse(
      `the private symbol ${name}`,
      "say what each believes it is: `p believes x.f = v`",
    );
  }
  const odds = prior === undefined ? undefined : world.expressions.get(prior);
  if (odds !== undefined && odds.op !== "constant") refuse(`the prior of ${name}`, "prior 90%");
  const isLikely = odds?.op === "constant" && odds.value > 0.5;
  const taken = type.kind === "boolean" ? boolean(isLikely) : unknownValue;
  return forAll(expressions, fluent, (_, args) => {
    const other = { name: "other", type: "character" };
    const who = { kind: "variable", name: other.name } as const;
    const target = {
      kind: "fluent",
      property: names.fluent(id),
      arguments: args,
    } as DiscreteExpression;
    const set: DiscreteExpression = { kind: "assign", target, value: taken };
    const body: DiscreteExpression = { kind: "believes", character: who, body: set };
    const guarded = choice(compare("!=", who, args[0]!), body, boolean(true));
    return { kind: "forall", variable: other, body: guarded };
  });
}

function forAll(
  { names }: ExpressionLowering,
  { owner, parameters }: Fluent,
  make: (
    slots: Slots,
    args: readonly { readonly kind: "variable"; readonly name: string }[],
  ) => DiscreteExpression | undefined,
): DiscreteExpression | undefined {
  const own = { name: "self", type: { kind: "entity", type: owner } } as const;
  const all: readonly Parameter[] = [own, ...parameters];
  const slots = new Map<number, { readonly kind: "variable"; readonly name: string }>();
  all.forEach(({ name }, slot) => {
    if (slot > 0 || owner !== names.worldType) {
      slots.set(slot, { kind: "variable", name: `${name} ${slot}` });
    }
  });
  const body = make(slots, [...slots.values()]);
  if (body === undefined) return undefined;
  return [...slots].reduceRight<DiscreteExpression>((inner, [slot, { name }]) => {
    const variable = { name, type: names.rangeOf(all[slot]!.type)! };
    return { kind: "forall", variable, body: inner };
  }, body);
}
