/** Names, members and calls as values: fluents with their arguments, deeds, what is built in. */
import type { EventPhase, ExprId, Parameter, ValueType } from "@fabula/model";
import type { Expression, MemberCall, NameRef } from "../generated/ast.js";
import { lowerTotal } from "./arithmetic.js";
import type { Context, Typed } from "./context.js";
import { definitionOf } from "./definition.js";
import { rootOfDimension } from "./dimension.js";
import { lowerExpression, lowerValue } from "./expression.js";
import { booleanType, deedType, plainType } from "./expression-builder.js";
import { fit } from "./fit.js";
import type { FieldMember } from "./member.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";
import { resolve, type Target } from "./target.js";
import { numberOf } from "./type-table.js";

type FieldTarget = Extract<Target, { kind: "field" }>;
type BuiltinTarget = Extract<Target, { kind: "builtin" }>;
type ActionTarget = Extract<Target, { kind: "action" }>;

export function lowerCall(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  hint: ValueType | undefined,
): Typed | undefined {
  const target = resolve(context, scope, node, hint);
  if (target === undefined) return undefined;
  switch (target.kind) {
    case "value":
      if (node.call) return reportNotCalled(context, node);
      return target.value;
    case "field":
      return lowerField(context, scope, node, target);
    case "action":
      return lowerDeed(context, scope, node, target);
    case "schema":
      context.reporter.error(
        "FAB3006",
        node,
        `\`${quote(node)}\` is a ${target.member.kind}; a value is needed here.`,
        "Ask how often it happened (`count of ...`) or when (`time since ...`).",
      );
      return undefined;
    case "builtin":
      return lowerBuiltin(context, scope, node, target);
  }
}

function reportNotCalled(context: Context, node: NameRef | MemberCall): undefined {
  context.reporter.error(
    "FAB3003",
    node,
    `\`${quote(node)}\`: this takes nothing in brackets.`,
    "Leave the brackets out.",
  );
  return undefined;
}

function lowerField(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  target: FieldTarget,
): Typed | undefined {
  const args = lowerFieldArguments(context, scope, node, target);
  const type = typeOfField(context, target.member);
  if (args === undefined || type === undefined) return undefined;
  return { id: context.build.fluent(target.member.id, args, type), type };
}

/** The owner and the arguments, as many as declared. */
export function lowerFieldArguments(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  target: FieldTarget,
): ExprId[] | undefined {
  const { member, args, owner } = target;
  const lowered = lowerArguments(context, scope, node, member.name, member.parameters, args);
  return lowered === undefined ? undefined : [owner, ...lowered];
}

/** Undefined: its definition was told to be wrong. */
export function typeOfField(context: Context, member: FieldMember): ValueType | undefined {
  return member.declared ?? definitionOf(context, member)?.type;
}

export function lowerArguments(
  context: Context,
  scope: Scope,
  node: Expression,
  name: string,
  parameters: readonly Parameter[],
  args: readonly Expression[],
): ExprId[] | undefined {
  if (args.length !== parameters.length) {
    reportCount(context, node, name, parameters, args.length);
    return undefined;
  }
  const lowered = args.map((arg, index) => {
    const parameter = parameters[index] as Parameter;
    return lowerValue(context, scope, arg, parameter.type, `\`${parameter.name}\` of \`${name}\``);
  });
  return lowered.every((id) => id !== undefined) ? lowered : undefined;
}

export function reportCount(
  context: Context,
  node: Expression,
  name: string,
  parameters: readonly Parameter[],
  given: number,
): void {
  const listed = parameters
    .map((parameter) => `${parameter.name}: ${context.types.describe(parameter.type)}`)
    .join(", ");
  const wanted = parameters.length;
  context.reporter.error(
    "FAB3002",
    node,
    `\`${name}\` takes ${wanted === 0 ? "nothing" : wanted} in brackets, not ${given}.`,
    wanted === 0 ? "Leave the brackets out." : `Give (${listed}).`,
  );
}

function lowerDeed(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  target: ActionTarget,
): Typed | undefined {
  const { member, args, subject } = target;
  if (subject === undefined) {
    context.reporter.error(
      "FAB3025",
      node,
      `Who is to \`${member.name}\`?`,
      `Write the person first: \`somebody.${member.name}(...)\`.`,
    );
    return undefined;
  }
  const parameters = member.parameters.slice(1);
  const lowered = lowerArguments(context, scope, node, member.name, parameters, args);
  if (lowered === undefined) return undefined;
  return { id: context.build.deed(member.id, [subject, ...lowered]), type: deedType };
}

function lowerBuiltin(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  target: BuiltinTarget,
): Typed | undefined {
  const { build } = context;
  const { name, args, subject } = target;
  switch (name) {
    case "sure_of":
    case "can_tell": {
      const claim: Parameter[] = [{ name: "claim", type: booleanType }];
      const lowered = lowerArguments(context, scope, node, name, claim, args);
      if (lowered === undefined || subject === undefined) return undefined;
      const claimed = lowered[0] as ExprId;
      if (name === "can_tell") return { id: build.canTell(subject, claimed), type: booleanType };
      return { id: build.confidence(subject, claimed), type: plainType };
    }
    case "outlook":
      if (node.call) return reportNotCalled(context, node);
      return { id: build.outlook(subject as ExprId), type: plainType };
    case "said":
      return lowerOwnCount(context, scope, "ended");
    case "cut":
      return lowerOwnCount(context, scope, "interrupted");
    case "sqrt":
      return lowerRoot(context, scope, node, args);
    default:
      return lowerLeastOrMost(context, scope, node, name === "min" ? "min" : "max", args);
  }
}

/** `said`, `cut`: how often the actor has completed, or been interrupted in, this very deed. */
function lowerOwnCount(context: Context, scope: Scope, phase: EventPhase): Typed | undefined {
  const { build } = context;
  if (scope.inAction === undefined) return undefined;
  const { action, parameters } = scope.inAction;
  const args = parameters.map((local) => build.local(local.slot, local.type));
  return { id: build.countOf({ kind: "action", id: action, phase, args }), type: plainType };
}

function lowerRoot(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  args: readonly Expression[],
): Typed | undefined {
  const [arg] = args;
  if (arg === undefined || args.length !== 1) {
    reportCount(context, node, "sqrt", [{ name: "number", type: plainType }], args.length);
    return undefined;
  }
  const value = lowerExpression(context, scope, arg);
  if (value === undefined) return undefined;
  if (value.type.kind !== "number") {
    fit(context, value, plainType, arg);
    return undefined;
  }
  const dimension = rootOfDimension(value.type.dimension);
  if (dimension === undefined) {
    context.reporter.error(
      "FAB4007",
      node,
      `There is no square root of ${context.types.describe(value.type)}.`,
      "Take the root of a plain number or of something squared.",
    );
    return undefined;
  }
  const type = numberOf(dimension);
  return { id: context.build.squareRoot(value.id, type), type };
}

function lowerLeastOrMost(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  operation: "min" | "max",
  args: readonly Expression[],
): Typed | undefined {
  const [first, second] = args;
  if (first === undefined || second === undefined || args.length !== 2) {
    const parameters = ["a", "b"].map((name) => ({ name, type: plainType }));
    reportCount(context, node, operation, parameters, args.length);
    return undefined;
  }
  const left = lowerExpression(context, scope, first);
  const right = lowerExpression(context, scope, second);
  if (left === undefined || right === undefined) return undefined;
  if (left.type.kind !== "number") {
    fit(context, left, plainType, first);
    return undefined;
  }
  if (right.type.kind !== "number") {
    fit(context, right, plainType, second);
    return undefined;
  }
  return lowerTotal(context, node, operation, left, right);
}
