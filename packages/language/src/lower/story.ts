/** What belongs to one story: its beginning, what comes from outside, and what is asked of it. */
import type { Expect, ExprId, Question, Story, WhatIf } from "@fabula/model";
import type { AstNode } from "langium";
import type { Expression, Outside } from "../generated/ast.js";
import { lowerCircumstances } from "./circumstance.js";
import type { Context } from "./context.js";
import { isSameDimension, timeDimension } from "./dimension.js";
import { lowerEffects } from "./effect.js";
import type { Beginning } from "./entity.js";
import { lowerCondition, lowerExpression } from "./expression.js";
import { lowerSeconds } from "./happening.js";
import { itemsOf, titleOf } from "./items.js";
import { lowerMechanisms } from "./mechanism.js";
import { lowerPattern, lowerTelling } from "./pattern.js";
import { quote } from "./reporter.js";
import { Scope } from "./scope.js";
import { lowerTold } from "./text.js";
import { lowerMoment, lowerTimed } from "./timed.js";
import { lowerExpect, lowerWhatIf } from "./what-if.js";

const nowhere = Scope.empty();

export function lowerStory(context: Context, beginning: Beginning): Story {
  const ends = itemsOf(context, "Ends");
  const endsAfter = ends
    .flatMap((node) => (node.after === undefined ? [] : [node.after]))
    .map((node) => lowerSeconds(context, nowhere, node))
    .filter((seconds) => seconds !== undefined)
    .reduce<number | undefined>(
      (least, seconds) => (least === undefined || seconds < least ? seconds : least),
      undefined,
    );
  return {
    ...titleOf(context.beginning),
    begins: context.begins,
    entities: beginning.entities,
    beliefs: beginning.beliefs,
    outside: itemsOf(context, "Outside").flatMap((node) => lowerOutside(context, node)),
    endsWhen: ends
      .flatMap((node) => (node.when === undefined ? [] : [lowerEnd(context, node.when)]))
      .filter((id) => id !== undefined),
    ...(endsAfter === undefined ? {} : { endsAfter }),
    questions: lowerQuestions(context),
    ...lowerTests(context),
    mechanisms: lowerMechanisms(context),
    patterns: itemsOf(context, "Pattern").map((node) => lowerPattern(context, node)),
    tellings: itemsOf(context, "Telling").map((node) => lowerTelling(context, node)),
    circumstances: lowerCircumstances(context),
    span: context.reporter.spanOf(headOf(context)),
  };
}

function lowerEnd(context: Context, node: Expression): ExprId | undefined {
  const when = lowerCondition(context, nowhere, node);
  const constant = when === undefined ? undefined : context.build.constantOf(when);
  if (constant === undefined) return when;
  context.reporter.error(
    "FAB5015",
    node,
    constant === 1 ? "This story is over before it begins." : "This never comes true.",
    "Name a condition that can become true: `ends when not anna.alive`.",
  );
  return undefined;
}

/** The line that names the story or row. */
export function headOf(context: Context): AstNode {
  const { beginning } = context;
  return beginning.$type === "File" ? (beginning.header ?? beginning) : beginning;
}

function lowerQuestions(context: Context): Question[] {
  return itemsOf(context, "Question").flatMap((node) => {
    const asks = lowerTimed(context, node.asks, { inWhatIf: false });
    const span = context.reporter.spanOf(node);
    return asks === undefined ? [] : [{ id: node.name, title: node.title, asks, span }];
  });
}

/** Each id once: the tests of a story are told apart by it. */
function lowerTests(context: Context): { expects: Expect[]; whatifs: WhatIf[] } {
  const ids = new Map<string, AstNode>();
  for (const node of [...itemsOf(context, "Expect"), ...itemsOf(context, "WhatIf")]) {
    const { name } = node;
    if (name === undefined) continue;
    const first = ids.get(name);
    if (first === undefined) ids.set(name, node);
    else {
      context.reporter.error(
        "FAB5008",
        node,
        `\`${name}\` is expected twice.`,
        "Give one of the two another id.",
        [{ message: "the first stands here", span: context.reporter.spanOf(first) }],
      );
    }
  }
  return {
    expects: itemsOf(context, "Expect").map((node) =>
      lowerExpect(context, node, { inWhatIf: false }),
    ),
    whatifs: itemsOf(context, "WhatIf").map((node) => lowerWhatIf(context, node)),
  };
}

function lowerOutside(context: Context, node: Outside): Story["outside"][number][] {
  const bare = node.high === undefined ? node.moment : withUnitsOf(node);
  const moment = lowerMoment(context, bare);
  const high = node.high === undefined ? undefined : lowerExpression(context, nowhere, node.high);
  const effects = lowerEffects(context, nowhere, node.effects);
  const told = lowerTold(context, nowhere, node.told, { once: true });
  if (high !== undefined && node.high !== undefined) {
    const { type } = high;
    if (type.kind !== "number" || !isSameDimension(type.dimension, timeDimension)) {
      context.reporter.error(
        "FAB4002",
        node.high,
        `\`${quote(node.high)}\` is no length of time.`,
        "Write `at 10 s .. 30 s`.",
      );
      return [];
    }
  }
  if (moment === undefined) return [];
  if (moment.kind === "end") {
    context.reporter.error(
      "FAB5003",
      node,
      "At the end nothing can happen any more.",
      "Give a time after the beginning, or something that happens before.",
    );
    return [];
  }
  const span = context.reporter.spanOf(node);
  return [{ moment, ...(high === undefined ? {} : { high: high.id }), effects, told, span }];
}

/** `at 10 .. 30 s`: the bare lower end is in the units of the upper one. */
function withUnitsOf(node: Outside): Outside["moment"] {
  const { moment, high } = node;
  if (moment.$type !== "When" || moment.expr.$type !== "NumberLiteral") return moment;
  if (high?.$type !== "NumberLiteral" || moment.expr.unit !== undefined) return moment;
  const { unit } = high;
  const expr = { ...moment.expr, ...(unit === undefined ? {} : { unit }), under: high.under };
  return { ...moment, expr };
}
