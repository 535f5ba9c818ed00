/** Templates: what is told, and how claims and deeds read. A hole is an expression and a form. */
import {
  childrenOf,
  type ExprId,
  type Told as ModelTold,
  type Wording as ModelWording,
  type TextPart,
  textForms,
} from "@fabula/model";
import type { Expression, Template, Told, Wording } from "../generated/ast.js";
import type { Context } from "./context.js";
import { lowerThing } from "./effect.js";
import { lowerExpression } from "./expression.js";
import type { Scope } from "./scope.js";

const forms: ReadonlySet<string> = new Set(textForms);

const beyondFacts: ReadonlySet<string> = new Set([
  "believes",
  "confidence",
  "can-tell",
  "according",
  "wants",
  "intends",
  "outlook",
  "count-of",
  "time-since",
]);

/** `once`: what it tells of happens once, so nothing can be told again. */
export function lowerTold(
  context: Context,
  scope: Scope,
  nodes: readonly Told[],
  { once = false } = {},
): ModelTold[] {
  return nodes.map((node) => {
    if (once && node.again) {
      context.reporter.error(
        "FAB3017",
        node,
        "This happens once: there is nothing to tell again.",
        "Write `told`, without `again`.",
      );
    }
    const to = node.to === undefined ? undefined : lowerThing(context, scope, node.to);
    const phase = node.atEnd
      ? "ended"
      : node.cutShort
        ? "interrupted"
        : node.itFails
          ? "failed"
          : undefined;
    return {
      ...(to === undefined ? {} : { to }),
      ...(phase === undefined ? {} : { phase }),
      ...(node.again ? { again: true as const } : {}),
      parts: lowerText(context, scope, node.text),
      span: context.reporter.spanOf(node),
    };
  });
}

export function lowerText(context: Context, scope: Scope, node: Expression): TextPart[] {
  if (node.$type === "PlainText") return plain(node.value);
  if (node.$type !== "Template") return [];
  const template: Template = node;
  const pieces = [template.start, ...template.mids, template.stop];
  return pieces.flatMap((piece, index) => {
    const hole = template.exprs[index];
    return [...plain(piece), ...(hole === undefined ? [] : lowerHole(context, scope, hole))];
  });
}

function plain(text: string): TextPart[] {
  return text === "" ? [] : [{ kind: "plain", text }];
}

function lowerHole(context: Context, scope: Scope, node: Expression): TextPart[] {
  if (node.$type === "MemberCall" && !node.call && forms.has(node.member.$refText)) {
    const receiver = lowerExpression(context, scope, node.receiver);
    if (receiver === undefined) return [];
    const form = node.member.$refText;
    // A field of the author's that is called like a form comes before it.
    if (node.member.ref === undefined)
      return [{ kind: "value", expr: spoken(context, receiver), form }];
  }
  const value = lowerExpression(context, scope, node);
  if (value === undefined) return [];
  const expr = spoken(context, value);
  if (looksBeyondFacts(context, expr)) {
    context.reporter.error(
      "FAB3030",
      node,
      "What is told is put together from how things stand: it cannot look into a mind, nor count what happened.",
      "Give the act a parameter that its `needs` looks up (`where: place`, `p believes q.at = where`), or keep it in a field and read that.",
    );
  }
  return [{ kind: "value", expr, form: "" }];
}

/** Whether its value, other than what it quotes, hangs on a mind or on the record of what happened. */
function looksBeyondFacts(context: Context, expr: ExprId): boolean {
  const node = context.build.pool.get(expr);
  if (beyondFacts.has(node.op)) return true;
  if (node.op === "claim" || node.op === "deed") return false;
  return childrenOf(node).some((part) => looksBeyondFacts(context, part));
}

/** A condition is spoken of as a claim. */
function spoken(
  context: Context,
  value: { readonly id: ExprId; readonly type: { readonly kind: string } },
): ExprId {
  return value.type.kind === "boolean" ? context.build.claim(value.id) : value.id;
}

/** `said as`, `unsaid as`, `asked as`, each at most once. */
export function lowerWording(
  context: Context,
  scope: Scope,
  nodes: readonly Wording[],
): ModelWording | undefined {
  const wording: { said?: TextPart[]; unsaid?: TextPart[]; asked?: TextPart[] } = {};
  for (const node of nodes) {
    if (wording[node.kind] !== undefined) {
      context.reporter.error(
        "FAB3017",
        node,
        `There is a \`${node.kind} as\` already.`,
        "Keep one of the two.",
      );
    }
    wording[node.kind] = lowerText(context, scope, node.text);
  }
  return nodes.length === 0 ? undefined : wording;
}
