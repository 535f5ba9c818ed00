/** Rules, processes, expectations, inferences and reflexes. */
import type {
  Expectation,
  ExprId,
  Inference,
  Process,
  Reflex,
  Rule,
  Trigger,
  ValueType,
} from "@fabula/model";
import type { Expression, InferenceClause, Rule as RuleNode } from "../generated/ast.js";
import { checkFactor, checkShare } from "./bounds.js";
import { type Context, moduleIfHidden } from "./context.js";
import { lowerEffects } from "./effect.js";
import { lowerEvent } from "./event.js";
import { lowerCondition, lowerConditionOrTrue, lowerValue } from "./expression.js";
import { deedType, plainType } from "./expression-builder.js";
import { lowerFlows } from "./flow.js";
import type { SchemaMember } from "./member.js";
import { lowerPerceptions } from "./perception.js";
import { Scope } from "./scope.js";
import { memberNamed } from "./target.js";
import { lowerTold } from "./text.js";
import { numberOf } from "./type-table.js";

const lengthType: ValueType = numberOf({ time: 1 });

export function scopeOfSchema(member: SchemaMember): Scope {
  let scope = Scope.empty();
  for (const { name, type } of member.parameters) scope = scope.bind(name, type);
  return scope;
}

export function lowerRule(context: Context, member: SchemaMember): Rule | undefined {
  const node = member.node;
  if (node.$type !== "Rule") return undefined;
  const scope = scopeOfSchema(member);
  return {
    id: member.id,
    name: member.name,
    ...moduleIfHidden(context, member),
    parameters: member.parameters,
    where: lowerConditionOrTrue(context, scope, node.binders.where),
    trigger: lowerTrigger(context, scope, node),
    then: lowerEffects(context, scope, node.effects),
    perceptions: lowerPerceptions(
      context,
      scope,
      node.lines.filter((line) => line.$type === "Perceive"),
    ),
    told: lowerTold(
      context,
      scope,
      node.lines.filter((line) => line.$type === "Told"),
    ),
    span: context.reporter.spanOf(node),
  };
}

function lowerTrigger(context: Context, scope: Scope, node: RuleNode): Trigger {
  const yes = context.build.boolean(true);
  if (node.every !== undefined) {
    const seconds = lowerSeconds(context, scope, node.every) ?? 1;
    return { kind: "periodic", seconds, when: lowerConditionOrTrue(context, scope, node.when) };
  }
  return lowerWhen(context, scope, node.when) ?? { kind: "condition", when: yes };
}

/** `when p learns C and D`: the first part that is an event is what it waits for. */
export function lowerWhen(context: Context, scope: Scope, node: Expression): Trigger | undefined {
  const parts = conjuncts(node);
  const index = parts.findIndex((part) => isHappening(context, part));
  const event = parts[index];
  if (event === undefined) {
    const when = lowerCondition(context, scope, node);
    return when === undefined ? undefined : { kind: "condition", when };
  }
  const pattern = lowerEvent(context, scope, event);
  const rest = parts.filter((_, other) => other !== index);
  const when = rest
    .map((part) => lowerConditionOrTrue(context, scope, part))
    .reduce((left, right) => context.build.and(left, right), context.build.boolean(true));
  return pattern === undefined ? undefined : { kind: "event", event: pattern, when };
}

function conjuncts(node: Expression): Expression[] {
  return node.$type === "AndExpr" ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];
}

function isHappening(context: Context, node: Expression): boolean {
  if (node.$type === "Phase") return true;
  if (node.$type === "MindExpr") return node.verb === "learns";
  if (node.$type !== "MemberCall") return false;
  const kind = memberNamed(context, node)?.kind;
  return kind === "action" || kind === "rule";
}

/** A constant length of time above 0, in seconds. */
export function lowerSeconds(context: Context, scope: Scope, node: Expression): number | undefined {
  const length = lowerValue(context, scope, node, lengthType);
  if (length === undefined) return undefined;
  const seconds = context.build.constantOf(length);
  if (seconds !== undefined && seconds > 0) return seconds;
  context.reporter.error(
    "FAB3013",
    node,
    seconds === undefined
      ? "This length of time must stand fixed before the story begins."
      : "This length of time must be above 0.",
    "Write a number with a unit: `30 min`.",
  );
  return undefined;
}

export function lowerProcess(context: Context, member: SchemaMember): Process | undefined {
  const node = member.node;
  if (node.$type !== "Process") return undefined;
  const scope = scopeOfSchema(member);
  const [told] = node.told;
  if (told !== undefined) {
    context.reporter.error(
      "FAB3017",
      told,
      "A process goes on all the time: there is no moment to tell of.",
      "Tell it in a `rule` that watches what it moves.",
    );
  }
  return {
    id: member.id,
    name: member.name,
    parameters: member.parameters,
    where: lowerConditionOrTrue(context, scope, node.binders.where),
    while: lowerConditionOrTrue(context, scope, node.while),
    flows: lowerFlows(context, scope, node.effects),
    span: context.reporter.spanOf(node),
  };
}

export function lowerExpectation(context: Context, member: SchemaMember): Expectation | undefined {
  const node = member.node;
  if (node.$type !== "Expectation") return undefined;
  const scope = scopeOfSchema(member);
  return {
    id: member.id,
    name: member.name,
    ...moduleIfHidden(context, member),
    parameters: member.parameters,
    where: lowerConditionOrTrue(context, scope, node.where),
    when: lowerConditionOrTrue(context, scope, node.when),
    then: lowerEffects(context, scope, node.effects),
    span: context.reporter.spanOf(node),
  };
}

export function lowerReflex(context: Context, member: SchemaMember): Reflex | undefined {
  const node = member.node;
  if (node.$type !== "Reflex") return undefined;
  const scope = scopeOfSchema(member);
  const score = lowerValue(context, scope, node.score, plainType, "`score`");
  const deed = lowerValue(context, scope, node.do, deedType);
  if (score === undefined || deed === undefined) return undefined;
  return {
    id: member.id,
    name: member.name,
    parameters: member.parameters,
    where: lowerConditionOrTrue(context, scope, node.where),
    when: lowerConditionOrTrue(context, scope, node.when),
    score,
    deed,
    span: context.reporter.spanOf(node),
  };
}

type ClauseOf<K extends InferenceClause["$type"]> = Extract<InferenceClause, { readonly $type: K }>;

export function lowerInference(context: Context, member: SchemaMember): Inference | undefined {
  const node = member.node;
  if (node.$type !== "Inference") return undefined;
  const scope = scopeOfSchema(member);
  const clauses = node.clauses;
  const all = <K extends InferenceClause["$type"]>(kind: K): ClauseOf<K>[] =>
    clauses.filter((clause): clause is ClauseOf<K> => clause.$type === kind);
  const [about, second] = all("About");
  if (about === undefined || second !== undefined) {
    context.reporter.error(
      "FAB3017",
      second ?? node,
      about === undefined ? "This inference is about nothing." : "An inference is about one claim.",
      about === undefined ? "Add a line `about ...`." : "Write a second inference.",
    );
  }
  const claim = about === undefined ? undefined : lowerCondition(context, scope, about.claim);
  const [priorNode] = all("Prior");
  const prior = priorNode === undefined ? undefined : lowerShare(context, scope, priorNode.value);
  if (claim === undefined) return undefined;
  return {
    id: member.id,
    name: member.name,
    parameters: member.parameters,
    where: lowerConditionOrTrue(context, scope, node.where),
    about: claim,
    ...(prior === undefined ? {} : { prior }),
    evidence: all("Evidence").flatMap((clause) => lowerEvidence(context, scope, clause)),
    blames: all("Blames").flatMap((clause) => lowerBlame(context, scope, clause)),
    told: lowerTold(context, scope, all("Told")),
    span: context.reporter.spanOf(node),
  };
}

export function lowerShare(context: Context, scope: Scope, node: Expression): ExprId | undefined {
  const share = lowerValue(context, scope, node, plainType);
  if (share !== undefined) checkShare(context, node, share, "A share");
  return share;
}

function lowerEvidence(
  context: Context,
  scope: Scope,
  clause: ClauseOf<"Evidence">,
): Inference["evidence"][number][] {
  const condition = lowerCondition(context, scope, clause.claim);
  const times = lowerValue(context, scope, clause.times, plainType, "`times`");
  if (condition === undefined || times === undefined) return [];
  checkFactor(context, clause.times, times, "`times`");
  return [{ condition, times }];
}

function lowerBlame(
  context: Context,
  scope: Scope,
  clause: ClauseOf<"Blames">,
): Inference["blames"][number][] {
  const claim = lowerCondition(context, scope, clause.claim);
  const share = lowerShare(context, scope, clause.share);
  const when = lowerConditionOrTrue(context, scope, clause.when);
  return claim === undefined || share === undefined ? [] : [{ claim, share, when }];
}
