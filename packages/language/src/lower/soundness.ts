/**
 * Worlds that read well and cannot run: stories with nobody in them, rules that set each other off
 * for ever. Only what is sure to go wrong is told; the engine finds the rest while it runs.
 */
import { type Effect, type ExprId, initialOf, type Rule, type World } from "@fabula/model";
import type { Context } from "./context.js";
import { headOf } from "./story.js";

export function checkSoundness(context: Context, world: World): void {
  checkSomebody(context, world);
  checkRuleLoops(context, world);
  checkBreeding(context, world);
  checkEchoes(context, world);
}

/** Without somebody to act a story does not start; a row may show physics alone. */
function checkSomebody(context: Context, world: World): void {
  if (context.beginning.$type === "Row" || context.beginning.header?.kind !== "story") return;
  const observer = context.observerType;
  const somebody = world.entities.some((entity) => context.types.isSubtype(entity.type, observer));
  if (somebody) return;
  const type = context.types.get(observer).name;
  context.reporter.error(
    "FAB5002",
    headOf(context),
    "There is nobody in this story: it cannot start.",
    observer === context.worldType
      ? 'Add `use std`, and a person: `person anna "Anna"`.'
      : hidesType(context, type, observer)
        ? `The \`${type}\` of this text has no mind: that is another, which it hides. Rename it.`
        : `Add somebody: \`${type} anna "Anna"\`.`,
  );
}

/** Is there another type that the story means by this name? */
function hidesType(context: Context, name: string, type: number): boolean {
  return context.types.entries.some((entry) => entry.name === name && entry.id !== type);
}

/** Flags of one thing: fluent to whether it is set. */
type Flags = ReadonlyMap<number, boolean>;

interface FlagRule {
  readonly rule: Rule;
  readonly condition: Flags;
  readonly sets: Flags;
}

/**
 * Rules about flags of one and the same thing: follow what each sets off. Rules fire on the edge,
 * so a circle needs a rule that takes the condition away and one that brings it back.
 */
function checkRuleLoops(context: Context, world: World): void {
  const rules = world.rules
    .map((rule) => flagRuleOf(world, rule))
    .filter((rule) => rule !== undefined);
  const told = new Set<number>();
  for (const first of rules) {
    const loop = followRules(rules, first);
    if (loop === undefined || loop.some(({ rule }) => told.has(rule.id))) continue;
    for (const { rule } of loop) told.add(rule.id);
    const names = loop.map(({ rule }) => rule.name);
    const node = context.rules[first.rule.id]?.node;
    if (node === undefined) continue;
    context.reporter.error(
      "FAB5005",
      node,
      `These rules fire for ever: ${[...names, names[0]].join(", then ")}.`,
      "Let one of them need something that the others do not bring back.",
      loop
        .slice(1)
        .map(({ rule }) => ({ message: `\`${rule.name}\` stands here`, span: rule.span })),
    );
  }
}

/** The rules from `first` back to itself, or undefined. Whatever a rule sets off is followed. */
function followRules(rules: readonly FlagRule[], first: FlagRule): FlagRule[] | undefined {
  const tried = new Set<string>();
  const follow = (current: FlagRule, before: Flags): FlagRule[] | undefined => {
    const state = new Map([...before, ...current.sets]);
    const key = `${current.rule.id} ${[...state].sort(([a], [b]) => a - b)}`;
    if (tried.has(key)) return undefined;
    tried.add(key);
    const setOff = rules.filter(
      ({ rule, condition }) =>
        sameSubject(rule, first.rule) && holds(condition, state) && !holds(condition, before),
    );
    if (setOff.includes(first)) return [current];
    for (const next of setOff) {
      const rest = follow(next, state);
      if (rest !== undefined) return [current, ...rest];
    }
    return undefined;
  };
  return follow(first, first.condition);
}

function sameSubject(left: Rule, right: Rule): boolean {
  const [a] = left.parameters;
  const [b] = right.parameters;
  return a?.type.kind === "entity" && b?.type.kind === "entity" && a.type.type === b.type.type;
}

function holds(condition: Flags, state: Flags): boolean {
  return [...condition].every(([fluent, value]) => state.get(fluent) === value);
}

/** A rule of one thing whose condition and sure effects are flags of that thing; else undefined. */
function flagRuleOf(world: World, rule: Rule): FlagRule | undefined {
  if (rule.trigger.kind !== "condition" || rule.parameters.length !== 1) return undefined;
  const condition = flagsOf(world, rule.trigger.when);
  const where = flagsOf(world, rule.where);
  if (condition === undefined || where === undefined) return undefined;
  const sets = new Map<number, boolean>();
  for (const effect of rule.then) {
    if (effect.kind !== "set" || !isOwn(world, effect.place.args)) continue;
    const value = world.expressions.get(effect.value.low);
    if (value.op === "constant") sets.set(effect.place.fluent, value.value === 1);
  }
  const all = new Map([...condition, ...where]);
  return all.size === 0 ? undefined : { rule, condition: all, sets };
}

function flagsOf(world: World, expr: ExprId): Flags | undefined {
  const node = world.expressions.get(expr);
  switch (node.op) {
    case "constant":
      return node.value === 1 ? new Map() : undefined;
    case "fluent":
      return isOwn(world, node.args) ? new Map([[node.fluent, true]]) : undefined;
    case "not": {
      const inner = world.expressions.get(node.args[0]);
      if (inner.op !== "fluent" || !isOwn(world, inner.args)) return undefined;
      return new Map([[inner.fluent, false]]);
    }
    case "and": {
      const left = flagsOf(world, node.args[0]);
      const right = flagsOf(world, node.args[1]);
      return left === undefined || right === undefined ? undefined : new Map([...left, ...right]);
    }
    default:
      return undefined;
  }
}

/** A field of local 0 alone, and stored. */
function isOwn(world: World, args: readonly ExprId[]): boolean {
  const [owner] = args;
  if (owner === undefined || args.length !== 1) return false;
  const node = world.expressions.get(owner);
  return node.op === "local" && node.slot === 0;
}

/** A rule about every T that makes another T, to which it applies at once. */
function checkBreeding(context: Context, world: World): void {
  for (const rule of world.rules) {
    const [parameter] = rule.parameters;
    if (rule.trigger.kind !== "condition" || rule.parameters.length !== 1) continue;
    if (parameter?.type.kind !== "entity") continue;
    const { type } = parameter.type;
    const born = rule.then.find(
      (effect) => effect.kind === "create" && context.types.isSubtype(effect.type, type),
    );
    if (born?.kind !== "create") continue;
    if (!appliesTo(world, rule.trigger.when, born) || !appliesTo(world, rule.where, born)) continue;
    const node = context.rules[rule.id]?.node;
    if (node === undefined) continue;
    context.reporter.error(
      "FAB5005",
      node,
      `\`${rule.name}\` fires for ever: what it creates sets it off again.`,
      "Let it need something that what it creates does not have.",
      [{ message: "created here", span: born.span }],
    );
  }
}

/** Is the condition sure to hold of what is born, by the facts it is born with? */
function appliesTo(
  world: World,
  condition: ExprId,
  born: Extract<Effect, { kind: "create" }>,
): boolean {
  const pool = world.expressions;
  const constantOf = (expr: ExprId): number | undefined => {
    const node = pool.get(expr);
    if (node.op === "constant") return node.value;
    if (node.op !== "fluent" || !isOwn(world, node.args)) return undefined;
    const fact = born.body.find(
      (effect) => effect.kind === "set" && effect.place.fluent === node.fluent,
    );
    const fluent = world.fluents[node.fluent];
    if (fluent === undefined) return undefined;
    const draw = fact?.kind === "set" ? fact.value : initialOf(world.types, fluent, born.type, []);
    if (draw === undefined) return fluent.storage === "derived" ? undefined : 0;
    const value = pool.get(draw.low);
    return draw.high === undefined && value.op === "constant" ? value.value : undefined;
  };
  const test = (expr: ExprId): boolean | undefined => {
    const node = pool.get(expr);
    switch (node.op) {
      case "and": {
        return test(node.args[0]) === true && test(node.args[1]) === true;
      }
      case "not":
        return test(node.args[0]) === undefined ? undefined : test(node.args[0]) === false;
      case "gt":
      case "ge":
      case "lt":
      case "le": {
        const left = constantOf(node.args[0]);
        const right = constantOf(node.args[1]);
        if (left === undefined || right === undefined) return undefined;
        if (node.op === "gt") return left > right;
        if (node.op === "ge") return left >= right;
        return node.op === "lt" ? left < right : left <= right;
      }
      default: {
        const value = constantOf(expr);
        return value === undefined ? undefined : value === 1;
      }
    }
  };
  return test(condition) === true;
}

/** `when p.shout then do p.shout`: an act that sets itself off and takes no time. */
function checkEchoes(context: Context, world: World): void {
  for (const rule of world.rules) {
    const { trigger } = rule;
    if (trigger.kind !== "event" || trigger.event.kind !== "action") continue;
    const { id } = trigger.event;
    const action = world.actions[id];
    if (action === undefined || action.takes !== undefined || action.until !== undefined) continue;
    const again = rule.then.some((effect) => {
      const deed = effect.kind === "do" ? world.expressions.get(effect.deed) : undefined;
      return deed?.op === "deed" && deed.action === id;
    });
    const node = context.rules[rule.id]?.node;
    if (!again || node === undefined || world.expressions.get(trigger.when).op !== "constant")
      continue;
    context.reporter.error(
      "FAB5005",
      node,
      `\`${rule.name}\` fires for ever: \`${action.name}\` takes no time and sets it off again.`,
      "Let the action take some time, or let the rule need something.",
    );
  }
}
