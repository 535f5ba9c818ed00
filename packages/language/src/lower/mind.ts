/** `mind of p: person`: the hooks of choice, and what a changed outlook does to the body. */
import type { Effect, ExprId, MindHook, MindSchema, ValueType } from "@fabula/model";
import type { Hook, Mind } from "../generated/ast.js";
import { findNearest } from "../spelling.js";
import { parametersOf } from "./collect-members.js";
import type { Context } from "./context.js";
import { lowerEffects } from "./effect.js";
import { lowerValue } from "./expression.js";
import { booleanType, plainType } from "./expression-builder.js";
import { Scope } from "./scope.js";
import { numberOf } from "./type-table.js";

interface HookShape {
  readonly takes: readonly (keyof typeof parameterKinds)[];
  /** How many of the last may be left out. */
  readonly optional?: number;
  readonly gives: ValueType;
}
const parameterKinds = { other: "entity", strength: "number", what: "claim" } as const;
const parameterWords = {
  other: "other: person",
  strength: "strength: number",
  what: "what: claim",
} as const;
const lengthType = numberOf({ time: 1 });

/** What every hook takes besides the person, and gives; docs/minds.md tells what each is for. */
const hookShapes: Readonly<Record<MindHook, HookShape>> = {
  trust: { takes: ["other", "what"], optional: 1, gives: plainType },
  care: { takes: ["other", "strength"], gives: plainType },
  floor: { takes: [], gives: plainType },
  spread: { takes: [], gives: plainType },
  rebuff: { takes: [], gives: plainType },
  curiosity: { takes: [], gives: plainType },
  pause: { takes: [], gives: lengthType },
  react: { takes: [], gives: lengthType },
  able: { takes: [], gives: booleanType },
  weighs: { takes: [], gives: booleanType },
  together: { takes: ["other"], gives: booleanType },
  keeps: { takes: [], gives: plainType },
  speechless: { takes: [], gives: booleanType },
  lull: { takes: [], gives: lengthType },
  plans: { takes: [], gives: plainType },
};

export function lowerMind(context: Context, node: Mind): MindSchema | undefined {
  const [person] = parametersOf(context, [node.of]);
  if (person?.type.kind !== "entity") {
    context.reporter.error(
      "FAB3024",
      node.of,
      "Only things of a type have minds.",
      "Write `mind of p: person`.",
    );
    return undefined;
  }
  const type = person.type.type;
  const self = { expr: context.build.local(0, person.type), type };
  const scope = Scope.empty().bind(person.name, person.type).withSelf(self);
  const hooks: Partial<Record<MindHook, ExprId>> = {};
  const appraisal: Effect[] = [];
  for (const line of node.lines) {
    if (line.$type === "Appraisal") {
      const inner = scope.bind(line.name, plainType);
      appraisal.push(...lowerEffects(context, inner, line.effects));
      continue;
    }
    const hook = lowerHook(context, scope, line);
    if (hook === undefined) continue;
    if (hooks[hook.name] !== undefined) {
      context.reporter.error(
        "FAB3010",
        line,
        `This mind has \`${line.name}\` already.`,
        "Keep one of the two.",
      );
    }
    hooks[hook.name] = hook.value;
  }
  return { type, hooks, appraisal };
}

function lowerHook(
  context: Context,
  scope: Scope,
  node: Hook,
): { readonly name: MindHook; readonly value: ExprId } | undefined {
  const known = Object.keys(hookShapes);
  const name = known.find((each) => each === node.name) as MindHook | undefined;
  if (name === undefined) {
    const near = findNearest(node.name, known);
    context.reporter.error(
      "FAB3018",
      node,
      `A mind has no \`${node.name}\`.`,
      near === undefined ? `It has ${known.join(", ")}.` : `Did you mean \`${near}\`?`,
    );
    return undefined;
  }
  const shape = hookShapes[name];
  const parameters = parametersOf(context, node.params);
  const { takes, optional = 0 } = shape;
  const fits =
    parameters.length >= takes.length - optional &&
    parameters.every(({ type }, index) => {
      const taken = takes[index];
      return taken !== undefined && type.kind === parameterKinds[taken];
    });
  if (!fits) {
    const words = takes.map((each) => parameterWords[each]);
    const forms = Array.from({ length: optional + 1 }, (_, more) => {
      const some = words.slice(0, takes.length - optional + more);
      return some.length === 0 ? "nothing in brackets" : `(${some.join(", ")})`;
    });
    const [least = ""] = forms;
    context.reporter.error(
      "FAB3018",
      node,
      `\`${name}\` takes ${forms.join(" or ")}.`,
      `Write \`${name}${least.startsWith("(") ? least : ""} means ...\`.`,
    );
    return undefined;
  }
  let inner = scope;
  for (const parameter of parameters) inner = inner.bind(parameter.name, parameter.type);
  const value = lowerValue(context, inner, node.value, shape.gives, `\`${name}\``);
  return value === undefined ? undefined : { name, value };
}
