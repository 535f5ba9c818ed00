/**
 * Expressions of a world as those of a discrete problem. Definitions are put in the place of
 * computed fluents; what hangs on the value of another fluent (`w.bearer.alive`) is split by cases.
 */
import type {
  DiscreteComparison,
  DiscreteExpression,
  DiscreteTerm,
  DiscreteValue,
  ExprId,
  ExprNode,
  World,
} from "@fabula/model";
import type { WorldNames } from "./names.js";
import { refuse } from "./refusal.js";

/** What the locals of a declaration stand for, by slot. */
export type Slots = ReadonlyMap<number, DiscreteTerm>;

const comparisons: Readonly<Record<string, DiscreteComparison>> = {
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};
const arithmetic = { add: "+", sub: "-", mul: "*", div: "/" } as const;
const definitionsMax = 64;

export const unknownValue: DiscreteExpression = { kind: "value", value: { kind: "unknown" } };

export class ExpressionLowering {
  private fresh = 0;
  private depth = 0;

  constructor(
    readonly world: World,
    readonly names: WorldNames,
  ) {}

  lower(id: ExprId, slots: Slots): DiscreteExpression {
    const node = this.world.expressions.get(id);
    switch (node.op) {
      case "constant":
        return value(this.constant(id, node.value));
      case "entity":
        if (node.entity === 0) return refuse("the world itself as a thing", "name its field");
        return value(this.names.entity(node.entity));
      case "unknown":
        return unknownValue;
      case "local": {
        const term = slots.get(node.slot);
        return term ?? refuse("the world itself as a thing", "name its field");
      }
      case "fluent":
        return this.fluent(node.fluent, node.args, slots);
      case "and":
      case "or":
        return { kind: node.op, parts: node.args.map((arg) => this.lower(arg, slots)) };
      case "not":
        return { kind: "not", body: this.lower(node.args[0], slots) };
      case "neg":
        return calculate("-", number(0), this.lower(node.args[0], slots));
      case "if": {
        const [condition, then, otherwise] = node.args.map((arg) => this.lower(arg, slots));
        return choice(condition!, then!, otherwise!);
      }
      case "quantified":
        return this.quantified(node, slots);
      case "isa":
        return this.withTerm(node.args[0], slots, (body) => ({
          kind: "isType",
          body,
          type: this.names.type(node.type),
        }));
      case "believes":
      case "according":
        return this.withTerm(node.args[0], slots, (character) => ({
          kind: "believes",
          character,
          body: this.lower(node.args[1], slots),
        }));
      case "claim":
      case "holds":
        return this.lower(node.args[0], slots);
      default:
        return this.operation(node, slots);
    }
  }

  /** A variable for everything of `type`, and the slots in which it stands for `slot`. */
  bind(slot: number, type: number, slots: Slots) {
    this.fresh += 1;
    const variable = { name: `each ${this.fresh}`, type: this.names.type(type) };
    const term = { kind: "variable", name: variable.name } as const;
    return { variable, slots: new Map([...slots, [slot, term]]) as Slots };
  }

  /**
   * What `make` makes of the value of `id`: at once where it is a name, else by cases over all
   * values, False or unknown where it is unknown.
   */
  withTerm(
    id: ExprId,
    slots: Slots,
    make: (term: DiscreteTerm) => DiscreteExpression,
    isCondition = true,
  ): DiscreteExpression {
    const lowered = this.lower(id, slots);
    if (lowered.kind === "value" || lowered.kind === "variable") return make(lowered);
    const type = this.world.expressions.typeOf(id);
    if (type.kind !== "entity" && type.kind !== "symbol") {
      return refuse("this argument", "use a name, a field or a parameter");
    }
    const branches = this.names.members(type.type).map((member) => ({
      condition: compare("==", lowered, value(member)),
      then: make({ kind: "value", value: member }),
    }));
    if (isCondition) {
      return { kind: "or", parts: branches.map(({ condition, then }) => both(condition, then)) };
    }
    return { kind: "if", branches, otherwise: unknownValue };
  }

  /** All arguments as names, one case after the other. */
  withTerms(
    ids: readonly ExprId[],
    slots: Slots,
    make: (terms: readonly DiscreteTerm[]) => DiscreteExpression,
    isCondition = true,
  ): DiscreteExpression {
    const [first, ...rest] = ids;
    if (first === undefined) return make([]);
    return this.withTerm(
      first,
      slots,
      (term) => this.withTerms(rest, slots, (terms) => make([term, ...terms]), isCondition),
      isCondition,
    );
  }

  /** The arguments that a fluent has as a property: the world itself is none. */
  withOwner(fluent: number, args: readonly ExprId[]): readonly ExprId[] {
    return this.world.fluents[fluent]!.owner === this.names.worldType ? args.slice(1) : args;
  }

  private constant(id: ExprId, constant: number): DiscreteValue {
    const type = this.world.expressions.typeOf(id);
    switch (type.kind) {
      case "boolean":
        return { kind: "boolean", value: constant !== 0 };
      case "number":
        return { kind: "number", value: constant };
      case "symbol":
        return this.names.symbol(type.type, constant);
      case "time":
        return refuse("a point in time", "say what must come first by a fact");
      default:
        return refuse(`a ${type.kind}`, "use a symbol: `type colour is one of red, yellow`");
    }
  }

  private fluent(fluent: number, args: readonly ExprId[], slots: Slots): DiscreteExpression {
    const { means, name, type } = this.world.fluents[fluent]!;
    const isCondition = type.kind === "boolean";
    if (means !== undefined) {
      return this.withTerms(
        args.slice(this.isOfWorld(fluent) ? 1 : 0),
        slots,
        (terms) => {
          if (this.depth > definitionsMax) return refuse(`${name}, defined by itself`, "untie it");
          this.depth += 1;
          const from = this.isOfWorld(fluent) ? 1 : 0;
          const body = this.lower(means, new Map(terms.map((term, i) => [i + from, term])));
          this.depth -= 1;
          return body;
        },
        isCondition,
      );
    }
    return this.withTerms(
      this.withOwner(fluent, args),
      slots,
      (terms) => ({ kind: "fluent", property: this.names.fluent(fluent), arguments: terms }),
      isCondition,
    );
  }

  private isOfWorld(fluent: number): boolean {
    return this.world.fluents[fluent]!.owner === this.names.worldType;
  }

  private quantified(
    node: Extract<ExprNode, { op: "quantified" }>,
    slots: Slots,
  ): DiscreteExpression {
    const { slot, type, quantifier } = node;
    if (quantifier === "the") return this.first(node, slots);
    const inner = this.bind(slot, type, slots);
    const { variable } = inner;
    const where = this.lower(node.where, inner.slots);
    const body = this.lower(node.body, inner.slots);
    switch (quantifier) {
      case "some":
        return { kind: "exists", variable, body: both(where, body) };
      case "none":
        return { kind: "not", body: { kind: "exists", variable, body: both(where, body) } };
      case "every":
        return { kind: "forall", variable, body: { kind: "or", parts: [not(where), body] } };
      case "count":
        return { kind: "sum", variable, body: choice(both(where, body), number(1), number(0)) };
      case "sum":
        return { kind: "sum", variable, body: choice(where, body, number(0)) };
      default:
        return refuse(`\`${quantifier} of\``, "compare with `every` or `some`");
    }
  }

  /** `the x: T where C`: the first in the order of declaration, or unknown. */
  private first(node: Extract<ExprNode, { op: "quantified" }>, slots: Slots): DiscreteExpression {
    const branches = this.names.members(node.type).map((member) => {
      const then = value(member);
      const inner = new Map([...slots, [node.slot, then]]) as Slots;
      const condition = both(this.lower(node.where, inner), this.lower(node.body, inner));
      return { condition, then };
    });
    return { kind: "if", branches, otherwise: unknownValue };
  }

  private operation(node: ExprNode, slots: Slots): DiscreteExpression {
    const operator = comparisons[node.op];
    if (operator !== undefined && "args" in node) {
      const [left, right] = node.args.map((arg) => this.lower(arg, slots));
      return compare(operator, left!, right!);
    }
    if (node.op === "add" || node.op === "sub" || node.op === "mul" || node.op === "div") {
      const [left, right] = node.args.map((arg) => this.lower(arg, slots));
      return calculate(arithmetic[node.op], left!, right!);
    }
    if (node.op === "min" || node.op === "max") {
      const [left, right] = node.args.map((arg) => this.lower(arg, slots));
      return choice(compare(node.op === "min" ? "<=" : ">=", left!, right!), left!, right!);
    }
    return refuse(...meaningless(node.op));
  }
}

function meaningless(op: ExprNode["op"]): readonly [string, string] {
  switch (op) {
    case "confidence":
      return ["how sure somebody is", "write `believes`: a belief is there or it is not"];
    case "can-tell":
      return ["what somebody has to go by", "write `believes`: a belief is there or it is not"];
    case "wants":
      return ["what somebody wants, as a fact,", "give them a field for it, and a want of it"];
    case "intends":
    case "deed":
      return ["an intention", "give them a field for it; reasons are found, not kept"];
    case "outlook":
      return ["an outlook", "name what it hangs on"];
    case "now":
      return ["the time", "say what must come first by a fact"];
    case "count-of":
    case "time-since":
      return ["what has happened", "let the action leave a fact behind"];
    default:
      return [`\`${op}\``, "use + - * /, comparisons, `some`, `every`, `sum of`"];
  }
}

export function value(of: DiscreteValue): Extract<DiscreteTerm, { kind: "value" }> {
  return { kind: "value", value: of };
}

export function number(of: number): Extract<DiscreteTerm, { kind: "value" }> {
  return value({ kind: "number", value: of });
}

export function boolean(of: boolean): Extract<DiscreteTerm, { kind: "value" }> {
  return value({ kind: "boolean", value: of });
}

export function compare(
  operator: DiscreteComparison,
  left: DiscreteExpression,
  right: DiscreteExpression,
): DiscreteExpression {
  return { kind: "compare", operator, left, right };
}

export function calculate(
  operator: "+" | "-" | "*" | "/",
  left: DiscreteExpression,
  right: DiscreteExpression,
): DiscreteExpression {
  return { kind: "arithmetic", operator, left, right };
}

export function choice(
  condition: DiscreteExpression,
  then: DiscreteExpression,
  otherwise: DiscreteExpression,
): DiscreteExpression {
  return { kind: "if", branches: [{ condition, then }], otherwise };
}

export function not(body: DiscreteExpression): DiscreteExpression {
  return isLiteral(body, true) ? boolean(false) : { kind: "not", body };
}

/** Conjunction without what is True anyway. */
export function both(...parts: readonly DiscreteExpression[]): DiscreteExpression {
  const kept = parts.filter((part) => !isLiteral(part, true));
  if (kept.length === 1) return kept[0]!;
  return kept.length === 0 ? boolean(true) : { kind: "and", parts: kept };
}

export function isLiteral(expression: DiscreteExpression, of: boolean): boolean {
  return (
    expression.kind === "value" &&
    expression.value.kind === "boolean" &&
    expression.value.value === of
  );
}
