/**
 * Effects: steps (`then`, `at start`, `at end`, `at ...`) and flows (`process`, `while lasting`).
 * Both are written alike; a flow needs to say how fast.
 */
import type { Draw, ExprId, Effect as ModelEffect, ValueType } from "@fabula/model";
import type {
  ChangeEffect,
  Create,
  Effect,
  EveryEffect,
  Expression,
  MindChange,
  SetChange,
} from "../generated/ast.js";
import { checkShare } from "./bounds.js";
import { typeOf } from "./collect-members.js";
import { reportNoType } from "./collect-types.js";
import { type Context, type Typed, titleIndex } from "./context.js";
import { combineDimensions, isSameDimension } from "./dimension.js";
import { lowerDraw } from "./draw.js";
import { lowerCondition, lowerConditionOrTrue, lowerExpression, lowerValue } from "./expression.js";
import { deedType, plainType } from "./expression-builder.js";
import { lowerFact } from "./fact.js";
import { fit } from "./fit.js";
import { lowerBelieved, lowerPerson } from "./mind-expression.js";
import { type LoweredPlace, lowerPlace } from "./place.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";

/** A `MindChange` never has a value: its forms are about minds. */
export type ChangeNode = (ChangeEffect | SetChange | MindChange) & {
  readonly value?: Expression;
};

/** In order. What a `create` names is known to the effects behind it. */
export function lowerEffects(
  context: Context,
  scope: Scope,
  nodes: readonly Effect[],
): ModelEffect[] {
  const effects: ModelEffect[] = [];
  let inner = scope;
  for (const node of nodes) {
    const effect = lowerEffect(context, inner, node);
    if (effect === undefined) continue;
    effects.push(effect);
    if (effect.kind === "create" && node.$type === "Create") {
      inner = inner.bind(node.name, { kind: "entity", type: effect.type });
    }
  }
  return effects;
}

function lowerEffect(context: Context, scope: Scope, node: Effect): ModelEffect | undefined {
  const span = context.reporter.spanOf(node);
  switch (node.$type) {
    case "IfEffect": {
      const condition = lowerCondition(context, scope, node.cond);
      const then = lowerEffects(context, scope, node.then);
      const otherwise = lowerEffects(context, scope, node.else);
      if (condition === undefined) return undefined;
      return { kind: "if", condition, then, else: otherwise, span };
    }
    case "ChanceEffect": {
      const chance = lowerValue(context, scope, node.chance, plainType);
      const then = lowerEffects(context, scope, node.then);
      const otherwise = lowerEffects(context, scope, node.else);
      if (chance === undefined) return undefined;
      checkShare(context, node.chance, chance, "A chance");
      return { kind: "chance", chance, then, else: otherwise, span };
    }
    case "EveryEffect":
      return lowerEvery(context, scope, node);
    case "Create":
      return lowerCreate(context, scope, node);
    case "Remove": {
      const entity = lowerThing(context, scope, node.entity);
      return entity === undefined ? undefined : { kind: "remove", entity, span };
    }
    case "Do": {
      const deed = lowerValue(context, scope, node.deed, deedType);
      return deed === undefined ? undefined : { kind: "do", deed, span };
    }
    case "Stop": {
      const subject = lowerPerson(context, scope, node.who);
      return subject === undefined ? undefined : { kind: "stop", subject, span };
    }
    case "ChangeEffect":
      return lowerChange(context, scope, node);
  }
}

export function lowerThing(context: Context, scope: Scope, node: Expression): ExprId | undefined {
  const value = lowerExpression(context, scope, node);
  if (value === undefined) return undefined;
  if (value.type.kind === "entity") return value.id;
  context.reporter.error(
    "FAB3001",
    node,
    `\`${quote(node)}\` is ${context.types.describe(value.type)}; a thing is needed here.`,
    "Name a thing or a person.",
  );
  return undefined;
}

/** `every x: T where C`, or `every c: claim where p.flag(c)`. */
function lowerEvery(context: Context, scope: Scope, node: EveryEffect): ModelEffect | undefined {
  const span = context.reporter.spanOf(node);
  const [param, ...others] = node.binders.params;
  if (param === undefined) return undefined;
  for (const other of others) {
    context.reporter.error(
      "FAB3017",
      other,
      "`every` runs over one name at a time here.",
      "Put a second `every` inside.",
    );
  }
  const type = typeOf(context, param.type);
  if (type === undefined) return undefined;
  const inner = scope.bind(param.name, type);
  const slot = scope.depth;
  const body = lowerEffects(context, inner, node.effects);
  if (type.kind === "entity") {
    const where = lowerConditionOrTrue(context, inner, node.binders.where);
    return { kind: "every", slot, type: type.type, where, body, span };
  }
  const place =
    type.kind === "claim" || type.kind === "deed"
      ? lowerHeld(context, inner, node, slot)
      : undefined;
  if (place !== undefined) return { kind: "every-claim", slot, place, body, span };
  context.reporter.error(
    "FAB3024",
    param,
    `\`${param.name}\` runs over ${context.types.describe(type)}, of which there is no list.`,
    "Run over things, or over the claims of a field: `every c: claim where p.flag(c)`.",
  );
  return undefined;
}

/** The field `p.flag(c)` whose last argument is the bound claim. */
function lowerHeld(
  context: Context,
  scope: Scope,
  node: EveryEffect,
  slot: number,
): LoweredPlace["place"] | undefined {
  const where = node.binders.where;
  if (where === undefined) return undefined;
  const value = lowerExpression(context, scope, where);
  if (value === undefined) return undefined;
  const fluent = context.pool.get(value.id);
  if (fluent.op !== "fluent" || value.type.kind !== "boolean") return undefined;
  const last = context.pool.get(fluent.args.at(-1) ?? 0);
  if (last.op !== "local" || last.slot !== slot) return undefined;
  return { fluent: fluent.fluent, args: fluent.args };
}

function lowerCreate(context: Context, scope: Scope, node: Create): ModelEffect | undefined {
  const entry = context.types.of(node.type);
  if (entry === undefined || entry.symbols !== undefined) {
    reportNoType(context, node, node.type.$refText);
    return undefined;
  }
  const type: ValueType = { kind: "entity", type: entry.id };
  const slot = scope.depth;
  const inside = scope
    .bind(node.name, type)
    .withSelf({ expr: context.build.local(slot, type), type: entry.id });
  const outside = scope.atDepth(slot + 1);
  const body = node.lines.flatMap((line) => {
    if (line.$type === "Fact") {
      const fact = lowerFact(context, inside, line, outside);
      return fact === undefined ? [] : [fact];
    }
    context.reporter.error(
      "FAB3017",
      line,
      "What comes to be has only facts here.",
      "Give beliefs and wants with effects behind it.",
    );
    return [];
  });
  const span = context.reporter.spanOf(node);
  const title = node.title === undefined ? -1 : titleIndex(context, node.title);
  return { kind: "create", type: entry.id, slot, name: node.name, title, body, span };
}

export function lowerChange(
  context: Context,
  scope: Scope,
  node: ChangeNode,
): ModelEffect | undefined {
  switch (node.op) {
    case "believes":
    case "forgets":
    case "intends":
      return lowerMindChange(context, scope, node);
    case "rises":
    case "falls":
      return lowerStep(context, scope, node);
    case "nears":
      context.reporter.error(
        "FAB4004",
        node,
        "`nears` goes on all the time; here something happens at once.",
        "Put it in a `process` or in `while lasting`, or set the value: `x = v`.",
      );
      return undefined;
    default:
      return lowerFact(context, scope, node);
  }
}

function lowerMindChange(
  context: Context,
  scope: Scope,
  node: ChangeNode,
): ModelEffect | undefined {
  const span = context.reporter.spanOf(node);
  const subject = lowerPerson(context, scope, node.target);
  if (node.op === "intends" && node.deed !== undefined) {
    const deed = lowerValue(context, scope, node.deed, deedType);
    if (subject === undefined || deed === undefined) return undefined;
    return { kind: "intend", subject, deed, dropped: node.not, span };
  }
  if (node.claim === undefined) return undefined;
  if (node.not) {
    context.reporter.error(
      "FAB3017",
      node,
      "`not p believes C` can be true, but nobody can make it so.",
      "Write `p forgets C`, or `p believes not C`.",
    );
    return undefined;
  }
  const negated = node.claim.$type === "NotExpr";
  const inner = node.claim.$type === "NotExpr" ? node.claim.expr : node.claim;
  const believed = lowerBelieved(context, scope, inner);
  const claim = believed === undefined ? undefined : context.build.claim(believed);
  if (subject === undefined || claim === undefined) return undefined;
  if (node.op === "forgets") return { kind: "forget", subject, claim, span };
  const sure = lowerStrength(context, scope, node.sure);
  const times = lowerStrength(context, scope, node.times);
  if (node.sure !== undefined && sure !== undefined) {
    checkShare(context, node.sure, sure, "How sure somebody is");
  }
  return {
    kind: "believe",
    subject,
    claim,
    negated,
    ...(sure === undefined ? {} : { sure }),
    ...(times === undefined ? {} : { times }),
    span,
  };
}

function lowerStrength(
  context: Context,
  scope: Scope,
  node: ChangeNode["sure"],
): ExprId | undefined {
  return node === undefined ? undefined : lowerValue(context, scope, node, plainType);
}

/** `x rises by v`: a step; `v` has the units of x. */
function lowerStep(context: Context, scope: Scope, node: ChangeNode): ModelEffect | undefined {
  const target = lowerPlace(context, scope, node.target);
  if (target === undefined || node.value === undefined) return undefined;
  if (!checkMoves(context, node, target)) return undefined;
  const value = lowerStepValue(context, scope, node.value, target);
  if (value === undefined) return undefined;
  const sign = node.op === "rises" ? 1 : -1;
  return { kind: "shift", place: target.place, sign, value, span: context.reporter.spanOf(node) };
}

function lowerStepValue(
  context: Context,
  scope: Scope,
  node: Expression,
  target: LoweredPlace,
): Draw | undefined {
  const { type, member } = target;
  const what = `\`${member.name}\``;
  if (node.$type === "Between") return lowerDraw(context, scope, node, type, what);
  const value = lowerExpression(context, scope, node, type);
  if (isRateOf(value, type)) {
    context.reporter.error(
      "FAB4004",
      node,
      `\`${quote(node)}\` says how fast; here \`${member.name}\` moves once.`,
      "Leave out `per ...`, or put it in a `process` or in `while lasting`.",
    );
    return undefined;
  }
  const low = fit(context, value, type, node, what);
  return low === undefined ? undefined : { low };
}

function isRateOf(value: Typed | undefined, type: ValueType): boolean {
  if (value?.type.kind !== "number" || type.kind !== "number" || value.anyUnit === true)
    return false;
  return isSameDimension(value.type.dimension, combineDimensions(type.dimension, { time: 1 }, -1));
}

export function checkMoves(context: Context, node: ChangeNode, target: LoweredPlace): boolean {
  if (target.type.kind === "number") return true;
  context.reporter.error(
    "FAB3001",
    node,
    `\`${target.member.name}\` is ${context.types.describe(target.type)}: ` +
      "it does not rise or fall.",
    "Set it: `x = v`.",
  );
  return false;
}
