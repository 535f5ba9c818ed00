/**
 * A world in Fabula's own language as a discrete problem. What has no discrete meaning is refused
 * with its place; docs/planner.md ("Worlds in Fabula's language") says what each thing becomes and
 * what is left out of account. Actions by the world itself are the author's; so are its wants.
 */
import {
  type Diagnostic,
  type DiscreteAction,
  type DiscreteExpression,
  type DiscreteParameter,
  type DiscreteProblem,
  type DiscreteTrigger,
  type Effect,
  type ExprId,
  keyName,
  type Parameter,
  type World,
} from "@fabula/model";
import { findOrderConflict } from "./effect-order.js";
import { EffectLowering } from "./lower-effect.js";
import {
  both,
  compare,
  ExpressionLowering,
  isLiteral,
  type Slots,
  value,
} from "./lower-expression.js";
import { refuseActionParts, refuseWorldParts } from "./meaningless.js";
import { WorldNames } from "./names.js";
import { NeverKnownNumbers } from "./never-known.js";
import { lowerObserving, lowerSeen } from "./perceive.js";
import { mayFireAgain } from "./quiet-rule.js";
import { Refusal, Refusals } from "./refusal.js";
import { lowerStart } from "./start.js";
import { lowerUtility } from "./utility.js";

export interface DiscreteReading {
  /** Absent where a diagnostic is an error. */
  readonly problem?: DiscreteProblem;
  readonly diagnostics: readonly Diagnostic[];
  /** Reads one more expression of the same world: a condition, or a number. */
  readonly lower?: (expression: ExprId) => DiscreteExpression;
  /** What is wrong with a goal though it has a meaning. */
  readonly mistakeIn?: (goal: ExprId) => Diagnostic | undefined;
  /** Names of actions that have no actor. */
  readonly byNobody?: ReadonlySet<string>;
}

/** Never throws for what an author can write. Nothing of the world is changed. */
export function lowerWorld(world: World): DiscreteReading {
  const lowering = new WorldLowering(world);
  const problem = lowering.problem();
  const { refusals } = lowering;
  const diagnostics = refusals.take();
  if (refusals.hasErrors) return { diagnostics };
  const byNobody = world.actions
    .filter((action) => lowering.isByNobody(action.parameters))
    .map(keyName);
  return {
    problem,
    diagnostics,
    mistakeIn: (goal) => lowering.numbers.mistakeIn(goal, undefined),
    lower: (expression) => lowering.expressions.lower(expression, new Map()),
    byNobody: new Set(byNobody),
  };
}

/** The goal as a problem's own: a condition that must be true, or a number to be raised. */
export function lowerGoal(
  { lower, mistakeIn }: DiscreteReading,
  goal: ExprId,
): { readonly goal?: DiscreteExpression; readonly diagnostics: readonly Diagnostic[] } {
  const mistake = mistakeIn?.(goal);
  if (mistake !== undefined) return { diagnostics: [mistake] };
  const refusals = new Refusals();
  const lowered = refusals.attempt(undefined, () => lower!(goal));
  return lowered === undefined
    ? { diagnostics: refusals.take() }
    : { goal: lowered, diagnostics: [] };
}

function selfOf(holder: World["wants"][number]["holder"]): number | undefined {
  return "entity" in holder ? holder.entity : undefined;
}

class WorldLowering {
  readonly refusals = new Refusals();
  readonly names: WorldNames;
  readonly expressions: ExpressionLowering;
  readonly effects: EffectLowering;
  readonly numbers: NeverKnownNumbers;

  constructor(readonly world: World) {
    this.names = new WorldNames(world);
    this.expressions = new ExpressionLowering(world, this.names);
    this.effects = new EffectLowering(this.expressions);
    this.numbers = new NeverKnownNumbers(world);
  }

  problem(): DiscreteProblem {
    const { expressions, names, refusals, world } = this;
    refuseWorldParts(world, refusals);
    this.refuseUnknown();
    const properties = world.fluents
      .filter(({ means }) => means === undefined)
      .flatMap((fluent) => {
        const { id, name, owner, parameters, span, type } = fluent;
        const range = type.kind === "number" ? "number" : names.rangeOf(type);
        if (range === undefined) return [];
        const self = { name: "self", type: { kind: "entity", type: owner } } as const;
        const all = owner === names.worldType ? parameters : [self, ...parameters];
        const made = refusals.attempt(span, () => ({
          name: names.fluent(id),
          parameters: this.parameters(all, `field ${name}`).list,
          range,
        }));
        return made === undefined ? [] : [made];
      });
    const actions = world.actions.flatMap((action) => this.action(action) ?? []);
    const triggers = world.rules.flatMap((rule) => this.rule(rule) ?? []);
    const seen = world.fluents.flatMap(
      (fluent) => refusals.attempt(fluent.span, () => lowerSeen(expressions, fluent)) ?? [],
    );
    const utility = lowerUtility(expressions, refusals, undefined);
    const utilities = names.entities
      .filter(({ types }) => types.includes("character"))
      .map(({ name }) => ({ character: name, value: lowerUtility(expressions, refusals, name) }));
    return {
      name: world.story.name,
      types: names.types,
      entities: names.entities,
      properties,
      actions,
      triggers: [...triggers, ...seen],
      initial: lowerStart(expressions, this.effects, refusals),
      utility,
      utilities,
    };
  }

  private refuseUnknown(): void {
    const { actions, wants } = this.world;
    const read = [
      ...wants.map(({ claim, holder }) => ({ id: claim, self: selfOf(holder) })),
      ...actions.map(({ needs }) => ({ id: needs, self: undefined })),
    ];
    for (const { id, self } of read) {
      const found = this.numbers.mistakeIn(id, self);
      if (found !== undefined) this.refusals.include(found);
    }
  }

  isByNobody([actor]: readonly Parameter[]): boolean {
    return actor?.type.kind === "entity" && actor.type.type === this.names.worldType;
  }

  private action(action: World["actions"][number]): DiscreteAction | undefined {
    const { refusals } = this;
    refuseActionParts(action, refusals);
    return refusals.attempt(action.span, () => {
      const { atEnd, atStart, consents, name, needs, parameters, span } = action;
      const { list, slots } = this.parameters(parameters, `action ${name}`);
      const effects = [...atStart, ...atEnd];
      this.checkOrder(effects, needs, name);
      const minded = ({ type }: Parameter) => type.kind === "entity" && this.isMinded(type.type);
      const taking = [0, ...consents].filter((slot) => minded(parameters[slot]!));
      const consenting = taking.map((slot) => slots.get(slot)!);
      const able = taking.map((slot) => this.able(parameters[slot]!, slots.get(slot)!));
      return {
        name: keyName(action),
        parameters: list,
        precondition: both(this.expressions.lower(needs, slots), ...able),
        effect: this.effects.all(effects, slots),
        consenting,
        observing: lowerObserving(this.expressions, action, slots, consenting),
        span,
      };
    });
  }

  private rule(rule: World["rules"][number]): DiscreteTrigger | undefined {
    const { name, parameters, span, then, trigger, where } = rule;
    return this.refusals.attempt(span, () => {
      if (trigger.kind !== "condition") {
        const what = trigger.kind === "event" ? "a rule on what happens" : "a rule of the clock";
        throw new Refusal(
          "FAB4201",
          `${what} has no meaning in a discrete world`,
          "let the action leave a fact behind, and write `when` with that fact",
        );
      }
      const { list, slots } = this.parameters(parameters, `rule ${name}`);
      this.checkOrder(then, trigger.when, name);
      if (mayFireAgain(this.world, rule)) {
        this.refusals.warn(
          "FAB4206",
          `rule ${name} may fire again at once where what it set is undone: here a rule fires as long as its condition holds`,
          "let its condition say that it is not yet so: `when C and not done`",
          span,
        );
      }
      const condition = both(
        this.expressions.lower(where, slots),
        this.expressions.lower(trigger.when, slots),
      );
      return {
        name,
        parameters: list,
        precondition: condition,
        effect: this.effects.all(then, slots),
        span,
      };
    });
  }

  /** Parameters over what they can range over; the world itself is none. */
  private parameters(all: readonly Parameter[], of: string) {
    const slots = new Map<number, { readonly kind: "variable"; readonly name: string }>();
    const list = all.flatMap((parameter, slot): DiscreteParameter[] => {
      const { name, type } = parameter;
      if (type.kind === "entity" && type.type === this.names.worldType) return [];
      const range = this.names.rangeOf(type);
      if (range === undefined) {
        throw new Refusal(
          "FAB4201",
          `${of} ranges over ${type.kind}s (${name}), which a discrete world does not`,
          "use a type of things or symbols, or yes/no",
        );
      }
      const variable = { name: `${name} ${slot}`, type: range };
      slots.set(slot, { kind: "variable", name: variable.name });
      return [{ kind: "variable", variable }];
    });
    return { list, slots: slots as Slots };
  }

  private checkOrder(effects: readonly Effect[], condition: ExprId, of: string): void {
    const conflict = findOrderConflict(this.world, this.names, effects, condition);
    if (conflict === undefined) return;
    const { first, fluent, kind, span } = conflict;
    const { name } = this.world.fluents[fluent]!;
    const message = `in a discrete world all effects of ${of} happen at once, and this one ${kind} \`${name}\`, which line ${first.line} may have set`;
    const remedy =
      kind === "reads"
        ? "read it above the line that sets it, or say that the two are not the same: `needs a != b`"
        : "put the two in `if` and `else`, or say that they are not the same: `needs a != b`";
    this.refusals.add("FAB4203", message, remedy, span);
  }

  private isMinded(type: number): boolean {
    const { entities, types } = this.world;
    if (type === this.names.worldType) return false;
    return entities.some((one) => types[one.type]!.minded && this.names.isBelow(one.type, type));
  }

  /** The hook `able` of whoever takes part. */
  private able(parameter: Parameter, term: ReturnType<Slots["get"]> & {}): DiscreteExpression {
    const type = parameter.type.kind === "entity" ? parameter.type.type : -1;
    const { entities, minds } = this.world;
    const parts = minds.flatMap((mind) => {
      const { able } = mind.hooks;
      if (able === undefined) return [];
      const own = entities.filter(
        (one) => this.names.isBelow(one.type, type) && this.mindOf(one.type) === mind,
      );
      if (own.length === 0) return [];
      const condition = this.expressions.lower(able, new Map([[0, term]]));
      if (isLiteral(condition, true)) return [];
      const everybody = entities.filter((one) => this.names.isBelow(one.type, type));
      if (own.length === everybody.length) return [condition];
      const others = own.map((one) => compare("!=", term, value(this.names.entity(one.id))));
      return [{ kind: "or", parts: [both(...others), condition] } as const];
    });
    return both(...parts);
  }

  private mindOf(type: number): World["minds"][number] | undefined {
    for (const ancestor of this.world.types[type]!.ancestors) {
      const mind = this.world.minds.find((one) => one.type === ancestor);
      if (mind !== undefined) return mind;
    }
    return undefined;
  }
}
