/**
 * Effects of a world as one effect of a discrete problem. There all effects of an event happen at
 * once, here one after the other: `effect-order.ts` sees to it that this makes no difference.
 */
import type { DiscreteExpression, Draw, Effect, ExprId, Place } from "@fabula/model";
import {
  boolean,
  calculate,
  choice,
  compare,
  type ExpressionLowering,
  number,
  type Slots,
} from "./lower-expression.js";
import { Refusal, refuse } from "./refusal.js";

export class EffectLowering {
  constructor(private readonly expressions: ExpressionLowering) {}

  all(effects: readonly Effect[], slots: Slots): DiscreteExpression {
    return { kind: "and", parts: effects.map((effect) => this.effect(effect, slots)) };
  }

  effect(effect: Effect, slots: Slots): DiscreteExpression {
    switch (effect.kind) {
      case "set":
        return this.write(effect.place, this.drawn(effect.value, slots), slots);
      case "shift": {
        const { place, sign, value } = effect;
        const delta = this.drawn(value, slots);
        return this.assignAt(place, slots, (target) => {
          const sum = calculate(sign === 1 ? "+" : "-", target, delta);
          return this.clamped(place.fluent, sum);
        });
      }
      case "believe": {
        if (effect.sure !== undefined || effect.times !== undefined) {
          refuse("evidence", "leave out `sure` and `times`: a belief is there or it is not");
        }
        const { claim, negated, subject } = effect;
        return this.belief(subject, claim, negated, slots);
      }
      case "if": {
        const condition = this.expressions.lower(effect.condition, slots);
        return choice(condition, this.all(effect.then, slots), this.all(effect.else, slots));
      }
      case "every": {
        const inner = this.expressions.bind(effect.slot, effect.type, slots);
        const where = this.expressions.lower(effect.where, inner.slots);
        const body = choice(where, this.all(effect.body, inner.slots), boolean(true));
        return { kind: "forall", variable: inner.variable, body };
      }
      default:
        return refuse(...meaningless(effect.kind));
    }
  }

  /** `subject` comes to believe the claim: an assignment inside of that mind. */
  belief(subject: ExprId, claim: ExprId, negated: boolean, slots: Slots): DiscreteExpression {
    return this.forTerm(subject, slots, (character) => ({
      kind: "believes",
      character,
      body: this.claim(claim, !negated, slots),
    }));
  }

  /** A claim as what makes it hold. */
  claim(id: ExprId, holds: boolean, slots: Slots): DiscreteExpression {
    const node = this.expressions.world.expressions.get(id);
    switch (node.op) {
      case "claim":
        return this.claim(node.args[0], holds, slots);
      case "not":
        return this.claim(node.args[0], !holds, slots);
      case "and":
      case "or":
        if ((node.op === "and") !== holds) break;
        return { kind: "and", parts: node.args.map((arg) => this.claim(arg, holds, slots)) };
      case "believes":
        return this.belief(node.args[0], node.args[1], !holds, slots);
      case "fluent": {
        const { fluent, args } = node;
        const { means } = this.expressions.world.fluents[fluent]!;
        if (means === undefined) return this.write(node, boolean(holds), slots);
        return this.forTerms(args, slots, (terms) => {
          return this.claim(means, holds, new Map(terms.map((term, slot) => [slot, term])));
        });
      }
      case "eq":
      case "ne": {
        const [left, right] = node.args;
        const target = this.expressions.world.expressions.get(left);
        if ((node.op === "eq") !== holds || target.op !== "fluent") break;
        if (this.expressions.world.fluents[target.fluent]!.means !== undefined) break;
        const value = this.expressions.lower(right, slots);
        if (value.kind !== "value" && value.kind !== "variable") {
          const remedy = "bring the value in by a name: `every q: place where q = x.at`";
          throw new Refusal("FAB4204", "this belief hangs on another value", remedy);
        }
        return this.write(target, value, slots);
      }
      default:
        break;
    }
    const remedy = "believe facts: `flag`, `not flag`, `x = v`, several joined by `and`";
    throw new Refusal("FAB4204", "no single state of things makes this belief true", remedy);
  }

  /** Writes a value, both ways where the fluent is the same from both sides. */
  write(place: Place, value: DiscreteExpression, slots: Slots): DiscreteExpression {
    return this.assignAt(place, slots, () => this.clamped(place.fluent, value));
  }

  private assignAt(
    { args, fluent }: Place,
    slots: Slots,
    make: (target: DiscreteExpression) => DiscreteExpression,
  ): DiscreteExpression {
    const { names, world } = this.expressions;
    const { means, name, symmetric } = world.fluents[fluent]!;
    if (means !== undefined) refuse(`setting ${name}, which is computed,`, "set what it hangs on");
    return this.forTerms(this.expressions.withOwner(fluent, args), slots, (terms) => {
      const use = (list: typeof terms) =>
        ({ kind: "fluent", property: names.fluent(fluent), arguments: list }) as const;
      const target = use(terms);
      const value = make(target);
      const set: DiscreteExpression = { kind: "assign", target, value };
      if (!symmetric) return set;
      const [a, b, ...rest] = terms;
      const mirrored = use([b!, a!, ...rest]);
      return { kind: "and", parts: [set, { kind: "assign", target: mirrored, value }] };
    });
  }

  /** An effect for a name, or one for each value that a field can have. */
  private forTerm(
    id: ExprId,
    slots: Slots,
    make: Parameters<ExpressionLowering["withTerm"]>[2],
  ): DiscreteExpression {
    const made = this.expressions.withTerm(id, slots, make, false);
    // No effect, where the value is unknown.
    return made.kind === "if" && made.otherwise?.kind === "value"
      ? { ...made, otherwise: boolean(true) }
      : made;
  }

  private forTerms(
    ids: readonly ExprId[],
    slots: Slots,
    make: Parameters<ExpressionLowering["withTerms"]>[2],
  ): DiscreteExpression {
    const [first, ...rest] = ids;
    if (first === undefined) return make([]);
    return this.forTerm(first, slots, (term) =>
      this.forTerms(rest, slots, (terms) => make([term, ...terms])),
    );
  }

  private drawn({ high, low }: Draw, slots: Slots): DiscreteExpression {
    if (high !== undefined) refuse("a range that is drawn", "write one value");
    return this.expressions.lower(low, slots);
  }

  /** A literal is rounded; of what is calculated it must be sure that it keeps to the steps. */
  private onSteps(value: DiscreteExpression, step: number, name: string): DiscreteExpression {
    if (value.kind === "value") {
      const { value: literal } = value;
      return literal.kind === "number"
        ? number(Math.floor(literal.value / step + 0.5) * step)
        : value;
    }
    if (!this.keepsTo(step, value)) {
      refuse(`rounding to the steps of ${name}`, "add and take away whole steps only");
    }
    return value;
  }

  private keepsTo(step: number, value: DiscreteExpression): boolean {
    switch (value.kind) {
      case "value":
        return value.value.kind === "number" && Number.isInteger(value.value.value / step);
      case "fluent": {
        const { names, world } = this.expressions;
        const schema = world.fluents.find(({ id }) => names.fluent(id) === value.property);
        return schema?.step !== undefined && Number.isInteger(schema.step / step);
      }
      case "arithmetic": {
        const isSum = value.operator === "+" || value.operator === "-";
        return isSum && this.keepsTo(step, value.left) && this.keepsTo(step, value.right);
      }
      default:
        return false;
    }
  }

  /** Kept between the declared bounds, as everywhere. */
  clamped(fluent: number, given: DiscreteExpression): DiscreteExpression {
    const { high, low, name, step, type } = this.expressions.world.fluents[fluent]!;
    const value = step === undefined ? given : this.onSteps(given, step, name);
    if (type.kind !== "number" || (low === undefined && high === undefined)) return value;
    if (value.kind === "value" && value.value.kind === "number") {
      const kept = Math.min(Math.max(value.value.value, low ?? -Infinity), high ?? Infinity);
      return number(kept);
    }
    if (value.kind === "value") return value;
    let result: DiscreteExpression = value;
    if (high !== undefined)
      result = choice(compare(">", value, number(high)), number(high), result);
    if (low !== undefined) result = choice(compare("<", value, number(low)), number(low), result);
    return result;
  }
}

function meaningless(kind: Effect["kind"]): readonly [string, string] {
  switch (kind) {
    case "forget":
      return ["forgetting", "say what is believed then: `p believes x.at = unknown`"];
    case "intend":
      return ["an intention", "give them a want; reasons are found, not kept"];
    case "create":
    case "remove":
      return ["a thing that comes to be or goes", "declare it and give it a field `present`"];
    case "chance":
      return ["chance", "make two actions by `w: world` of it: the author chooses"];
    case "every-claim":
      return ["a claim as a value", "name the fact"];
    default:
      return [`\`${kind}\``, "make what follows an effect or a rule"];
  }
}
