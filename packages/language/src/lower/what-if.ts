/** Expectations, what-ifs and controls, and the changes (interventions) that what-ifs make. */
import type {
  ExprId,
  Intervention,
  Expect as ModelExpect,
  Moment as ModelMoment,
  WhatIf as ModelWhatIf,
  Timed,
} from "@fabula/model";
import type { Expect, Expression, Moment, Question, WhatIf, WhatIfLine } from "../generated/ast.js";
import { checkedMeasure } from "./collect-types.js";
import type { Context } from "./context.js";
import { lowerChange, lowerThing } from "./effect.js";
import { type Beginning, declareEntity, lowerEntity } from "./entity.js";
import { lowerEvent } from "./event.js";
import { lowerValue } from "./expression.js";
import { deedType } from "./expression-builder.js";
import { lowerSwitchOff } from "./mechanism.js";
import { quote } from "./reporter.js";
import { Scope } from "./scope.js";
import { resolve } from "./target.js";
import { lowerMoment, lowerTimed } from "./timed.js";
import { asNew, lowerWantChange } from "./want-change.js";

const nowhere = Scope.empty();
const defaultShare = 0.9;
const defaultRuns = 200;
/** A row is small: few persons, a short time, and most have no chance in them. */
const defaultRunsOfRow = 10;
const runsMax = 100_000;

export function lowerExpect(
  context: Context,
  node: Expect,
  place: { readonly inWhatIf: boolean },
): ModelExpect {
  const conditions: Timed[] = [];
  let title = node.title ?? "";
  let id = node.name ?? "";
  for (const condition of node.conditions) {
    const question = questionNamed(condition);
    if (question !== undefined) {
      title = title === "" ? question.title : title;
      id = id === "" ? question.name : id;
    }
    const timed = lowerTimed(context, question?.asks ?? condition, place);
    if (timed !== undefined) conditions.push(timed);
  }
  if (node.conditions.length === 0) {
    context.reporter.error(
      "FAB5009",
      node,
      "This `expect` says nothing.",
      "Put a condition below it, indented by two spaces.",
    );
  }
  const { share, runs } = lowerShareOfRuns(context, node);
  return { id, title, conditions, share, runs, span: context.reporter.spanOf(node) };
}

/** The question that a bare name asks. */
export function questionNamed(node: Expression): Question | undefined {
  if (node.$type !== "NameRef" || node.call) return undefined;
  const named = node.ref.ref;
  return named?.$type === "Question" ? named : undefined;
}

function lowerShareOfRuns(context: Context, node: Expect): { share: number; runs: number } {
  if (node.share === undefined) {
    const inRow = context.beginning.$type === "Row";
    return { share: defaultShare, runs: inRow ? defaultRunsOfRow : defaultRuns };
  }
  const measure = checkedMeasure(context, node.share.share);
  const { runs } = node.share;
  const share = measure?.value ?? defaultShare;
  const plain = measure === undefined || Object.keys(measure.dimension).length === 0;
  if (!plain || share < 0 || share > 1) {
    context.reporter.error(
      "FAB3019",
      node.share,
      "A share of runs lies between 0% and 100%.",
      "Write `in 95% of 200 runs`.",
    );
  }
  if (!Number.isInteger(runs) || runs < 1 || runs > runsMax) {
    context.reporter.error(
      "FAB3019",
      node.share,
      `There cannot be ${runs} runs.`,
      `Write a whole number from 1 to ${runsMax}.`,
    );
  }
  return { share, runs };
}

/** What `add` brings is known to the lines behind it, and to no other what-if. */
export function withAdded<T>(context: Context, lower: () => T): T {
  const before = context.entities.length;
  const result = lower();
  for (const { nodes } of context.entities.splice(before)) {
    for (const node of nodes) context.entityIds.delete(node);
  }
  return result;
}

export function lowerWhatIf(context: Context, node: WhatIf): ModelWhatIf {
  return withAdded(context, () => lowerWhatIfLines(context, node));
}

function lowerWhatIfLines(context: Context, node: WhatIf): ModelWhatIf {
  const changes: Intervention[] = [];
  const expects: ModelExpect[] = [];
  const mayChange: ModelWhatIf["mayChange"][number][] = [];
  for (const line of node.lines) {
    if (line.$type === "Expect") expects.push(lowerExpect(context, line, { inWhatIf: true }));
    else if (line.$type === "MayChange") {
      mayChange.push(...line.what.flatMap((what) => lowerMayChange(context, what)));
    } else {
      const change = lowerIntervention(context, line);
      if (change !== undefined) changes.push(change);
    }
  }
  checkWhatIf(context, node);
  return {
    kind: node.kind,
    id: node.name ?? "",
    title: node.title,
    changes,
    expects,
    mayChange,
    span: context.reporter.spanOf(node),
  };
}

function checkWhatIf(context: Context, node: WhatIf): void {
  const { reporter } = context;
  const expects = node.lines.some((line) => line.$type === "Expect");
  const allows = node.lines.some((line) => line.$type === "MayChange");
  const changes = node.lines.some((line) => line.$type !== "Expect" && line.$type !== "MayChange");
  if (!changes) {
    reporter.error(
      "FAB5007",
      node,
      `This ${node.kind} changes nothing.`,
      "Add a line such as `set x.field = value` or `forbid x.verb`.",
    );
  } else if (node.kind === "whatif" && !expects && !allows) {
    reporter.error(
      "FAB5009",
      node,
      "This what-if expects nothing.",
      "Add a line `expect ...`, indented by two spaces, or make it a `control`.",
    );
  }
}

type ChangeLine = Exclude<WhatIfLine, { $type: "Expect" | "MayChange" }>;

export function lowerIntervention(context: Context, node: WhatIfLine): Intervention | undefined {
  const span = context.reporter.spanOf(node);
  switch (node.$type) {
    case "SetChange":
    case "MindChange": {
      if (node.$type === "MindChange" && node.want !== undefined) {
        return lowerWantChange(context, node, node.want);
      }
      const effect = lowerChange(context, nowhere, node);
      const moment = momentOf(context, node.at);
      return effect === undefined
        ? undefined
        : { kind: "effects", moment, effects: [effect], span };
    }
    case "MakeChange": {
      const deed = lowerDeedToMake(context, node.act);
      const moment = momentOf(context, node.at);
      return deed === undefined ? undefined : { kind: "make", moment, deed, span };
    }
    case "ForbidChange":
      return lowerForbid(context, node, node.act);
    case "SwitchOff":
      return lowerSwitchOff(context, node.mechanism);
    case "RemoveChange":
      return lowerRemove(context, node, node.entity);
    case "AddChange":
      return lowerAdd(context, node);
    case "Expect":
    case "MayChange":
      context.reporter.error(
        "FAB5007",
        node,
        `\`${quote(node)}\` is no change.`,
        "Write `set x.field = value`, `make x.verb(...)`, `forbid x.verb`, `remove x` ...",
      );
      return undefined;
  }
}

function momentOf(context: Context, node: Moment | undefined): ModelMoment {
  const start: ModelMoment = { kind: "start" };
  return node === undefined ? start : (lowerMoment(context, node) ?? start);
}

function lowerDeedToMake(context: Context, node: Expression): ExprId | undefined {
  return lowerValue(context, nowhere, node, deedType);
}

function lowerForbid(
  context: Context,
  node: ChangeLine,
  act: Expression,
): Intervention | undefined {
  const event = lowerEvent(context, nowhere, act);
  if (event === undefined) return undefined;
  if (event.kind === "action") {
    return { kind: "forbid", event, span: context.reporter.spanOf(node) };
  }
  context.reporter.error(
    "FAB5007",
    act,
    `\`${quote(act)}\` is nothing that somebody does: it cannot be forbidden.`,
    event.kind === "rule" ? "Write `switch off` and the name of the rule." : "Name an action.",
  );
  return undefined;
}

function lowerRemove(
  context: Context,
  node: ChangeLine,
  entity: Expression,
): Intervention | undefined {
  const id = lowerThing(context, nowhere, entity);
  if (id === undefined) return undefined;
  const named = context.pool.get(id);
  if (named.op === "entity" && named.entity > 0) {
    return { kind: "remove", entity: named.entity, span: context.reporter.spanOf(node) };
  }
  context.reporter.error(
    "FAB5007",
    entity,
    `\`${quote(entity)}\` names nothing that is there when the story begins.`,
    "Name a person or thing of the story.",
  );
  return undefined;
}

function lowerAdd(
  context: Context,
  node: Extract<WhatIfLine, { $type: "AddChange" }>,
): Intervention | undefined {
  if (node.entity.count !== undefined) {
    context.reporter.error(
      "FAB5007",
      node,
      "`add` brings one at a time.",
      "Leave `times` out and write a line for each.",
    );
    return undefined;
  }
  const { name } = node.entity;
  const known = context.entities.find((one) => one.name === name);
  if (known !== undefined) {
    // The lines behind it are about the one there is: nothing more is to be said of them.
    context.entityIds.set(node.entity, known.id);
    context.reporter.error(
      "FAB3010",
      node,
      `There is a \`${name}\` already.`,
      `Change the one there is, \`set ${name}.field = value\`, or give who is added another name.`,
    );
    return undefined;
  }
  const [entry] = declareEntity(context, node.entity);
  if (entry === undefined) return undefined;
  const beginning: Beginning = { entities: [], beliefs: [], wants: [] };
  lowerEntity(context, entry, 0, beginning);
  const [entity] = beginning.entities;
  if (entity === undefined) return undefined;
  const span = context.reporter.spanOf(node);
  const { beliefs, wants } = beginning;
  return { kind: "add", entity, beliefs, wants: wants.map(asNew), span };
}

function lowerMayChange(context: Context, node: Expression): ModelWhatIf["mayChange"][number][] {
  if (node.$type !== "NameRef" && node.$type !== "MemberCall") {
    context.reporter.error(
      "FAB5007",
      node,
      `\`${quote(node)}\` names nothing that can change.`,
      "Name a field (`x.field`), an action or a rule.",
    );
    return [];
  }
  const target = resolve(context, nowhere, node);
  if (target === undefined) return [];
  if (target.kind === "field") return [{ fluent: target.member.id }];
  if (target.kind === "action" || target.kind === "schema") {
    const event = lowerEvent(context, nowhere, node);
    return event === undefined ? [] : [{ event }];
  }
  context.reporter.error(
    "FAB5007",
    node,
    `\`${quote(node)}\` names nothing that can change.`,
    "Name a field (`x.field`), an action or a rule.",
  );
  return [];
}
