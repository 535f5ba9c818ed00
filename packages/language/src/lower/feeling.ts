/**
 * A feeling is short for a quantity 0 .. 1 with rules that move it and a process that lets it fade.
 * The engine knows no feelings: what is lowered here could have been written out by the author.
 */
import type { Process, Rule } from "@fabula/model";
import type { Feeling } from "../generated/ast.js";
import { parametersOf } from "./collect-members.js";
import { type Context, moduleIfHidden } from "./context.js";
import { lowerDraw } from "./draw.js";
import { lowerEffects } from "./effect.js";
import { lowerConditionOrTrue } from "./expression.js";
import { plainType } from "./expression-builder.js";
import { lowerSeconds, lowerWhen } from "./happening.js";
import { Scope } from "./scope.js";
import { numberOf } from "./type-table.js";

/** 1 / ln 2: fading by half in T nears 0 over T times this. */
const halfLifeFactor = Math.LOG2E;

/** What a feeling stands for; numbered when all rules and processes of the world are known. */
export interface Felt {
  readonly rules: readonly Omit<Rule, "id">[];
  readonly processes: readonly Omit<Process, "id">[];
}

export function lowerFeeling(context: Context, node: Feeling): Felt {
  const rules: Omit<Rule, "id">[] = [];
  const processes: Omit<Process, "id">[] = [];
  const member = context.fields.find((field) => field.node === node);
  if (member === undefined) return { rules, processes };
  const { build } = context;
  const parameters = parametersOf(context, [node.of, ...node.params]);
  let scope = Scope.empty();
  for (const { name, type } of parameters) scope = scope.bind(name, type);
  const args = parameters.map(({ type }, slot) => build.local(slot, type));
  const place = { fluent: member.id, args };
  const yes = build.boolean(true);
  const then = node.clauses.flatMap((clause) =>
    clause.$type === "FeelingThen" ? lowerEffects(context, scope, clause.effects) : [],
  );
  for (const clause of node.clauses) {
    const span = context.reporter.spanOf(clause);
    if (clause.$type === "Fades") {
      const seconds = lowerSeconds(context, scope, clause.half);
      if (seconds === undefined) continue;
      const over = build.constant(seconds * halfLifeFactor, numberOf({ time: 1 }));
      const zero = build.constant(0, plainType);
      const felt = build.compare("gt", build.fluent(member.id, args, plainType), zero);
      const flow = { kind: "near", place, goal: zero, over, span } as const;
      const name = `${node.name} fades`;
      processes.push({ name, parameters, where: yes, while: felt, flows: [flow], span });
    }
    if (clause.$type !== "FeelingMove") continue;
    const binders = parametersOf(context, clause.binders?.params ?? []);
    let inner = scope;
    for (const { name, type } of binders) inner = inner.bind(name, type);
    const trigger = lowerWhen(context, inner, clause.when);
    const value = lowerDraw(context, inner, clause.by, plainType);
    if (trigger === undefined || value === undefined) continue;
    const sign = clause.op === "rises" ? 1 : -1;
    rules.push({
      name: `${node.name} ${clause.op}`,
      ...moduleIfHidden(context, member),
      parameters: [...parameters, ...binders],
      where: lowerConditionOrTrue(context, inner, clause.binders?.where),
      trigger,
      then: [{ kind: "shift", place, sign, value, span }, ...(sign === 1 ? then : [])],
      perceptions: [],
      told: [],
      span,
    });
  }
  return { rules, processes };
}
