/**
 * What holds of some, every or no thing of a type, as a clause: "somebody is hungry", "if somebody
 * is hungry, that person is not fed". Worded by its parts, with what stands for such a thing in the
 * place of the bound name; a denial is never left to a word like "nobody" inside of another clause.
 */
import type { ExprId, ExprNode, World } from "@fabula/model";
import type { Any } from "./lexicon.js";

export type Quantified = Extract<ExprNode, { op: "quantified" }>;

/** The clause of an expression with `any` for the bound name. */
export type Say = (expr: ExprId, holds: boolean, any: Any) => string;

/** Undefined for what is no yes or no: `sum of`, `the`. */
export function quantifiedWords(
  world: World,
  node: Quantified,
  holds: boolean,
  say: Say,
): string | undefined {
  const where = conjuncts(world, node.where);
  const body = conjuncts(world, node.body);
  const all = [...where, ...body];
  const last = all.at(-1);
  if (last === undefined) return undefined;
  switch (node.quantifier) {
    case "some":
      return holds ? someText(all, say) : noneText(world, node, all, say);
    case "none":
      return holds ? noneText(world, node, all, say) : someText(all, say);
    case "every": {
      if (body.length === 0) return undefined;
      const text = everyText(world, node, where, body, say);
      return holds ? text : `it is not so that ${text}`;
    }
    default:
      return undefined;
  }
}

function someText(all: readonly ExprId[], say: Say): string {
  return all.map((one, index) => say(one, true, index === 0 ? "some" : "that")).join(" and ");
}

function noneText(world: World, node: Quantified, all: readonly ExprId[], say: Say): string {
  const [only, more] = all;
  if (only !== undefined && more === undefined && isAbout(world, node, only)) {
    return say(only, true, "no");
  }
  return `it is not so that ${someText(all, say)}`;
}

function everyText(
  world: World,
  node: Quantified,
  where: readonly ExprId[],
  body: readonly ExprId[],
  say: Say,
): string {
  const then = (any: Any) => body.map((one) => say(one, true, any)).join(" and ");
  if (where.length > 0) return `if ${someText(where, say)}, ${then("that")}`;
  const [only] = body.map((one) => world.expressions.get(one));
  if (body.length === 1 && only?.op === "not") return noneText(world, node, only.args, say);
  return body.every((one) => isAbout(world, node, one)) ? then("every") : then("any");
}

/** Whether the bound name is whose field it is: there the word for it says all. */
function isAbout(world: World, node: Quantified, expr: ExprId): boolean {
  const of = world.expressions.get(expr);
  if (of.op === "eq" || of.op === "lt" || of.op === "le" || of.op === "gt" || of.op === "ge") {
    return isAbout(world, node, of.args[0]);
  }
  const [owner] = of.op === "fluent" ? of.args : [];
  const subject = owner === undefined ? undefined : world.expressions.get(owner);
  return subject?.op === "local" && subject.slot === node.slot;
}

function conjuncts(world: World, expr: ExprId): readonly ExprId[] {
  const node = world.expressions.get(expr);
  if (node.op === "constant" && node.value === 1) return [];
  return node.op === "and" ? node.args.flatMap((arg) => conjuncts(world, arg)) : [expr];
}
