/**
 * Events: an action (begun, done, cut short, failed), a rule, somebody learning something, or a
 * condition on becoming true. Fewer arguments than declared, and `any`, match anything.
 */
import type { EventPattern, EventPhase, ExprId, Parameter } from "@fabula/model";
import type { Expression, MemberCall, NameRef, Phase } from "../generated/ast.js";
import { reportCount } from "./call.js";
import type { Context } from "./context.js";
import { lowerCondition, lowerValue } from "./expression.js";
import { lowerBelieved, lowerPerson } from "./mind-expression.js";
import { quote } from "./reporter.js";
import type { Scope } from "./scope.js";
import { memberNamed, resolve, type Target } from "./target.js";
import { withArticle } from "./type-table.js";

type Happening = Extract<Target, { kind: "action" | "schema" }>;

export function lowerEvent(
  context: Context,
  scope: Scope,
  node: Expression,
): EventPattern | undefined {
  if (node.$type === "Phase") return lowerPhase(context, scope, node);
  if (node.$type === "MindExpr" && node.verb === "learns") {
    const subject = lowerPerson(context, scope, node.subject);
    const condition = lowerBelieved(context, scope, node.claim);
    if (subject === undefined || condition === undefined) return undefined;
    return { kind: "learns", subject, condition };
  }
  if (node.$type === "NameRef" || node.$type === "MemberCall") {
    if (namesHappening(context, node)) {
      const target = resolve(context, scope, node);
      if (target === undefined) return undefined;
      if (target.kind === "action" || target.kind === "schema") {
        return lowerHappening(context, scope, node, target, "ended");
      }
    }
  }
  const condition = lowerCondition(context, scope, node);
  return condition === undefined ? undefined : { kind: "becomes", condition };
}

/** Is it the name of something that happens, and of no field? */
export function namesHappening(context: Context, node: Expression): boolean {
  if (node.$type !== "NameRef" && node.$type !== "MemberCall") return false;
  const member = memberNamed(context, node);
  return member !== undefined && member.kind !== "field";
}

function lowerPhase(context: Context, scope: Scope, node: Phase): EventPattern | undefined {
  const phase: EventPhase = node.starts ? "started" : node.fails ? "failed" : "interrupted";
  const { event } = node;
  if (event.$type === "NameRef" || event.$type === "MemberCall") {
    const target = resolve(context, scope, event);
    if (target === undefined) return undefined;
    if (target.kind === "action") return lowerHappening(context, scope, event, target, phase);
  }
  context.reporter.error(
    "FAB3007",
    node,
    `\`${quote(event)}\` is no action: it does not start, fail or get cut short.`,
    "Leave the words behind it out, or name an action.",
  );
  return undefined;
}

function lowerHappening(
  context: Context,
  scope: Scope,
  node: NameRef | MemberCall,
  target: Happening,
  phase: EventPhase,
): EventPattern | undefined {
  const { member } = target;
  const callable = member.kind === "action" ? member.parameters.length : member.callable;
  const named = member.parameters.slice(1, callable);
  const args = lowerPattern(context, scope, node, member.name, named, target.args);
  if (args === undefined) return undefined;
  const subject = target.subject ?? context.build.any();
  const rest = member.parameters.slice(callable).map(() => context.build.any());
  const all = [subject, ...args, ...rest];
  if (member.kind === "action") return { kind: "action", id: member.id, phase, args: all };
  if (member.kind === "rule") return { kind: "rule", id: member.id, args: all };
  context.reporter.error(
    "FAB3007",
    node,
    `\`${quote(node)}\` is ${withArticle(member.kind)}, which is no event of the story.`,
    "Name an action, a rule, or a condition that becomes true.",
  );
  return undefined;
}

function lowerPattern(
  context: Context,
  scope: Scope,
  node: Expression,
  name: string,
  parameters: readonly Parameter[],
  args: readonly Expression[],
): ExprId[] | undefined {
  if (args.length > parameters.length) {
    reportCount(context, node, name, parameters, args.length);
    return undefined;
  }
  const lowered = parameters.map((parameter, index) => {
    const arg = args[index];
    if (arg === undefined || arg.$type === "AnyLiteral") return context.build.any();
    const what = `\`${parameter.name}\` of \`${name}\``;
    return lowerValue(context, scope, arg, parameter.type, what);
  });
  return lowered.every((id) => id !== undefined) ? lowered : undefined;
}
