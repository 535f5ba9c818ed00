/** Actions: their clauses, each at most once where one is enough, put together as a schema. */
import type { ActionSchema, Effect, ExprId, Flow, Says, ValueType } from "@fabula/model";
import type { ActionClause, Expression } from "../generated/ast.js";
import { checkFactor, checkNotNegative } from "./bounds.js";
import { type Context, moduleIfHidden } from "./context.js";
import { lowerDraw } from "./draw.js";
import { lowerEffects } from "./effect.js";
import { lowerCondition, lowerExpression, lowerValue } from "./expression.js";
import { claimType, deedType, plainType } from "./expression-builder.js";
import { asClaim } from "./fit.js";
import { lowerFlows } from "./flow.js";
import { lowerWhen } from "./happening.js";
import type { ActionMember } from "./member.js";
import { lowerPerceptions, lowerUnnoticed } from "./perception.js";
import { lowerPlace } from "./place.js";
import { Scope } from "./scope.js";
import { lowerTold, lowerWording } from "./text.js";
import { numberOf } from "./type-table.js";

type ClauseOf<K extends ActionClause["$type"]> = Extract<ActionClause, { readonly $type: K }>;
const lengthType: ValueType = numberOf({ time: 1 });

export function lowerAction(context: Context, member: ActionMember): ActionSchema {
  let scope = Scope.empty();
  for (const { name, type } of member.parameters) scope = scope.bind(name, type);
  scope = scope.withAction(member.id, member.parameters.length);
  const clauses = new Clauses(context, member.node.clauses);
  const costs = lowerCosts(context, scope, clauses);
  const { node } = member;
  const wording = lowerWording(context, scope, clauses.all("Wording"));
  return {
    id: member.id,
    name: member.name,
    ...moduleIfHidden(context, member),
    parameters: member.parameters,
    consents: node.consent.flatMap((each) => slotOf(context, member, node, each.$refText)),
    needs: clauses
      .all("Needs")
      .map((clause) => lowerCondition(context, scope, clause.expr))
      .filter((id) => id !== undefined)
      .concat(costs.needs)
      .reduce((left, right) => context.build.and(left, right), context.build.boolean(true)),
    ...lowerLength(context, scope, clauses),
    ...lowerInterrupted(context, scope, clauses.one("Interrupted")),
    atStart: [...costs.effects, ...effectsOf(context, scope, clauses.all("AtStart"))],
    whileLasting: flowsOf(context, scope, clauses),
    atEnd: effectsOf(context, scope, clauses.all("AtEnd")),
    perceptions: lowerPerceptions(context, scope, clauses.all("Perceive")),
    ...lowerUnnoticed(context, scope, clauses.all("Unnoticed")),
    told: lowerTold(context, scope, clauses.all("Told")),
    ...(wording === undefined ? {} : { wording }),
    ...lowerChoice(context, scope, clauses),
    ...lowerSpeech(context, scope, member, clauses),
    span: context.reporter.spanOf(node),
  };
}

/** A condition, or what happens, as in `when` of a rule. */
function lowerInterrupted(
  context: Context,
  scope: Scope,
  clause: ClauseOf<"Interrupted"> | undefined,
): Pick<ActionSchema, "interruptedWhen" | "interruptedBy"> {
  if (clause === undefined) return {};
  const trigger = lowerWhen(context, scope, clause.expr);
  if (trigger === undefined) return {};
  if (trigger.kind !== "event") return { interruptedWhen: trigger.when };
  const { event, when } = trigger;
  if (event.kind === "action" || event.kind === "rule") return { interruptedBy: { event, when } };
  context.reporter.error(
    "FAB3007",
    clause.expr,
    "What somebody learns does not cut an act short by itself.",
    "Name the action or rule that does, or write what they then believe.",
  );
  return {};
}

/** The clauses by kind; one given twice where one is enough is told. */
class Clauses {
  constructor(
    private readonly context: Context,
    private readonly clauses: readonly ActionClause[],
  ) {}

  all<K extends ActionClause["$type"]>(kind: K): ClauseOf<K>[] {
    return this.clauses.filter((clause): clause is ClauseOf<K> => clause.$type === kind);
  }

  one<K extends ActionClause["$type"]>(kind: K): ClauseOf<K> | undefined {
    const [first, second] = this.all(kind);
    if (first !== undefined && second !== undefined) {
      const span = this.context.reporter.spanOf(first);
      this.context.reporter.error(
        "FAB3017",
        second,
        "An action has one such line.",
        "Keep one of the two.",
        [{ message: "the first stands here", span }],
      );
    }
    return first;
  }
}

function slotOf(
  context: Context,
  member: ActionMember,
  node: ActionMember["node"],
  name: string,
): number[] {
  const slot = member.parameters.findIndex((parameter) => parameter.name === name);
  if (slot >= 0) return [slot];
  context.reporter.error(
    "FAB3004",
    node,
    `\`${member.name}\` has no parameter \`${name}\`.`,
    `Name one of ${member.parameters.map((parameter) => parameter.name).join(", ")}.`,
  );
  return [];
}

function effectsOf(
  context: Context,
  scope: Scope,
  clauses: readonly ClauseOf<"AtStart" | "AtEnd">[],
): Effect[] {
  return lowerEffects(
    context,
    scope,
    clauses.flatMap((clause) => clause.effects),
  );
}

function flowsOf(context: Context, scope: Scope, clauses: Clauses): Flow[] {
  const lasting = clauses.all("WhileLasting");
  const endless = clauses.all("Takes").length + clauses.all("Lasts").length === 0;
  const [first] = lasting;
  if (first !== undefined && endless) {
    context.reporter.error(
      "FAB3017",
      first,
      "This action is over as soon as it begins: nothing can happen while it lasts.",
      "Say how long: `takes 2 s`, or `lasts until ...`.",
    );
  }
  return lowerFlows(
    context,
    scope,
    lasting.flatMap((clause) => clause.effects),
  );
}

/** `costs E of X`: the action needs that much and takes it at the start. */
function lowerCosts(
  context: Context,
  scope: Scope,
  clauses: Clauses,
): { readonly needs: ExprId[]; readonly effects: Effect[] } {
  const needs: ExprId[] = [];
  const effects: Effect[] = [];
  for (const clause of clauses.all("Costs")) {
    const target = lowerPlace(context, scope, clause.of);
    if (target === undefined) continue;
    const { place, type, member } = target;
    const cost = lowerValue(context, scope, clause.expr, type, `the cost of \`${member.name}\``);
    if (cost === undefined) continue;
    if (type.kind !== "number") {
      context.reporter.error(
        "FAB3001",
        clause.of,
        `\`${member.name}\` is ${context.types.describe(type)}: nothing of it can be spent.`,
        "Name a quantity.",
      );
      continue;
    }
    const has = context.build.fluent(place.fluent, place.args, type);
    needs.push(context.build.compare("ge", has, cost));
    const span = context.reporter.spanOf(clause);
    effects.push({ kind: "shift", place, sign: -1, value: { low: cost }, span });
  }
  return { needs, effects };
}

/** `takes T`, `takes T .. T`, `lasts T`, `lasts until C`: one of them. */
function lowerLength(
  context: Context,
  scope: Scope,
  clauses: Clauses,
): Pick<ActionSchema, "takes" | "takesAtMost" | "until"> {
  const takes = clauses.one("Takes");
  const lasts = clauses.one("Lasts");
  if (takes !== undefined && lasts !== undefined) {
    context.reporter.error(
      "FAB3017",
      lasts,
      "An action takes a time or lasts until something: not both.",
      "Keep `takes` or `lasts`; to stop early, use `interrupted when`.",
    );
  }
  if (lasts?.until !== undefined) {
    const until = lowerCondition(context, scope, lasts.until);
    return until === undefined ? {} : { until };
  }
  const length = takes?.expr ?? lasts?.expr;
  if (length === undefined) return {};
  const draw = lowerDraw(context, scope, length, lengthType, "how long it takes");
  if (draw === undefined) return {};
  checkNotNegative(context, length, draw.low, "A length of time");
  return { takes: draw.low, ...(draw.high === undefined ? {} : { takesAtMost: draw.high }) };
}

type ConditionClause = ClauseOf<"Interrupted" | "ComesToMind" | "WaitsUntil">;
type NumberClause = ClauseOf<"Urge" | "Reluctance" | "Hesitates">;

function optional<K extends string>(
  context: Context,
  scope: Scope,
  clause: ConditionClause | undefined,
  key: K,
): { readonly [P in K]?: ExprId } {
  if (clause === undefined) return {};
  const id = lowerCondition(context, scope, clause.expr);
  return id === undefined ? {} : ({ [key]: id } as { readonly [P in K]?: ExprId });
}

function optionalNumber<K extends string>(
  context: Context,
  scope: Scope,
  clause: NumberClause | undefined,
  key: K,
): { readonly [P in K]?: ExprId } {
  if (clause === undefined) return {};
  const id = lowerValue(context, scope, clause.expr, plainType, `\`${key}\``);
  return id === undefined ? {} : ({ [key]: id } as { readonly [P in K]?: ExprId });
}

type Choice = Pick<
  ActionSchema,
  "urge" | "reluctance" | "comesToMind" | "waitsUntil" | "askable" | "hesitates"
>;

function lowerChoice(context: Context, scope: Scope, clauses: Clauses): Choice {
  return {
    ...optionalNumber(context, scope, clauses.one("Urge"), "urge"),
    ...optionalNumber(context, scope, clauses.one("Reluctance"), "reluctance"),
    ...optional(context, scope, clauses.one("ComesToMind"), "comesToMind"),
    ...optional(context, scope, clauses.one("WaitsUntil"), "waitsUntil"),
    askable: clauses.one("CanBeAsked") !== undefined,
    ...optionalNumber(context, scope, clauses.one("Hesitates"), "hesitates"),
  };
}

type Speech = Pick<
  ActionSchema,
  "hearer" | "says" | "shows" | "presupposes" | "asks" | "requests" | "answers"
>;

function lowerSpeech(
  context: Context,
  scope: Scope,
  member: ActionMember,
  clauses: Clauses,
): Speech {
  const to = clauses.one("SpeechTo");
  const asks = clauses.one("Asks");
  const question = asks === undefined ? undefined : claimOf(context, scope, asks.claim)?.claim;
  const requests = lowerRequest(context, scope, clauses);
  const answers = clauses.one("Answers");
  const [slot] = to === undefined ? [] : slotOf(context, member, member.node, to.hearer.$refText);
  checkHeard(context, to, clauses);
  return {
    hearer: slot ?? -1,
    says: clauses.all("Says").flatMap((clause) => lowerSays(context, scope, clause)),
    shows: clauses.all("Shows").flatMap((clause) => {
      const said = claimOf(context, scope, clause.claim);
      const times = lowerValue(context, scope, clause.times, plainType, "`times`");
      if (said === undefined || times === undefined) return [];
      checkFactor(context, clause.times, times, "`times`");
      return [{ ...said, times, span: context.reporter.spanOf(clause) }];
    }),
    presupposes: clauses.all("Presupposes").flatMap((clause) => lowerSays(context, scope, clause)),
    ...(question === undefined ? {} : { asks: question }),
    ...(requests === undefined ? {} : { requests }),
    ...(answers === undefined ? {} : { answers: answers.what }),
  };
}

/** What is said, asked or requested is said to somebody. */
function checkHeard(
  context: Context,
  to: ClauseOf<"SpeechTo"> | undefined,
  clauses: Clauses,
): void {
  if (to !== undefined) return;
  const spoken =
    clauses.all("Says")[0] ??
    clauses.all("Asks")[0] ??
    clauses.all("Requests")[0] ??
    clauses.all("Answers")[0];
  if (spoken === undefined) return;
  context.reporter.error(
    "FAB3017",
    spoken,
    "Nobody is spoken to.",
    "Add a line `speech to` with the parameter that hears it.",
  );
}

function lowerSays(
  context: Context,
  scope: Scope,
  clause: ClauseOf<"Says" | "Presupposes">,
): Says[] {
  const said = claimOf(context, scope, clause.claim);
  return said === undefined ? [] : [{ ...said, span: context.reporter.spanOf(clause) }];
}

function claimOf(
  context: Context,
  scope: Scope,
  node: Expression,
): { readonly claim: ExprId; readonly negated: boolean } | undefined {
  const negated = node.$type === "NotExpr";
  const inner = node.$type === "NotExpr" ? node.expr : node;
  const value = lowerExpression(context, scope, inner, claimType);
  const claim = asClaim(context, value, inner);
  return claim === undefined ? undefined : { claim, negated };
}

function lowerRequest(
  context: Context,
  scope: Scope,
  clauses: Clauses,
): ActionSchema["requests"] | undefined {
  const clause = clauses.one("Requests");
  if (clause === undefined) return undefined;
  const deed = lowerValue(context, scope, clause.deed, deedType);
  const strength = lowerValue(context, scope, clause.strength, plainType, "`strength`");
  return deed === undefined || strength === undefined ? undefined : { deed, strength };
}
